"""The page of a manager's weeks: what stands on it, from what was told, and that its tables have heads."""

from __future__ import annotations

import re
from dataclasses import replace

from starlette.testclient import TestClient

from bot import demo
from bot.record import weeks_of
from bot.record.paper import Paper, Speaker, Table
from bot.record.weeks import Weeks
from bot.record.weeks_page import weeks_page
from coaching import facts
from coaching.ledger import calibration, ledger
from tests.conversation import WORDS
from tests.wishes.living import Life

MINDED = (
    facts.Minding(1, 30, 5, 0, 0, "waste"),
    facts.Minding(2, 20, 10, 0, 5, "waste"),
    facts.Minding(3, 0, 0, 0, 0, ""),
    facts.Minding(4, 1, 10, 0, 0, "worth_it"),
)
JUDGED = ("another_pass", "good_enough", "not_usable", "good_enough", "good_enough")
EXPECTED = (50, 70, 70, 90, 70)
MET = (
    *(facts.Forecast(n, likely, f"a sign of week {n}") for n, likely in enumerate(EXPECTED, 1)),
    *(facts.Output(n, judged) for n, judged in enumerate(JUDGED, 1)),
    facts.Forecast(6, 30, ""),
)
WHOLE = Weeks(1, "Proposals", ledger(MINDED), calibration(MET, 1, range(1, 6)))


def page(life: Life, weeks: Weeks | None, language: str = "en") -> Paper:
    with life.store.reading(demo.ORGANISATION) as repo:
        person = repo.person(life.me)
    assert person is not None
    reader = WORDS.reader(language, person.market, person.zone)
    by = Speaker(WORDS, reader, replace(person, language=language), life.player.play.clock.now())
    return weeks_page(by, weeks)


def tables(paper: Paper) -> list[Table]:
    return [section.table for section in paper.sections if section.table is not None]


def said(paper: Paper) -> list[str]:
    return [f"{row.label} {row.text}".strip() for section in paper.sections for row in section.rows]


def test_minutes_and_forecasts_stand_by_week_and_are_counted_plainly(life: Life) -> None:
    paper = page(life, WHOLE)
    minding, expected = tables(paper)
    assert minding.lines[0] == ("1", "30", "5", "0", "0", "35", "Waste")
    assert minding.lines[2] == ("3", "0", "0", "0", "0", "0", "–")
    assert minding.sums == ("4 weeks", "51", "25", "0", "5", "81", "")
    assert expected.lines[0] == ("1", "50%", "Needed another pass", "a sign of week 1")
    assert expected.lines[5] == ("6", "30%", "Not over yet", "–")
    assert said(paper) == [
        "Worth it 11 minutes in one week",
        "Waste 70 minutes in 2 weeks",
        "Weeks 1 and 2: you said waste, and feeding it took most. That is a clue for redesigning this step.",
        "Waste is a reason to look at the step. Checking that is worth it need not shrink.",
        "The one time you said 90%, it was good enough first time.",
        "Of 3 times you said 70%, 2 were good enough first time.",
        "The one time you said 50%, it was not good enough first time.",
    ]


def test_in_japanese_nothing_of_it_is_english(life: Life) -> None:
    paper = page(life, replace(WHOLE, work="提案", calibration=calibration(MET[-1:], 6, ())), "ja")
    cells = [cell for each in tables(paper) for line in (each.heads, *each.lines, each.sums) for cell in line]
    titles = [section.title for section in paper.sections]
    text = " ".join((paper.title, paper.intro, paper.foot, *titles, *cells, *said(paper)))
    assert set(re.findall(r"[A-Za-z]+", text)) == {"AI"}
    assert "見込みと結果がそろった週が5つになると" in text


def test_it_is_made_of_what_stands_and_the_week_in_hand_is_not_called_untold(life: Life) -> None:
    with life.store.reading(demo.ORGANISATION) as repo:
        person = repo.person(life.me)
        assert person is not None
        first = weeks_of(repo, person)
        assert weeks_of(repo, person, 7) is None
    life.player.do("[Take it]")
    life.player.do("[70%]")
    life.player.do("[Skip]")
    with life.store.reading(demo.ORGANISATION) as repo:
        second = weeks_of(repo, person)
    assert first is not None
    assert second is not None
    assert [each.total for each in first.ledger.weeks] == [35]
    assert [(each.week, each.outcome) for each in first.calibration.pairs] == [(1, "good_enough")]
    assert [(each.week, each.outcome) for each in second.calibration.pairs] == [
        (1, "good_enough"), (2, "not_yet"),
    ]  # fmt: skip


def test_its_tables_have_heads_and_the_pages_lead_to_each_other(life: Life, client: TestClient) -> None:
    text = client.get(f"/{life.me}/weeks").text
    assert text.count("<table ") == 2
    assert text.count('<th scope="col"') == 7 + 4
    assert text.count('<th scope="row"') == 2 + 1
    assert f"/{life.me}/evidence?work=1" in text
    assert f"/{life.me}/weeks?work=1" in client.get(f"/{life.me}/evidence").text
    for page_of in ("", "/record"):
        assert f"/{life.me}/weeks" in client.get(f"/{life.me}{page_of}").text


def test_the_chart_comes_with_its_words_and_by_day_and_night(life: Life, client: TestClient) -> None:
    text = client.get(f"/{life.me}/weeks").text
    (said,) = re.findall(r'<figure>.*?<img [^>]*alt="([^"]+)"', text, re.DOTALL)
    assert len(said) > 40
    drawn = set()
    for address in re.findall(r'(?:srcset|src)="(/[^"]+weeks\.svg[^"]+)"', text):
        answer = client.get(address.replace("&amp;", "&"))
        assert answer.headers["content-type"].startswith("image/svg+xml")
        assert answer.text.startswith("<svg")
        drawn.add(answer.text)
    assert len(drawn) == 4, "two shapes, by day and by night"
