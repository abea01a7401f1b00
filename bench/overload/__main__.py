"""What does the service do when many times its capacity arrives?

    python -m bench.overload                 everything, in a quarter of an hour
    python -m bench.overload --only ours     what the README says of ours
    python -m bench.overload --only ours --multiples --capacity 20 --times 10
    python -m bench.overload --stated        how many times the capacity asked for, in a minute

Real processes on private PostgreSQL and Redis: web, workers and stores on one processor, the load
on another one, on 127.0.0.0/8 alone. Load is open-loop: it does not wait for answers. Goodput is
reports finished per second of texts never seen before. First the capacity is found by doubling
the rate until goodput grows no more; the multiples are of that, in several rounds, of which the
medians count. New work is promised a start
within two seconds, so that a queue does not hide what the gate does. Only ratios travel, and only
from a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import tempfile
import time
from collections.abc import Iterator

from bench.overload import nginx, scenes
from bench.overload.measuring import Point, capacity, measure, typical
from bench.overload.subjects import Subject, opened
from tests import bed, services
from tests.processes import PairMaker

SERVERS = 0
"""The processor of all that is measured."""
SUBJECTS = ("ours", "no gate", "stock")
FREE_REQUESTS_PER_MINUTE = 60
"""What nginx lets an address ask: the quota of a free client."""
CALM_RATE = 10.0
ROUNDS = 3
CROWD = 1000


class Report:
    """Goals, and whether they were met here and now."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    def say(self, subject: Subject, what: str, found: object) -> None:
        print(f"{subject.name:8} {what:>10} {found}", flush=True)

    def goal(self, words: str, found: str, *, met: bool) -> None:
        self._lines.append(f"{'met   ' if met else 'missed'} {words}: {found}")

    def kept(self, subject: Subject, words: str, point: Point, *, peak: float, least: float):
        part = point.goodput / peak
        if subject.name == "ours":
            self.goal(f"goodput {words}, at least {least:.0%}", f"{part:.1%}", met=part >= least)
        else:
            self._lines.append(f"       {subject.name} {words}: {part:.1%}")

    def print(self) -> None:
        print("\n".join(self._lines))


def main() -> None:
    words = _words()
    began, report = time.monotonic(), Report()
    with stores(), PairMaker() as pairs:
        for name in _subjects(words):
            with opened(name, pairs) as subject:
                if words.stated:
                    _ask_for_the_stated(subject, report)
                else:
                    _run(subject, words, report)
    report.print()
    print(f"took {time.monotonic() - began:.0f} s")


def _words() -> argparse.Namespace:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("--only", choices=SUBJECTS)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--times", type=float, nargs="+", default=[1, 2, 5, 10])
    parser.add_argument("--capacity", type=float, help="requests per second, instead of a search")
    parser.add_argument("--multiples", action="store_true", help="nothing else")
    parser.add_argument("--stated", action="store_true", help="the capacity asked for, and no more")
    return parser.parse_args()


def _subjects(words: argparse.Namespace) -> tuple[str, ...]:
    if words.stated:
        return ("ours",)
    return (words.only,) if words.only else SUBJECTS


@contextlib.contextmanager
def stores() -> Iterator[None]:
    os.sched_setaffinity(0, {SERVERS})  # whatever is started from here inherits it
    keeper = services.Keeper()
    folder = tempfile.TemporaryDirectory(prefix="contentcreate-bench-")
    os.environ[bed.POSTGRESQL] = keeper.services.postgresql_url
    os.environ[bed.REDIS] = keeper.services.redis_url
    os.environ[bed.SHARED_FOLDER] = folder.name
    try:
        yield
    finally:
        keeper.stop()
        folder.cleanup()


def _run(subject: Subject, words: argparse.Namespace, report: Report) -> None:
    is_whole = subject.name == "ours" and not words.multiples
    base = words.capacity or capacity(subject, words.seconds / 2)
    calm, points = _rounds(subject, base, words, with_calm=is_whole)
    for times, point in points.items():
        report.say(subject, f"{times:g}x", point)
    peak = max(point.goodput for point in points.values())
    for times, point in points.items():
        if times > 1:
            least = 0.90 if times >= 10 else 0.95
            report.kept(subject, f"at {times:g} times", point, peak=peak, least=least)
    if calm is not None:
        report.say(subject, "unloaded", calm)
        _judge_important(calm, points[max(points)], report)
        _play(subject, base, peak, report)


def _rounds(
    subject: Subject, base: float, words: argparse.Namespace, *, with_calm: bool
) -> tuple[Point | None, dict[float, Point]]:
    """In turns: what else the machine does meanwhile then befalls all of them."""
    calm: list[Point] = []
    points: dict[float, list[Point]] = {times: [] for times in words.times}
    for _ in range(ROUNDS):
        if with_calm:
            kinds = subject.important()
            calm.append(measure(subject, words.seconds, kinds=kinds, rate=CALM_RATE))
        for times, found in points.items():
            found.append(measure(subject, words.seconds, rate=base * times))
    return typical(calm) if calm else None, {t: typical(found) for t, found in points.items()}


def _judge_important(calm: Point, loaded: Point, report: Report) -> None:
    for name, before in calm.kinds.items():
        now = loaded.kinds[name]
        report.goal(f"{name} served, at least 99.9%", f"{now.served:.2%}", met=now.served >= 0.999)
        slower = now.p99_ms / max(before.p99_ms, 0.1)
        figures = f"{slower:.1f} ({before.p99_ms:.0f} to {now.p99_ms:.0f} ms)"
        report.goal(f"{name} p99, at most 2 times the unloaded one", figures, met=slower <= 2)


def _play(subject: Subject, base: float, peak: float, report: Report) -> None:
    after = scenes.recovery(subject, base)
    report.say(subject, "recovery", after)
    is_quick = after.seconds is not None and after.seconds <= 10 and not after.relapses
    report.goal("recovery within 10 s without oscillation", str(after), met=is_quick)
    many = scenes.crowd(subject, CROWD, seconds=12)
    report.say(subject, f"{CROWD}", many)
    grown = many.point.memory_mb / many.memory_before_mb
    report.goal(
        f"{CROWD} clients hear no dishonest error", f"{many.dishonest}", met=not many.dishonest
    )
    report.goal("memory is flat", f"{grown:.2f} times", met=grown < 1.1)
    if nginx.is_here():
        with nginx.before(subject.port, per_minute=FREE_REQUESTS_PER_MINUTE) as port:
            point = measure(subject.at(port), 8, rate=10 * base)
        report.say(subject, "nginx 10x", point)
        report.kept(subject, "at 10 times behind nginx", point, peak=peak, least=0.95)
    _ask_for_the_stated(subject, report)


def _ask_for_the_stated(subject: Subject, report: Report) -> None:
    stated = scenes.stated(subject, 12)
    report.say(subject, "stated", stated)
    report.goal(
        "the stated capacity is exceeded", f"{stated.factor:.1f} times", met=stated.factor > 1
    )


if __name__ == "__main__":
    main()
