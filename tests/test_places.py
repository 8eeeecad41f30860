"""Where somebody is, from what they write: what is known is found, what is a story is left alone."""

from __future__ import annotations

import pytest

from coaching.places import wants_the_profile, whereabouts, zones_of


@pytest.mark.parametrize(
    "text, zone",
    [
        ("my time zone is Asia/Tokyo", "Asia/Tokyo"),
        ("My timezone is asia/tokyo, thanks!", "Asia/Tokyo"),
        ("I'm in Tokyo now", "Asia/Tokyo"),
        ("I moved to Singapore.", "Asia/Singapore"),
        ("zone Europe/Berlin", "Europe/Berlin"),
        ("I’ve moved to São Paulo", "America/Sao_Paulo"),
        ("I've moved to Sao Paulo", "America/Sao_Paulo"),
        ("i am now based in ho chi minh city", "Asia/Ho_Chi_Minh"),
        ("I moved to India", "Asia/Kolkata"),
        ("use New York time please", "America/New_York"),
        ("my time zone is Asia/Calcutta", "Asia/Kolkata"),
        ("今は東京にいます。", "Asia/Tokyo"),
        ("ニューヨークに引っ越しました", "America/New_York"),
        ("タイムゾーンはAsia/Tokyoです", "Asia/Tokyo"),
        ("シドニー時間にしてください", "Australia/Sydney"),
        ("インドに引っ越しました", "Asia/Kolkata"),
    ],
)
def test_a_place_that_is_known_is_found(text: str, zone: str) -> None:
    said = whereabouts(text)
    assert said is not None
    assert said.zones == (zone,)


@pytest.mark.parametrize(
    "text",
    [
        "In Tokyo the quotes take three days",
        "I moved to Singapore because the team there lost its lead, and now quotes are late",
        "zone",
        "Tokyo",
        "The client moved to Berlin",
        "",
        "東京のチームの見積もりが遅い",
    ],
)
def test_a_story_with_a_place_in_it_stays_a_story(text: str) -> None:
    assert whereabouts(text) is None


@pytest.mark.parametrize("text", ["I moved to a new team", "I'm in meetings now", "I moved to marketing"])
def test_what_is_no_place_is_not_taken_for_the_name_of_one(text: str) -> None:
    said = whereabouts(text)
    assert said is not None
    assert (said.zones, said.plainly, said.is_named) == ((), False, False)


def test_an_unknown_place_is_not_guessed_and_a_country_names_all_its_zones() -> None:
    for text in ("my time zone is PST", "my time zone is Etc/GMT+9", "my time zone is ../etc/passwd"):
        said = whereabouts(text)
        assert said is not None
        assert (said.zones, said.plainly) == ((), True)
    assert zones_of("Malaysia") == ("Asia/Kuala_Lumpur", "Asia/Kuching")
    assert len(zones_of("the United States")) > 4


@pytest.mark.parametrize(
    "text", ["use my profile's time zone again", "Zone profile", "プロフィールのタイムゾーンに戻して"]
)
def test_going_by_the_profile_again_is_one_sentence(text: str) -> None:
    assert wants_the_profile(text)
    assert not wants_the_profile(f"{text} and tell me why")
