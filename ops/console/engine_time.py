"""Which analyzers take the workers' time, and how is the deepest work left out for a while?"""

from __future__ import annotations

from dataclasses import dataclass

from ops.console.blocks import Table, TableRow
from ops.console.moves import Move
from ops.console.numbers import percent, seconds
from ops.console.pages.overload import hold_move
from ops.metrics import reading
from ops.metrics.windows import Window
from ops.overload.ladder import Level

SHOWN = 8


@dataclass(frozen=True)
class Analyzer:
    name: str
    share: float
    """Of all the time that the engine took."""
    p50_seconds: float | None
    p95_seconds: float | None


def analyzers(window: Window) -> list[Analyzer]:
    """Those that took most time first."""
    took = reading.totals("engine_seconds", window, reading.by("analyzer"))
    timed = reading.percentiles("engine_seconds", window, (0.5, 0.95), reading.by("analyzer"))
    whole = sum(took.values()) or 1.0
    return [
        Analyzer(name, spent / whole, *timed.get(name, (None, None)))
        for name, spent in took.items()
        if spent
    ]


def table(window: Window) -> Table:
    return Table(
        name="analyzers",
        title="Where the workers' time goes",
        columns=("Analyzer", "Of the time#", "p50#", "p95#"),
        rows=[
            TableRow(
                (one.name, percent(one.share), seconds(one.p50_seconds), seconds(one.p95_seconds)),
                key=one.name,
            )
            for one in analyzers(window)[:SHOWN]
        ],
        empty="Nothing was analysed in this period.",
        moves=(leave_out_deep_work(),),
    )


def leave_out_deep_work() -> Move:
    return hold_move(Level.SAVING, "Leave out deep work")
