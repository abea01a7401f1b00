"""What is being refused, and why? Each cause with the page where it can be loosened."""

from __future__ import annotations

from ops.console.blocks import Table, TableRow
from ops.console.links import link
from ops.console.moves import to
from ops.console.numbers import number, percent
from ops.metrics import reading
from ops.metrics.windows import Window

_CAUSES = {
    "rate_limited": ("A client asked for more than its share", "limits"),
    "concurrency_limited": ("A client asked for too much at once", "limits"),
    "daily_quota_exceeded": ("A client's day is used up", "limits"),
    "load_shed": ("We were full: the gate turned it away", "overload"),
    "queue_full": ("The queue would have taken too long", "queue"),
    "maintenance": ("Closed for maintenance", "overload"),
    "read_only": ("Nothing may be written now", "overload"),
    "dependency_unavailable": ("A part did not answer", "breakers"),
}


def refusals_table(window: Window, *, is_half: bool = False) -> Table:
    counted = reading.totals("refusals", window, reading.by("code"))
    whole = sum(counted.values()) or 1.0
    return Table(
        name="refusals",
        title="What is refused, and why",
        hint="429 means that they asked too much, 503 that we had too little.",
        columns=("Cause", "Code", "Count#", "Share#", "Helped on"),
        rows=[_row(code, count, count / whole) for code, count in counted.items()],
        empty="Nobody was refused.",
        is_half=is_half,
    )


def _row(code: str, count: float, share: float) -> TableRow:
    cause, page = _CAUSES.get(code, ("", "traffic"))
    helped = link(to(page), page.capitalize())
    return TableRow((cause, code or "unnamed", number(count), percent(share), helped), key=code)
