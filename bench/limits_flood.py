"""What does a premium client notice of a flood of anonymous requests?

    python -m bench.limits_flood

A real installation on one processor, the load on another. A premium client reads its results and
submits known and new texts, alone and then while four strangers send as much as they can. Limits
are the usual ones.
"""

from __future__ import annotations

import os
import statistics

from bench.overload.__main__ import stores
from bench.overload.measuring import Point, measure
from bench.overload.subjects import Subject, ours, settled
from tests.processes import PairMaker

ROUNDS = 3
SECONDS = 8.0
PREMIUM_RATE = 10.0
FLOOD_RATE = float(os.environ.get("FLOOD_RATE", "600"))
GOAL = 2.0


def main() -> None:
    with (
        stores(),
        PairMaker() as pairs,
        ours("ours", pairs, RATE_LIMIT_REQUESTS="10", RATE_LIMIT_FACTOR="1") as made,
    ):
        subject = settled(made)
        pairs_of_points = [(alone(subject), flooded(subject)) for _ in range(ROUNDS)]
    for kind in ("premium", "own result"):
        ratios = [after.kinds[kind].p99_ms / before.kinds[kind].p99_ms
                  for before, after in pairs_of_points]  # fmt: skip
        ratio = statistics.median(ratios)
        verdict = "met   " if ratio <= GOAL else "missed"
        print(f"{verdict} p99 of {kind} in the flood, at most {GOAL:g} times: {ratio:.2f}")


def alone(subject: Subject) -> Point:
    return _told("alone", measure(subject, SECONDS, kinds=_premium(subject), rate=PREMIUM_RATE))


def flooded(subject: Subject) -> Point:
    share = 100 * FLOOD_RATE / PREMIUM_RATE
    strangers = {
        "name": "strangers", "share": share, "keys": [], "method": "POST",
        "path": "/api/v1/analyses", "addresses": [f"127.0.9.{n}" for n in range(1, 5)],
    }  # fmt: skip
    kinds = [*_premium(subject), strangers]
    found = measure(subject, SECONDS, kinds=kinds, rate=PREMIUM_RATE + FLOOD_RATE)
    return _told("flooded", found)


def _premium(subject: Subject) -> list[dict]:
    return [kind | {"share": 50} for kind in subject.important()]


def _told(name: str, point: Point) -> Point:
    print(f"{name:8} {point}", flush=True)
    return point


if __name__ == "__main__":
    main()
