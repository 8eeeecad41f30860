"""What every test may use: a fixed Hypothesis profile, the flag that writes the conversations anew, and which
tests share a worker because what they begin with takes long to make.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

from tests.conversation import PLACES

settings.register_profile(
    "ci", max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("hour", max_examples=3000, deadline=None)
settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--rewrite` plays the conversations and writes them down; the diff is the review."""
    parser.addoption("--rewrite", action="store_true", help="write the conversations anew")


def pytest_configure(config: pytest.Config) -> None:
    """One folder for the places that conversations of this run go on from; its workers find it set."""
    if PLACES not in os.environ:
        os.environ[PLACES] = tempfile.mkdtemp(prefix="unbadged-conversations-")
        config.add_cleanup(lambda: shutil.rmtree(os.environ.pop(PLACES), ignore_errors=True))


# Each of these is made once in a process: all the walks, an undisturbed life, a manager's record, a browser.
TOGETHER = ("tests/properties/test_every_button.py", "tests/faults/", "tests/wishes/", "tests/playground/")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two more than there are processors: many tests wait for a browser, a server or a platform."""
    return (os.cpu_count() or 1) + 2


class Together(LoadScopeScheduling):  # type: ignore[misc] # publishes no types
    """Hands tests out one by one, but those that share a beginning to one worker."""

    def _split_scope(self, nodeid: str) -> str:
        return next((shared for shared in TOGETHER if nodeid.startswith(shared)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """How tests are spread over the workers. (xdist's own groups do nothing under pytest 9.)"""
    return Together(config, log)
