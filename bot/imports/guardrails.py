"""The guardrails of one market as their owner hands them in: four facts, a version, and a last day.

A missing fact is refused with the question it leaves open, and a phrase that cannot be checked by its name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bot.imports import RefusedFileError
from bot.imports.documents import Page, open_page
from bot.imports.programme import identifier
from bot.imports.specific import empty_phrase
from coaching.guardrail_pack import MODEL_FORBIDDEN, Guardrails
from coaching.guardrails import GoesTo
from coaching.profile import MARKETS
from storage.store import Store

SHOWN_TOOLS = 3  # the others are reached by writing their name
# Asked for by market packs in general, but nothing in this version of the coach uses them.
NOT_KEPT = (
    "subregion", "disclosure_needed", "decisions_never_for_ai", "languages", "weekend", "holiday_source",
    "quiet_hours", "safety_question", "helpline", "eap",
)  # fmt: skip
TOOL_NAMES = ("name", "tenant", "data_leaves_market", "allowed_data")
HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
PERSON_NAMES = ("name", "channel", "phone", "hours")
KNOWN = (
    "market", "pack_version", "owner", "owner_contact", "confirmed_by", "confirmed_on", "expires_on",
    "data_in_scope", "data_out_of_scope", "tools", "checkpoint_rules", "call_first", "call_backup",
    "incident_clock_note", "emergency_number", "independent_harassment_contact", "model", *NOT_KEPT,
)  # fmt: skip


@dataclass(frozen=True)
class GuardrailFile:
    """What the file says, and what of it is not kept."""

    pack: Guardrails
    notes: tuple[str, ...]


def read(path: Path) -> GuardrailFile:
    """Read the file; RefusedFileError names every missing fact and every empty phrase."""
    page = open_page(path)
    page.only(KNOWN)
    market = page.text("market", "For which market does this hold? Two letters, like SG.", longest=8)
    if market and market not in MARKETS:
        page.wrong("market", f"no market that is known here. Known: {', '.join(MARKETS)}.")
    confirmed_on = page.day("confirmed_on", "On which day was it confirmed?")
    expires_on = page.day("expires_on", "Until which day does it hold?")
    if confirmed_on and expires_on and expires_on < confirmed_on:
        page.wrong("expires_on", "before confirmed_on; correct one of the two.")
    _who(page, "confirmed_by", "Who confirmed that this is right? A name.")
    version = page.number("pack_version", "The first one is 1, the next one higher by one.")
    owner = _who(page, "owner", "Who owns these guardrails and answers questions about them? A name.")
    owner_contact = page.text("owner_contact", "How is the owner reached?")
    data_in = _texts(page, "data_in_scope", "Which material may be given to an approved tool?")
    data_out = _texts(page, "data_out_of_scope", "Which material must stay outside?")
    tools = _tools(page)
    rules = _rules(page)
    first = _person(page, "call_first", "Who is called when something feels wrong?")
    backup = _person(page, "call_backup", "Who is called if the first does not answer?")
    emergency = page.text("emergency_number", "Which number calls an ambulance there?", longest=40)
    independent = _who(
        page,
        "independent_harassment_contact",
        "Whom can somebody talk to outside their reporting line? A name.",
    )
    clock_note = _checked(page, "incident_clock_note", page.text("incident_clock_note"))
    model = _model(page)
    if first[0] and first == backup:
        page.wrong("call_backup", "the same as call_first; name somebody else.")
    if page.problems or confirmed_on is None or expires_on is None:
        raise RefusedFileError(page.problems)
    pack = Guardrails(
        market=market,
        version=version,
        owner=owner,
        owner_contact=owner_contact,
        published_on=confirmed_on,
        expires_on=expires_on,
        data_in=data_in,
        data_out=data_out,
        tools=tools,
        checkpoint_rules=rules,
        call_first=first,
        call_backup=backup,
        clock_note=clock_note,
        emergency_number=emergency,
        independent_contact=independent,
        outputs_needing_other_person=tuple(output for output, _ in rules if output != GoesTo.INTERNAL),
        model=model,
    )
    return GuardrailFile(pack, tuple(_notes(page, pack)))


def _checked(page: Page, name: str, text: str, *, somebody: bool = False) -> str:
    phrase = empty_phrase(text, somebody=somebody)
    if text and phrase is not None:
        page.wrong(
            name, f'"{phrase}" cannot be checked by anybody; say exactly {"who" if somebody else "what"}.'
        )
    return text


def _who(page: Page, name: str, question: str) -> str:
    return _checked(page, name, page.text(name, question, longest=80), somebody=True)


def _texts(page: Page, name: str, question: str) -> tuple[str, ...]:
    return tuple(_checked(page, name, each) for each in page.texts(name, question))


def _model(page: Page) -> str:
    """Where a model may stand that reads what managers write: nothing said is wherever one is configured."""
    where = page.text("model", longest=120).lower()
    if where and where != MODEL_FORBIDDEN and not HOST.fullmatch(where):
        page.wrong("model", f'"{MODEL_FORBIDDEN}", or the host that may be asked, like "api.example.com".')
    return where


def _tools(page: Page) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for tool in page.pages("tools", "Which tools are approved there?"):
        tool.only(TOOL_NAMES)
        name = _checked(tool, "name", tool.text("name", "What is the tool called?", longest=40))
        key = re.sub("-", "_", identifier(name))
        if name and key in found:
            tool.wrong("name", "named twice; keep one.")
        found[key] = name
    return tuple((key, name) for key, name in found.items() if name)


def _rules(page: Page) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    outputs = ", ".join(GoesTo)
    question = "Which results need a person's eyes before they move on, and whose?"
    for rule in page.pages("checkpoint_rules", question):
        rule.only(("output", "who"))
        output = rule.text("output", f"Where does the result go? One of {outputs}.", longest=40)
        who = _who(rule, "who", "Who looks at it before? A name or a role.")
        if output and output not in tuple(GoesTo):
            rule.wrong("output", f"one of {outputs}.")
        elif output in found:
            rule.wrong("output", "named twice; keep one.")
        found[output] = who
    return tuple(found.items())


def _person(page: Page, name: str, question: str) -> tuple[str, str]:
    person = page.page(name)
    if name not in page:
        page.wrong(name, f'missing. {question} Write {{ name = "…", phone = "…" }}.')
        return "", ""
    person.only(PERSON_NAMES)
    who = _who(person, "name", question)
    reach = [person.text(each, longest=80) for each in ("channel", "phone", "hours")]
    if not reach[0] and not reach[1]:
        person.wrong("phone", "missing. How are they reached? Give phone or channel.")
    return who, ", ".join(each for each in reach if each)


def _notes(page: Page, pack: Guardrails) -> list[str]:
    notes = [f"{name} is not used by this version and is not kept" for name in NOT_KEPT if name in page]
    ruled = {GoesTo.INTERNAL, *dict(pack.checkpoint_rules)}  # what stays inside may stay with the manager
    open_outputs = [each for each in GoesTo if each not in ruled]
    if open_outputs:
        notes.append(f"no checkpoint_rules for {', '.join(open_outputs)}: there the manager names who looks")
    if len(pack.tools) > SHOWN_TOOLS:
        notes.append(f"the first {SHOWN_TOOLS} of {len(pack.tools)} tools are shown as buttons")
    return notes


def is_news(store: Store, organisation_id: str, pack: Guardrails, today: date) -> bool:
    """Whether this is its market's next version; False if just this is published. An error if neither."""
    with store.reading(organisation_id) as repo:
        published = repo.guardrail_versions(pack.market)
    latest = published[-1] if published else None
    if latest == pack:
        return False
    following = 1 if latest is None else latest.version + 1
    if pack.version != following:
        at_hand = (
            f"version {latest.version} is published and stays as it is" if latest else "none is published"
        )
        raise RefusedFileError([f"pack_version: for {pack.market} {at_hand}; this one must be {following}."])
    if pack.expires_on < today:
        raise RefusedFileError(["expires_on: that day has passed; have the guardrails confirmed anew."])
    return True


def described(pack: Guardrails) -> list[str]:
    """What would be published, for the dry run."""
    return [
        f"{pack.market}, version {pack.version}, confirmed {pack.published_on}, until {pack.expires_on}",
        f"owner: {pack.owner}",
        f"data: {len(pack.data_in)} kinds in, {len(pack.data_out)} out",
        f"tools: {', '.join(name for _, name in pack.tools)}",
        f"checkpoints: {', '.join(f'{output} → {who}' for output, who in pack.checkpoint_rules)}",
        f"call: {pack.call_first[0]}, then {pack.call_backup[0]}",
        *([f"model: {pack.model}"] if pack.model else []),
    ]


def publish(store: Store, organisation_id: str, pack: Guardrails, now: datetime) -> int:
    """Publish the pack; how many assignments are held until their managers confirm it."""
    from bot import publishing  # wakes the whole coach, so only when there is something to publish

    return publishing.publish(store, organisation_id, pack, now)
