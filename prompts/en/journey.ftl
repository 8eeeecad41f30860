# Spoken forms of the journey's own closed lists: states, obstacles, what is still open.

Because =
    .none = { "" }
    .not_the_same_thing = Measured differently before.
    .no_before = No values from before yet.
    .no_after = No counted reading yet.
    .too_few_before = Fewer than three values before.
    .too_few_after = Fewer than three readings since.
    .sample_too_small = Too few cases behind the numbers.
    .effect_too_small = The change is small.
    .overlap = One of them is not better than before.
    .memory_only = The numbers are from memory.
    .one_week = All from one week.
    .corrected = A value was corrected; three more will tell.
    .was_corrected = A value was corrected.
    .side_effects_unknown = Side effects are not known.
    .other_changes_unknown = Whether something else changed is not known.

Checkpoint =
    .stays_on_desk = the AI's version stays on your desk
    .stays_with_me = you

Counting =
    .before = still being counted
    .since = none yet
    .aim = set when counted

Criterion =
    .q1_specific = it names more than one item. Which single one?
    .q2_within_a_week = it takes longer than a week. What can be cut?
    .q3_stake = nobody would notice. What hangs on it?
    .q4_evaluable = nobody else could judge it. What will lie on the table?
    .q5_checkpoint = nobody looks before it leaves. Who does?
    .q6_measure = it has no number.
    .q7_deadline = its date has passed.
    .q8_inside_rails = it has no approved tool.
    .q9_instead = it comes on top. What does it replace?
    .q10_worth_stopping = it says nothing about when to stop.

Expected =
    .unsaid = { "" }
    .p90 = You expected 90%.
    .p70 = You expected 70%.
    .p50 = You expected 50%.
    .p30 = You expected 30%.
    .p10 = You expected 10%.

Obstacle =
    .no_time = no time
    .unclear = unclear
    .not_allowed = not allowed
    .not_worth_it = not worth it

ThemeItem =
    .invented = Public or invented material only.
    .t1 = A finished case, whose outcome you know.
    .t2 = A live item, done your way as well.
    .t3 = One live item.
    .t4 = The next item.
    .t5 = One item, with one step less.
    .t6 = One item for a colleague.
    .t7 = One item to show.
    .t8 = One item more.

Tool =
    .invented = public or invented material only

Worth =
    .worth_it = worth it
    .waste = waste
    .mixed = mixed
    .unsaid = not said whether worth it

Next =
    .sitting_b = the second sitting
    .story_time = the story
    .looked_up_by = your three values
    .two_weeks_over = one more question
    .formula_day = whether the formula holds
    .reminder_due = one reminder
    .midweek_time = one midweek line
    .check_in_time = the check-in
    .day_after = one question

# What the published rule says, in a sentence. Never more than the numbers allow.
Says =
    .cannot_say = Nothing can be said from that.
    .too_soon = Too early to say anything.
    .no_clear_change = No clear change. That is a useful finding too.
    .early_sign = Looks better, not proven yet.
    .looks_worse = The last two were worse than your worst before.
    .worse = It got worse, as surely as the rule can tell.
    .not_held = It was better and has slipped back.
    .better_but_side_effect = Better, but something else got worse. Not better overall.
    .better_but_other_change = Better, and something else changed too, so AI cannot have the credit.
    .demonstrably_better = The runs that decide beat every bar from before, and nothing else changed or got worse. That is demonstrably better.
