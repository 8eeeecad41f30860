"""Three drafts of a first slice, made by a model from the manager's own facts and the library's parts.

A draft is shown only if all ten criteria hold for it, its part is one that is offered here, and its wording
is one the coach may use. It is a draft: the card comes next and waits for its yes, as always.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from coaching import hearing
from coaching.consulting import Proposal, Task, consult, items, text
from coaching.criteria import Slice
from coaching.dialogue import Coach
from coaching.library import Part
from coaching.needs import Option
from coaching.opening import WithManager
from coaching.slots import Phrase, phrase, term
from coaching.wording import is_speakable

MOST = 3
LONGEST_ITEM = 70  # characters; the card has to hold it
LONGEST_GOOD = 110
LONGEST_GIVEN = 300  # characters of each thing the manager told


@dataclass(frozen=True)
class Told:
    """What a draft is made from: the manager's words, and where the work hurts."""

    work: str
    pain: str
    stake: str
    shape: str


async def choose_a_draft(
    coach: Coach[WithManager],
    told: Told,
    offered: tuple[Part, ...],
    *,
    is_closed_case: bool,
    build: Callable[[Part, str, str], Slice],
    holds: Callable[[Slice], bool],
) -> Slice | None:
    """The draft the manager begins with; None to build it piece by piece.

    ``build`` makes a slice of part, item and what good means; ``holds`` says whether the criteria do.
    """
    found = await consult(
        coach,
        Task.DRAFTS,
        work=told.work[:LONGEST_GIVEN],
        pain=told.pain[:LONGEST_GIVEN],
        stake=told.stake[:LONGEST_GIVEN],
        shape=told.shape,
        function=coach.opening.manager.function,
        parts=" ".join(offered),
        kind="closed" if is_closed_case else "invented",
        language=coach.opening.manager.language,
    )
    said = (told.work, told.pain, told.stake)
    language = coach.opening.manager.language
    made = (build(*each) for each in dict.fromkeys(_speakable(found, offered, language, said)))
    drafts = [each for each in made if holds(each)][:MOST]
    if not drafts:
        return None
    options = tuple(Option(f"draft_{n}", phrase("nth_draft", n=n)) for n, _ in enumerate(drafts, 1))
    chosen = await coach.pick(
        "which_draft",
        (*options, Option("own")),
        confirms=True,
        work=told.work,
        drafts=tuple(_spoken(n, each) for n, each in enumerate(drafts, 1)),
    )
    return None if chosen == "own" else drafts[int(chosen.removeprefix("draft_")) - 1]


def _speakable(
    found: Proposal | None, offered: tuple[Part, ...], language: str, said: tuple[str, ...]
) -> Iterator[tuple[Part, str, str]]:
    """The drafts whose part is offered, and whose words may be said."""
    for each in items(found, "drafts"):
        item, good = (" ".join(text(each, name).split()) for name in ("item", "good"))
        part = next((one for one in offered if one == text(each, "part")), None)
        if (
            part is not None
            and is_speakable(item, language, LONGEST_ITEM, *said)
            and is_speakable(good, language, LONGEST_GOOD, *said)
            and hearing.hear(item) is None
            and hearing.sensitive(f"{item} {good}") is None
        ):
            yield part, item, good


def _spoken(n: int, draft: Slice) -> Phrase:
    return phrase("draft_n", n=n, part=term(draft.part, "Part"), item=draft.item, good=draft.good)
