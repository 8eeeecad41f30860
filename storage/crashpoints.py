"""Named places where a test may pull the plug. In use they do nothing at all.

`UNBADGED_CRASHPOINT=name:n` ends the process, as a power cut would, the n-th time it passes `name`.
"""

from __future__ import annotations

import os

VARIABLE = "UNBADGED_CRASHPOINT"
KILLED = 137  # the exit code of a process ended by SIGKILL


def _armed(setting: str) -> tuple[str, int] | None:
    name, _, passes = setting.partition(":")
    if not name:
        return None
    if not (passes or "1").isdigit():
        raise ValueError(f"{VARIABLE} reads name:n, for example before_commit:3.")
    return name, int(passes or "1")


_ARMED = _armed(os.environ.get(VARIABLE, ""))
_passed = 0


def crashpoint(name: str) -> None:
    """End the process here if this is the pass that was asked for."""
    global _passed
    if _ARMED is None or _ARMED[0] != name:
        return
    _passed += 1
    if _passed == _ARMED[1]:
        os._exit(KILLED)
