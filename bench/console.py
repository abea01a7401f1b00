"""How long do the console's pages take with a month of figures at a hundred requests a second?

    python -m bench.console                     PostgreSQL and Redis
    python -m bench.console --embedded          SQLite, no Redis

A real web process on a private installation, asked one page after the other as a browser asks to
refresh it: once as by somebody who has just changed something, so that the answer is computed anew,
and once more as by everybody else, who share that look. Exits with 1 when the middle answer of a
page that is computed anew takes longer than `GOAL_MS`.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median

from tests import bed, services
from tests.administrator import signed_in
from tests.processes import Installation, PairMaker

GOAL_MS = 300.0
ROUNDS = 7
PAGES = (
    "/admin/",
    "/admin/console/overview?now",
    *(
        f"/admin/console/{name}/?now"
        for name in (
            "traffic",
            "queue",
            "workers",
            "limits",
            "overload",
            "cache",
            "database",
            "breakers",
            "alerts",
            "schedules",
            "events",
            "settings",
        )
    ),
    *(
        f"/admin/console/{name}/?period=30d&now"
        for name in ("traffic", "queue", "workers", "limits", "overload", "cache", "database")
    ),
)


@dataclass
class Took:
    """Milliseconds, by round."""

    anew: list[float] = field(default_factory=list)
    shared: list[float] = field(default_factory=list)


@contextlib.contextmanager
def installation(kind: str) -> Iterator[Installation]:
    keeper = services.Keeper()
    try:
        os.environ[bed.POSTGRESQL] = keeper.services.postgresql_url
        os.environ[bed.REDIS] = keeper.services.redis_url
        with tempfile.TemporaryDirectory(prefix="contentcreate-bench-") as folder:
            os.environ[bed.SHARED_FOLDER] = folder
            with PairMaker() as pairs, Installation.on(pairs.new(kind)) as installed:
                yield installed
    finally:
        keeper.stop()


def measure(installed: Installation, session: str) -> dict[str, Took]:
    took = {page: Took() for page in PAGES}
    for number in range(ROUNDS + 1):
        for page, times in took.items():
            address = f"{installed.base_url}{page}{'&' if '?' in page else '?'}"
            anew = _seconds(f"{address}since={time.time():.3f}", session) * 1000
            shared = _seconds(address.rstrip("?&"), session) * 1000
            if number:  # the first round imports
                times.anew.append(anew)
                times.shared.append(shared)
    return took


def _seconds(address: str, session: str) -> float:
    request = urllib.request.Request(address, headers={"Cookie": f"sessionid={session}"})
    began = time.perf_counter()
    with urllib.request.urlopen(request, timeout=30) as answer:
        answer.read()
    return time.perf_counter() - began


def main() -> int:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("--embedded", action="store_true", help="SQLite, no Redis")
    # Whoever stops it by a signal finds nothing of it running afterwards.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    kind = "embedded" if parser.parse_args().embedded else "production"
    with installation(kind) as installed:
        made = installed.manage("demo", "traffic", "--days", "30", "--rps", "100", "--json").stdout
        print(f"{json.loads(made)['slots']:,} slots of 30 days at 100 requests a second\n")
        session = signed_in(installed)
        installed.start_web(WEB_PROCESSES="1")
        found = measure(installed, session)
    slow = 0
    for page, times in found.items():
        is_slow = median(times.anew) > GOAL_MS
        slow += is_slow
        mark = "  too slow" if is_slow else ""
        anew, most, shared = median(times.anew), max(times.anew), median(times.shared)
        print(f"{anew:8.0f} ms anew, at most {most:5.0f}  {shared:6.0f} ms shared  {page}{mark}")
    return int(slow > 0)


if __name__ == "__main__":
    sys.exit(main())
