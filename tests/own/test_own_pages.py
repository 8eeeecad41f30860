"""A manager's own pages: one link, one person, one opening; then a visit that ends, and nothing stays."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import httpx2
import pytest

from bot import logs, reaching
from bot.own.links import Links, OwnPage
from bot.own.pages import OwnPages
from storage.people import Person
from tests.own.there import HTTPS, SECRET, There, press, there, ticket_of
from tests.properties.service import LANGUAGE, ORGANISATION

PAGES = ("record", "record.json", "evidence", "weeks")


@pytest.fixture(scope="module")
def service() -> Iterator[There]:
    with there() as found:
        yield found


@pytest.fixture
def visitor(service: There) -> Iterator[httpx2.Client]:
    with service.browser() as browser:
        assert press(browser, service.link()).status_code == 303
        yield browser


def kept(service: There) -> str:
    """Something this manager wrote."""
    with service.company.repo() as repo:
        said = [
            getattr(entry.answer, "text", "")
            for talk in repo.conversations(service.person)
            for entry in repo.journal(talk.id).entries
        ]
    return max(said, key=len)


def refused(answer: httpx2.Response, status: int = 403) -> bool:
    return (
        answer.status_code == status
        and "A link works once" in answer.text
        and "<form" not in answer.text
        and "set-cookie" not in answer.headers
    )


def test_opening_a_link_spends_nothing_and_shows_nothing(service: There) -> None:
    address = service.link()
    with service.browser() as browser:
        for _ in range(3):
            shown = browser.get(address)
            assert shown.status_code == 200
            assert "<button" in shown.text
            assert kept(service) not in shown.text
            assert "set-cookie" not in shown.headers
        assert browser.head(address).status_code == 200
        assert press(browser, address).headers["location"] == "/mine/record"
        assert kept(service) in browser.get("/mine/record").text


def test_a_link_works_once(service: There) -> None:
    address = service.link()
    with service.browser() as first, service.browser() as second:
        assert press(first, address).status_code == 303
        assert refused(second.get(address))
        assert refused(press(second, address))
        assert refused(second.get("/mine/record"))
        # In the browser that opened it, it leads on while the visit lasts; pressed twice it is one visit.
        assert press(first, address).status_code == 303
        assert first.get(address).headers["location"] == "/mine/record"


@pytest.mark.parametrize("minutes,is_let_in", [(14.9, True), (15.1, False), (-2, False)])
def test_a_link_lasts_a_quarter_of_an_hour(service: There, minutes: float, is_let_in: bool) -> None:
    address = service.link()
    service.later(minutes=minutes)
    with service.browser() as browser:
        assert refused(browser.get(address)) is not is_let_in
        assert refused(press(browser, address)) is not is_let_in
    service.later(minutes=-minutes)


def test_a_visit_ends_after_half_an_hour(service: There, visitor: httpx2.Client) -> None:
    service.later(minutes=29)
    assert visitor.get("/mine/record").status_code == 200
    service.later(minutes=2)
    assert all(refused(visitor.get(f"/mine/{page}")) for page in PAGES)
    service.later(minutes=-31)


def test_whoever_signs_out_is_out(visitor: httpx2.Client) -> None:
    said = visitor.post("/mine/leave")
    assert said.status_code == 200
    assert "Signed out" in said.text
    assert not visitor.cookies
    assert refused(visitor.get("/mine/record"))


def test_nobody_else_can_make_a_link_or_a_mark(service: There) -> None:
    clock = service.company.here.clock
    foreign = Links("another-secret-of-another-service-0123456", service.here)
    theirs = foreign.link(ORGANISATION, service.person, OwnPage.RECORD, clock.now())
    real = ticket_of(service.link())
    at = len(real) // 2
    bent = real[:at] + ("A" if real[at] != "A" else "B") + real[at + 1 :]
    opened = service.links.read(real)
    assert opened is not None
    mark = service.links.visit(opened, clock.now())
    with service.browser() as browser:
        for ticket in ("", "x", bent, ticket_of(theirs), mark, real[:-4], "é", "A" * 5_000):
            assert refused(browser.get("/mine", params={"ticket": ticket})), ticket
            assert browser.post("/mine", data={"ticket": ticket}).status_code in (403, 413), ticket
        for cookie in ("x", real, bent, foreign.visit(opened, clock.now())):
            assert refused(browser.get("/mine/record", headers={"cookie": f"unbadged={cookie}"})), cookie
        assert browser.get("/mine/record", headers={"cookie": f"unbadged={mark}"}).status_code == 200


def test_no_address_leads_to_another_person(service: There, visitor: httpx2.Client) -> None:
    with service.company.repo() as repo:
        other = repo.add_person(
            Person("p", "Rosa Diaz", "r@example.com", "SG", "hr", "Asia/Singapore", "en", roles=("manager",))
        )
        repo.link(other.id, "test", "rosa")
    assert "Rosa Diaz" not in visitor.get("/mine/record").text
    for address in (f"/mine/{other.id}/record", f"/mine/record?person={other.id}", f"/{other.id}/record"):
        assert "Rosa Diaz" not in visitor.get(address).text
    # A link of hers in his browser is a visit of hers, and only after the button.
    assert visitor.get(service.link(person=other.id)).status_code == 200
    assert "Rosa Diaz" not in visitor.get("/mine/record").text
    assert press(visitor, service.link(person=other.id)).status_code == 303
    assert "Rosa Diaz" in visitor.get("/mine/record").text
    assert kept(service) not in visitor.get("/mine/record").text


def test_there_are_none_of_who_is_not_coached_here(service: There) -> None:
    with service.browser() as browser:
        for person, organisation in (
            (service.company.ids["owner"], ORGANISATION),
            ("nobody", ORGANISATION),
            (service.person, "elsewhere"),
        ):
            address = service.link(person=person, organisation=organisation)
            assert refused(browser.get(address))
            assert refused(press(browser, address))


@pytest.mark.parametrize("page", [*PAGES, "weeks.svg"])
def test_nothing_stays_anywhere(service: There, visitor: httpx2.Client, page: str) -> None:
    for answer in (visitor.get(f"/mine/{page}"), visitor.get(service.link()), press(visitor, service.link())):
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy


def test_over_https_the_mark_is_for_this_address_alone() -> None:
    with there(HTTPS) as service, service.browser() as browser:
        given = press(browser, service.link()).headers["set-cookie"]
        assert given.startswith("__Host-unbadged=")
        for asked in ("HttpOnly", "Path=/", "SameSite=lax", "Secure", "Max-Age=1800"):
            assert asked in given
        assert "Domain" not in given


def test_a_form_on_another_site_lets_nobody_in(service: There) -> None:
    with service.browser() as browser:
        said = {"ticket": ticket_of(service.link())}
        for site in ("cross-site", "same-site"):
            assert refused(browser.post("/mine", data=said, headers={"sec-fetch-site": site}))
        assert browser.post("/mine", data=said, headers={"sec-fetch-site": "same-origin"}).status_code == 303


def test_the_file_comes_as_a_file(service: There) -> None:
    with service.browser() as browser:
        address = press(browser, service.link(OwnPage.FILE)).headers["location"]
        file = browser.get(address)
        assert file.headers["content-disposition"] == 'attachment; filename="unbadged-record.json"'
        assert file.json()["format"] == "unbadged-record"
        assert kept(service) in file.text


def test_who_has_stopped_still_sees_all_of_it_and_who_left_does_not() -> None:
    with there() as service, service.browser() as browser:
        service.company.here.receive(words="stop")
        assert press(browser, service.link()).status_code == 303
        assert kept(service) in browser.get("/mine/record").text
        with service.company.repo() as repo:
            person = repo.person(service.person)
            assert person is not None
            reaching.end(repo, person, "test", "account_inactive", service.company.here.clock.now())
        assert refused(browser.get("/mine/record"))
        assert refused(browser.get(service.link()))


def test_who_was_forgotten_is_told_so_and_nothing_else() -> None:
    with there() as service, service.browser() as browser:
        before = service.link()
        assert press(browser, service.link()).status_code == 303
        said = kept(service)
        with service.company.repo() as repo:
            repo.forget(service.person, service.company.here.clock.now())
        for answer in (browser.get("/mine/record"), browser.get("/mine/record.json"), browser.get(before)):
            assert answer.status_code == 410
            assert "has been deleted, as was wished" in answer.text
            assert said not in answer.text
        assert press(browser, before).status_code == 410


def test_without_an_address_there_are_no_pages_and_no_links(service: There) -> None:
    links, here = Links(SECRET, ""), service.company.here
    assert links.link(ORGANISATION, service.person, OwnPage.RECORD, here.clock.now()) == ""
    assert OwnPages(here.store, LANGUAGE, here.clock, links).routes() == []


def test_no_log_holds_a_ticket_a_mark_or_a_word(
    service: There, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    try:
        logs.set_up("DEBUG")
        root.addHandler(caplog.handler)
        address = service.link()
        with service.browser() as browser:
            browser.get(address)
            press(browser, address)
            mark = browser.cookies["unbadged"]
            for page in PAGES:
                browser.get(f"/mine/{page}")
            refused(browser.get("/mine", params={"ticket": "forged"}))
        # If a proxy's or a vendor's line names the address, the query is left out at the door.
        logging.getLogger("uvicorn.error").warning('"GET %s HTTP/1.1" 200', address)
        written = "".join(capfd.readouterr())
    finally:
        root.handlers[:], root.level = before
    assert "?…" in written
    for secret in (ticket_of(address), mark, kept(service)):
        assert secret not in written
