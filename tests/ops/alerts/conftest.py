from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.ops.metrics.conftest import counted, now, told

__all__ = ["counted", "now", "told"]


@dataclass
class Receiver:
    """A web server on this machine that keeps what is posted to it."""

    url: str = ""
    status: int = 200
    location: str = ""
    posts: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture(autouse=True)
def nothing_is_judged_yet() -> None:
    """A judgement holds for a minute, and many tests are at the same one."""
    from ops.alerts import signals

    signals._judged.clear()


@pytest.fixture
def receiver(settings) -> Iterator[Receiver]:
    settings.OPS_ALERT_NETWORKS = ["127.0.0.0/8"]
    received = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.posts.append((dict(self.headers), body))
            self.send_response(received.status)
            if received.location:
                self.send_header("Location", received.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    received.url = f"http://127.0.0.1:{server.server_port}/hook?x=1"
    yield received
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def channel(receiver):
    """Makes a channel that leads to the receiver."""
    from ops.models import AlertChannel, Severity
    from ops.webhooks.signatures import new_secret

    def make(kind="webhook", **values):
        usual = {
            "name": f"our {kind}",
            "target": receiver.url,
            "secret": new_secret(),
            "minimum_severity": Severity.INFO,
        }
        return AlertChannel.objects.create(kind=kind, **{**usual, **values})

    return make


@pytest.fixture
def rule():
    """The only rule there is: broken while more than ten jobs wait."""
    from ops.models import AlertRule

    AlertRule.objects.all().delete()
    return AlertRule.objects.create(
        name="Crowd",
        signal="queue_waiting",
        threshold=10,
        for_seconds=60,
        keep_firing_seconds=120,
        severity="warning",
        summary="Many jobs wait",
        runbook="Add workers.",
    )


@pytest.fixture
def look(rule):
    """`look(75, waiting=20)`: what the watch finds 75 seconds after the start."""
    from ops.alerts.evaluation import evaluate
    from ops.metrics.metric import Kind
    from ops.metrics.register import BY_NAME
    from ops.metrics.store import save
    from ops.metrics.tally import Tally

    start = datetime(2026, 11, 20, 12, tzinfo=UTC)

    def at(seconds, *, waiting=None):
        moment = start + timedelta(seconds=seconds)
        if waiting is not None:
            tally = Tally(BY_NAME)
            minute = int(moment.timestamp() // 60)
            tally.add(Kind.GAUGE, "queue_waiting", waiting, {}, minute)
            save(minute, tally.take()[minute])
        evaluate(moment)
        return moment

    return at
