# The picture of a workflow's numbers: what stands on it, and the paragraph that says the same without looking.
# What stands on the picture is read on a phone: keep it short. No model ever touches these.

chart_title = { $measure }
chart_lower = { $unit }, lower is better
chart_higher = { $unit }, higher is better
chart_value = { $value }
chart_aim = aim { $value }
chart_bar = bar { $value }
chart_mean = mean { $value }
chart_limit = limit { $value }
chart_practice = Hollow circles are practice and do not count.
chart_range = Of a range, the end with the mark counts.
chart_limits_need = Limits need ten values from before; { $n ->
        [0] there is none yet
        [one] there is one
       *[other] there are { $n }
    }.
chart_limits_from = Limits: the mean of the { $n } values from before, give or take 2.66 times their average step.
chart_partial = Only what was shared is shown.
chart_no_letters = There are no letters here for { $language }, so the picture speaks English.

ChartPart =
    .before = Before
    .since = Since
    .practice = Practice
    .counted = Counted
    .week = Week

# What each week is on, in a word or two: it stands under the week's number.
ChartWeek =
    .t1 = Rehearse
    .t2 = Side by side
    .t3 = Live
    .t4 = Midpoint
    .t5 = Redesign
    .t6 = Pass on
    .t7 = Sceptic
    .t8 = Decide

# The paragraph. Its sentences stand one after the other.
chart_alt = Chart of { $measure }: { $unit }, lower is better.
chart_alt_higher = Chart of { $measure }: { $unit }, higher is better.
chart_alt_before = Before: { $values }.
chart_alt_none = Before: no values.
chart_alt_week = Week { $week }: { $value }.
chart_alt_week_about = Week { $week } ({ $about }): { $value }.
chart_alt_practice = Week { $week }: { $value }, practice.
chart_alt_practice_about = Week { $week } ({ $about }): { $value }, practice.
chart_alt_no_reading = Week { $week } ({ $about }): no reading.
chart_alt_aim = Aim: { $value }.
chart_alt_limits = Limits: { $lower } and { $upper }, mean { $mean }.
chart_alt_limit = Upper limit: { $upper }, mean { $mean }; no lower limit.
chart_alt_label = By the published rule: { $label }.
chart_says = { $says } { $because }
