"""How does stored JSON become a report again?"""

from dataclasses import fields, is_dataclass
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import orjson

from analysis.engine.report import Report


def report_from_json(data: bytes | str) -> Report:
    """The inverse of `Report.to_json`; a missing member raises a KeyError."""
    report = _build(Report, orjson.loads(data))
    assert isinstance(report, Report)  # noqa: S101 - tells the type checker
    return report


def _build(kind: Any, value: Any) -> Any:
    if kind is Any:
        return value
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return kind(**{f.name: _build(hints[f.name], value[f.name]) for f in fields(kind)})
    if isinstance(kind, UnionType):
        return None if value is None else _build(_member(kind), value)
    if get_origin(kind) is list:
        return [_build(get_args(kind)[0], item) for item in value]
    if get_origin(kind) is dict:
        return {name: _build(get_args(kind)[1], item) for name, item in value.items()}
    return kind(value) if isinstance(kind, type) else value


def _member(kind: UnionType) -> Any:
    """The one type of an optional; metrics and other wide unions stay plain JSON."""
    members = [member for member in get_args(kind) if member is not type(None)]
    return members[0] if len(members) == 1 else Any
