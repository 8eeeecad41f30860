# Wishes about one's own data: the record, the export, the evidence note, forgetting. First what the coach says
# in the chat, then what stands on the pages. Fixed texts, no model ever touches them.

certificate = There is none, on purpose. What I can give you any time: a one-page evidence note you own: the work, your numbers, your decisions. HR form to fill? The note has one plain sentence for it.
    .evidence_note = Evidence note
    .go_on = Go on
    .stop = Stop
evidence_ready = Your evidence note: { $page }. Printed it is one page. It is yours; I send it to nobody.
evidence_nothing_yet = There is nothing for an evidence note yet: no piece of work is named. It fills as you go.
record_ready = Here is all I keep about you: { $page }. Your words by week, your numbers, what was sent, what waits, and until when.
    .export = Export
    .forget = Delete
export_ready = Your data to read: { $page }. To take with you: { $file }. Both are made when you open them; no copy stays here.
forget_confirm = Delete everything I keep about you? Your words, numbers and the link to you go at once, backups within 30 days. A log line without you and published group figures stay. { $summaries ->
        [0] No summary was sent to { $coach }.
        [one] The summary you sent { $coach } cannot be unread.
       *[other] The { $summaries } summaries you sent { $coach } cannot be unread.
    }
    .delete_everything = Delete everything
    .export_first = Export first
    .keep = Keep it
forget_kept = Nothing was deleted.
forget_done = Your words, your numbers and the link to you are being deleted now, and are out of every backup by { $by }. This is my last line.
forget_held = A legal hold forbids deleting this now. From here on nobody can read your words, me included. They are deleted when the hold ends. This is my last line.
forget_taken = Your wish is noted and carried out as the law allows. From here on nobody can read your words, me included. This is my last line.

# The pages. Labels and headings are short; dates on them are written year first.

paper_print = Print
paper_chat = Back to the chat
paper_file = As a file
paper_note = Evidence note
paper_weeks = Your weeks
paper_record = All that is kept
paper_gone = Everything that was kept here has been deleted, as was wished.
own_title = Your own pages
own_question = { $name }, this opens what is kept about you. The link works once, and the pages stay open for 30 minutes. On a computer that others use too, press "Sign out" at the end.
own_button = Open
own_leave = Sign out
own_left = Signed out on this device. A file you took with you is still where you put it.
own_refused = Nothing is open here. A link works once and for 15 minutes. For a new one look at the coach's Home tab, or write "my data" in our chat.
paper_made = Made on { $at }. No copy is kept here.

evidence_title = Evidence note
evidence_of = { $name } · { $function } · { $market }
evidence_owner = This note belongs to { $name }. It holds facts and { $name }'s own words. Each number says how it is known, and the label follows from the numbers by a published rule.
evidence_more = Earlier work: { $work }
evidence_nothing = No piece of work has been named yet, so there is nothing to note.
evidence_sentence = From { $began } to { $until }: { $work }. { $measure }: { $before } before, { $since } since. By the published rule: { $label }.
evidence_sentence_bare = From { $began } to { $until }: { $work }. No number has been agreed yet.
evidence_span = { $began } to { $until }
evidence_week = Week { $n }
evidence_value = No. { $n }
evidence_number = { $value } · { $grade }
evidence_unusual = { $value } · { $grade } · said to be unusual
evidence_practice = { $value } · { $grade } · practice, not counted
evidence_rests = { $n_before ->
    [one] One value before
   *[other] { $n_before } values before
}, { $n_after ->
    [one] one counted reading since.
   *[other] { $n_after } counted readings since.
}
evidence_bar = { $method }: { $bar }.
evidence_corrected = { $n ->
    [one] One value was corrected after its week had closed.
   *[other] { $n } values were corrected after their weeks had closed.
}
evidence_chose = Chose this work: { $pain }
evidence_measured = Chose what to count: { $measure }, { $span }
evidence_aim = Set the aim before the first live run: { $aim }
evidence_rails = Confirmed the rails of { $market }, version { $version }. Before it goes on, a person looks: { $checkpoint }
evidence_counts = Said before the number was known: the first live run { $how }.
evidence_decided = Week { $week }: { $decision }
evidence_decided_runs = Week { $week }: { $decision }; the work is run { $runs }
evidence_owner_now = Owner now: { $owner }
evidence_checkpoint_stays = Checkpoint that stays: { $checkpoint }
evidence_words = "{ $told }"
evidence_earlier = { $n ->
    [one] One earlier reading is in the record.
   *[other] { $n } earlier readings are in the record.
}

# What stands beside each of the note's parts.
EvidencePart =
    .work = The work
    .stake = What hangs on it
    .rule = By the published rule
    .rests = What that rests on
    .decided = Decided
    .undecided = not yet
    .before = Before
    .since = Since
    .none = none
    .me = the manager
    .decisions = Decisions
    .words = In my own words
    .sentence = One plain sentence, for a form
    .dates = Dates
    .must_hold = Must not get worse
    .to_next = To whoever starts next

EvidenceWay =
    .differently = differently than before
    .as_before = as before

EvidenceRun =
    .yes = counts
    .no = is practice

EvidenceMethod =
    .best_before = The bar is the best value from before
    .second_best_before = The bar is the second best value from before
    .third_best_before = The bar is the third best value from before
    .fourth_best_before = The bar is the fourth best value from before
    .trusted_figure = The bar is the trusted long-run figure
    .no_bar = No bar yet

# The weeks, for the manager alone: what minding the AI took, and what was expected beside what it was. Nothing here
# rates anybody, and a time that was not told is not made up.
weeks_title = Your weeks
weeks_of = { $name } · { $work }
weeks_intro = As you told it, week by week, for you alone. Your coach knows of it only what you sent.
weeks_nothing = No piece of work has been named yet, so there are no weeks to show.
weeks_no_minutes = No minutes have been told yet.
weeks_no_forecast = No forecast has been given yet.
weeks_sum = { $n ->
    [one] One week
   *[other] { $n } weeks
}
weeks_minutes = { $minutes ->
    [one] One minute
   *[other] { $minutes } minutes
} in { $n ->
    [one] one week
   *[other] { $n } weeks
}
weeks_clue = Weeks { $weeks }: you said waste, and { $kind } took most. That is a clue for redesigning this step.
weeks_checking = Waste is a reason to look at the step. Checking that is worth it need not shrink.
weeks_likely = { $expected }%
weeks_count = { $n ->
    [one] { $good ->
        [one] The one time you said { $expected }%, it was good enough first time.
       *[other] The one time you said { $expected }%, it was not good enough first time.
    }
   *[other] Of { $n } times you said { $expected }%, { $good ->
        [0] none was good enough first time.
        [one] one was good enough first time.
       *[other] { $good } were good enough first time.
    }
}
weeks_too_few = From five forecasts that have met their outcome on, they are counted here.

WeeksPart =
    .minding = Minding the AI, in minutes
    .week = Week
    .feeding = Feeding it
    .checking = Checking
    .rerunning = Re-running
    .cleaning = Cleaning up
    .total = In all
    .worth = Worth it?
    .expected_and_was = You expected / it was
    .expected = You expected
    .was = It was
    .against = What would have shown it wrong

WeeksKind =
    .feeding = feeding it
    .checking = checking
    .rerunning = re-running
    .cleaning = cleaning up

WeeksWorth =
    .worth_it = Worth it
    .waste = Waste
    .mixed = Mixed
    .unsaid = Not said

# First time good enough or not, by what *good* was said to be.
WeeksOutcome =
    .good_enough = Good enough
    .another_pass = Needed another pass
    .not_usable = Not usable
    .not_told = Not told
    .not_yet = Not over yet

record_title = All that is kept about you
record_for = { $name } · { $at }
record_intro = Everything Unbadged keeps about you, as it is kept. What you took back is still here and marked. Lines of the coach are left out: they repeat your words or name other people.
record_said = { $text }
record_tapped = Pressed: { $text }
record_back = taken back
record_replaced = replaced or taken back
record_nothing = Nothing.
record_faded = deleted when their time was over
record_until_working = Words: 180 days after the work has ended, and no word longer than 18 months after it was said. Facts without words stay: market, function, measures, readings, labels, dates.
record_until_ended = Words: until { $until }, and no word longer than 18 months after it was said. Facts without words stay: market, function, measures, readings, labels, dates.
record_held = A legal hold forbids deleting anything here since { $since }.
record_sent_week = Week { $week }, to your coach
record_looks = Nobody else can open this record in this version, so there are no looks to list. What was sent is above.
record_talk_start = Start { $n }
record_talk_week = Week { $n }
record_talk_hold = Hold check { $n }
record_talk_wrong = Something felt wrong { $n }
record_talk_person = Asked for a person { $n }
record_talk_other = Conversation { $n }
record_gap = { $rail }, { $market }: asked of its owner, without your name or your work

RecordPart =
    .you = You
    .kept = Kept until
    .sent = Sent to your coach, and when
    .signs = What reached a person without Send
    .gaps = Questions asked for your market
    .looks = Who looked
    .waits = What waits in the queue
    .words = Your answers
    .typed = Everything you typed in this chat
    .facts = What was understood from them
    .reached = How you are reached

RecordWaits =
    .say = A message that waits for its time
    .wake = A moment to come back to
    .open = The next conversation begins
    .fetch = An answer from elsewhere

RecordPassed =
    .skipped = Skipped
    .reached = Its moment came
    .early = You went on sooner
    .lapsed = Its time was over
    .gave_up = Nothing was found

RecordStatus =
    .invited = invited
    .active = taking part
    .paused = paused
    .stopped = stopped
    .dormant = quiet, nothing is sent
    .forgotten = deleted

RecordRole =
    .manager = manager
    .coach = coach
    .sponsor = sponsor
    .guardrail_owner = guardrail owner

RecordState =
    .offered = offered
    .agreed = agreed
    .active = active
    .held = held
    .rehearsing = rehearsing
    .done = done
    .not_evaluated = not looked at
    .not_this_week = not this week
    .not_started = not started

RecordRail =
    .all = all four rails
    .data = data
    .tool = tools
    .tools = tools
    .checkpoint = checkpoint
    .contact = who to call
    .permission = permission
    .rails = rails

RecordObstacle =
    .not_started = of starting
    .stuck = of going on
    .tool_not_listed = a tool not on the list
    .missing_element = which of the four is missing
    .failed = what failed

RecordAbout =
    .back_test = against the finished case
    .side_by_side = side by side
    .steps = the steps
    .step_to_drop = the step to drop
    .who_must_agree = who must agree
    .colleague_asked = the colleague
    .drill = the drill
    .team_worry = the team's worry
    .ninety_seconds = the ninety seconds
    .word_to_next = a word to whoever starts next
    .caught_earlier = what would have caught it earlier
    .judgment_further = one question more about judgment

RecordSign =
    .person = asked for a person
    .wrong = something went wrong
    .message_contact = asked to have the contact told
    .asked = asked, with your yes
    .other = a sign

RecordFact =
    .consent = Your OK to what is shared
    .profile = Where and when you work
    .friction = The work that hurts
    .stake = What hangs on it
    .measured = What is counted
    .before = A value from before
    .aim = The aim
    .confirmation = Rails confirmed
    .permission = The sponsor's sentence
    .assignment = Slice
    .plan = Your plan
    .forecast = Forecast
    .change = What changed
    .reading = Reading
    .minding = Minding the AI
    .moved = Where the work went
    .output = The output
    .beside = What else moved
    .obstacle = What was in the way
    .reflection = Judgment question
    .clarity = Clearer or not
    .practice = First live run
    .decision = Decision
    .note = Note
    .sent_summary = Summary sent
    .concern = Sign
    .gap = Missing rail

RecordField =
    .name = Name
    .email = E-mail
    .market = Market
    .subdivision = Region
    .function = Function
    .zone = Time zone
    .profile_zone = Time zone of your profile, not used
    .language = Language
    .working_days = Working days
    .roles = Role
    .status = Status
    .paused_until = Paused until
    .added_at = Added
    .without_model = No model reads along
    .version = Version
    .given_at = Given
    .shape = Kind of friction
    .work = Work
    .pain = What goes wrong
    .wanted = Wanted fixed
    .kind = Kind
    .cost = What it costs
    .noticer = Who notices first
    .measure = Measure
    .unit = Unit
    .span = Counted from and to
    .balancing = Must not get worse
    .position = Number
    .low = Value
    .high = Up to
    .grade = How it is known
    .unusual = Unusual
    .out_of = Out of
    .target = Aim
    .workflow = Piece of work
    .tool = Tool
    .goes_to = Goes to
    .checkpoint = Checkpoint
    .confirmed_at = Confirmed
    .fresh_until = Fresh until
    .answer = Answer
    .week = Week
    .theme = Theme
    .state = State
    .ai_part = AI's part
    .item = Item
    .good = Good means
    .stop_if = Stop if
    .due = Due
    .activated_at = Active since
    .when = When
    .step = Step
    .likelihood = Per cent expected
    .against = What would show it wrong
    .told = In your words
    .counted = Counted
    .said = As you said it
    .feeding = Feeding it, minutes
    .checking = Checking, minutes
    .rerunning = Re-running, minutes
    .cleaning = Cleaning up, minutes
    .worth = Worth it
    .went = Where it went
    .judged = Judged
    .other_change = Other change
    .which = Which
    .dimension = About
    .question = Question
    .counts = Counts
    .what = What
    .runs = Runs
    .owner = Owner
    .about = About
    .sent_at = Sent
    .lines = Lines
    .shares = Lines that share their facts
    .coach_id = Sent to, as an id
    .sign = Sign
    .topic = Topic
    .raised_at = Raised
    .rail = Rail
