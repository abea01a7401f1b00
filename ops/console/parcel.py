"""How does a look travel between processes? As JSON that names its values, and signed by us.

Whoever can write to Redis must neither run code here, as pickle would let them, nor put words into
the console: values are made of our own dataclasses only, and only what bears our signature is read.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

import orjson
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.safestring import SafeString

_SALT = "ops.console.parcel"
_OURS = ("ops.", "analysis.")


def pack(facts: Any) -> str:
    """Raises TypeError for what cannot travel: rows of the database, functions, open files."""
    body = orjson.dumps(_plain(facts)).decode()
    return f"{_signature(body)}:{body}"


def unpack(parcel: object) -> Any:
    """Raises ValueError for what we did not send, or what another release meant differently."""
    signature, _, body = str(parcel).partition(":")
    if not constant_time_compare(signature, _signature(body)):
        raise ValueError("It does not bear our signature.")
    try:
        return _restored(orjson.loads(body))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"It has another shape: {error}") from error


def _signature(body: str) -> str:
    return salted_hmac(_SALT, body, algorithm="sha256").hexdigest()


# --- There ---------------------------------------------------------------------------------


def _plain(value: Any) -> Any:
    if value is None or type(value) in (bool, int, float, str):
        return value
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {"dict": [[_plain(name), _plain(one)] for name, one in value.items()]}
    return _named(value)


def _named(value: Any) -> dict[str, Any]:
    if isinstance(value, SafeString):
        return {"safe": str(value)}
    if isinstance(value, Enum):
        return {"enum": _name_of(type(value)), "value": value.value}
    if isinstance(value, timedelta):
        return {"seconds": value.total_seconds()}
    if isinstance(value, (datetime, date)):
        return {"datetime" if isinstance(value, datetime) else "date": value.isoformat()}
    if is_dataclass(value) and not isinstance(value, type):
        named = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return {"of": _name_of(type(value)), "with": named}
    raise TypeError(f"A {type(value).__qualname__} cannot travel: {value!r:.80}")


def _name_of(kind: type) -> str:
    return f"{kind.__module__}:{kind.__qualname__}"


# --- And back ------------------------------------------------------------------------------


def _restored(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_restored(one) for one in value)
    if isinstance(value, dict):
        return _MAKERS[next(iter(value))](value)
    return value


def _kind(name: str, is_wanted: Callable[[Any], bool]) -> Any:
    """One that this process knows already: nothing is imported because somebody says so."""
    module, _, path = name.partition(":")
    found = getattr(sys.modules[module], path) if module.startswith(_OURS) else None
    if not is_wanted(found):
        raise TypeError(f"{name} is none of ours")
    return found


def _dataclass(value: dict[str, Any]) -> Any:
    kind = _kind(value["of"], lambda found: isinstance(found, type) and is_dataclass(found))
    return kind(**{name: _restored(one) for name, one in value["with"].items()})


def _enum(value: dict[str, Any]) -> Any:
    kind = _kind(value["enum"], lambda found: isinstance(found, type) and issubclass(found, Enum))
    return kind(value["value"])


_MAKERS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "of": _dataclass,
    "enum": _enum,
    "safe": lambda value: SafeString(value["safe"]),
    "seconds": lambda value: timedelta(seconds=value["seconds"]),
    "datetime": lambda value: datetime.fromisoformat(value["datetime"]),
    "date": lambda value: date.fromisoformat(value["date"]),
    "dict": lambda value: {_restored(name): _restored(one) for name, one in value["dict"]},
}
