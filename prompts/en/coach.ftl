# What people around a manager get: the coach, the owners of guardrails, the contacts; and what a manager reads of
# theirs. Signs carry no words of the manager but those given for them.

care_person = { $person } asked for a person. No topic was given. You can reach them at { $reach }.
care_person_topic = { $person } asked for a person. Topic: { $topic }. You can reach them at { $reach }.
care_wrong = { $person }: something went wrong in { $work }: { $kind }. The work rests until it is looked at. They know whom to call.
care_wrong_bare = { $person }: something went wrong: { $kind }. The work rests until it is looked at. They know whom to call.
care_quiet = { $person }: three quiet weeks. I have stopped writing. A line of yours outside of here is up to you; no reason was given.
care_danger = { $person } may be in danger. I am telling on-call and backup, again and again until one of them has it. Your button does not end that: it says that you have read this. No words are passed on.
care_danger_unreached = { $person } may be in danger, and I have reached neither on-call nor backup. I go on trying. Please see to it now that a person reaches them: { $reach }. No words are passed on.
care_danger_yours = { $person } may be in danger, and you are on call. Please reach them yourself now: { $reach }. I go on telling you and the other one until somebody has it. No words are passed on.
care_danger_taken = { $person } may be in danger. On-call or backup has it. No words are passed on.
care_asked = { $person } puts a question to you, with their yes: { $what }.
care_message_contact = { $person } asked me to tell you: something went wrong in { $work }: { $kind }. Please call them: { $reach }. I pass on no content.
care_message_contact_bare = { $person } asked me to tell you: something went wrong: { $kind }. Please call them: { $reach }. I pass on no content.
care_connect = { $person } would like to talk to you. Nothing they wrote is passed on, not even what it is about. You can reach them at { $reach }.
care_passed_on = Something that is with { $owner } has waited past its time. Please ask them whether they have it, or who shall. Whom it is about stays with them.
care_why = { $sign }
care_actions =
    .acknowledge = I have it
    .read = I have read it
    .write = Write one line
    .pause = Pause the bot
    .start = Let it go on

Sign =
    .person = asked for a person
    .wrong = something went wrong
    .quiet = three quiet weeks
    .danger = danger
    .asked = a question to you
WhatWrong =
    .went_out_unchecked = it went out unchecked
    .data_in_wrong_place = data in the wrong place
    .wrong_number_shown = a wrong number was shown
AskedAbout =
    .rails = a rail is missing for their market
    .tool = why the approved tool was not used

owner_asked_rail = What holds for { $market }: { $rail }? Managers there can only rehearse until it is settled.
owner_asked_permission = May managers in { $market } take time for this, and try it in their work?

waits_alert = { $person } may be in danger, and nobody has said "I have it". Please reach them yourself now: { $reach }.
better_work = { $person }, { $work }: { $label }
better_some = { $person }: { $label }

# What a manager reads of them.
coach_line = { $coach } writes: { $text }
# To a reader of another language; the coach has not read the second line.
coach_line_translated =
    { $coach } writes: { $text }
    Translated by a machine: { $translated }
coach_paused = { $coach } asked me to leave you in peace until { $until }. Nothing waits for you. "start" ends the pause sooner.
owner_answered = { $owner } answers, on { $rail }: { $text }
owner_answered_until = { $owner } answers, on { $rail }, and it holds until { $until }: { $text }

# What is said back to whoever pressed or wrote.
around_taken = Noted: you have it.
around_danger_read = Noted: you have read it. I go on alerting on-call and backup until one of them has it.
around_danger_taken = Noted. On-call or backup has it.
around_paused = Noted. Whatever would have come unasked in the next two weeks does not; they can end it at any time.
around_goes_on = Noted. It goes on.
around_line_kept = Kept as you wrote it. It goes out when it may: one line a day, three a week, and none to somebody who is away. If it cannot wait, reach them yourself.
around_answer_kept = Thank you. It goes to whoever asked, as you wrote it.
around_answered_already = That question has its answer already.
around_not_yours = That is not with you, or it is over. Nothing changed.
around_unknown = This is the coach for managers here. I have nobody by this name on my list, so nothing of yours is kept. Whoever runs the programme can add you.

# On a manager's Home tab.
home_assignment = By { $due }: in { $work }, for { $item }, AI's part is to { $part }.
    Good = { $good }
    Stop if checking takes more than { $stop } minutes.
home_rail_data = Data: { $inside }. Not: { $outside }.
home_rail_tool = Tool: { $tool }
home_rail_checkpoint = Checkpoint: { $checkpoint }
home_rail_contact = Who to call: { $first }; then { $backup }
home_summary = { $line }
