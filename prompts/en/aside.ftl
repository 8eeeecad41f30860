# What cuts in: something feels wrong, a person is wanted, who sees what. Fixed texts, no model ever touches them.

wrong = Thank you for saying it. First: { $first }, now; { $backup } if no answer. Don't delete anything, stop sending. A feeling is enough. What is it?
    .went_out_unchecked = Went out unchecked
    .data_in_wrong_place = Data in wrong place
    .wrong_number_shown = Wrong number shown
    .just_a_feeling = Just a feeling
wrong_nobody_named = Thank you for saying it. Nobody is named to call for your market yet: call the person you trust most on this, now. Don't delete anything, stop sending. What is it?
    .went_out_unchecked = Went out unchecked
    .data_in_wrong_place = Data in wrong place
    .wrong_number_shown = Wrong number shown
    .just_a_feeling = Just a feeling
feeling_is_enough = Good that you said it. It stays here. If it grows, the name above is for exactly that.
wrong_call = You did the right thing. This work rests until it is looked at. { $clock } Who calls { $first }?
    .calling_now = Calling now
    .message_them = Message them for me
    .not_sure = Not sure it's one
wrong_calling = Good. They decide what follows. I ask on the next working day how you are.
wrong_coach_told = You did the right thing. This work rests until it is looked at. { $coach } now reads which work and what kind, nothing more.
wrong_coach_unreached = You did the right thing. This work rests until it is looked at. I cannot write to { $coach } from here: please call them yourself.
wrong_demo_coach = You did the right thing. This work rests until it is looked at. Nobody is alerted by this demo; in real use { $coach } would now read which work and what kind.
wrong_message = I have written to { $first }: which work and what kind, nothing more. If it is urgent, call as well.
wrong_message_unreached = I cannot write to { $first } from here. Please call them yourself, now; I have told them nothing.
wrong_demo = Nobody is alerted by this demo. In real use { $first } would now read which work and what kind, nothing more.
wrong_not_sure = That is enough reason to call. { $first } would rather hear it once too often.
wrong_day_after = Are you all right? What would have caught it earlier?
    .skip = Skip
lesson_kept = Kept. Thank you.
person = Of course. { $coach } gets your name and, if you like, a topic. Which?
    .with_topic = With a topic
    .without_topic = Without a topic
    .another_person = Another person
person_topic = In a few words: what shall { $coach } know before you talk?
person_told = { $coach } has your name now, and nothing more than you said here. Nothing is asked of you meanwhile.
person_unreached = I cannot write to { $coach } from here, so please reach them yourself. That you asked is written down for them. Nothing is asked of you meanwhile.
person_demo = Nobody is alerted by this demo. In real use { $coach } would now have your name, and nothing more than you said here.
other_person = Outside your line there is { $other }. You can reach them directly; I tell nobody that you asked.
who_sees_what = Boss and HR: counts by group of five or more, like "3 of 14 workflows better". Never your words or answers. { $coach }: the summaries you sent and four signs without words. You: everything, and who looked. Danger and escaped data cannot stay between us.
shown_exactly = A summary, as { $coach } would see it, only after you press Send:
    Quote for key accounts: late quotes lose orders
    Review rounds: 3, 4, 3 before; 2, 2 since. Early sign.
    Kept out of it: "price and terms, because a wrong discount is a promise"
    The four signs are a word each, without a reason.
my_zone = Your time zone: { $zone }, { $own ->
        [yes] as you told me. "Use my profile's time zone again" undoes that.
       *[no] as your profile has it. "My time zone is ..." and a city changes it.
    }
my_record = What I keep of you in this conversation, newest last:
    { $answers }
