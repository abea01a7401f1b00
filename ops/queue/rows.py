"""What does a row that is yet to be stored say to the database, column by column?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Field, Model


@dataclass(frozen=True)
class Value:
    sql: str
    params: list[Any]


Row = dict[str, Value]
"""By column."""


def values_of(row: Model) -> Row:
    """All but a key that the database gives."""
    return {
        str(field.column): _value(field, getattr(row, field.attname))
        for field in row._meta.local_concrete_fields
        if not (field.primary_key and row.pk is None)
    }


def _value(field: Field[Any, Any], value: Any) -> Value:
    # Said in the statement: psycopg takes one with fifty parameters or more apart each time.
    if value is None:
        return Value("NULL", [])
    return Value("%s", [field.get_db_prep_save(value, connection)])


def mark_stored(row: Model) -> None:
    """From now on `save` is an update."""
    row._state.adding, row._state.db = False, connection.alias


def columns(row: Row) -> str:
    return ", ".join(row)


def expressions(row: Row) -> str:
    return ", ".join(value.sql for value in row.values())


def params(row: Row) -> list[Any]:
    return [param for value in row.values() for param in value.params]
