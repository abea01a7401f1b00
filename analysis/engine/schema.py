"""Which JSON Schema do reports obey? Derived from the dataclasses, so that it cannot drift."""

from dataclasses import fields, is_dataclass
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from analysis.engine.report import Report

JsonSchema = dict[str, Any]

SCALARS: dict[Any, JsonSchema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    Any: {},
}


def report_schema() -> JsonSchema:
    definitions: dict[str, JsonSchema] = {}
    root = _schema_of(Report, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "ContentCreate report",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def _schema_of(kind: Any, definitions: dict[str, JsonSchema]) -> JsonSchema:
    if kind in SCALARS:
        return dict(SCALARS[kind])
    if get_origin(kind) is UnionType or isinstance(kind, UnionType):
        return {"anyOf": [_schema_of(member, definitions) for member in get_args(kind)]}
    if get_origin(kind) is list:
        return {"type": "array", "items": _schema_of(get_args(kind)[0], definitions)}
    if get_origin(kind) is dict:
        return {
            "type": "object",
            "additionalProperties": _schema_of(get_args(kind)[1], definitions),
        }
    return _named(kind, definitions)


def _named(kind: Any, definitions: dict[str, JsonSchema]) -> JsonSchema:
    if kind.__name__ not in definitions:
        definitions[kind.__name__] = {}  # a place holder ends the recursion
        definitions[kind.__name__] = _definition(kind, definitions)
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _definition(kind: Any, definitions: dict[str, JsonSchema]) -> JsonSchema:
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"type": "string", "enum": [member.value for member in kind]}
    if not is_dataclass(kind):
        raise TypeError(f"{kind!r} has no JSON form")
    hints = get_type_hints(kind)
    names = [member.name for member in fields(kind)]
    return {
        "type": "object",
        "properties": {name: _schema_of(hints[name], definitions) for name in names},
        "required": names,
        "additionalProperties": False,
    }
