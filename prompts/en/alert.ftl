# What those are told who are called when somebody may be in danger, and the page behind their link.

alert_text = { $to }: { $person } may be in danger. Please reach them yourself now: { $reach }. The other person told is { $backup }. No words of theirs are passed on.
alert_chat = { $to }: { $person } may be in danger. Please reach them yourself now: { $reach }. No words of theirs are passed on. Press when you have it; until then this comes again every ten minutes.
alert_link = When you have it, say so here, or this comes again in ten minutes: { $link }
alert_title = Somebody may be in danger
alert_question = Pressing the button says that you are reaching them yourself, now. Nobody else is told again.
alert_button = I have it
alert_taken = Noted: you have it. Nobody is told again.
alert_unknown = This link is not one of ours, or its alert is over.
