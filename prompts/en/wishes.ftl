# Second thoughts, pushback and moving on: what a manager may say beside the work, and what is asked then.

which_answer = Which answer shall I ask again?
    .earlier = Earlier ones
    .none_of_these = None of these
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
asked_for_permission = Asked, without your name. Until there is an answer, do only what you may do now.
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
