"""Which applications are measured? Ours, ours without its gate, and a stock one, each real."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import psutil
import psycopg

from bench.load import SHORT_WORDS
from tests import services
from tests.processes import Installation, PairMaker

ROOT = Path(__file__).parents[2]
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


@dataclass(frozen=True)
class Subject:
    """One running application."""

    name: str
    port: int
    database_url: str
    finished_sql: str
    keys: dict[str, list[str]]
    pids: tuple[int, ...]
    result: str = ""
    """The path of a finished analysis."""
    words: int = SHORT_WORDS
    """How long the texts are that it is sent."""

    def at(self, port: int) -> Subject:
        """The same one, by another door."""
        return replace(self, port=port)

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

    def everybody(self) -> list[dict]:
        """The mix of a spike. Each client has an address."""
        many, few, office, home = (
            [f"127.0.{net}.{number}" for number in range(1, count + 1)]
            for net, count in enumerate((KEYS, 4, 20, 20), start=1)
        )
        free, premium = self.keys.get("free", []), self.keys.get("premium", [])
        reads = {"method": "GET", "path": self.result}
        submits = {"method": "POST", "path": "/api/v1/analyses", "words": self.words}
        return [
            {"name": "free", "share": 70, "keys": free, "addresses": many, **submits},
            {"name": "anonymous", "share": 20, "keys": [], "addresses": few, **submits},
            {"name": "premium", "share": 5, "keys": premium, "addresses": office, **submits},
            {"name": "own result", "share": 5, "keys": [], "addresses": home, **reads},
        ]

    @property
    def addresses(self) -> int:
        return sum(len(kind["addresses"]) for kind in self.everybody())

    def important(self) -> list[dict]:
        """Premium and critical requests alone, half and half."""
        return [kind | {"share": 50} for kind in self.everybody()[2:]]

    def level(self) -> str:
        return str(self.ask("GET", "/api/v1/limits").get("service", {}).get("level", ""))

    def ask(self, method: str, path: str, content: str = "") -> dict:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            body = json.dumps({"content": content}) if content else None
            connection.request(method, path, body, {"Content-Type": "application/json"})
            return json.loads(connection.getresponse().read())
        finally:
            connection.close()


@contextlib.contextmanager
def opened(name: str, pairs: PairMaker) -> Iterator[Subject]:
    with stock(pairs) if name == "stock" else ours(name, pairs) as subject:
        yield settled(subject)


@contextlib.contextmanager
def ours(name: str, pairs: PairMaker, **more: str) -> Iterator[Subject]:
    with Installation.on(pairs.new("production")) as installed:
        made = installed.manage("shell", "-c", MAKE_KEYS).stdout
        settings = {
            "GATE": GATE[name],
            "LOG_LEVEL": "ERROR",
            "WAIT_PROMISE_SECONDS": "2",
            "RATE_LIMIT_REQUESTS": "1000000",
            "WEB_PROCESSES": "1",  # one processor
            "WORKERS": "1",
            "WEB_BACKPRESSURE": "1100",
            "TRUSTED_PROXIES": "127.0.0.1/32",
            **more,
        }
        web, worker = installed.start_web(**settings), installed.start_worker(**settings)
        yield Subject(
            name,
            installed.port,
            installed.pair.database_url,
            "SELECT count(*) FROM analysis_report",
            json.loads(made.partition("KEYS")[2]),
            (web.pid, worker.pid),
        )


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
    try:
        yield Subject("stock", port, url, sql, {}, tuple(process.pid for process in running))
    finally:
        for process in running:
            _end(process)


def _end(process: subprocess.Popen) -> None:
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(10)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)  # its children outlive it
    process.wait()


def settled(subject: Subject) -> Subject:
    """With one finished analysis, whose result clients then read."""
    deadline = time.monotonic() + 60
    while True:
        assert time.monotonic() < deadline, f"{subject.name} finishes nothing"
        with contextlib.suppress(OSError, ValueError):
            made = subject.ask("POST", "/api/v1/analyses", "One text.").get("id")
            if made and subject.finished():
                return replace(subject, result=f"/api/v1/analyses/{made}")
        time.sleep(0.5)
