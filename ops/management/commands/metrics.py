"""How is the traffic, and how does one get at the numbers?"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from ops.health.readiness import Level
from ops.management.base import USAGE, OpsCommand, json_option
from ops.management.operator import duration
from ops.management.watching import watch, watch_option
from ops.metrics import reading, windows
from ops.metrics.metric import Kind
from ops.metrics.reading import Line
from ops.metrics.register import BY_NAME
from ops.metrics.summary import Summary, summary

_OLD_AFTER_SECONDS = 120
_HOUR = timedelta(hours=1)


class Command(OpsCommand):
    help = "Show how the traffic is, or export a metric. 3 when nothing was stored lately."

    def add_words(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        show = actions.add_parser("show", help="the figures of the last hour, or of --window")
        watch_option(show)
        export = actions.add_parser("export", help="one metric by time, as CSV")
        export.add_argument("metric", help="a name of ops/metrics/register.py")
        export.add_argument("--by", default="", help="one column for each value of this label")
        for action in (show, export):
            action.add_argument("--window", type=duration, default=_HOUR, help="such as 30m or 7d")
            json_option(action)

    def answer(self, **options: Any) -> Level:
        if options["action"] == "export":
            return self._export(options)
        return watch(self.stdout, lambda: self._show(options), options["watch"])

    def _show(self, options: dict[str, Any]) -> Level:
        now = timezone.now()
        found = summary(windows.last(options["window"], now), now)
        if options["json"]:
            self.say_json(asdict(found))
        else:
            self.say(_lines(found))
        fresh = found.silent_seconds is not None and found.silent_seconds < _OLD_AFTER_SECONDS
        if not fresh:
            raise CommandError("No process has stored a count for minutes.", returncode=3)
        return Level.OK

    def _export(self, options: dict[str, Any]) -> Level:
        metric = BY_NAME.get(options["metric"])
        if metric is None:
            raise CommandError(f"There is no metric {options['metric']}.", returncode=USAGE)
        if options["by"] and options["by"] not in metric.labels:
            raise CommandError(f"{metric.name} has no label {options['by']}.", returncode=USAGE)
        window = windows.last(options["window"], timezone.now())
        group = reading.by(options["by"]) if options["by"] else reading.everything
        lines = _READERS[metric.kind](metric.name, window, group)
        if options["json"]:
            self.say_json({line.name: [asdict(point) for point in line.points] for line in lines})
        else:
            self._write_csv(lines)
        return Level.OK

    def _write_csv(self, lines: list[Line]) -> None:
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(["time", *(line.name for line in lines)])
        for points in zip(*(line.points for line in lines), strict=True):
            at = datetime.fromtimestamp(points[0].start_seconds, UTC)
            writer.writerow([at.isoformat(), *(point.value for point in points)])


def _percentiles(name: str, window: windows.Window, group: reading.Grouping) -> list[Line]:
    return reading.percentile_lines(name, window, (0.5, 0.95, 0.99), group)


_READERS: dict[Kind, Callable[..., list[Line]]] = {
    Kind.COUNTER: reading.lines,
    Kind.GAUGE: reading.averages,
    Kind.HISTOGRAM: _percentiles,
}


def _lines(found: Summary) -> Iterator[str]:
    factor = found.compared.factor
    usual = f", {factor:.1f} × last week" if factor else ""
    yield f"requests   {found.requests:,.0f}, {found.per_second:.2f}/s{usual}"
    yield f"           {_mix(found.statuses)}"
    if found.shed:
        yield f"           and {found.shed:,.0f} turned away at the door"
    yield f"failed     {_share(found.error_share)}    refused {_share(found.refused_share)}"
    took = (found.p50_seconds, found.p95_seconds, found.p99_seconds)
    yield "took       p50 {}   p95 {}   p99 {}".format(*map(_seconds, took))
    yield f"jobs       {_mix(found.jobs)}"
    yield f"known      {_share(found.known_share)} of submissions"
    yield ""
    for route in found.slowest:
        yield (
            f"{_seconds(route.p95_seconds):>9}  {route.per_second:8.2f}/s"
            f"  {_share(route.error_share):>7}  {route.route}"
        )


def _mix(counts: dict[str, float]) -> str:
    return "   ".join(f"{name} {count:,.0f}" for name, count in counts.items()) or "nothing"


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.2%}"


def _seconds(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds * 1000:,.0f} ms"
