# The first minute, and sitting A: the friction, in the manager's own words. No tool is named here.

welcome = Hi { $who }. I help you fix one piece of work that annoys you: a few minutes a week, eight weeks. No course, no badge, no ranking. I am a program; { $coach } is the person behind me.
    .start = Start
    .not_now = Not now
    .share = What do you share?
    .person = Person
not_now = Fine. I ask once more in a week, then never again.
invited_again = Hi { $who }, as announced, one last time: shall we fix one piece of work that annoys you?
    .start = Start
    .not_now = No, thanks
    .share = What do you share?
    .person = Person
never_again = Understood. I will not ask again. "start" is enough if you change your mind.

consent = You see everything. { $coach } sees summaries you send and, without words, four signs: you asked for a person, something went wrong, three quiet weeks, danger. Boss and HR see only counts, unsent numbers included, for groups of five or more: never words or silence.
    .ok = OK
    .show = Show me exactly
    .not_ok = Not OK
not_ok = Understood. I have deleted what I had about you, and I tell nobody.

profile = I have you in { $market }, { $function }, writing { $language }, working { $days }. Right?
    .yes = Yes
    .change = Change
profile_detail = What shall I change?
    .market = Market
    .function = Function
    .language = Language
    .working_days = Working days
profile_value = { $detail }: which one is right?

where_it_hurts = The last two weeks: where did your team's work hurt most?
    .time = Time leaks away
    .quality = Quality up and down
    .decision = Waiting for a decision
    .handoff = Handoff breaks
    .else = Else / not sure
which_work = Take the last time it happened. Which piece of work was it? A few words are enough.
    .say_it_later = Say it later
story_later = Saved. I ask again on { $at }.
what_went_wrong = And what went wrong with { $work }?
mirror = I heard: "{ $pain }", in { $work }. Right?
    .yes = Yes
    .not_quite = Not quite
wanted = Would you want this fixed, whatever the means?
    .yes = Yes
    .not_really = Not really
nothing_wanted = Then it is not the one. Shall I ask again in two weeks, or leave it here? { $coach } is there too.
    .in_two_weeks = In two weeks
    .enough = Leave it
    .person = Person
asked_in_two_weeks = Good. I ask once more in two weeks.
stake = If it stays like this until { $by }: what does it cost most?
    .money = Money
    .customer = Customer
    .risk = Risk
    .delay = Delay
stake_in_a_line = { $stake }: what exactly, in one line?
who_notices = And who notices first?
team_line = Want to ask your team too? A line to forward; I never write to them:
    "Which part of our week do you dread, and what have we stopped complaining about?"
    .copied = Copied
    .skip_it = Skip
when_next = Enough for today. Next: your numbers, the four rails, your first small assignment. Five minutes. When?
    .pick = Another time
when_next_picked = Which of these suits you?
until_then = Good: { $at }. Until then nothing is asked of you. "now" starts it sooner.
