"""What the tests of a manager's own pages share: a browser, if there is one."""

from tests.playground.conftest import browser

__all__ = ["browser"]
