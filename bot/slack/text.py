"""Text on its way to Slack and back: what a manager wrote is shown as it was written and never does anything.

Nothing here is markup: lines stand in plain_text and rich_text, which Slack does not parse, and only the
fallback for notifications is escaped. What comes in is turned back into what the person typed.
"""

from __future__ import annotations

import re
import unicodedata

import regex  # type: ignore[import-untyped] # publishes no types

CUT = "…"
# Slack speaks of characters and does not say which. The dearest reading is counted: UTF-16 units, and the
# three characters it escapes at their escaped length. docs.slack.dev/messaging/formatting-message-text
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_KEPT = "\n\t"
_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CLUSTER = regex.compile(r"\X")
# No space stands between words here, so a line may end after any of these characters.
_UNSPACED = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\u3001-\u301f\uff01-\uff60]"
)

_MENTION = re.compile(r"<(?P<mark>[@#!]?)(?P<what>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")
SOMEONE = "@someone"


def seen(text: str) -> str:
    """``text`` without what cannot be shown: control characters, halves of characters. Line ends are kept."""
    whole = _ENDS.sub("\n", text)
    return "".join(each for each in whole if each in _KEPT or unicodedata.category(each) not in ("Cc", "Cs"))


def cost(text: str) -> int:
    """How many characters ``text`` is to Slack, counted the dearest way."""
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    return units + sum(text.count(letter) * (len(name) - 1) for letter, name in _ESCAPED.items())


def pieces(text: str, most: int) -> list[str]:
    """``text`` in pieces of at most ``most``; together they are ``text``, none is blank.

    A piece ends at a line's end where one is near, else between words; only a word longer than a piece is
    divided, and then between visible characters.
    """
    found: list[str] = []
    rest = text
    while cost(rest) > most:
        at = _end(rest, most)
        found.append(rest[:at])
        rest = rest[at:]
    found.append(rest)
    return [each for each in found if each.strip()]


def _end(text: str, most: int) -> int:
    """Where the first piece of ``text`` ends."""
    head = _head(text, most)
    line = head.rfind("\n") + 1
    if line > len(head) // 2:
        return line
    space = max((hit.end() for hit in re.finditer(r"\s+", head)), default=0)
    if space > len(head) // 2:
        return space
    for at in range(len(head) - 1, len(head) // 2, -1):
        if _UNSPACED.match(text[at - 1]) and not unicodedata.combining(text[at]):
            return at
    return space or len(head)


def _head(text: str, most: int) -> str:
    """As many whole visible characters of ``text`` as ``most`` allows; at least one code point."""
    at = spent = 0
    for hit in _CLUSTER.finditer(text):
        spent += cost(hit.group())
        if spent > most:
            break
        at = hit.end()
    if at:
        return text[:at]
    while spent and cost(text[: at + 1]) <= most:  # one visible character made of thousands
        at += 1
    return text[: max(at, 1)]


def short(text: str, most: int) -> str:
    """``text`` on one line within ``most``, at a word's end with "…" where it must be; never empty."""
    line = " ".join(seen(text).split()) or CUT
    if cost(line) <= most:
        return line
    head = _head(line, most - 1)
    cut = max((hit.start() for hit in re.finditer(r"\s", head)), default=0)
    whole = line[len(head) : len(head) + 1].isspace()
    return f"{(head if whole or cut < len(head) // 2 else head[:cut]).rstrip(' ,.;:、。')}{CUT}"


def escape(text: str) -> str:
    """``text`` where Slack reads markup: a mention, a link, an entity in it is just letters."""
    for letter, name in _ESCAPED.items():
        text = text.replace(letter, name)
    return text


def unescape(text: str) -> str:
    """What ``escape`` was given."""
    for letter, name in reversed(_ESCAPED.items()):
        text = text.replace(name, letter)
    return text


def typed(text: str, bot_user: str = "") -> str:
    """What a person typed, from the text of Slack's event.

    A link is what was written of it, a person is "@someone" (who that is, is nobody's business here), and
    the mention of ``bot_user``, which only calls the coach, is left out.
    """

    def plain(found: re.Match[str]) -> str:
        mark, what, label = found["mark"], found["what"], found["label"] or ""
        match mark:
            case "@":
                return "" if bot_user and what == bot_user else SOMEONE
            case "#":
                return f"#{label or 'channel'}"
            case "!":
                return _called(what, label)
        return label or what.removeprefix("mailto:").removeprefix("tel:")

    return unescape(_MENTION.sub(plain, text)).strip()


def _called(what: str, label: str) -> str:
    """A group, a date, or everybody in a channel, as it looked."""
    kind = what.partition("^")[0]
    if kind in ("here", "channel", "everyone"):
        return f"@{kind}"
    return label or "@group"


_FORGED = {"%": "%25", **{letter: f"%{ord(letter):02X}" for letter in _ESCAPED}}


def sealed(value: str) -> str:
    """A button's value as it comes back unchanged, whether or not Slack escapes it on the way."""
    return "".join(_FORGED.get(letter, letter) for letter in value)


def opened(value: str) -> str:
    """What ``sealed`` was given."""
    for letter, name in reversed(_FORGED.items()):
        value = value.replace(name, letter)
    return value
