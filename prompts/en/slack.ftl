# What stands around the coach's lines in Slack: buttons of its own, the Home tab, small forms.
# What the coach says is not here. Change a text freely; keep its name and what is in {braces}.

# Read out by a screen reader, and seen in a notification, after the line itself.
slack_answers = Answers:
slack_between = ,
slack_answered = Answered:
slack_answered_plain = Answered
slack_asked_again = Asked again below.
slack_changed = Changed since. What counts now stands below.
slack_closed = Left unanswered. That is fine.
slack_anywhere = I talk in private only. Write to me here: "Messages" under my name.

slack_stranger = I coach the managers of one programme, and you are not on its list. To be added, ask whoever runs it: { $whom }. Nothing of what you wrote is kept.
slack_guest = I work with members of this workspace only, so I can be of no help here. Nothing of what you wrote is kept.

# What an administrator reads who wants to add the coach to a workspace, and may not.
slack_install_title = Add the coach to Slack
slack_install_no_link = For this you need a link from whoever runs the coach for you. Yours is not whole, was used up, or is older than a week. Ask for a new one; nothing was changed.
slack_install_other = This workspace belongs to another organisation here already. Nothing was changed. If that is wrong, whoever runs the coach can put it right.

slack_command_done = Done. My answer is in our private chat.
slack_command_help = Behind /coach: help, pause, stop, start, show, person, wrong, or "zone" and a city. Anything else, write to me in our private chat.

slack_buttons =
    .fill = Fill in
    .choose = Choose one
    .send = Send
    .done = Done
    .close = Close

# The menu at each message. What it does is in the words that always work.
slack_menu =
    .wrong = Something feels wrong
    .person = Talk to a person
    .pause = Pause
    .change = Change an answer
    .help = Help

# A small form. A title has at most 24 letters.
slack_form = A few boxes
slack_coach_line = One line

# The check of any message, from its own menu. The message is not kept; the answers only if the manager says so.
slack_check_title = Good enough?
slack_check = Is this good enough to act on? Your own answers first, then your call. Nothing is sent to anyone; whether I keep your answers, I ask you afterwards.
    .field-compared = What did you compare it with?
    .field-unsure = Which line would you not bet on?
    .field-look = With five minutes only, where would you look?
    .field-verdict = So, to act on it:
    .good_enough = Good enough
    .another_pass = Needs another pass
    .not_usable = Not usable
slack_check_message = The message

# A question to the owner of a market's rails.
slack_owner_title = Your answer
slack_owner_question = A question about the rails for { $market }, to you as their owner. It is fine to say that you need longer.
    .answer = Answer
slack_owner_asked = The question
slack_owner_by = An answer by { $by } lets the work go on.
slack_owner_answer = Your answer, as managers shall read it
    .field-answer = Your answer
    .field-until = Holds until

# Links to a manager's own pages, under the line that speaks of them; and the same lines where there are no pages.
slack_pages =
    .record = My record
    .file = The file
    .evidence = Evidence note
slack_no_page_record = That is what you wrote last. All of it would be a page of your own, but this service has no web address yet, so I have none to show. Whoever runs the programme can change that.
slack_no_page_file = I cannot hand you a page or a file here: this service has no web address yet. Whoever runs the programme can change that. What you wrote last I can say: "show"
slack_no_page_evidence = There is no page here, for this service has no web address yet. Its one sentence: { $sentence }

# The Home tab of a manager.
slack_home_title = Your week
slack_home_nothing = No piece of work is agreed for this week.
slack_home_next = Next from me: { $at }
slack_home_open = A question is open in our chat. It waits for you; answer it and we go on at once.
slack_home_open_next = A question is open in our chat; answer it and we go on at once. Otherwise next from me: { $at }
slack_home_no_next = Nothing from me is planned. Nothing waits for you.
slack_home_zone = Your time zone: { $zone }, { $own ->
        [yes] as you told me
       *[no] as your profile has it
    }
slack_home_paused = Paused until { $until }. Nothing waits for you.
slack_home_stopped = Stopped. You hear nothing from me until you start again.
slack_home_chart = Before and since
slack_home_rails = The four rails
slack_home_no_rails = Not confirmed yet. Until then: public or invented material only.
slack_home_call = When something feels wrong
slack_home_always = Always there
slack_home_sees = Who sees what
slack_home_data = My data
slack_home_more_kept = There is more than fits here.
slack_home_more = There is more than fits here; all of it is on the page "My record".
slack_home_actions =
    .pause = Pause two weeks
    .start = Go on
    .change = Change an answer
    .share = Ask about this
    .show = Show it
    .export = Export
    .forget = Forget me

# The Home tab of a coach, and the weekly letter.
slack_coach_title = Your managers
slack_coach_needs = Who needs a person
slack_coach_nobody = Nobody asks for a person just now.
slack_coach_since = { $why } · since { $since }
slack_coach_due = { $why } · since { $since } · answer by { $due }
slack_coach_better = What became better
slack_coach_no_better = No workflow has become demonstrably better yet.
slack_coach_waits = What waits
slack_coach_no_waits = Nothing waits.
slack_coach_summaries = Summaries they sent
slack_coach_no_summaries = No summary has been sent yet. Silence is not a sign of anything.
slack_coach_sent = { $person } · { $at }
slack_coach_more = And { $n } more. "/coach" shows them all.
slack_coach_actions =
    .acknowledge = I have it
    .read = I have read it
    .write = Write one line
    .pause = Pause the bot
    .start = Let it go on
slack_digest_title = The week until { $until }
slack_digest_quiet = A quiet week: nothing needs you.
slack_write_to = One line to { $person }. It counts as one of the three lines a week they may get.
    .field-line = Your line
