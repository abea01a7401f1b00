"""What does the service do when many times its capacity arrives?

    python -m bench.overload                 everything, in half an hour
    python -m bench.overload --only ours     what the README says of ours
    python -m bench.overload --only ours --multiples --capacity 20 --times 10
    python -m bench.overload --stated        how many times the capacity asked for, in a minute
    python -m bench.overload --words 300     with short texts instead of articles

Real processes on private PostgreSQL and Redis: web, workers and stores on one processor, the load
on another one, on 127.0.0.0/8 alone. Load is open-loop: it does not wait for answers. Goodput is
reports finished per second of texts never seen before. First the capacity is found by doubling
the rate until goodput grows no more; the multiples are of that, in several rounds, there and back,
within which they are compared; the peak is that of the application alone. New work is promised a
start within two seconds, so that a queue does not hide what the gate does. The nginx stands beside
the load, and lets through twice what fits: less would leave the service idle. Only ratios travel,
and only from a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace

from bench.overload import nginx, scenes, turns
from bench.overload.measuring import capacity
from bench.overload.subjects import Subject, opened
from bench.overload.turns import Round, Turn
from tests import bed, services
from tests.processes import PairMaker

SERVERS = 0
"""The processor of all that is measured."""
SUBJECTS = ("ours", "no gate", "stock")
CROWD = 1000
ARTICLE_WORDS = 1200


class Report:
    """Goals, and whether they were met here and now."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    def say(self, subject: Subject, what: str, found: object) -> None:
        print(f"{subject.name:8} {what:>10} {found}", flush=True)

    def goal(self, words: str, found: str, *, met: bool) -> None:
        self._lines.append(f"{'met   ' if met else 'missed'} {words}: {found}")

    def kept(self, subject: Subject, turn: Turn, part: float) -> None:
        if subject.name == "ours" and turn.least:
            words = f"goodput at {turn.what}, at least {turn.least:.0%}"
            self.goal(words, f"{part:.1%}", met=part >= turn.least)
        else:
            self._lines.append(f"       {subject.name} at {turn.what}: {part:.1%}")

    def print(self) -> None:
        print("\n".join(self._lines))


def main() -> None:
    words = _words()
    began, report = time.monotonic(), Report()
    with stores(), PairMaker() as pairs:
        for name in _subjects(words):
            with opened(name, pairs) as started:
                subject = replace(started, words=words.words)
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
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--rounds", type=int, default=7, help="more, where the machine is noisy")
    parser.add_argument("--words", type=int, default=ARTICLE_WORDS, help="of each text")
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
    many = [
        turns.multiple(subject, words.seconds, times=times, capacity=base) for times in words.times
    ]
    if not is_whole:
        _judge_goodput(subject, many, turns.played(many, words.rounds), report)
        return
    calm = turns.unloaded(subject, words.seconds)
    with _behind_nginx(subject, words, base) as proxied:
        rounds = turns.played([calm, *proxied, *many], words.rounds)
    report.say(subject, calm.what, turns.typical_of(rounds, calm.what))
    _judge_goodput(subject, [*proxied, *many], rounds, report)
    _judge_important(rounds, calm.what, many[-1].what, report)
    _play(subject, base, report)


@contextlib.contextmanager
def _behind_nginx(subject: Subject, words: argparse.Namespace, base: float) -> Iterator[list[Turn]]:
    if not nginx.is_here():
        yield []
        return
    with nginx.before(subject.port, per_minute=turns.requests_per_minute(subject, base)) as port:
        times = max(words.times)
        yield [turns.behind_nginx(subject, words.seconds, port=port, times=times, capacity=base)]


def _judge_goodput(subject: Subject, many: list[Turn], rounds: list[Round], report: Report) -> None:
    parts = turns.parts_of_peak(rounds, many)
    for turn in many:
        report.say(subject, turn.what, turns.typical_of(rounds, turn.what))
        report.kept(subject, turn, parts[turn.what])


def _judge_important(rounds: list[Round], calm: str, loaded: str, report: Report) -> None:
    before, after = turns.typical_of(rounds, calm), turns.typical_of(rounds, loaded)
    for kind, now in after.kinds.items():
        if kind not in before.kinds:
            continue
        report.goal(f"{kind} served, at least 99.9%", f"{now.served:.2%}", met=now.served >= 0.999)
        slower = turns.slower(rounds, kind, calm=calm, loaded=loaded)
        figures = f"{slower:.1f} ({before.kinds[kind].p99_ms:.0f} to {now.p99_ms:.0f} ms)"
        report.goal(f"{kind} p99, at most 2 times the unloaded one", figures, met=slower <= 2)


def _play(subject: Subject, base: float, report: Report) -> None:
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
    scenes.rest(subject)
    _ask_for_the_stated(subject, report)


def _ask_for_the_stated(subject: Subject, report: Report) -> None:
    stated = scenes.stated(subject, 12)
    report.say(subject, "stated", stated)
    report.goal(
        "the stated capacity is exceeded", f"{stated.factor:.1f} times", met=stated.factor > 1
    )


if __name__ == "__main__":
    main()
