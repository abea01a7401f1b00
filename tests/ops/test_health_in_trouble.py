"""What do probes hear when a part of a real installation is gone, or accepts and says nothing?"""

from __future__ import annotations

import contextlib
import json
import socket
import time
import urllib.error
import urllib.request

import pytest

from tests.processes import Installation

NOWHERE = 1  # nobody listens on port 1
A_SECOND_AND_A_LITTLE = 2.0


@pytest.fixture
def frozen_port():
    """Takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def production(pairs):
    with Installation.on(pairs.new("production")) as installed:
        yield installed


def ask(installed, path, headers=None):
    """Status, JSON or text, and how long it took."""
    request = urllib.request.Request(installed.base_url + path, headers=headers or {})
    started = time.perf_counter()
    try:
        answer = urllib.request.urlopen(request, timeout=10)
    except urllib.error.HTTPError as refused:
        answer = refused
    with contextlib.closing(answer):
        body = answer.read().decode()
    seconds = time.perf_counter() - started
    return answer.status, json.loads(body) if body.startswith("{") else body, seconds


def test_whoever_has_the_console_open_without_a_database_is_told_so(production):
    production.start_web(DATABASE_URL=f"postgres://nobody@127.0.0.1:{NOWHERE}/nothing")
    known = {"Cookie": f"sessionid={'a' * 32}"}

    status, found, _ = ask(production, "/admin/console/queue/", known)

    assert status == 503
    assert "Our database cannot be reached" in found
    assert "manage.py doctor" in found


def test_without_redis_it_still_serves(production):
    production.start_web(REDIS_URL=f"redis://127.0.0.1:{NOWHERE}/0")

    status, found, _ = ask(production, "/readyz")

    assert status == 200
    assert found["status"] == "degraded"
    assert found["checks"]["redis"]["status"] == "degraded"
    assert found["checks"]["database"]["status"] == "ok"


def test_a_frozen_redis_keeps_nobody_waiting(production, frozen_port):
    production.start_web(REDIS_URL=f"redis://127.0.0.1:{frozen_port}/0")

    status, found, seconds = ask(production, "/readyz")

    assert status == 200
    assert found["checks"]["redis"]["status"] == "degraded"
    assert seconds < A_SECOND_AND_A_LITTLE


@pytest.mark.parametrize("kind", ["refusing", "frozen"])
def test_without_its_database_it_lives_but_is_not_ready(production, frozen_port, kind):
    port = frozen_port if kind == "frozen" else NOWHERE
    production.start_web(DATABASE_URL=f"postgres://nobody@127.0.0.1:{port}/nothing")

    ready, found, seconds = ask(production, "/readyz")
    alive, _, soon = ask(production, "/livez")

    assert ready == 503
    assert found["checks"]["database"]["status"] == "down"
    assert seconds < A_SECOND_AND_A_LITTLE
    assert (alive, soon < 0.5) == (200, True)


def test_web_and_worker_log_json_lines(production):
    web, worker = production.start_web(), production.start_worker()
    ask(production, "/errors")
    deadline = time.monotonic() + 20
    while "{" not in worker.output() and time.monotonic() < deadline:
        time.sleep(0.1)

    (request,) = [line for line in json_lines(web) if line["event"] == "request"]
    assert request["route"] == "/errors"
    assert request["request_id"].startswith("req_")
    assert all({"event", "level", "timestamp"} <= line.keys() for line in json_lines(worker))
    assert json_lines(worker)


def json_lines(process):
    lines = process.output().splitlines()
    return [json.loads(line) for line in lines if line.startswith("{")]
