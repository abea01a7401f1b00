"""How much is asked, how fast is it answered, what is refused, and does the cache help?"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from ops.console import engine_time
from ops.console.block_page import BlockPage
from ops.console.blocks import Block, Charts, Figure, Figures, Notice, Table, TableRow
from ops.console.charts import STATUS_LOOKS, chart
from ops.console.marks import Tone, duration
from ops.console.numbers import number, percent, seconds
from ops.console.pages.limits import consumers_table, limited_table
from ops.console.periods import window_of
from ops.console.refusals import refusals_table
from ops.console.shared import SharedByKey
from ops.console.tiles import SLOW_SECONDS, rate
from ops.console.troubles import MANY_ERRORS
from ops.metrics import reading, traffic
from ops.metrics.windows import Window

OLD_SECONDS = 60.0


def _look(period: str) -> tuple[Block, ...]:
    now = timezone.now()
    window = window_of(period, now)
    return (
        Notice("silence", _silence(now)),
        _figures(window, now),
        _charts(window),
        _routes(window),
        engine_time.table(window),
        refusals_table(window, is_half=True),
        _statuses(window),
        consumers_table(now),
        limited_table(now, most=8),
    )


def _silence(now: datetime) -> str:
    silent = reading.silent_seconds(now)
    if silent is None:
        return "Nothing was counted yet: figures appear after the first requests."
    if silent > OLD_SECONDS:
        return f"No process stored a count for {duration(timedelta(seconds=silent))}."
    return ""


def _figures(window: Window, now: datetime) -> Figures:
    errors, refused = traffic.error_share(window), traffic.refused_share(window)
    timed = reading.percentiles("http_request_duration_seconds", window, (0.5, 0.95, 0.99))
    median, slow, slowest = timed.get("all", (None, None, None))
    wrong = Tone.BAD if (errors or 0) > MANY_ERRORS else Tone.CALM
    tardy = Tone.BAD if (slow or 0) > SLOW_SECONDS else Tone.CALM
    return Figures(
        "figures",
        (
            rate(now),
            Figure("errors", "Errors", percent(errors), "our fault", wrong),
            Figure("refused", "Refused", percent(refused), "429 and 503, on purpose"),
            Figure("p50", "Median answer", seconds(median), "half are faster"),
            Figure("p95", "Slow answer", seconds(slow), "1 of 20 is slower", tardy),
            Figure("p99", "Slowest answers", seconds(slowest), "1 of 100 is slower"),
        ),
    )


def _charts(window: Window) -> Charts:
    answered = reading.rates("http_requests", window, reading.by_status_class)
    timed = reading.percentile_lines("http_request_duration_seconds", window, (0.5, 0.95, 0.99))
    return Charts(
        "charts",
        (
            chart("Requests per second", answered, window, number, STATUS_LOOKS),
            chart("Time to answer", timed, window, seconds),
        ),
    )


def _routes(window: Window) -> Table:
    return Table(
        name="routes",
        title="Slowest routes",
        columns=("Route~", "Requests#", "Errors#", "p50#", "p95#", "p99#"),
        rows=[_route(figures) for figures in traffic.routes(window)],
        empty="Nobody asked for anything in this period.",
    )


def _route(figures: traffic.RouteFigures) -> TableRow:
    times = (figures.p50_seconds, figures.p95_seconds, figures.p99_seconds)
    cells = (
        figures.route or "no such page",
        number(figures.requests),
        percent(figures.error_share),
        *map(seconds, times),
    )
    return TableRow(cells, key=figures.route)


def _statuses(window: Window) -> Table:
    counted = reading.totals("http_requests", window, reading.by("status"))
    whole = sum(counted.values()) or 1.0
    return Table(
        name="statuses",
        title="How requests were answered",
        columns=("Status", "Count#", "Share#"),
        rows=[
            TableRow((status, number(count), percent(count / whole)), key=status)
            for status, count in counted.items()
        ],
        empty="Nobody asked for anything in this period.",
        is_half=True,
    )


class TrafficPage(BlockPage):
    slug = "traffic"
    title = "Traffic"
    looks = SharedByKey(_look)
    has_periods = True
