"""What is done with each thing a person does in Slack: who they are, take it in, only then say "received".

Nothing slow stands before that: no call to Slack but one look at somebody never met before. What may take a
moment is handed back, to be done once Slack has its answer.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from bot import whereabouts
from bot.clock import Clock
from bot.incoming import Incoming
from bot.listening import Listener
from bot.reflexes import reader_of
from bot.slack import modals
from bot.slack.address import Chat
from bot.slack.asking import Asking, AwayError, RefusedError
from bot.slack.events import (
    CHANNEL,
    Acted,
    Checks,
    Commanded,
    Deleted,
    Did,
    Elsewhere,
    Filled,
    Opened,
    Unopened,
    WantsBoxes,
    Who,
    Wrote,
    incoming,
)
from bot.slack.identity import Found, Identity, Profile
from bot.slack.speech import Speech, typed_as
from bot.slack.workspaces import Workspaces
from prompts.words import Words
from storage.people import Person
from storage.store import Store

log = logging.getLogger("unbadged.slack")
T = TypeVar("T")
ANYWHERE = Who("", "")  # where there is one workspace, the one of the settings
IN_TIME = 2.4  # seconds; what has not been begun by then is left to Slack's next try
Later = Callable[[], Awaitable[None]]


class TooBusyError(Exception):
    """It was not begun in time. Slack brings it again."""


@dataclass(frozen=True)
class Heard:
    """What Slack is told at once (``text`` after a command, ``errors`` in a window), and what follows."""

    text: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    later: tuple[Later, ...] = ()


class Homes(Protocol):
    """Makes the Home tab for somebody who looks at it."""

    async def publish(self, who: Who, language: str = "en") -> None:
        """Publish it; for somebody unknown, in this language."""
        ...


class Opener(Protocol):
    """What a coach's or an owner's button does: a window to open, or None if it is done already."""

    def __call__(self, did: Acted, person: Person) -> dict[str, Any] | None: ...


class Taker(Protocol):
    """Takes in a window of a coach or an owner; what is to be mended, by the box's name."""

    def __call__(self, did: Filled, person: Person) -> Mapping[str, str]: ...


class Commander(Protocol):
    """Answers ``/coach`` for a coach, say; None leaves it to the words that always work."""

    def __call__(self, did: Commanded, person: Person) -> str | None: ...


@dataclass
class Hearing:
    """Takes in what people do in Slack. ``openers`` and ``takers`` are by action and by window."""

    store: Store
    listener: Listener
    words: Words
    clock: Clock
    asking: Asking
    identity: Identity
    workspaces: Workspaces
    threads: ThreadPoolExecutor
    homes: Homes | None = None
    openers: dict[str, Opener] = field(default_factory=dict)
    takers: dict[str, Taker] = field(default_factory=dict)
    commander: Commander | None = None

    async def hear(self, did: Did, *, comes_again: bool = True) -> Heard:
        """Take it in. It returns once that is committed; an exception means that it was not.

        ``comes_again``: whether Slack tries again if it gets no answer; what does not is waited for.
        """
        wait = IN_TIME if comes_again else None
        if isinstance(did, Elsewhere):
            return Heard(later=(lambda: self._point_to_the_chat(did),))
        if isinstance(did, Deleted) and await self._thread(self._known, did.who, wait=wait) is None:
            return Heard()  # nobody is looked up for taking something back
        found = await self.who(did.who, chat=did.channel if isinstance(did, Wrote) else "", wait=wait)
        if found.person_id is None:
            return self._refused(did, found)
        return await self._done(did, found.person_id, wait)

    async def who(self, who: Who, *, chat: str = "", wait: float | None = None) -> Found:
        """Who they are; somebody new is looked up in Slack once."""
        person_id = await self._thread(self._known, who, wait=wait)
        if person_id is not None:
            return Found(person_id)
        refused = self.identity.refused(who)
        if refused is not None:
            return refused
        profile = None if who.is_outsider else await self.identity.profile(who)
        return await self._thread(self._meet, who, profile, chat, wait=wait)

    async def profile_changed(self, who: Who, profile: Profile) -> None:
        """A member's zone, or account, is another one."""

        def change() -> None:
            self.identity.changed(self.organisation(who), who, profile)

        await self._thread(change, wait=IN_TIME)

    def organisation(self, who: Who = ANYWHERE) -> str:
        """The organisation of somebody's workspace; NoOrganisationError if nobody said which."""
        return self.workspaces.organisation_of(who.team, who.enterprise)

    # --- what each of them does ------------------------------------------------------------------------

    async def _done(self, did: Did, person_id: str, wait: float | None) -> Heard:
        match did:
            case WantsBoxes():
                _, speech = await self._thread(self._speech, did.who, person_id, wait=wait)
                view = modals.form_modal(did.question, did.token, did.boxes, speech, did.place)
                return Heard(later=(lambda: self._open(did.who, did.trigger, view),))
            case Checks():
                _, speech = await self._thread(self._speech, did.who, person_id, wait=wait)
                view = modals.check_modal(did.text, speech)
                return Heard(later=(lambda: self._open(did.who, did.trigger, view),))
            case Opened():
                homes = self.homes
                return Heard() if homes is None else Heard(later=(lambda: homes.publish(did.who),))
            case Acted():
                return await self._acted(did, person_id, wait)
            case Commanded():
                return await self._thread(self._commanded, did, person_id, wait=wait)
            case Filled() if did.token is None:
                return await self._thread(self._taken, did, person_id, wait=wait)
            case _:
                await self._thread(self._receive, did, person_id, wait=wait)
                return Heard()

    def _receive(self, did: Did, person_id: str) -> None:
        arrived = self.taken_in(did, person_id)
        if arrived is not None:
            self.receive(did.who, arrived)

    def receive(self, who: Who, arrived: Incoming) -> None:
        """Hand it to the coach. It returns once that is committed."""
        self.listener.receive(self.organisation(who), arrived)

    def taken_in(self, did: Did, person_id: str) -> Incoming | None:
        """What a person did, as the listener takes it."""
        match did:
            case Wrote():
                kept = self._chat_with(person_id, did)
                return Incoming(CHANNEL, did.key, person_id, words=did.text, of=did.of, reference=kept)
            case Deleted():
                return Incoming(CHANNEL, did.key, person_id, of=did.of, deleted=True)
            case Unopened():
                return Incoming(CHANNEL, did.key, person_id, unreadable=True)
            case _:
                return incoming(did, person_id)

    def _chat_with(self, person_id: str, did: Wrote) -> str:
        """Where the private chat is, and how far it has been read."""
        with self.store.reading(self.organisation(did.who)) as repo:
            kept = Chat.read(repo.reference(person_id, CHANNEL))
        return str(kept.with_message(did.channel, "" if did.edited else did.ts))

    async def _acted(self, did: Acted, person_id: str, wait: float | None) -> Heard:
        opener = self.openers.get(did.action)
        if opener is None:
            return Heard()
        person, _ = await self._thread(self._speech, did.who, person_id, wait=wait)
        view = await self._thread(opener, did, person, wait=wait)
        return Heard() if view is None else Heard(later=(lambda: self._open(did.who, did.trigger, view),))

    def _taken(self, did: Filled, person_id: str) -> Heard:
        if did.callback == modals.CHECK:
            answers = {name: did.fields.get(name, "") for name in modals.CHECKED}
            said = Incoming(CHANNEL, did.key, person_id)
            verdict = did.fields.get(modals.VERDICT, "")
            self.listener.offer_to_keep(self.organisation(did.who), said, answers, verdict)
            return Heard()
        taker = self.takers.get(did.callback)
        person, _ = self._speech(did.who, person_id)
        return Heard() if taker is None else Heard(errors=taker(did, person))

    def _commanded(self, did: Commanded, person_id: str) -> Heard:
        """Words that always work, and where they are: a command may be typed where others read along."""
        person, speech = self._speech(did.who, person_id)
        special = self.commander(did, person) if self.commander else None
        if special is not None:
            return Heard(text=special)
        reflex = self.words.reflex(speech.reader, did.text)
        if reflex is None and not whereabouts.is_told(did.text):
            return Heard(text=speech.line("slack_command_help"))
        typed = did.text if reflex is None else typed_as(reflex)
        said = Incoming(CHANNEL, did.key, person_id, words=typed)
        self.receive(did.who, said)
        return Heard(text=speech.line("slack_command_done"))

    def _refused(self, did: Did, found: Found) -> Heard:
        """Somebody who is none of ours is told so, once, where they wrote. Of them nothing is kept."""
        speech = self._as_read_in(found.language)
        slots = {"whom": found.whom} if found.whom else {}
        said = speech.line(found.refusal, **slots)
        if isinstance(did, Commanded | Checks):
            return Heard(text=said)
        if isinstance(did, Opened) and (homes := self.homes) is not None:
            return Heard(later=(lambda: homes.publish(did.who, found.language),))
        if not found.first or isinstance(did, Opened):
            return Heard()
        return Heard(later=(lambda: self._post(did.who, did.who.user, said),))

    # --- what follows once Slack has its answer --------------------------------------------------------

    async def _open(self, who: Who, trigger: str, view: dict[str, Any]) -> None:
        await self._try(who, "views.open", {"trigger_id": trigger, "view": view})

    async def _post(self, who: Who, to: str, said: str) -> None:
        await self._try(who, "chat.postMessage", {"channel": to, "text": said, "mrkdwn": False})

    async def _point_to_the_chat(self, did: Elsewhere) -> None:
        agreed = await self._thread(self._agreed_language, did.who)
        speech = self._as_read_in(agreed or await self.identity.language(did.who))
        said = {"channel": did.channel, "user": did.who.user, "text": speech.line("slack_anywhere")}
        await self._try(did.who, "chat.postEphemeral", said)

    async def _try(self, who: Who, method: str, arguments: Mapping[str, Any]) -> None:
        """Once: none of this is worth a second time, for its moment has passed by then."""
        try:
            await self.asking.ask(who.enterprise, who.team, method, arguments)
        except RefusedError as refused:
            log.warning("Slack refused %s: %s", method, refused.error)
        except AwayError:
            log.warning("Slack gave no answer to %s", method)

    # --- threads and readers ---------------------------------------------------------------------------

    def _known(self, who: Who) -> str | None:
        return self.identity.known(self.organisation(who), who)

    def _agreed_language(self, who: Who) -> str | None:
        return self.identity.agreed_language(self.organisation(who), who)

    def _meet(self, who: Who, profile: Profile | None, chat: str) -> Found:
        return self.identity.meet(self.organisation(who), who, profile, chat)

    def _speech(self, who: Who, person_id: str) -> tuple[Person, Speech]:
        with self.store.reading(self.organisation(who)) as repo:
            person = repo.person(person_id)
        if person is None:
            raise LookupError("There is no such person any more.")
        return person, self._as_read_by(person)

    def _as_read_by(self, person: Person) -> Speech:
        return Speech(self.words, reader_of(self.words, person))

    def _as_read_in(self, language: str) -> Speech:
        """For somebody of whom no more is known than that."""
        return Speech(self.words, self.words.reader(language, "", "UTC"))

    async def _thread(self, doing: Callable[..., T], *given: Any, wait: float | None = None) -> T:
        """Do it in a thread. What has not begun within ``wait`` seconds is not done: better refused in time
        than answered by silence, and done all the same.
        """
        work = self.threads.submit(doing, *given)
        waiting = asyncio.wrap_future(work)
        done, _ = await asyncio.wait({waiting}, timeout=wait)
        if not done and work.cancel():
            raise TooBusyError("the database has more to do than it can in time")
        return await waiting


def threads_for(database_url: str) -> ThreadPoolExecutor:
    """One writer for SQLite, where more only wait for one another; a few for Postgres."""
    sqlite = database_url.startswith("sqlite")
    return ThreadPoolExecutor(1 if sqlite else 8, thread_name_prefix="hearing")


def tasks(followups: Sequence[Later], running: set[asyncio.Task[None]]) -> None:
    """Begin what follows; ``running`` holds on to it until it is done."""
    for each in followups:
        task = asyncio.ensure_future(_awaited(each))
        running.add(task)
        task.add_done_callback(running.discard)


async def _awaited(doing: Later) -> None:
    try:
        await doing()
    except Exception as failure:  # what it says may quote somebody
        log.error("what follows an answer failed: %s", type(failure).__name__)
