"""What every test may use: a fixed Hypothesis profile, and the flag that writes the conversations anew."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "ci", max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("hour", max_examples=3000, deadline=None)
settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--rewrite` plays the conversations and writes them down; the diff is the review."""
    parser.addoption("--rewrite", action="store_true", help="write the conversations anew")
