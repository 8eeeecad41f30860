"""A log line says where and what kind, and never what somebody wrote, however loud the logs are set.
Each test logs something careless and looks at what came out."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from bot import logs
from storage.database import StorageError

WORDS = "my boss must not read this"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    stream = io.StringIO()
    logs.set_up("DEBUG", stream)
    yield stream
    root.handlers[:], root.level = before[0], before[1]
    for name in (*logs.OURS, *logs.QUIET):
        logging.getLogger(name).setLevel(logging.NOTSET)
    logging.captureWarnings(False)


def test_our_own_lines_come_out_at_the_level_that_was_set(log: io.StringIO) -> None:
    logging.getLogger("bot.worker").debug("claimed %s jobs", 3)
    assert log.getvalue().endswith("Z DEBUG bot.worker: claimed 3 jobs\n")


def test_a_vendor_is_not_heard_below_info_even_if_it_insists(log: io.StringIO) -> None:
    vendor = logging.getLogger("slack_bolt.App")
    vendor.setLevel(logging.DEBUG)
    vendor.debug("payload: %s", WORDS)
    vendor.info("connected")
    assert WORDS not in log.getvalue()
    assert "connected" in log.getvalue()


def test_query_strings_and_passwords_in_addresses_are_left_out(log: io.StringIO) -> None:
    logging.getLogger("someone").warning(
        '"GET /in?token=hush&x=1 HTTP/1.1" to https://me:hush@a.example/b?c=hush'
    )
    assert "hush" not in log.getvalue()
    assert "/in?… HTTP/1.1" in log.getvalue()
    assert "a.example/b" in log.getvalue()


def test_a_traceback_says_where_and_which_kind_and_not_the_words(log: io.StringIO) -> None:
    def careless(text: str) -> None:
        try:
            int(text)
        except ValueError as error:
            raise RuntimeError(f"cannot use {text}") from error

    try:
        careless(WORDS)
    except RuntimeError:
        logging.getLogger("vendor").exception("it failed")
    said = log.getvalue()
    assert WORDS not in said
    assert "in careless" in said
    assert "builtins.ValueError\nwhich led to" in said
    assert said.endswith("builtins.RuntimeError\n")


def test_errors_in_a_group_are_told_one_by_one(log: io.StringIO) -> None:
    try:
        raise ExceptionGroup(WORDS, [ValueError(WORDS), KeyError(WORDS)])
    except ExceptionGroup:
        logging.getLogger("vendor").exception("it failed")
    assert WORDS not in log.getvalue()
    assert log.getvalue().count("of which one was") == 2


def test_storages_own_errors_keep_their_remedy(log: io.StringIO) -> None:
    logging.getLogger("bot.serve").error("away", exc_info=StorageError("Run `unbadged migrate`."))
    assert "storage.database.StorageError: Run `unbadged migrate`." in log.getvalue()


def test_another_handlers_fuller_traceback_is_not_reused(log: io.StringIO) -> None:
    record = logging.LogRecord("vendor", logging.ERROR, "", 1, "it failed", (), None)
    record.exc_text = f"ValueError: {WORDS}"
    logging.getLogger().handle(record)
    assert WORDS not in log.getvalue()
