"""Limits of a real installation: several web processes, stores that go away, edits under load."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests import bed
from tests.ops.limits.own_redis import OwnRedis
from tests.processes import ROOT, Installation

READ = "/api/v1/analyses/an_0000000000000000000000"
OUR_TURN = {"RATE_LIMIT_FACTOR": "1", "GATE": "0", "REDIS_PATIENCE_SECONDS": "5"}
OBEYED_WITHIN_SECONDS = 1.0
STAFF = """
import json, sys, django
django.setup()
from django.core.management import call_command
for line in sys.stdin:
    call_command("limits", *json.loads(line))
    print("done", flush=True)
"""


class Staff:
    """The command of the staff, started once: it returns when the edit is committed."""

    def __init__(self, installed):
        env = installed.env | {"DJANGO_SETTINGS_MODULE": "contentcreate.settings"}
        self._terminal = subprocess.Popen(
            [sys.executable, "-c", STAFF],
            cwd=ROOT, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def limits(self, *words):
        self._terminal.stdin.write(json.dumps(words) + "\n")
        self._terminal.stdin.flush()
        while (line := self._terminal.stdout.readline()) != "done\n":
            assert line, "The command failed."
        return time.monotonic()

    def quota(self, quota):
        return self.limits("set", "anonymous-read", "--quota", str(quota))

    def leave(self):
        self._terminal.communicate(timeout=10)


@pytest.fixture
def staff():
    at_work = []

    def start(installed):
        at_work.append(Staff(installed))
        return at_work[0]

    yield start
    for one in at_work:
        one.leave()


def ask(installed, count=1, path=READ, **headers):
    """Statuses of requests over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", installed.port, timeout=30)
    statuses = []
    for _ in range(count):
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        statuses.append(answer.status)
    connection.close()
    return statuses


def burst(installed, connections, requests):
    """How many of them all were answered."""
    with ThreadPoolExecutor(connections) as threads:
        answers = threads.map(lambda _: ask(installed, requests), range(connections))
        statuses = Counter(status for answer in answers for status in answer)
    # A machine that is too busy for its database answers 503, which costs nobody anything.
    assert set(statuses) <= {404, 429, 503}
    return statuses[404]


class Load(threading.Thread):
    """Asks without a pause until it is told to stop; remembers when which answer came."""

    def __init__(self, installed):
        super().__init__()
        self.installed, self.answers, self.stopping = installed, [], threading.Event()

    def run(self):
        while not self.stopping.is_set():
            for status in ask(self.installed, 10):
                self.answers.append((time.monotonic(), status))

    def last(self, status, since, until=float("inf")):
        times = (at for at, s in self.answers if s == status and since < at < until)
        return max(times, default=since)


@pytest.fixture
def load():
    running = []

    def start(installed, connections=4):
        running.extend(Load(installed) for _ in range(connections))
        for one in running:
            one.start()
        return running

    yield start
    for one in running:
        one.stopping.set()
    for one in running:
        one.join(30)


def test_the_quota_is_exact_and_every_edit_is_obeyed_without_a_fresh_one(
    own_installation, staff, load
):
    desk = staff(own_installation)
    own_installation.start_web(**OUR_TURN)
    desk.limits("set", "address", "--quota", "1000000")
    desk.limits("set", "anonymous-read", "--quota", "100", "--window-seconds", "600")
    time.sleep(OBEYED_WITHIN_SECONDS)

    assert burst(own_installation, connections=40, requests=10) == 100

    for edit, more in (
        (("set", "anonymous-read", "--quota", "130"), 30),
        (("set", "anonymous-read", "--quota", "120"), 0),
        (("strict", "--anonymous", "0.5", "--reason", "attack"), 0),
        (("set", "anonymous-read", "--quota", "300"), 20),
        (("strict", "--off"), 40),
    ):
        desk.limits(*edit)
        time.sleep(OBEYED_WITHIN_SECONDS)
        assert burst(own_installation, connections=8, requests=5) == min(more, 40), edit

    running = load(own_installation)
    loosened = desk.quota(1_000_000)
    time.sleep(OBEYED_WITHIN_SECONDS)
    tightened = desk.quota(1)
    time.sleep(1.2 * OBEYED_WITHIN_SECONDS)
    assert max(one.last(429, loosened, tightened) for one in running) - loosened < 1
    assert max(one.last(404, tightened) for one in running) - tightened < 1


@pytest.fixture
def with_own_redis(pairs, tmp_path):
    server = OwnRedis(tmp_path)
    pair = bed.Pair("production", pairs.new("production").database_url, server.url)
    with Installation.on(pair) as installed:
        yield installed, server
    server.stop()


def test_whatever_happens_to_redis_under_load_nobody_gets_an_error(with_own_redis, load):
    installed, server = with_own_redis
    installed.start_web(GATE="0")
    running = load(installed)

    for happens in (server.flush, server.freeze, server.thaw, server.stop, server.start):
        time.sleep(0.7)
        happens()
    time.sleep(1)

    statuses = Counter(status for one in running for _, status in one.answers)
    assert set(statuses) == {404}
    assert statuses[404] > 100
