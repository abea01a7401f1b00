"""How fast, how fair and how frugal is the queue, beside others on the same machine?

    python -m bench.queue [throughput] [latency] [claims] [fairness] [idle]
                          [--peers PYTHON] [--rounds 3] [--jobs 3000]

`--peers` names the interpreter of an environment with celery, procrastinate, dramatiq, rq, huey.
Every job of every system counts itself in Redis (bench/peers/queues/mark.py); two worker
processes; jobs are submitted first, then the workers start, and the clock runs from the tenth
part of the jobs to the last. Systems take turns within a round: a noisy minute meets all of them.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import redis

from bench.stores import Stores, running, stores, wait_until

# Of the jobs: the first ones find workers that still import what the job needs.
WARM_UP = 0.1

HERE = Path(__file__).parent / "peers" / "queues"


@dataclass(frozen=True)
class System:
    name: str
    script: str
    is_peer: bool = False
    sqlite: bool = False
    env: dict[str, str] = field(default_factory=dict)
    share: float = 1.0
    """Of the jobs: what is slow does fewer of them."""


SYSTEMS = [
    System("ours, PostgreSQL", "ours"),
    System("django-q2 ORM, PostgreSQL", "stock", share=0.3),
    System("django-q2 Redis", "stock", env={"BENCH_BROKER": "redis"}, share=0.5),
    System("ours, SQLite", "ours", sqlite=True),
    System("django-q2 ORM, SQLite", "stock", sqlite=True, share=0.3),
    System("Celery, Redis, late acks", "celery_late", is_peer=True),
    System("Procrastinate, PostgreSQL", "procrastinate_", is_peer=True),
    System("Dramatiq, Redis", "dramatiq_", is_peer=True),
    System("RQ, Redis", "rq_", is_peer=True, share=0.1),
    System("Huey, Redis", "huey_", is_peer=True),
]


@dataclass
class Stage:
    """One system on empty stores."""

    system: System
    stores: Stores
    peers: str | None
    folder: Path

    def __post_init__(self) -> None:
        self.redis = redis.Redis.from_url(self.stores.redis_url)
        self.redis.flushall()
        if not self.system.sqlite:
            self._empty_database()
        self.run("prepare")

    def command(self, *words: object) -> list[str]:
        python = self.peers if self.system.is_peer and self.peers else sys.executable
        return [python, str(HERE / f"{self.system.script}.py"), *map(str, words)]

    def run(self, *words: object) -> float:
        started = time.monotonic()
        subprocess.run(self.command(*words), env=self.env, check=True, capture_output=True)
        return time.monotonic() - started

    @property
    def env(self) -> dict[str, str]:
        url = "" if self.system.sqlite else self.stores.postgresql_url
        return (
            dict(os.environ)
            | self.system.env
            | {
                "DATABASE_URL": url,
                "REDIS_URL": "",
                "BENCH_REDIS_URL": self.stores.redis_url,
                "DATA_DIR": str(self.folder),
                "SECRET_KEY": "only-for-measuring-" * 3,
                "LOG_LEVEL": "ERROR",
                "PYTHONPATH": str(HERE.parents[2]),
            }
        )

    def done(self) -> int:
        return int(self.redis.get("done") or 0)

    def _empty_database(self) -> None:
        import psycopg

        url = self.stores.postgresql_url.replace("postgres://", "postgresql://")
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")


def throughput(stage: Stage, jobs: int) -> float:
    """Jobs a second, until the last; from when all workers have warmed to the work."""
    number = int(jobs * stage.system.share)
    stage.run("submit", number)
    with running(stage.command("work"), env=stage.env):
        wait_until(lambda: stage.done() > number * WARM_UP, every=0.001)
        started, first = time.monotonic(), stage.done()
        wait_until(lambda: stage.done() >= number, seconds=120, every=0.005)
        return (stage.done() - first) / (time.monotonic() - started)


def latency(stage: Stage, samples: int) -> list[float]:
    """Milliseconds from submission to the job's first line, with idle workers."""
    with running(stage.command("work"), env=stage.env):
        wait_until(lambda: _answers(stage), seconds=40)
        stage.redis.delete("waits")
        stage.run("latency", samples)
        wait_until(lambda: stage.redis.llen("waits") >= samples, seconds=5)
    return sorted(1000 * float(wait) for wait in stage.redis.lrange("waits", 0, -1))


def _answers(stage: Stage) -> bool:
    """Both workers have done something, so that nobody's first import is measured."""
    if stage.done() < 12:
        stage.run("latency", 4)
    return stage.done() >= 12


def idle(stage: Stage, seconds: float = 20) -> float:
    """Percent of one core that a cluster with nothing to do takes."""
    import psutil

    with running(stage.command("work"), env=stage.env) as process:
        time.sleep(6)
        tree = [psutil.Process(process.pid)]
        tree += tree[0].children(recursive=True)
        before = sum(sum(one.cpu_times()[:2]) for one in tree)
        time.sleep(seconds)
        return 100 * (sum(sum(one.cpu_times()[:2]) for one in tree) - before) / seconds


def compare(stores: Stores, options: argparse.Namespace) -> None:
    for measure in [name for name in ("throughput", "latency", "idle") if name in options.what]:
        measured: dict[str, list[float]] = {}
        for _ in range(options.rounds if measure == "throughput" else 1):
            for system in _systems(options):
                with tempfile.TemporaryDirectory() as folder:
                    stage = Stage(system, stores, options.peers, Path(folder))
                    _measure(measure, stage, measured, options)
        _tell(measure, measured)


def _measure(
    measure: str, stage: Stage, measured: dict[str, list[float]], options: argparse.Namespace
) -> None:
    found = measured.setdefault(stage.system.name, [])
    if measure == "throughput":
        found.append(throughput(stage, options.jobs))
    elif measure == "latency":
        found.extend(latency(stage, 60))
    elif stage.system.script in {"ours", "stock"}:
        found.append(idle(stage))
    print(f"  {measure} {stage.system.name}: {found[-1:]}", file=sys.stderr)


def _tell(measure: str, measured: dict[str, list[float]]) -> None:
    print(f"\n{measure}")
    for name, found in measured.items():
        if not found:
            continue
        middle = statistics.median(found)
        if measure == "latency":
            late = found[int(0.95 * len(found))]
            print(f"  {name:<28} p50 {middle:6.1f} ms   p95 {late:6.1f} ms")
        elif measure == "idle":
            print(f"  {name:<28} {middle:6.2f} % of a core")
        else:
            own = "ours, SQLite" if "SQLite" in name else "ours, PostgreSQL"
            ratio = statistics.median(measured.get(own) or [middle]) / middle
            print(f"  {name:<28} {middle:8.0f} jobs/s   {own} is {ratio:5.2f} x")


def _systems(options: argparse.Namespace) -> list[System]:
    wanted = [system for system in SYSTEMS if not system.is_peer or options.peers]
    names = options.only.split(",")
    return [system for system in wanted if any(name in system.name for name in names)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", default=["throughput", "latency", "claims", "fairness"])
    parser.add_argument("--peers", help="python with the peers installed")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=3000)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--only", default="", help="parts of names, with commas between")
    options = parser.parse_args()
    with stores() as private:
        compare(private, options)
        if {"claims", "fairness"} & set(options.what):
            with tempfile.TemporaryDirectory() as folder:
                ours = Stage(SYSTEMS[0], private, None, Path(folder))
                for name in [name for name in ("fairness", "claims") if name in options.what]:
                    # A script's own folder comes first on its path, and there `queue` is this file.
                    words = [sys.executable, "-m", f"bench.queue_{name}", str(options.rows)]
                    subprocess.run(words, env=ours.env, check=True)


if __name__ == "__main__":
    assert importlib.util.find_spec("bench"), "python -m bench.queue"
    main()
