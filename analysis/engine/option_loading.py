"""How does JSON become the options of a request?"""

from dataclasses import MISSING, fields, is_dataclass
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from analysis.engine.errors import InvalidOption
from analysis.engine.options import Options

_SCALARS = {bool: "true or false", int: "a whole number", str: "a text"}


def options_from_json(data: Any) -> Options:
    """What is absent has its default; raises InvalidOption for what does not fit."""
    options = _build(Options, data, "options")
    assert isinstance(options, Options)  # noqa: S101 - tells the type checker
    return options


def _build(kind: Any, value: Any, place: str) -> Any:
    if is_dataclass(kind):
        return _dataclass(kind, value, place)
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind), value, place)
    if isinstance(kind, UnionType):
        member = next(member for member in get_args(kind) if member is not type(None))
        return None if value is None else _build(member, value, place)
    return _scalar(kind, value, place)


def _dataclass(kind: Any, value: Any, place: str) -> Any:
    if not isinstance(value, dict):
        raise InvalidOption(f"{place} must be an object.")
    known = {member.name: member for member in fields(kind)}
    if unknown := sorted(set(value) - set(known)):
        raise InvalidOption(f"{place} has no member {unknown[0]!r}; known: {', '.join(known)}.")
    for name, member in known.items():
        if name not in value and member.default is MISSING:
            raise InvalidOption(f"{place} lacks the member {name!r}.")
    hints = get_type_hints(kind)
    return kind(
        **{name: _build(hints[name], item, f"{place}.{name}") for name, item in value.items()}
    )


def _tuple(members: tuple[Any, ...], value: Any, place: str) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise InvalidOption(f"{place} must be a list.")
    if members[-1] is Ellipsis:
        members = (members[0],) * len(value)
    if len(members) != len(value):
        raise InvalidOption(f"{place} must have {len(members)} parts.")
    pairs = enumerate(zip(members, value, strict=True))
    return tuple(_build(member, item, f"{place}[{index}]") for index, (member, item) in pairs)


def _scalar(kind: Any, value: Any, place: str) -> Any:
    base = next(scalar for scalar in _SCALARS if issubclass(kind, scalar))
    if type(value) not in (base, kind):  # not isinstance: true is no number
        raise InvalidOption(f"{place} must be {_SCALARS[base]}.")
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(member.value for member in kind)
        raise InvalidOption(f"{place} must be one of {known}.") from None
