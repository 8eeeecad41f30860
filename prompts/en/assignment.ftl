# The first slice: one piece of work, one item, one way to tell good from not good.

room = Room for 30 minutes this week?
    .yes = Yes
    .tight = Tight
    .no = No
which_draft = { $work }: a draft to begin with, or build it yourself. Nothing is agreed yet; the card comes next.
    { $drafts }
    .own = Build it myself
draft_n = { $n }. For { $item }: AI's part is to { $part }. Good = { $good }
nth_draft = Draft { $n }
ai_part = { $work }: which part could AI prepare? You decide what becomes of it.
item = { $theme } Which one? One account, report or batch.
item_again = "{ $item }" is more than one. Which single one shall it be?
good = { $item }: by what would someone else see that the output is good enough?
good_again = "{ $good }" is hard to judge from the output. What would lie on the table, and what must be right in it?
stop_if = Stop after how many minutes of checking?
    .default = 20 minutes
change_what = What shall I change?
    .item = The item
    .good = What good means
    .part = AI's part
    .stop_if = When to stop
mend_first = One thing first: { $criterion }
assignment_card = By { $due }: in { $work }, for { $item }, AI's part is to { $part }, with { $tool }. In place of usual work, not on top.
    Rehearsal on a closed case: nothing leaves your desk.
    Good = { $good }
    { $measure }: { $before } → { $aim }
    Matters because: { $stake }
    AI is likely weak at: { $weak }
    Stop if checking takes more than { $stop } minutes.
    .take_it = Take it
    .change = Change
    .not_this_one = Not this one
assignment_card_masked = By { $due }: in { $work }, for { $item }, AI's part is to { $part }, with { $tool }. In place of usual work, not on top.
    Rehearsal on a closed case: nothing leaves your desk.
    { $mask }
    Good = { $good }
    { $measure }: { $before } → { $aim }
    Matters because: { $stake }
    AI is likely weak at: { $weak }
    Stop if checking takes more than { $stop } minutes.
    .take_it = Take it
    .change = Change
    .not_this_one = Not this one
plan_when = When, on your calendar, will you do it? For example: after the Tuesday call.
midweek_wish = Your plan, said back: { $when }, I let AI { $part }. Midweek I can ask once.
    .ask_me = Ask me
    .no_need = No need
start_done = Done. Week 1 begins on { $at }. "wrong", "person", "pause", "stop" work any time.
