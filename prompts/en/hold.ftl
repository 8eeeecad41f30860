# Four weeks after the decision.

hold_number = Four weeks on, { $work }: your latest { $measure }, in { $unit }?
    .no_number = No number
hold_no_number = Fine. Then the last label stands, with its date.
