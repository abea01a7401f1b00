"""What does the database say of itself? PostgreSQL much, SQLite a little; neither is asked long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, transaction

_TABLES_SHOWN = 12
_QUERIES_SHOWN = 10


@dataclass(frozen=True)
class RunningQuery:
    pid: int
    seconds: float
    state: str
    by: str
    text: str


@dataclass(frozen=True)
class TableSize:
    name: str
    rows: float
    bytes: float | None
    dead: float | None


@dataclass(frozen=True)
class Facts:
    version: str
    is_server: bool
    bytes: float
    connections: int | None
    connections_at_most: int | None
    cache_share: float | None
    running: tuple[RunningQuery, ...]
    tables: tuple[TableSize, ...]
    remark: str = ""


def facts() -> Facts:
    return _postgresql() if connection.vendor == "postgresql" else _sqlite()


def stop_query(pid: int) -> bool:
    """Only queries of this database; whether there was one."""
    if connection.vendor != "postgresql":
        return False
    found = _rows(
        "SELECT pg_cancel_backend(pid) FROM pg_stat_activity"
        " WHERE pid = %s AND datname = current_database() AND pid <> pg_backend_pid()",
        [pid],
    )
    return bool(found and found[0][0])


def _postgresql() -> Facts:
    ((version, whole, connections, most, hits, reads),) = _rows(
        """
        SELECT current_setting('server_version'), pg_database_size(current_database()),
          (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()),
          current_setting('max_connections')::int, blks_hit, blks_read
        FROM pg_stat_database WHERE datname = current_database()
        """
    )
    asked = (hits or 0) + (reads or 0)
    return Facts(
        version=f"PostgreSQL {version.partition(' ')[0]}",
        is_server=True,
        bytes=float(whole),
        connections=connections,
        connections_at_most=most,
        cache_share=float(hits) / float(asked) if asked else None,
        running=tuple(RunningQuery(*row) for row in _rows(_RUNNING, [_QUERIES_SHOWN])),
        tables=tuple(TableSize(*row) for row in _rows(_LARGEST, [_TABLES_SHOWN])),
        remark="Rows as the server estimates them.",
    )


_RUNNING = """
    SELECT pid, extract(epoch FROM clock_timestamp() - coalesce(query_start, xact_start))::float,
      coalesce(state, '') || coalesce(', waits for ' || lower(wait_event_type), ''),
      coalesce(nullif(application_name, ''), usename, ''),
      left(regexp_replace(query, '\\s+', ' ', 'g'), 160)
    FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
      AND (state = 'active' OR xact_start IS NOT NULL)
    ORDER BY 2 DESC LIMIT %s
"""
_LARGEST = """
    SELECT c.relname, greatest(c.reltuples, coalesce(s.n_live_tup, 0))::float,
      pg_total_relation_size(c.oid)::float, s.n_dead_tup::float
    FROM pg_class c JOIN pg_stat_user_tables s ON s.relid = c.oid
    WHERE c.relkind = 'r' ORDER BY 3 DESC LIMIT %s
"""


def _sqlite() -> Facts:
    ((version, pages, size, free),) = _rows(
        "SELECT sqlite_version(), page_count, page_size, freelist_count"
        " FROM pragma_page_count, pragma_page_size, pragma_freelist_count"
    )
    return Facts(
        version=f"SQLite {version}",
        is_server=False,
        bytes=float(pages * size),
        connections=None,
        connections_at_most=None,
        cache_share=None,
        running=(),
        tables=_sqlite_tables(),
        remark=f"Rows by their highest number. {free:,} of {pages:,} pages are free.",
    )


def _sqlite_tables() -> tuple[TableSize, ...]:
    """Counting would read every table; the highest row number is known at once."""
    names = [model._meta.db_table for model in apps.get_models() if model._meta.managed]
    known = set(connection.introspection.table_names())
    asked = " UNION ALL ".join(
        f"SELECT '{name}', coalesce(max(rowid), 0) FROM \"{name}\""  # noqa: S608 - our own tables
        for name in sorted(set(names) & known)
    )
    found = sorted(_rows(asked), key=lambda row: -row[1])[:_TABLES_SHOWN]
    return tuple(TableSize(name, float(rows), None, None) for name, rows in found)


def _rows(sql: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values or [])
        return list(cursor.fetchall())
