"""Procrastinate on PostgreSQL, two workers."""

import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from procrastinate import App, PsycopgConnector, SyncPsycopgConnector

from bench.peers.queues.mark import mark
from bench.peers.queues.speak import speak

URL = os.environ["DATABASE_URL"].replace("postgres://", "postgresql://")
is_submitting = sys.argv[1] in {"submit", "latency", "prepare"}
app = App(connector=(SyncPsycopgConnector if is_submitting else PsycopgConnector)(conninfo=URL))


@app.task(name="mark")
def mark_task(submitted_at: float) -> None:
    mark(submitted_at)


def prepare() -> None:
    with app.open():
        app.schema_manager.apply_schema()


def work() -> None:
    if len(sys.argv) == 2:
        second = subprocess.Popen([sys.executable, __file__, "work", "1"])
    app.run_worker(concurrency=1, install_signal_handlers=False)
    second.kill()


if __name__ == "__main__":
    if is_submitting:
        app.open()
    speak(submit=lambda at: mark_task.defer(submitted_at=at), work=work, prepare=prepare)
