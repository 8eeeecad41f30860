# What stands on the playground's own page: labels, buttons, and what it says when something does not work.
# The coach's words are not here. Change a text freely; keep its name and what is in {braces}.

playground_title = Unbadged playground
playground_title_of = { $name } · Unbadged playground
playground_brand = Unbadged
playground_kind = Playground
playground_skip = To the message box

playground_people = Whose week
playground_you_are = You are { $name }
playground_coach = Coach
playground_you = You

playground_log = Conversation with the coach
playground_empty = Nothing has been said yet. Move the clock to the next thing due, or write a line.
playground_choices = Possible answers
playground_answered = You answered:
playground_stale = From earlier. A press does no harm and says where things stand.
playground_closed = This question has closed.
playground_fill = Send these

playground_write = Write to the coach
playground_send = Send
playground_hint = Enter sends · Shift+Enter: new line · 1–5: answer with the buttons
playground_wrong = Something feels wrong
# What that button says in the manager's name; the coach knows these words.
playground_wrong_words = something feels wrong
playground_demo = A demo on this computer. Nobody is alerted by this demo.

playground_clock = The clock
playground_now = Now:
playground_to_next = To the next thing due
playground_to_friday = To Friday
playground_to_three_weeks = Three weeks on
playground_queued = What is queued
playground_nothing_queued = Nothing is waiting. Write a line, or move the clock.

playground_back = Back to the chat
playground_failed = That did not arrive. Nothing is lost: please try once more.
playground_gone = The playground does not answer. Is it still running in its window?
playground_too_long = That is longer than this chat can take. A few lines are enough.
playground_outdated = This page has grown old. Please open the chat anew and try again.
playground_nobody = There is nobody here by that name.
playground_broken = Something broke here. It is not your doing; what was said before is still there.
playground_not_from_here = This page is for a browser on the same computer only.

# What the clock's panel says of the queue.
queued = { $what }
moment = { $at }
one_term = { $term }

Queued =
    .say = A line to be said
    .week = The next week opens
    .hold = The hold check
    .erase = Everything is deleted
    .sitting_b = The second sitting
    .story_time = Asking again
    .looked_up_by = Asking again
    .two_weeks_over = Asking again
    .reminder_due = The one reminder
    .welcome = The invitation's week is over
    .midweek_time = The midweek line
    .check_in_time = The check-in
    .day_after = Asking how you are
    .slice_offer = The offer's time is over
    .slice_reminder = The reminder's time is over
    .other = A question's time is over
