# When somebody is not well, or not safe. Fixed texts, no model ever touches them. What stands here is read by
# people in trouble: short, no questions about how bad it is, no promise of silence, no coaching.

figure_of_speech = Just checking, as I can't hear your voice: a figure of speech, or is it getting too much?
    .figure_of_speech = Figure of speech
    .too_much = Too much
    .a_person = Person
only_a_figure = Good, then on where we were.

overload = That is a lot. Nothing from me until you say so. Is there one thing I can take off: pause, smaller, or a word with { $coach }?
    .pause_two_weeks = Pause 2 weeks
    .smaller = Smaller
    .a_person = Person
smaller_then = The smallest version it is, when you write again. Nothing from me until then, and nothing to make up.

distress = I'm sorry, that is hard, and it matters more than any assignment. I'm a program and not the right help. { $person } can listen today; { $numbers }. Shall I connect you?
    .connect_me = Connect me
    .give_contact = Give me the contact
    .not_now = Not now
harassment = I'm sorry, that is hard, and it matters more than any assignment. { $person } is independent of your line and of local HR; { $numbers }. I pass on nothing without your yes. Shall I connect you?
    .connect_me = Connect me
    .give_contact = Give me the contact
    .not_now = Not now
no_listener_named = I'm sorry, that is hard, and it matters more than any assignment. I'm a program and not the right help. People who listen: { $numbers }. Shall I write that down for you?
    .give_contact = Give me the contact
    .not_now = Not now
connected = I pass your name to { $person }, and nothing of what you wrote. Nothing else comes from me until you ask.
connect_unreached = I cannot write to { $person } from here, so nobody has your name. Please reach them yourself; nobody hears that you asked. Nothing else comes from me until you ask.
connect_demo = Nobody is alerted by this demo. In real use { $person } would now have your name, and nothing of what you wrote. Nothing else comes from me until you ask.
contact_given = { $person }; { $numbers }. Nobody hears that you asked. Nothing else comes from me until you ask.
numbers_given = { $numbers }. Nobody hears that you asked. Nothing else comes from me until you ask.
not_now_then = All right. It stays there for you: { $numbers }. Nothing else comes from me until you ask.

danger = I'm glad you said it. Please call { $numbers } now, or go to someone near you. I'm trying to reach a person for you as well. You don't have to do this alone.
danger_alerted = A person has been alerted so that someone reaches you: { $names }. They have your name and how to find you, nothing you wrote.
danger_unreached = I cannot reach a person for you from here. Please call { $numbers } now, or go to someone near you.
danger_stay = Everything else can wait. You don't have to do this alone.
    .call_now = Call { $number }
    .safe_for_now = I'm safe for now
    .someone_with_me = Someone is with me
danger_call_now = Good. { $numbers }. They answer people in just this moment. Nothing else comes from me.
danger_safe_for_now = Good to read. If that changes: { $numbers }, or someone near you. Nothing else comes from me.
danger_someone_with_me = Good. Please stay together; { $numbers } is there for both of you. Nothing else comes from me.

danger_demo = Nobody is alerted by this demo. I'm glad you said it. Please call { $numbers } now, or go to someone near you. You don't have to do this alone.
danger_stay_demo = Nobody is alerted by this demo. Everything else can wait. You don't have to do this alone.
    .call_now = Call { $number }
    .safe_for_now = I'm safe for now
    .someone_with_me = Someone is with me
danger_call_now_demo = Nobody is alerted by this demo. { $numbers }: they answer people in just this moment. Nothing else comes from me.
danger_safe_for_now_demo = Nobody is alerted by this demo. Good to read. If that changes: { $numbers }, or someone near you. Nothing else comes from me.
danger_someone_with_me_demo = Nobody is alerted by this demo. Please stay together; { $numbers } is there for both of you. Nothing else comes from me.

numbers_unknown = your local emergency number
numbers_unconfirmed = These numbers come from public lists; nobody here has confirmed them yet. If one does not answer, try the next, or go to someone near you.

hostile = Understood. I can stop for good, pause, or { $coach } can call. Your choice, no consequences.
    .stop_for_good = Stop for good
    .pause_it = Pause
    .coach_calls = Coach
hostile_again = Understood. You hear nothing from me for seven days. { $coach } is there if you want a person; no consequences.
threat = That is for people to answer, not for a program. I pass on nothing by myself: { $coach } can call, I can pause, or stop for good.
    .stop_for_good = Stop for good
    .pause_it = Pause
    .coach_calls = Coach

team_trouble = Thank you for looking after them. That belongs to a person: { $contact }. Want a line on how to start that talk?
    .opening_line = Line
    .a_person = Person
talk_line = You could begin: "You seem to be carrying a lot. I have time now and would like to hear how it is for you. Nothing needs to be decided today."
talk_line_then = Then listen more than you speak, promise no silence, and bring in { $contact }. I keep no name.
talk_contact_unknown = your HR or assistance line

removed_demo = I removed { $kinds } before storing. It was not sent to any AI. Please don't paste it again.
removed_before_storing = I removed { $kinds } before storing. It was not sent to any AI. It is still in this chat: please delete it here too.
Removed =
    .identity_number = an identity number
    .payment_card = a card number
    .bank_account = a bank account
    .access_key = an access key
    .password = a password
