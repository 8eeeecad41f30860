"""An organisation deleted as a whole: no row, key or word of it is left, and nobody else's is touched."""

from __future__ import annotations

from storage.clearing import clear
from storage.columns import metadata
from storage.store import Store
from tests.storage.scenes import NOW, Place, furnish
from tests.storage.test_forgetting import WORDS, bytes_on_disk, live


def test_of_an_organisation_that_is_cleared_nothing_stays(store: Store, place: Place) -> None:
    furnish(store, "other")
    with store.transaction("other") as repository:
        neighbour, _ = live(repository)
    with store.transaction("org") as repository:
        person, conversation = live(repository)
    wrapped, theirs = store.keys.wrapped("org", person.id), store.keys.wrapped("other", neighbour.id)
    assert wrapped is not None
    clear(store, "org")
    assert store.organisations() == ["other"]
    with store.reading("org") as repository:
        left = [each.name for each in metadata.sorted_tables if repository.scope.rows(each)]
    assert left == []
    assert store.keys.wrapped("org", person.id) is None
    assert store.keys.find("org", person.id) is None, "nor in memory"
    on_disk = bytes_on_disk(store, place)
    for word in WORDS:
        assert word.encode() not in on_disk
    if place.engine == "sqlite":
        # Postgres may keep an id, which now means nobody, in the unused part of a page until it is needed.
        assert person.id.encode() not in on_disk
        assert conversation.encode() not in on_disk
        assert wrapped not in b"".join(path.read_bytes() for path in place.folder.glob("keys.db*"))
    assert store.keys.wrapped("other", neighbour.id) == theirs
    with store.reading("other") as repository:
        assert repository.person(neighbour.id) == neighbour
    assert store.add_organisation("org", "Example", NOW), "and it can be made anew"
