"""The small windows and the Home tabs: they fit, they say the same in each language, and what is written into
a window comes back as it was written."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.incoming import Token
from bot.slack import modals, portfolio, read
from bot.slack.events import Acted, Filled, Wished, incoming
from bot.slack.home import Chart, HomePage, home
from bot.slack.modals import Box, Place
from bot.slack.portfolio import Digest, Need, PortfolioPage, SentSummary
from bot.slack.speech import Speech
from coaching.reflexes import Reflex
from tests.slack.conftest import NOW, SPEECHES, TALK
from tests.slack.limits import faults, size
from tests.slack.test_blocks import HOSTILE, elements
from tests.slack.test_text import ANYTHING

PLACE = Place("D0123", "1700000000.000100")
TOKEN = f"{TALK}.minding.2.form"
BOXES = (Box("feeding", "Feeding it"), Box("checking", "Checking"))


def submitted(view: dict[str, Any], filled: dict[str, dict[str, Any]]) -> Filled:
    """What Slack delivers when the window is sent, read back."""
    sent = {**view, "id": "V1", "state": {"values": {name: {name: each} for name, each in filled.items()}}}
    did = read.interaction(
        {"type": "view_submission", "user": {"id": "U1"}, "team": {"id": "T1"}, "view": sent}
    )
    assert isinstance(did, Filled)
    return did


@pytest.mark.parametrize("code", SPEECHES)
@pytest.mark.parametrize("text", ["May order numbers be used?", HOSTILE, ""])
def test_every_window_is_taken_by_slack(code: str, text: str) -> None:
    speech = SPEECHES[code]
    views = (
        modals.form_modal(text, TOKEN, [Box(f"b{n}", text) for n in range(12)], speech, PLACE),
        modals.coach_line_modal(text, "ref", speech, PLACE),
        modals.owner_modal(text, "ref", speech, PLACE),
        modals.check_modal(text * 9, speech),
        modals.owner_message("SG", text, NOW, "ref", speech),
    )
    assert [fault for view in views for fault in faults(view)] == []
    titles = [view["title"]["text"] for view in views if "title" in view]
    assert modals.BRAND not in titles, "each language's titles fit"


@given(ANYTHING)
def test_a_title_is_whole_or_the_products_name(text: str) -> None:
    said = modals.title(text)["text"]
    assert 0 < size(said) <= 24
    assert said == modals.BRAND or said == " ".join(said.split())
    assert "…" not in said or "…" in text


def test_a_title_is_never_half_a_word() -> None:
    assert modals.title("How long did it really take")["text"] == "Unbadged"
    assert modals.title("A few boxes")["text"] == "A few boxes"
    assert modals.title("👩🏽‍❤️‍💋‍👨🏾" * 3)["text"] == "Unbadged"


def test_the_boxes_of_a_question_come_back_under_their_names(english: Speech) -> None:
    view = modals.form_modal("Minutes on?", TOKEN, BOXES, english, PLACE)
    typed = {"type": "plain_text_input", "value": "half an hour, <mostly> & more"}
    did = submitted(view, {"feeding": typed, "checking": {"type": "plain_text_input", "value": None}})
    assert did.fields == {"feeding": "half an hour, <mostly> & more", "checking": ""}
    assert did.token == Token(TALK, "minding", 2, "form")
    assert (did.place, did.key) == (PLACE, "T1/view/V1/U1")
    told = incoming(did, "person")
    assert told is not None
    assert (told.token, told.fields, told.words) == (TOKEN, did.fields, None)


@given(st.text(max_size=80))
@example(TOKEN)
def test_what_a_window_was_opened_with_comes_back(reference: str) -> None:
    view = modals.coach_line_modal("Dana", reference, SPEECHES["en"], PLACE)
    did = submitted(view, {"line": {"type": "plain_text_input", "value": "Well seen."}})
    assert (did.reference, did.fields, did.callback) == (reference, {"line": "Well seen."}, "coach_line")
    assert did.token is None
    assert incoming(did, "person") is None, "a coach's line is no answer of a manager"


def test_the_owners_answer_comes_back_with_its_day(english: Speech) -> None:
    view = modals.owner_modal("May order numbers be used?", "gap7", english)
    did = submitted(
        view,
        {
            "answer": {"type": "plain_text_input", "value": "Yes, without names."},
            "until": {"type": "datepicker", "selected_date": "2026-12-31"},
        },
    )
    assert did.fields == {"answer": "Yes, without names.", "until": "2026-12-31"}
    asked = modals.owner_message("SG", "May <order> numbers be used?", NOW, "gap7", english)
    assert "May &lt;order&gt; numbers be used?" in asked["text"]


def test_the_check_shows_the_message_and_does_not_carry_it_on(english: Speech) -> None:
    view = modals.check_modal("Total is *4.2m* <!here>", english)
    assert "4.2m" in str(view["blocks"])
    assert "4.2m" not in view["private_metadata"] + view["callback_id"]
    did = submitted(view, {"verdict": {"type": "radio_buttons", "selected_option": {"value": "not_usable"}}})
    assert did.fields == {"verdict": "not_usable"}


def test_too_much_to_carry_is_a_mistake_of_ours(english: Speech) -> None:
    with pytest.raises(ValueError, match="shorter reference"):
        modals.coach_line_modal("Dana", "x" * 3_000, english)


# --- Home tabs and the letter ------------------------------------------------------------------------------


def need(n: int, text: str = "asked for a person") -> Need:
    return Need(f"Manager {n} {text}", text, NOW, f"need{n}", NOW + timedelta(days=2))


@pytest.mark.parametrize("code", SPEECHES)
@pytest.mark.parametrize("text,times", [("", 0), ("Data: price lists. Not: names", 4), (HOSTILE, 90)])
def test_every_home_tab_and_letter_is_taken_by_slack(code: str, text: str, times: int) -> None:
    speech = SPEECHES[code]
    lines, needs = (text,) * times, tuple(need(n, text) for n in range(times))
    chart = Chart(text * 9 or "Nothing yet", file_id="F1") if times else None
    record = "https://coach.example.com/record"
    drawn = [
        home(
            HomePage(
                f"{text}\n" * times, NOW, chart=chart, rails=lines, call=lines, who_sees=text, record=record
            ),
            speech,
        ),
        home(HomePage(paused_until=NOW), speech),
        home(HomePage(stopped=True), speech),
        portfolio.portfolio(
            PortfolioPage(needs, lines, lines, tuple(SentSummary(each, NOW, each) for each in lines)), speech
        ),
        portfolio.digest(Digest(NOW, needs, lines, lines), speech),
    ]
    assert [fault for each in drawn for fault in faults(each)] == []
    if times > 10:
        more = speech.line("slack_home_more")
        assert str(drawn[0]).count(more) == 3, "cut three times, and says so"
        assert str(drawn[3]).count(speech.line("slack_coach_more", n=80)) >= 2


def wished(view: dict[str, Any]) -> set[Reflex]:
    found = set()
    for element in elements(view):
        acts = [{"action_id": element["action_id"], "value": element["value"], "action_ts": "1"}]
        pressed = {"type": "block_actions", "user": {"id": "U1"}, "team": {"id": "T1"}, "actions": acts}
        did = read.interaction({**pressed, "view": {"id": "V1"}})
        if isinstance(did, Wished):
            found.add(did.reflex)
    return found


def test_the_home_tab_leads_to_safety_to_pause_and_to_ones_data(english: Speech) -> None:
    always = {Reflex.WRONG, Reflex.PERSON, Reflex.CHANGE, Reflex.SHARE, Reflex.EXPORT, Reflex.FORGET}
    assert wished(home(HomePage(), english)) == always | {Reflex.PAUSE, Reflex.SHOW}
    assert wished(home(HomePage(stopped=True), english)) == always | {Reflex.START, Reflex.SHOW}
    page = home(HomePage(record="https://coach.example.com/r"), english)
    assert wished(page) == always | {Reflex.PAUSE}, "a page that opens by itself is no wish to the coach"
    assert "https://coach.example.com/r" in str(page)


def test_a_coach_acts_on_the_one_the_button_stands_by(english: Speech) -> None:
    held = Need("Kenji", "three quiet weeks", NOW, "a&b<c>", acknowledged=True, paused=True)
    view = portfolio.portfolio(PortfolioPage((need(1), held)), english)
    came = []
    for element in elements(view):
        acts = [{**element, "action_ts": "1.2"}]
        pressed = {"type": "block_actions", "user": {"id": "U1"}, "team": {"id": "T1"}, "actions": acts}
        did = read.interaction({**pressed, "view": {"id": "V1"}, "trigger_id": "7.7"})
        assert isinstance(did, Acted)
        came.append((did.action, did.reference))
    assert came == [
        ("coach.acknowledge", "need1"), ("coach.write", "need1"), ("coach.pause", "need1"),
        ("coach.write", "a&b<c>"), ("coach.start", "a&b<c>"),
    ]  # fmt: skip


def test_a_summary_is_shown_whole_or_not_at_all(english: Speech) -> None:
    short, long = SentSummary("Dana", NOW, "Work: quotes"), SentSummary("Kenji", NOW, "word " * 900)
    view = portfolio.portfolio(PortfolioPage(summaries=(short, long)), english)
    assert "quotes" in str(view)
    assert "word" not in str(view)
    assert english.line("slack_coach_more", n=1) in str(view)


def test_a_quiet_week_is_one_line(english: Speech) -> None:
    letter = portfolio.digest(Digest(NOW.date()), english)
    assert letter["text"] == "The week until Thu 26 November\nA quiet week: nothing needs you."


def test_the_letter_is_read_aloud_whole(english: Speech) -> None:
    letter = portfolio.digest(Digest(NOW.date(), (need(1),), ("Dana: 6 days, then 3",), ("Rails",)), english)
    for line in ("Manager 1 asked for a person: asked", "Dana: 6 days, then 3", "Rails", "What waits"):
        assert line in letter["text"]
