# Numbers with their units. $n is the number, written for the reader; [one] is the form for exactly one.
# $n stands before any other figure: where there are two numbers, both take its place.

unit-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
unit-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
unit-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
unit-working_days = { $n ->
    [one] { $n } working day
   *[other] { $n } working days
}
unit-weeks = { $n ->
    [one] { $n } week
   *[other] { $n } weeks
}
unit-count = { $n }
unit-items = { $n ->
    [one] { $n } item
   *[other] { $n } items
}
unit-rounds = { $n ->
    [one] { $n } round
   *[other] { $n } rounds
}
unit-messages = { $n ->
    [one] { $n } message
   *[other] { $n } messages
}
unit-percent = { $n }%
unit-points = { $n ->
    [one] { $n } point
   *[other] { $n } points
}
# No currency is kept with an amount of money: it is the one the manager counts in.
unit-money = { $n }
unit-errors = { $n ->
    [one] { $n } error
   *[other] { $n } errors
}
unit-meetings = { $n ->
    [one] { $n } meeting
   *[other] { $n } meetings
}
unit-runs = { $n ->
    [one] { $n } try
   *[other] { $n } tries
}
unit-per_hundred = { $n } per hundred

# Two numbers, or two days of the week: from this one to that one.
range = { $low }–{ $high }
