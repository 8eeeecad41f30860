# What stands on the playground's own page: labels, buttons, and what it says when something does not work.
# The coach's words are not here. Change a text freely; keep its name and what is in {braces}.

playground_title = Unbadged playground
playground_title_of = { $name } · Unbadged playground
playground_brand = Unbadged
playground_kind = Playground
playground_skip = To the message box

playground_people = Whose week
playground_you_are = You are { $name }
playground_coach = Unbadged
playground_you = You

playground_news = new
playground_deleted = Deleted

playground_log = The conversation
playground_empty = Nothing has been said yet. Move the clock to the next thing due, or write a line.
playground_forgotten = Everything that was said here has been deleted, as was wished. The other managers are still here; "Start over", by the clock, begins again with all three.
playground_stands = It is { $now } now. Nothing more has been said.
playground_choices = Possible answers
playground_answered = You answered:
playground_closed = Left unanswered. That is fine.
playground_fill = Send these
playground_pick = Choose one …
playground_choose = Choose

playground_write = Write a message
playground_send = Send
playground_hint = Enter sends · Shift+Enter: new line · 1–5: answer with the buttons
playground_wrong = Something feels wrong
# What that button says in the manager's name; the coach knows these words.
playground_wrong_words = something feels wrong
playground_demo = A demo on this computer. Nobody is alerted by this demo.

playground_clock = The clock
playground_now = Now:
playground_zone = { $city } time. It moves for everyone.
playground_to_next = To the next thing due
playground_to_friday = To Friday
playground_to_three_weeks = Three weeks on
playground_queued = What is queued
playground_nothing_queued = Nothing is waiting. The next word is yours.

playground_start_over = Start over
playground_start_over_what = Deletes all three chats and everything kept of them, for good. It then is 24 November again.
playground_start_over_yes = Delete and start over

# The other side: what the human coach sees at the same moment.
playground_sides = Two sides of the same moment
playground_side_chat = Chat
playground_side_coach = What { $coach } sees
playground_side_gone = What the coach sees
playground_skip_coach = To what the coach sees
playground_read_only = Read-only. { $coach } sees this and nothing else of { $manager }.
playground_signs = Asks for a person
playground_no_signs = None of the four signs, and no request.
playground_chart = What was shared, drawn
playground_sent = Sent summaries
playground_nothing_sent = Nothing was sent, so for { $coach } nothing exists: no answer, no number, no line of the chat.
playground_cannot_see = What { $coach } cannot see
playground_nothing_left = Everything has been deleted, as was wished. There is nothing here any more for a coach to see.

playground_back = Back to the chat
playground_failed = That did not arrive. Nothing is lost: please try once more.
playground_gone = The playground does not answer. Is it still running in its window?
playground_too_long = That is longer than this chat can take. A few lines are enough.
playground_outdated = This page has grown old. Please open the chat anew and try again.
playground_nobody = There is nobody here by that name.
playground_broken = Something broke here. It is not your doing; what was said before is still there.
playground_not_from_here = This page is for a browser on the same computer only.

# What the clock's panel says of the queue. What has no line of its own is said by the last one.
queued_say = A message that waits for working hours
queued_open = { $what ->
    [week] The next week begins
    [hold] Four weeks on: does it hold?
    [start] The next piece of work
   *[other] The next conversation begins
}
queued_wake = { $what ->
    [sitting_b] The second sitting
    [story_time] The story, asked again
    [looked_up_by] The numbers, asked again
    [two_weeks_over] Asking again after two weeks
    [reminder_due] The one reminder
    [midweek_time] The midweek question
    [check_in_time] The check-in
    [day_after] Asking how you are
    [erase] Everything is deleted
   *[other] Moving on, if the question is still open
}
queued_settle = A card that will show its answer
queued_alert = People being told once more
queued_fetch = An answer from elsewhere
moment = { $at }
one_term = { $term }
playground_record_link = My record
playground_evidence_link = Evidence note
playground_weeks_link = My weeks
