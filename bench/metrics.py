"""What does counting cost a request, and how true are percentiles? Side by side, one run.

    python -m bench.metrics

What the middleware counts of each request, in this process and through prometheus_client, plain and
for several processes (its files are mapped into memory); then with as many threads as a web process
has; what storing costs every few seconds; and how far percentiles read from buckets are from those
of a hundred thousand sorted samples. Exits with 1 when a request costs more than
`GOAL_MICROSECONDS` or a percentile is wrong by more than `GOAL_ERROR`.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

GOAL_MICROSECONDS = 20.0
GOAL_ERROR = 0.05
ROUNDS, REQUESTS = 40, 2_000
THREADS = 12
SAMPLES = 100_000
SHARES = (0.5, 0.9, 0.95, 0.99)
ROUTES = tuple(f"/api/v1/route-{number}" for number in range(8))


def microseconds(request: Callable[[str], None]) -> float:
    """Of one request: the middle of many rounds."""
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for number in range(REQUESTS):
            request(ROUTES[number % len(ROUTES)])
        took.append((time.perf_counter() - began) / REQUESTS * 1e6)
    return median(took)


def microseconds_with_threads(request: Callable[[str], None]) -> float:
    """Of one request while all threads count: processor time, since waiting is the others' turn."""

    def work(route: str) -> None:
        for _ in range(REQUESTS):
            request(route)

    began = time.process_time()
    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(work, (ROUTES * 2)[:THREADS]))
    return (time.process_time() - began) / (THREADS * REQUESTS) * 1e6


# --- Ours ----------------------------------------------------------------------------------


def start(folder: str) -> None:
    os.environ.update(
        DJANGO_SETTINGS_MODULE="contentcreate.settings",
        DATA_DIR=folder,
        DATABASE_URL="",
        REDIS_URL="",
        SECRET_KEY="only-for-benches-" * 4,
        METRICS_FLUSH_SECONDS="0",
    )
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def ours() -> Callable[[str], None]:
    from ops import metrics

    def request(route: str) -> None:
        metrics.count("http_requests", route=route, method="POST", status="200", tier="free")
        metrics.observe("http_request_duration_seconds", 0.013, route=route)

    return request


def middleware() -> tuple[Callable[[str], None], Callable[[str], None]]:
    """A request with the middleware and one without: the view does nothing."""
    from django.http import HttpResponse
    from django.test import RequestFactory
    from django.urls import ResolverMatch

    from ops.middleware.request_metrics import RequestMetricsMiddleware

    factory, answer = RequestFactory(), HttpResponse()
    requests = {route: factory.post(route) for route in ROUTES}
    for route, request in requests.items():
        request.resolver_match = ResolverMatch(print, (), {}, route=route[1:])
    counted = RequestMetricsMiddleware(lambda _request: answer)
    return (
        lambda route: counted(requests[route]) and None,
        lambda route: requests[route] and None,
    )


def flush() -> tuple[float, int]:
    """Milliseconds of storing what a busy process counted in a few seconds; how many cells."""
    from ops.metrics.recorder import current
    from ops.metrics.store import save

    request, took, cells = ours(), [], 0
    for _ in range(10):
        for number in range(500):
            request(ROUTES[number % len(ROUTES)])
        minutes = current().tally.take()
        cells = sum(map(len, minutes.values()))
        began = time.perf_counter()
        for minute, counted in minutes.items():
            save(minute, counted)
        took.append((time.perf_counter() - began) * 1000)
    return median(took), cells


# --- prometheus_client ---------------------------------------------------------------------


def theirs() -> Callable[[str], None]:
    from prometheus_client import CollectorRegistry, Counter, Histogram

    registry = CollectorRegistry()
    labels = ("route", "method", "status", "tier")
    requests = Counter("http_requests", "Requests.", labels, registry=registry)
    durations = Histogram("http_request_duration", "Duration.", ("route",), registry=registry)

    def request(route: str) -> None:
        requests.labels(route=route, method="POST", status="200", tier="free").inc()
        durations.labels(route=route).observe(0.013)

    return request


def theirs_of_several_processes(folder: Path) -> float:
    """In a process of its own: it decides when it is imported."""
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "bench.metrics", "mapped"],
        env=os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(folder)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return float(done.stdout)


# --- Percentiles ---------------------------------------------------------------------------

SHAPES: dict[str, Callable[[random.Random], float]] = {
    "log-normal": lambda dice: dice.lognormvariate(-3, 0.8),
    "long tail": lambda dice: 0.004 * dice.paretovariate(1.3),
    "hits and misses": lambda dice: 0.0021 if dice.random() < 0.7 else dice.gauss(0.25, 0.01),
    "even": lambda dice: dice.uniform(0.001, 2),
}


def worst_error(draw: Callable[[random.Random], float]) -> float:
    """As a chart reads it: counted, stored, and read from the database again."""
    from datetime import UTC, datetime, timedelta

    from ops.metrics import reading, windows
    from ops.metrics.metric import Kind
    from ops.metrics.register import BY_NAME
    from ops.metrics.store import save
    from ops.metrics.tally import Tally
    from ops.models import MetricSeries

    MetricSeries.objects.filter(metric="job_run_seconds").delete()
    dice, tally, now = random.Random(7), Tally(BY_NAME), datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    minute = int(now.timestamp() // 60)
    samples = [draw(dice) for _ in range(SAMPLES)]
    for value in samples:
        tally.add(Kind.HISTOGRAM, "job_run_seconds", value, {"kind": "bench"}, minute)
    save(minute, tally.take()[minute])
    window = windows.last(timedelta(minutes=5), now)
    found = reading.percentiles("job_run_seconds", window, SHARES)["all"]
    samples.sort()
    exact = [samples[round(share * SAMPLES) - 1] for share in SHARES]
    return max(abs((one or 0) / true - 1) for one, true in zip(found, exact, strict=True))


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="bench-metrics-") as folder:
        start(folder)
        tell("A request's counter and histogram, one thread")
        cost = microseconds(ours())
        tell("ours", cost)
        tell("prometheus_client", microseconds(theirs()), cost)
        mapped = theirs_of_several_processes(Path(folder) / "mapped")
        tell("prometheus_client, several processes", mapped, cost)
        with_it, without = (microseconds(one) for one in middleware())
        tell("our middleware, all of it", with_it - without)
        tell(f"The same, {THREADS} threads at once, of processor time")
        cost = microseconds_with_threads(ours())
        tell("ours", cost)
        tell("prometheus_client", microseconds_with_threads(theirs()), cost)
        took, cells = flush()
        tell("Storing them every five seconds")
        tell(f"{cells} cells, {took:.1f} ms: {took / 50:.2f} % of a processor")
        tell(f"The worst of p50, p90, p95 and p99 of {SAMPLES:,} samples")
        errors = {name: worst_error(draw) for name, draw in SHAPES.items()}
        for name, error in errors.items():
            tell(f"{name}: wrong by {error:.1%}")
    return int(with_it - without > GOAL_MICROSECONDS or max(errors.values()) > GOAL_ERROR)


def tell(what: str, cost: float | None = None, ours_cost: float | None = None) -> None:
    figure = "" if cost is None else f"{cost:6.1f} µs"
    ratio = f"   {(cost or 0) / ours_cost:.1f} times ours" if ours_cost else ""
    print(f"{what:<48}{figure}{ratio}".rstrip(), flush=True)


if __name__ == "__main__":
    if sys.argv[1:] == ["mapped"]:
        print(microseconds(theirs()))
        sys.exit()
    sys.exit(main())
