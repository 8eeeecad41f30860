# What is answered to a question about the programme itself, whatever is open. The names and what each answers
# are also in prompts/model/answer.toml, for a model to choose from; it never writes an answer of its own.

programme_mandatory = No. Taking part is yours to agree to: "pause" rests it, "stop" ends it at once, and "start" brings it back where you left it.
programme_cost = Your organisation runs this. It asks minutes of you, and no money.
programme_effort = Week 0 takes about ten minutes, in two sittings. After that, about five minutes a week with me; the rest is work you would do anyway.
programme_duration = Eight weeks on one piece of work. Four weeks later I ask once more whether it held.
programme_afterwards = In week eight you decide: keep it, change it or stop. Four weeks later I ask once whether that holds. Then the next piece of work, if you want one.
programme_messages = At most three messages a week that you did not ask for, and one a day; between 09:00 and 17:30 on your working days. If you are silent I write less, not more.
programme_purpose = One piece of work that annoys you gets better, a small step a week, and the numbers say whether it did. You decide at every step.
programme_who = I am a program. { $coach } is the person behind me; "person" asks for them.
programme_why_me = Your organisation put you on the list for this programme. More than that I don't know; { $coach } can say. "person" asks for them.
programme_missed = Nothing is lost: the place is kept and I write less. After three quiet weeks { $coach } gets the sign "quiet", without words. "start" goes on where you were.
programme_pause = At any time. "pause" rests it for two weeks, "stop" ends it at once; what you wrote is kept, and "start" brings it back.
programme_other_work = One piece of work at a time: the next begins after the decision in week eight, or when you stop this one earlier. "stop" ends it at once.
programme_tools = Only what is approved in your market. We go through that together before you try anything; I approve no tool myself.
programme_team = I write to you and never to your team. Whether they join in is up to you; in week six one colleague tries it, if you ask them.
programme_decides = You do. I propose, remember and work out the numbers; I approve no output, no tool and no person.
programme_numbers = They show whether the work itself got better: values from before, then one reading a week. They say nothing about you, and nobody is compared.
