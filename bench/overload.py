"""What does the service do when many times its capacity arrives?

    python -m bench.overload                        ours, ours without its gate, stock
    python -m bench.overload --only ours --seconds 8 --times 1 2 5 10

Real processes on private PostgreSQL and Redis: web, workers and stores on one processor, the load
on another one, on 127.0.0.1 alone. Load is open-loop: it does not wait for answers. Goodput is
reports finished per second of texts never seen before. First the capacity is found by doubling
the rate until goodput grows no more; the multiples are of that. Only ratios travel.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg

from tests import bed, services
from tests.processes import Installation, PairMaker

ROOT = Path(__file__).parents[1]
SERVERS, CLIENTS = 0, 1
WARM_UP_SECONDS = 3.0
FIRST_RATE = 10.0
KEYS = 40
PREMIUM_KEYS = 4
GATE = {"ours": "1", "no gate": "0"}
STOCK = {
    "web": "python -m granian --interface wsgi --port {port} --workers 1 --blocking-threads 32"
    " --no-ws --http 1 --log-level warning bench.peers.stock.wsgi:application",
    "worker": "python -m django qcluster",
}
MAKE_KEYS = f"""
from ops import keys
from ops.models import Client
import json
made = {{}}
for tier, count in (("free", {KEYS}), ("premium", {PREMIUM_KEYS})):
    clients = [Client.objects.create(name=f"{{tier}} {{n}}", tier=tier) for n in range(count)]
    made[tier] = [keys.mint(client).secret for client in clients]
print("KEYS" + json.dumps(made))
"""


@dataclass
class Subject:
    """One running application."""

    name: str
    port: int
    database_url: str
    finished_sql: str
    keys: dict[str, list[str]]
    pids: list[int]
    result: str = ""

    def finished(self) -> int:
        with psycopg.connect(self.database_url) as connection:
            return int(connection.execute(self.finished_sql).fetchone()[0])

    def memory_bytes(self) -> int:
        total = 0
        for pid in self.pids:
            with contextlib.suppress(psutil.Error):
                process = psutil.Process(pid)
                family = [process, *process.children(recursive=True)]
                total += sum(member.memory_info().rss for member in family)
        return total

    def kinds(self) -> list[dict]:
        submit = {"method": "POST", "path": "/api/v1/analyses"}
        return [
            {"name": "free", "share": 70, "keys": self.keys.get("free", []), **submit},
            {"name": "anonymous", "share": 20, "keys": [], **submit},
            {"name": "premium", "share": 5, "keys": self.keys.get("premium", []), **submit},
            {"name": "own result", "share": 5, "keys": [], "method": "GET", "path": self.result},
        ]


@dataclass(frozen=True)
class Point:
    offered: float
    goodput: float
    answers: dict
    memory_mb: int


def measure(subject: Subject, rate: float, seconds: float) -> Point:
    """Goodput while the load lasts, after a warm-up under the same load."""
    plan = {
        "port": subject.port,
        "kinds": subject.kinds(),
        "rate": rate,
        "seconds": WARM_UP_SECONDS + seconds,
        "processor": CLIENTS,
    }
    load = subprocess.Popen(
        [sys.executable, "-m", "bench.load"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    load.stdin.write(json.dumps(plan))
    load.stdin.close()
    time.sleep(WARM_UP_SECONDS)
    before, began = subject.finished(), time.perf_counter()
    time.sleep(seconds)
    done, took = subject.finished() - before, time.perf_counter() - began
    memory = subject.memory_bytes()
    answers = json.loads(load.stdout.read())
    load.wait()
    return Point(rate, done / took, answers, memory // 2**20)


def capacity(subject: Subject, seconds: float) -> float:
    """The offered rate at which goodput is greatest, by doubling."""
    best, rate = 0.0, FIRST_RATE
    for _ in range(7):
        found = measure(subject, rate, seconds)
        tell(subject.name, "search", found)
        if found.goodput < best * 1.1:
            return best
        best, rate = found.goodput, rate * 2
    return best


def tell(name: str, what: str, point: Point) -> None:
    def kind(name: str) -> str:
        found = point.answers[name]
        statuses = found["statuses"]
        good = sum(count for status, count in statuses.items() if status in ("200", "202"))
        total = sum(statuses.values()) or 1
        odd = {s: n for s, n in statuses.items() if s not in ("200", "202")}
        return f"{name} {good / total:.1%} p99 {found['p99_ms']:.0f} ms" + (
            f" {odd}" if odd else ""
        )

    kinds = " · ".join(kind(name) for name in point.answers)
    print(
        f"{name:8} {what:>7} offered {point.offered:6.0f}/s goodput {point.goodput:6.1f}/s"
        f" {point.memory_mb} MB · {kinds}",
        flush=True,
    )


@contextlib.contextmanager
def ours(pairs: PairMaker, name: str) -> Iterator[Subject]:
    with Installation.on(pairs.new("production")) as installed:
        made = installed.manage("shell", "-c", MAKE_KEYS).stdout
        keys = json.loads(made.partition("KEYS")[2])
        settings = {
            "GATE": GATE[name],
            "LOG_LEVEL": "ERROR",
            "WAIT_PROMISE_SECONDS": "2",
            "RATE_LIMIT_REQUESTS": "1000000",
            "WEB_PROCESSES": "1",  # one processor
            "WORKERS": "1",
        }
        web, worker = installed.start_web(**settings), installed.start_worker(**settings)
        with settled(
            Subject(
                name,
                installed.port,
                installed.pair.database_url,
                "SELECT count(*) FROM analysis_report",
                keys,
                [web.pid, worker.pid],
            )
        ) as subject:
            yield subject


@contextlib.contextmanager
def stock(pairs: PairMaker) -> Iterator[Subject]:
    url, port = pairs.new("production").database_url, services.free_port()
    env = os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "bench.peers.stock.settings",
        "PYTHONPATH": str(ROOT),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    sync = [sys.executable, "-m", "django", "migrate", "--run-syncdb", "--verbosity=0"]
    subprocess.run(sync, env=env, cwd=ROOT, check=True)
    running = [
        subprocess.Popen(
            command.format(port=port).split(),
            env=env,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for command in STOCK.values()
    ]
    sql = "SELECT count(*) FROM stock_text WHERE report IS NOT NULL"
    pids = [process.pid for process in running]
    try:
        with settled(Subject("stock", port, url, sql, {}, pids)) as subject:
            yield subject
    finally:
        for process in running:
            process.terminate()
        for process in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # its children outlive it
            process.wait()


@contextlib.contextmanager
def settled(subject: Subject) -> Iterator[Subject]:
    """With one finished analysis, whose result clients then read."""
    import http.client

    deadline = time.monotonic() + 60
    while not subject.finished():
        assert time.monotonic() < deadline, f"{subject.name} finishes nothing"
        with contextlib.suppress(OSError):
            connection = http.client.HTTPConnection("127.0.0.1", subject.port, timeout=5)
            body, headers = (
                json.dumps({"content": "One text."}),
                {"Content-Type": "application/json"},
            )
            connection.request("POST", "/api/v1/analyses", body, headers)
            answer = json.loads(connection.getresponse().read())
            if "id" in answer:
                subject.result = f"/api/v1/analyses/{answer['id']}"
        time.sleep(0.5)
    yield subject


def run(subject: Subject, words: argparse.Namespace, rate: float | None) -> dict:
    base = rate or capacity(subject, words.seconds)
    points = {}
    for times in words.times:
        points[times] = measure(subject, base * times, words.seconds)
        tell(subject.name, f"{times:g}x", points[times])
    peak = max(point.goodput for point in points.values()) or 1
    kept = {f"{times:g}x": round(point.goodput / peak, 3) for times, point in points.items()}
    print(f"{subject.name}: capacity {base:.0f}/s, goodput kept {kept}", flush=True)
    return {"capacity": base, "kept": kept}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=["ours", "no gate", "stock"])
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--times", type=float, nargs="+", default=[1, 2, 5, 10])
    parser.add_argument("--capacity", type=float, help="requests per second, instead of a search")
    words = parser.parse_args()
    keeper = services.Keeper()
    os.environ[bed.POSTGRESQL] = keeper.services.postgresql_url
    os.environ[bed.REDIS] = keeper.services.redis_url
    folder = tempfile.TemporaryDirectory(prefix="contentcreate-bench-")
    os.environ[bed.SHARED_FOLDER] = folder.name
    os.sched_setaffinity(0, {SERVERS})  # whatever is started from here inherits it
    results = {}
    try:
        with PairMaker() as pairs:
            for name in [words.only] if words.only else ["ours", "no gate", "stock"]:
                opened = stock(pairs) if name == "stock" else ours(pairs, name)
                with opened as subject:
                    results[name] = run(subject, words, words.capacity)
    finally:
        keeper.stop()
        folder.cleanup()
    print(json.dumps(results))


if __name__ == "__main__":
    main()
