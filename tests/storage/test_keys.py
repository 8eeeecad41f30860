"""The key store: its own place, wrapped by the operator's secret, which can be changed."""

from __future__ import annotations

import pytest

from storage.database import StorageError
from storage.keys import KeyStore, default_keys_url
from storage.store import Store
from tests.storage.scenes import SECRET, Place, a_manager

NEXT = "the-secret-that-comes-after-that-one-2027"


def test_a_key_is_committed_even_if_what_it_sealed_is_not(store: Store, place: Place) -> None:
    def cut_short() -> str:
        with store.transaction("org") as repository:
            person = a_manager(repository)
            seen.append(person.id)
            raise RuntimeError

    seen: list[str] = []
    with pytest.raises(RuntimeError):
        cut_short()
    elsewhere = KeyStore(default_keys_url(place.url), SECRET)
    assert elsewhere.find("org", seen[0]) is not None
    elsewhere.close()


def test_what_one_person_sealed_another_cannot_open(store: Store) -> None:
    one, two = store.keys.ensure("org", "one"), store.keys.ensure("org", "two")
    assert two.unseal(one.seal("words")) is None
    assert one.digest("words") != two.digest("words")
    assert store.keys.ensure("elsewhere", "one").unseal(one.seal("words")) is None


def test_the_secret_can_be_changed(place: Place) -> None:
    url = default_keys_url(place.url)
    before = KeyStore(url, SECRET)
    sealed = before.ensure("org", "one").seal("words")
    before.close()

    both = KeyStore(url, f"{NEXT}, {SECRET}")
    assert both.ensure("org", "one").unseal(sealed) == "words"
    assert both.rewrap() == 1
    both.close()

    after = KeyStore(url, NEXT)
    assert after.ensure("org", "one").unseal(sealed) == "words"
    after.close()

    former = KeyStore(url, SECRET)
    with pytest.raises(StorageError, match="put the former secret behind the new one"):
        former.find("org", "one")
    former.close()


@pytest.mark.parametrize("secret", ["", "short", f"{SECRET},short", " , "])
def test_a_weak_secret_is_refused_with_a_way_to_make_one(place: Place, secret: str) -> None:
    with pytest.raises(StorageError, match="token_urlsafe"):
        KeyStore(default_keys_url(place.url), secret)


def test_keys_live_apart_from_the_words(place: Place, store: Store) -> None:
    store.keys.ensure("org", "one")
    if place.engine == "sqlite":
        assert (place.folder / "keys.db").exists()
        assert default_keys_url("sqlite:///a.db") == "sqlite:///keys.db"
        with pytest.raises(StorageError, match="must not be the database itself"):
            default_keys_url("sqlite:///keys.db")
    else:
        assert default_keys_url(place.url) == place.url
