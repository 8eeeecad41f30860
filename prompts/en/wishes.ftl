# Second thoughts, pushback and moving on: what a manager may say beside the work, and what is asked then.

which_answer = Which answer shall I ask again?
    .earlier = Earlier ones
    .earlier_number = An earlier number
    .none_of_these = None of these
which_earlier_number = Which number shall be put right?
    .earlier = Earlier ones
    .none_of_these = None of these
# A number of a closed week as its button shows it, and a value from before the first live run.
number_of_week = Week { $n }: { $value }
number_before = Before { $n }: { $value }
right_number = { $which }. What should it be, in { $unit }?
same_number = That is what it says already: { $value }. Nothing changed.
number_changed = Changed: { $old } → { $new }. Right?
    .yes = Right
    .no = Undo
number_put_right = Put right. The old number stays in your record, marked as replaced.
old_number_seen = { $coach } has seen the old number, in what you sent. A corrected summary goes out only if you send it.
summary_again = The summary of week { $week } as it reads now. { $coach } gets it marked as corrected, if you send it.
    { $lines }
    .send = Send
    .change = Change
    .leave = Leave it
summary_sent_again = Sent to { $coach }, marked as corrected.
summary_stays = Not sent. { $coach } keeps what you sent before.
which_language = I can do both. Which language shall we go on in?
fair = Fair. Which is it?
    .confusing = It is confusing
    .too_vague = It is too vague
    .not_allowed = I'm not allowed
    .just_no = Just no
in_one_line = In one line: you pick a piece of work that annoys you, try one small step a week, and the numbers say whether it got better. { $coach } is there for anything that stays unclear.
less_vague = Then let us make it small: one real case of last week, and one step of it. Your next answer can be just that.
not_allowed = That is not yours to solve. Shall I put it to the sponsor as an open question, without your name or your work?
    .ask_for_me = Ask for me
    .leave_it = Leave it
permission_route = So few managers work in { $market } that you could be recognised by the question. How shall it go?
    .without_my_name = Without my name
    .only_my_coach = Only my coach
    .dont = Don't ask
permission_asked = Asked, without your name. Until there is an answer, do only what you may do now.
permission_noted = I cannot put it to the sponsor from here; it is on the list of what is open, without your name. Until there is an answer, do only what you may do now.
permission_with_coach = Your coach has it, as a question. Until there is an answer, do only what you may do now.
permission_not_asked = Not asked. Do only what you may do now.
left_as_it_is = Left as it is.
new_role = Thanks for telling me. What shall become of { $work }? What you thought and wrote stays yours.
    .close_it = Close it
    .take_a_note = Take a note of it
    .go_on = Go on with it
new_role_begin = Thanks for telling me. Nothing was begun that could get lost. Shall we begin with a piece of work of the new role?
    .new_work = Yes, begin
    .not_now = Not now
closed_for_new_role = Closed as it stands; the facts stay in your record. A new piece of work in the new role?
    .new_work = Yes, begin
    .not_now = Not now

away = Nothing from me until { $until }, and nothing waits for you. I ask again on { $back }.
    .right = Right
    .other_date = Other date
away_sick = Get well. Nothing from me until { $until }, and nothing waits for you. I ask again on { $back }.
    .right = Right
    .other_date = Other date
away_until = Until which day are you away? A date or a number of days will do.
    .dont_know_yet = I don't know yet
away_impossible = That day is over or does not exist. Until which day are you away?
    .dont_know_yet = I don't know yet
away_which = Which is the last day away?
    .other_date = Another date

# After the check of a message or draft, from the menu at a message.
check_keep = Your own answers about that message: shall I keep them in your record? The message itself is not kept. { $answers }
    .keep_it = Keep them
    .leave_it = Leave them
check_kept = Kept in your record. Nobody else sees them.
check_left = Left. Nothing of it is kept.

# Another time zone than the profile's.
zone_right = { $zone }: it is { $time } there now, { $day }. Shall I go by that, whatever your profile says?
    .yes = Yes
    .other_place = Another place
    .leave_it = Leave it as it is
zone_where = I don't know that place. Which city near you is bigger, or which country are you in?
    .leave_it = Leave it as it is
zone_other = Which city or country are you in?
    .leave_it = Leave it as it is
zone_many = There are several time zones there. Which big city is nearest to you?
    .leave_it = Leave it as it is
zone_which = There are several time zones there. Which is yours?
    .other_place = Another place
zone_kept = From now on I go by { $zone }. "Use my profile's time zone again" undoes that.
zone_left = Left as it was.
zone_already = That is the one I go by: { $zone }, where it is { $time } now, { $day }.
zone_follows = Your profile's time zone counts again: { $zone }, where it is { $time } now, { $day }.
zone_follows_already = I go by your profile already: { $zone }, where it is { $time } now, { $day }.
