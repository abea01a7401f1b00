"""How much is asked, how fast is it answered, what is refused, and does the cache help?"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from ops.console.charts import Chart, chart
from ops.console.live import LivePage
from ops.console.marks import NOTHING, Tone, duration
from ops.console.shared import Shared
from ops.console.tiles import Tile
from ops.metrics import reading, traffic, windows
from ops.metrics.windows import Window

PERIODS = {
    "15min": timedelta(minutes=15),
    "1h": timedelta(hours=1),
    "6h": timedelta(hours=6),
    "24h": timedelta(days=1),
    "7d": timedelta(days=7),
    "30d": timedelta(days=30),
}
DEFAULT_PERIOD = "1h"
OLD_SECONDS = 60.0
SLOW_SECONDS = 1.0
MANY_ERRORS = 0.02


@dataclass(frozen=True)
class Share:
    name: str
    count: str
    percent: str


@dataclass(frozen=True)
class Shares:
    title: str
    column: str
    shares: tuple[Share, ...]
    empty: str


@dataclass(frozen=True)
class TableRow:
    route: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class TrafficState:
    silence: str
    tiles: tuple[Tile, ...]
    charts: tuple[Chart, ...]
    rows: tuple[TableRow, ...]
    lists: tuple[Shares, ...]


def _look(length: timedelta) -> TrafficState:
    now = timezone.now()
    window = windows.last(length, now)
    return TrafficState(
        silence=_silence(now),
        tiles=_tiles(window, now),
        charts=_charts(window),
        rows=tuple(_row(figures) for figures in traffic.routes(window)),
        lists=_lists(window),
    )


def _silence(now: datetime) -> str:
    seconds = reading.silent_seconds(now)
    if seconds is None:
        return "Nothing was counted yet: figures appear after the first requests."
    if seconds > OLD_SECONDS:
        return f"No process stored a count for {duration(timedelta(seconds=seconds))}."
    return ""


def _tiles(window: Window, now: datetime) -> tuple[Tile, ...]:
    errors, refused = traffic.error_share(window), traffic.refused_share(window)
    timed = reading.percentiles("http_request_duration_seconds", window, (0.5, 0.95))
    median, slow = timed.get("all", (None, None))
    is_slow = (slow or 0) > SLOW_SECONDS
    return (
        _tile("rate", "Requests", *_rate(now)),
        _tile("errors", "Errors", _percent(errors), "our fault", bad=(errors or 0) > MANY_ERRORS),
        _tile("refused", "Refused", _percent(refused), "429 and 503, on purpose"),
        _tile("p50", "Median answer", _time(median), "half are faster"),
        _tile("p95", "Slow answer", _time(slow), "1 of 20 is slower", bad=is_slow),
    )


def _tile(name: str, title: str, value: str, note: str, *, bad: bool = False) -> Tile:
    return Tile(name, title, value, note, Tone.BAD if bad else Tone.CALM, link="")


def _rate(now: datetime) -> tuple[str, str]:
    compared = traffic.compared_with_last_week(now)
    factor = compared.factor
    note = "nothing known of last week" if factor is None else f"{factor:.1f}× this time last week"
    return f"{_number(compared.now_per_second)}/s", note


def _charts(window: Window) -> tuple[Chart, ...]:
    answered = reading.rates("http_requests", window, reading.by_status_class)
    timed = reading.percentile_lines("http_request_duration_seconds", window, (0.5, 0.95, 0.99))
    return (
        chart("Requests per second", answered, window, _number),
        chart("Time to answer", timed, window, _time),
    )


def _row(figures: traffic.RouteFigures) -> TableRow:
    times = (figures.p50_seconds, figures.p95_seconds, figures.p99_seconds)
    counted = (f"{figures.requests:,.0f}", _percent(figures.error_share))
    return TableRow(figures.route or "no such page", (*counted, *map(_time, times)))


def _lists(window: Window) -> tuple[Shares, ...]:
    refusals, lookups = ("refusals", "code"), ("report_lookups", "outcome")
    return (
        Shares("Refusals", "Cause", _shares(*refusals, window), "Nobody was refused."),
        Shares("Finished reports", "Found", _shares(*lookups, window), "Nobody read a report."),
    )


def _shares(metric: str, label: str, window: Window) -> tuple[Share, ...]:
    counted = reading.totals(metric, window, reading.by(label))
    whole = sum(counted.values()) or 1.0
    return tuple(
        Share(name or "unnamed", f"{count:,.0f}", _percent(count / whole))
        for name, count in counted.items()
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _percent(share: float | None) -> str:
    return NOTHING if share is None else f"{share * 100:.1f} %"


def _time(seconds: float | None) -> str:
    return NOTHING if seconds is None else duration(timedelta(seconds=seconds))


states = {name: Shared(partial(_look, length)) for name, length in PERIODS.items()}


class TrafficPage(LivePage):
    slug = "traffic"
    title = "Traffic"
    pieces = ("figures", "charts", "tables")

    def facts(self, request: HttpRequest) -> tuple[dict[str, Any], datetime]:
        period = request.GET.get("period", DEFAULT_PERIOD)
        period = period if period in states else DEFAULT_PERIOD
        look = states[period].look()
        return {"traffic": look.facts, "period": period, "periods": list(PERIODS)}, look.as_of
