"""What would a month of believable traffic look like? Days and weeks, noise, one flash crowd.

Figures are drawn, not replayed: the same seed draws the same month.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from ops.metrics import spread
from ops.metrics.ladder import DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS, TEN_MINUTES_SECONDS
from ops.metrics.tally import Cell, SeriesKey

Moment = tuple[int, int]
"""Length and start of a slot, in seconds."""


@dataclass(frozen=True)
class Route:
    route: str
    method: str
    share: float
    median_seconds: float
    tiers: tuple[tuple[str, float], ...]


_EVERYBODY = (("anonymous", 0.3), ("free", 0.45), ("premium", 0.25))
_ROUTES = (
    Route("/api/v1/analyses", "POST", 0.42, 0.035, _EVERYBODY),
    Route("/api/v1/analyses/<slug:public_id>", "GET", 0.38, 0.008, _EVERYBODY),
    Route("/api/v1/analyses", "GET", 0.05, 0.021, (("free", 0.6), ("premium", 0.4))),
    Route("/", "GET", 0.1, 0.006, (("", 1.0),)),
    Route("/docs", "GET", 0.03, 0.012, (("", 1.0),)),
    Route("/admin/", "GET", 0.02, 0.09, (("staff", 1.0),)),
)
_STATUSES = (("200", 0.955), ("404", 0.015), ("422", 0.01), ("429", 0.018), ("500", 0.002))
_REFUSALS = {"429": "rate_limited", "503": "queue_full"}
_CROWDED = (("200", 0.80), ("404", 0.01), ("422", 0.01), ("429", 0.12), ("503", 0.06))
_TEN_MINUTES_FOR_DAYS, _MINUTES_FOR_HOURS = 8, 4
_CROWD_HOURS_AGO, _CROWD_FACTOR, _CROWD_SECONDS = 26.0, 8.0, 40 * 60


@dataclass(frozen=True)
class Month:
    now: datetime
    days: int
    per_second: float
    seed: int = 1

    def moments(self) -> Iterator[Moment]:
        """As a real month would lie there: the older, the coarser."""
        now = int(self.now.timestamp())
        hour = now // HOUR_SECONDS * HOUR_SECONDS
        start = hour - self.days * DAY_SECONDS
        coarse = max(start, hour - _TEN_MINUTES_FOR_DAYS * DAY_SECONDS)
        fine = hour - _MINUTES_FOR_HOURS * HOUR_SECONDS
        edges = (
            (HOUR_SECONDS, start, coarse),
            (TEN_MINUTES_SECONDS, coarse, fine),
            (MINUTE_SECONDS, fine, now - MINUTE_SECONDS),
        )
        for length, start, end in edges:
            for at in range(start, end, length):
                yield length, at

    def rate(self, at: float) -> float:
        """Requests per second."""
        hour = at % DAY_SECONDS / HOUR_SECONDS
        shape = 1 - 0.65 * math.cos(2 * math.pi * (hour - 3) / 24)
        weekend = 0.55 if int(at // DAY_SECONDS + 3) % 7 in (5, 6) else 1.0
        wave = 1 + 0.08 * math.sin(at / 1700) + 0.05 * math.sin(at / 423)
        return self.per_second * shape * weekend * wave * self.crowd(at)

    def crowd(self, at: float) -> float:
        began = self.now.timestamp() - _CROWD_HOURS_AGO * HOUR_SECONDS
        since = at - began
        if since < 0:
            return 1.0
        rise = min(1.0, since / 180)
        return 1 + (_CROWD_FACTOR - 1) * rise * math.exp(-since / _CROWD_SECONDS)

    def cells(self, moment: Moment) -> dict[SeriesKey, Cell]:
        length, start = moment
        dice = random.Random(f"{self.seed}:{start}")
        middle = start + length / 2
        requests = max(0.0, self.rate(middle) * length * dice.gauss(1, 0.04))
        crowded = self.crowd(middle) > 2
        found: dict[SeriesKey, Cell] = {}
        for route in _ROUTES:
            _visit(found, route, requests * route.share, crowded=crowded)
        _work(found, requests * _ROUTES[0].share, crowded=crowded)
        _gauges(found, self.rate(middle) / self.per_second, dice)
        return found


def _visit(found: dict[SeriesKey, Cell], route: Route, requests: float, *, crowded: bool) -> None:
    for status, of_all in _CROWDED if crowded else _STATUSES:
        for tier, of_tier in route.tiers:
            count = round(requests * of_all * of_tier)
            if count:
                _count(found, "http_requests", (route.route, route.method, status, tier), count)
                _refuse_or_allow(found, route, status, tier, count)
    median = route.median_seconds * (4 if crowded else 1)
    _time(found, "http_request_duration_seconds", (route.route,), requests, median)


def _refuse_or_allow(
    found: dict[SeriesKey, Cell], route: Route, status: str, tier: str, count: int
) -> None:
    if code := _REFUSALS.get(status):
        _count(found, "refusals", (code, tier), count)
    if tier:
        policy = f"{tier}-{'submit' if route.method == 'POST' else 'read'}"
        outcome = "refused" if status == "429" else "allowed"
        _count(found, "limit_decisions", (policy, tier, outcome), count)


def _work(found: dict[SeriesKey, Cell], submitted: float, *, crowded: bool) -> None:
    hits, joined = round(submitted * 0.62), round(submitted * 0.05)
    misses = round(submitted) - hits - joined
    for outcome, count in (("hit", hits), ("coalesced", joined), ("miss", misses)):
        _count(found, "submissions", (outcome,), count)
    _count(found, "report_lookups", ("hit",), round(submitted * 0.9))
    _count(found, "report_lookups", ("miss",), round(submitted * 0.3))
    _count(found, "jobs_enqueued", ("analysis",), misses)
    _count(found, "jobs", ("analysis", "done"), misses)
    _count(found, "jobs", ("analysis", "retried"), misses // 400)
    _time(found, "job_run_seconds", ("analysis",), misses, 0.18)
    _time(found, "job_wait_seconds", ("analysis",), misses, 4.0 if crowded else 0.03)
    for analyzer, median in (("parse", 0.01), ("readability", 0.02), ("keywords", 0.05)):
        _time(found, "engine_seconds", (analyzer,), misses, median)


def _gauges(found: dict[SeriesKey, Cell], busy: float, dice: random.Random) -> None:
    waiting = max(0, round((busy - 2) * 120)) + dice.randrange(3)
    for name, labels, value in (
        ("queue_waiting", (), waiting),
        ("queue_running", (), min(4, 1 + waiting)),
        ("queue_oldest_wait_seconds", (), waiting / 20),
        ("workers_alive", (), 4),
        ("workers_silent", (), 0),
        ("host_cpu_percent", ("demo",), min(98.0, 18 * busy + dice.random() * 4)),
        ("host_memory_percent", ("demo",), 41 + 2 * dice.random()),
    ):
        found[SeriesKey(name, labels)] = cell = Cell()
        cell.take(float(value))


def _count(found: dict[SeriesKey, Cell], name: str, labels: tuple[str, ...], count: int) -> None:
    if count:
        key = SeriesKey(name, labels)
        found.setdefault(key, Cell()).merge(Cell(total=count, count=count, peak=1.0, last=1.0))


def _time(
    found: dict[SeriesKey, Cell], name: str, labels: tuple[str, ...], count: float, median: float
) -> None:
    counted = {bucket: round(count * part) for bucket, part in _shape(median).items()}
    counted = {bucket: number for bucket, number in counted.items() if number}
    if counted:
        total = sum(spread.upper_bound(bucket) * number for bucket, number in counted.items())
        cell = Cell(
            total=total,
            count=sum(counted.values()),
            peak=spread.upper_bound(max(counted)),
            last=median,
            spread=dict(counted),
        )
        found.setdefault(SeriesKey(name, labels), Cell()).merge(cell)


_shapes: dict[float, dict[int, float]] = {}


def _shape(median: float) -> dict[int, float]:
    """Which part of durations with this median falls into which bucket: log-normal."""
    if median not in _shapes:
        middle = spread.bucket_of(median)
        weights = {middle + away: math.exp(-((away / 12) ** 2) / 2) for away in range(-36, 49)}
        whole = sum(weights.values())
        _shapes[median] = {bucket: weight / whole for bucket, weight in weights.items()}
    return _shapes[median]
