# What the coach sees, around the summaries; these stand there in the language they were sent in.
coach_sees_sent = Week { $week }, sent { $at }
coach_sees_corrected = corrected on { $on }
coach_sees_faded = The words have gone, as they do in time. That it was sent is kept.
coach_sees_sign = { $sign ->
    [person] Asked for a person
    [wrong] Something went wrong
    [quiet] Three quiet weeks
    [danger] Danger: people were alerted
   *[other] A request
}
coach_sees_topic = Topic: { $topic }
coach_sees_wrong = { $kind ->
    [went_out_unchecked] went out unchecked
    [data_in_wrong_place] data in the wrong place
    [wrong_number_shown] wrong number shown
   *[other] what kind was not said
}
coach_sees_asked = { $about ->
    [rails] One of the four rails is missing
    [tool_not_listed] A tool that is not on the list
   *[other] A question of theirs
}
coach_sees_no_chat = The chat: what is typed, pressed or left open there.
coach_sees_no_numbers = Numbers, forecasts and answers that stand in no summary that was sent.
coach_sees_no_withheld = Whether a line was left out, or a week not sent at all.
coach_sees_no_reason = Reasons. A sign is a name and a kind; a topic is there only if it was given.
