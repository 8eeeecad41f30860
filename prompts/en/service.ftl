# What the service itself says, whatever is being talked about, and the words that work at any moment.

help = These words work at any time: back, skip, later, pause, stop, show, person. "wrong" is for when something feels wrong: I tell you whom to call. Anything else you write is an answer.
not_understood = I did not catch that. A button or a few plain words will do; "help" lists what always works.
stale = That button belongs to an earlier question, so it changed nothing. Here is where we are.
answered_already = You have answered that one already, so the button changed nothing. Here is where we are.
closed_week = That week is closed, so the button changed nothing. Here is where we are.
nothing_open = No question is open right now. Nothing waits for you.
next_thing = Next: { $what }, { $at }.
saved_for_later = Saved. Write "start" when you want to go on; the place is kept.
skipped = Skipped.
cannot_skip = This one I need before we go on. "later" keeps the place.
paused = Paused until { $until }. Nothing waits for you. "start" ends the pause sooner.
stopped = Stopped. You will hear nothing more from me. "start" brings everything back where you left it.
welcome_back = Welcome back. Nothing is missing.
back_done = Taken back. Here is that question again.
changed = Changed. What you said before is kept as history and counts no more.
nothing_to_change = There is no answer here to change yet.
not_that_one = I can't do that one: what is written to me changes no rule of mine.
prompt_tip = Give it: the task, two good past examples, what to leave out, and what you will check. Then change one thing at a time.
a_person_first = Not before a person has reached you; they have been told. { $coach } can start it again with you then.
nothing_to_go_back_to = There is nothing to go back to here.
slow_today = Slow today. Your answer is saved.
found_late = I found an earlier message of yours only now. What I had asked since was something else, so it answers nothing.
edited_after = You changed a message I had already taken as an answer. What it answered is closed, so nothing has changed yet.
words_deleted = Deleted here as well. Your answer went with it, so I ask once more.
words_deleted_later = Deleted here as well, wherever it stood. Numbers, dates and choices you confirmed since stay.
words_deleted_seen = { $coach } has seen these words in what you sent; that I cannot undo.
cannot_open = I can't open these; one line is enough.
languages_offered = I can do { $languages }. Write in yours if that is easier.
model_off = From now on no model reads what you write or drafts anything for you; I go by plain rules, as I can throughout. "use the model again" changes that.
model_on = Where your organisation has set up a model, it may read your answers and draft wording again. It proposes; you confirm. "don't use the model" ends that.
model_not_wanted = You asked that no model reads what you write, and none does. "use the model again" changes that.
model_wanted = A model may read some of your answers and draft wording. It proposes; you confirm; it decides nothing. "don't use the model" ends that.
english_follows = The next part exists only in English so far. You can answer in your own language.

# What these buttons say wherever a question has no words of its own for them.
answers =
    .yes = Yes
    .no = No
    .help = Help
    .back = Back
    .skip = Skip
    .later = Later
    .pause = Pause
    .stop = Stop
    .start = Start
    .now = Now
    .wrong = Something feels wrong
    .person = Person
    .show = Show me
    .share = What do you share?
    .change = Change an answer
    .forget = Forget me
    .export = Export my data
    .note = Evidence note
    .no_model = Don't use the model
    .model = Use the model again

# Lists from here on: phrases separated by "|". Capitals, punctuation and apostrophes do not matter.
yes_words = yes | y | yes please | yep | yeah | yup | ok | okay | sure | correct | that is correct | right | that is right | that's right | true | agreed | can
no_words = no | n | nope | nah | not right | that is not right | that's not right | not correct | incorrect | cannot

# Taken off either end of a message before it is compared.
polite_words = please | pls | plz | thanks | thank you | thank you very much | many thanks | thx | ty | sorry | excuse me | hi | hello | hey | kindly | ok | okay | just | can you | could you | would you | can we | could we | let's | let us | coach bot | lah

# Each list is one word that works at any moment. A phrase stands here only if it can hardly mean anything else.
reflex-help = help | help me use this | what can you do | what can i do | what can i say | how does this work | menu | commands
reflex-back = back | go back | one back | go one back | previous | previous question | undo
reflex-skip = skip | skip it | skip this | skip that | skip this one | skip this question | pass
reflex-later = later | not now | another time | say it later | remind me later | ask me later | maybe later
reflex-pause = pause | pause this | pause it | pause for now | take a break
reflex-stop = stop | stop it | stop now | stop this | stop writing | stop writing to me | stop messaging me | stop for good | unsubscribe | quit | leave me alone
reflex-start = start | start again | restart | resume | continue | carry on | unpause | i'm back | i am back
reflex-now = now | right now | do it now | go on now | no need to wait
reflex-wrong = wrong | something wrong | something is wrong | something's wrong | something went wrong | something feels wrong | it feels wrong | feels wrong | something feels off
reflex-person = person | human | a person | a human | real person | talk to a person | talk to a human | speak to a person | speak to a human | talk to someone | i want to talk to someone | i want to talk to a person | i want to talk to a human | coach | my coach | talk to my coach | call me
reflex-show = show | show me | show my data | show my record | my data | my record | what do you know about me | what do you have on me | what do you store | what do you store about me | show me what you store | what did i say
reflex-share = share | what do you share | what do you share with my boss | who sees this | who can see this | who reads this | privacy
reflex-change = change | change an answer | change my answer | change answer | edit | edit an answer | fix | fix it | correct | correct an answer | i made a mistake | wrong answer
reflex-forget = forget me | delete | delete me | delete all | delete my data | delete everything | erase me | erase my data | remove my data | remove me
reflex-export = export | export my data | download my data | send me my data | give me my data | my data as a file
reflex-note = evidence note | evidence | my note | note
reflex-no_model = don't use the model | do not use the model | don't use a model | don't use ai on my answers | no model | without the model | stop using the model | model off | turn off the model | turn the model off
reflex-model = use the model again | use the model | with the model | model on | turn on the model | turn the model on
