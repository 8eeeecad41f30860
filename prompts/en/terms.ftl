# The spoken forms of closed lists. The name of a list is the family; each key says one value of it. They are
# used inside lines and as labels of buttons, so each is at most as long as a button.
# Longer ones (a question, a reason) stand with the script that says them.

Shape =
    .time = Time leaks away
    .quality = Quality up and down
    .decision = Waiting for a decision
    .handoff = Handoff breaks
    .else = Else / not sure

StakeKind =
    .money = Money
    .customer = Customer
    .risk = Risk
    .delay = Delay

Balancing =
    .errors = Errors
    .customer_trust = Customer trust
    .compliance = Compliance
    .team_load = Team load
    .else = Something else

Grade =
    .looked_up = Looked up
    .counted = Counted
    .memory = From memory

Function =
    .sales = Sales
    .marketing = Marketing
    .finance = Finance
    .operations = Operations
    .hr = HR
    .supply_chain = Supply chain
    .legal = Legal
    .support = Customer support
    .product = Product
    .procurement = Procurement

Market =
    .SG = Singapore
    .IN = India
    .ID = Indonesia
    .AU = Australia
    .JP = Japan
    .MY = Malaysia
    .TH = Thailand
    .VN = Vietnam
    .PH = the Philippines
    .HK = Hong Kong
    .KR = South Korea
    .NZ = New Zealand
    .TW = Taiwan
    .CN = China

Language =
    .en = English
    .ja = Japanese

# What the published rule says about a workflow's numbers. Never a word about a person.
Label =
    .cannot_say = Cannot say
    .too_soon = Too soon to say
    .no_clear_change = No clear change
    .early_sign = Early sign
    .looks_worse = Looks worse
    .worse = Worse
    .not_held = Did not hold
    .better_but_side_effect = Better, side effect
    .better_but_other_change = Better, other change
    .demonstrably_better = Demonstrably better

Likelihood =
    .p90 = 90%
    .p70 = 70%
    .p50 = 50%
    .p30 = 30%
    .p10 = 10%

Output =
    .good_enough = Good enough
    .another_pass = Needed another pass
    .not_usable = Not usable

Decision =
    .go_on = Go on
    .change = Change it
    .stop = Stop
    .stop_here = Stop here
    .change_one = Change one thing
    .one_more = One more try
    .keep = Keep
    .keep_with_changes = Keep with changes

# The measures, by their number in the catalogue.
Measure =
    .M01 = Cycle time
    .M02 = Insight to response
    .M03 = Time to decide
    .M04 = Handoff wait
    .M05 = First response time
    .M06 = Resolution time
    .M07 = Review rounds
    .M08 = Hands-on time
    .M09 = Overdue backlog
    .M10 = On time
    .M11 = Finished per week
    .M12 = Late items
    .M13 = Days to close
    .M14 = Error rate
    .M15 = Rework
    .M16 = Right first time
    .M17 = Errors that escaped
    .M18 = Complaints, returns
    .M19 = Incomplete inputs
    .M20 = Gap between reviewers
    .M21 = Reopened
    .M22 = Compliance findings
    .M23 = Forecast error
    .M24 = Variance seen earlier
    .M25 = Early warning
    .M26 = False alarms
    .M27 = Win rate on priorities
    .M28 = Leads accepted
    .M29 = Quote turnaround
    .M30 = Stale deals
    .M31 = Response rate
    .M32 = Leakage recovered
    .M33 = Overdue money
    .M34 = Order lines short
    .M35 = Cost of waste
    .M36 = Time to shortlist
    .M37 = Used unchanged
    .M38 = Clarifying questions
    .M39 = Advice acted on
    .M40 = Escalations
    .M41 = Meetings per decision
    .M42 = Score for this step
    .M43 = Minutes minding the AI
    .M44 = Tries until usable
    .M45 = AI slips that escaped

# A unit on its own, as in "in hours". With a number it is in units.ftl.
Unit =
    .minutes = minutes
    .hours = hours
    .days = days
    .working_days = working days
    .weeks = weeks
    .count = how many
    .items = items
    .rounds = rounds
    .runs = tries
    .messages = messages
    .meetings = meetings
    .percent = per cent
    .per_hundred = per hundred
    .points = points
    .money = money
    .errors = errors

# What judgment is made of. Seen, with a quote, or not visible yet; never more or less of it.
Dimension =
    .j1 = When to use AI
    .j2 = Plausible or good
    .j3 = How much to check
    .j4 = Facing a sceptic
    .j5 = Risk and whom to call
    .j6 = Redesign or swap

Went =
    .gone = gone
    .to_me = moved to me
    .to_someone_else = moved to someone else
    .to_later = put off
SummaryPart =
    .stake = Work and stake
    .tried = What was tried
    .number = Your numbers
    .changed = What changed
    .obstacle = The obstacle
    .minding = Minding the AI
    .output = The output
    .decision = Your decision
    .evidence = Your judgment
    .open = What is open
    .rails = Rails and flags
SummaryTopic =
    .number = this week's number
    .minding = minding the AI
    .output = the output
    .balancing = side effects
    .other = other causes
SummaryFlag =
    .none = none
    .person = asked for a person
    .wrong = something went wrong

Detail =
    .market = Market
    .function = Function
    .language = Language
    .working_days = Working days

Page =
    .record = page "My record"
    .file = a file from there
    .evidence = page "Evidence note"
