"""Values of the domain as text and back again: what a lookup brought, what a conversation opened with.

Only plain values and the frozen records of `coaching` are known here; anything else is refused.
"""

from __future__ import annotations

import dataclasses
import importlib
import json
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

_HOME = "coaching."


class OutdatedError(Exception):
    """The text was written by a release whose records are no longer known in this form."""


def dump(value: Any) -> str:
    """Canonical text for a value: equal values give equal text."""
    return json.dumps(_pack(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def load(text: str) -> Any:
    """The value that ``dump`` wrote. Fields added since take their defaults, removed ones are left out."""
    try:
        return _unpack(json.loads(text))
    except (ImportError, AttributeError, TypeError, ValueError, KeyError):
        pass  # the reason may quote the value, and the value may be somebody's words
    raise OutdatedError("This was written by a release that is no longer understood; look it up again.")


def _pack(value: Any) -> Any:
    match value:
        case StrEnum():
            return {"choice": [_path(type(value)), value.value]}
        case None | bool() | int() | str():
            return value
        case Decimal():
            return {"number": str(value)}
        case datetime():
            return {"moment": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case time():
            return {"hour": value.isoformat()}
        case tuple():
            return {"tuple": [_pack(each) for each in value]}
        case frozenset():
            return {"set": sorted((_pack(each) for each in value), key=json.dumps)}
        case Mapping():
            return {"map": [[_pack(key), _pack(each)] for key, each in value.items()]}
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            fields = {field.name: _pack(getattr(value, field.name)) for field in dataclasses.fields(value)}
            return {"record": [_path(type(value)), fields]}
        case _:
            raise TypeError(f"{type(value).__name__} cannot be stored; use a frozen dataclass of coaching/.")


def _unpack(data: Any) -> Any:
    match data:
        case {"choice": [path, value]}:
            return _class(path)(value)
        case {"number": text}:
            return Decimal(text)
        case {"moment": text}:
            return datetime.fromisoformat(text)
        case {"day": text}:
            return date.fromisoformat(text)
        case {"hour": text}:
            return time.fromisoformat(text)
        case {"tuple": items}:
            return tuple(_unpack(each) for each in items)
        case {"set": items}:
            return frozenset(_unpack(each) for each in items)
        case {"map": items}:
            return {_unpack(key): _unpack(each) for key, each in items}
        case {"record": [path, fields]}:
            kind = _class(path)
            known = {field.name for field in dataclasses.fields(kind)}
            return kind(**{name: _unpack(each) for name, each in fields.items() if name in known})
        case None | bool() | int() | str():
            return data
        case _:
            raise ValueError("not a value written by dump")


def _path(kind: type) -> str:
    if not kind.__module__.startswith(_HOME):
        raise TypeError(f"{kind.__qualname__} cannot be stored; only records of coaching/ can.")
    return f"{kind.__module__.removeprefix(_HOME)}:{kind.__qualname__}"


def _class(path: str) -> Any:
    module, _, name = path.partition(":")
    kind = getattr(importlib.import_module(_HOME + module), name)
    if not (isinstance(kind, type) and (dataclasses.is_dataclass(kind) or issubclass(kind, StrEnum))):
        raise ValueError("not a record of coaching")
    return kind
