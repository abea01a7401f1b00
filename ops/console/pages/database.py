"""How is the database? Its connections, its pool, what runs long, and how much it holds."""

from __future__ import annotations

from datetime import datetime

from django.db import Error as DatabaseError
from django.utils import timezone

from ops import events
from ops.console.acting import Asked, CannotBeDoneError, ReasonForm, Route, deed
from ops.console.block_page import BlockPage
from ops.console.blocks import Block, Charts, Figure, Figures, Table, TableRow
from ops.console.charts import chart
from ops.console.database_facts import Facts, RunningQuery, facts, stop_query
from ops.console.marks import NOTHING, Tone
from ops.console.moves import REASON, Move, to
from ops.console.numbers import number, percent, seconds, size
from ops.console.periods import window_of
from ops.console.shared import SharedByKey
from ops.metrics import reading
from ops.metrics.windows import Window
from ops.models import Right

LONG_SECONDS = 1.0


def _look(period: str) -> tuple[Block, ...]:
    now = timezone.now()
    window, found = window_of(period, now), facts()
    return (_figures(found, now), _charts(window), _running(found), _tables(found))


def _figures(found: Facts, now: datetime) -> Figures:
    pool = {name: reading.latest(f"pool_{name}", now).get("all") for name in _POOL}
    waiting = pool["requests_waiting"]
    longest = max((one.seconds for one in found.running), default=None)
    return Figures(
        "figures",
        (
            Figure("size", "Size", size(found.bytes), found.version),
            Figure(
                "connections",
                "Connections",
                number(found.connections),
                _of(found.connections_at_most),
            ),
            Figure("pool", "Pool in use", _in_use(pool), "of the fullest process"),
            Figure(
                "waiting",
                "Waiting for one",
                number(waiting),
                "threads",
                Tone.BAD if waiting else Tone.CALM,
            ),
            Figure(
                "longest",
                "Longest query",
                seconds(longest),
                "running now",
                Tone.WAIT if (longest or 0) > LONG_SECONDS else Tone.CALM,
            ),
            Figure("memory", "Read from memory", percent(found.cache_share), "of all blocks"),
        ),
    )


_POOL = ("size", "available", "requests_waiting")


def _of(most: int | None) -> str:
    return f"of {most:,} allowed" if most else "one file, no server"


def _in_use(pool: dict[str, float | None]) -> str:
    whole, free = pool["size"], pool["available"]
    if whole is None or free is None:
        return NOTHING
    return f"{number(max(0.0, whole - free))} of {number(whole)}"


def _charts(window: Window) -> Charts:
    waiting = reading.peaks("pool_requests_waiting", window, reading.called("threads"))
    flushes = reading.percentile_lines("metrics_flush_seconds", window, (0.5, 0.95))
    return Charts(
        "charts",
        (
            chart("Threads waiting for a connection", waiting, window, number),
            chart("Time to write the counts of a process", flushes, window, seconds),
        ),
    )


def _running(found: Facts) -> Table:
    return Table(
        name="running",
        title="What runs now",
        hint="Queries and open transactions, the longest first."
        if found.is_server
        else "SQLite has no list of running queries: each process runs its own.",
        columns=("Since#", "State", "By", "Query~"),
        rows=[_query(one) for one in found.running],
        empty="No query is running at this moment."
        if found.is_server
        else "Nothing to see: the database is a file.",
    )


def _query(one: RunningQuery) -> TableRow:
    stop = Move(
        "Stop",
        to("query-stop", one.pid),
        Right.EMERGENCY,
        "Whoever waits for this query gets an error; what it changed is undone.",
        (REASON,),
        is_danger=True,
    )
    return TableRow((seconds(one.seconds), one.state, one.by, one.text), (stop,), key=str(one.pid))


def _tables(found: Facts) -> Table:
    return Table(
        name="tables",
        title="The largest tables",
        columns=("Table", "Rows#", "Size#", "Dead rows#"),
        rows=[
            TableRow((one.name, f"≈ {number(one.rows)}", size(one.bytes), number(one.dead)))
            for one in found.tables
        ],
        empty="There are no tables yet.",
        hint=found.remark,
    )


@deed("console-database", Right.EMERGENCY, ReasonForm)
def stop(asked: Asked, pid: int) -> str:
    try:
        stopped = stop_query(pid)
    except DatabaseError as error:
        raise CannotBeDoneError(f"It could not be stopped: {type(error).__name__}.") from error
    if not stopped:
        raise CannotBeDoneError("It had ended already.")
    events.record("database.query_stopped", actor=asked.actor, reason=asked.reason, pid=pid)
    return f"Query {pid} was stopped."


class DatabasePage(BlockPage):
    slug = "database"
    title = "Database"
    looks = SharedByKey(_look)
    has_periods = True


ROUTES: tuple[Route, ...] = (("database/queries/<int:pid>/stop", stop, "query-stop"),)
