"""Limits of a real installation: several web processes, stores that go away, edits under load."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests import bed
from tests.ops.limits.own_redis import OwnRedis
from tests.processes import Installation

READ = "/api/v1/analyses/an_0000000000000000000000"
USUAL = {"RATE_LIMIT_FACTOR": "1", "GATE": "0"}


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


def limits(installed, *words):
    return json.loads(installed.manage("limits", *words, "--json").stdout)


def test_of_400_requests_on_40_connections_exactly_the_quota_passes(own_installation):
    limits(own_installation, "set", "anonymous-read", "--quota", "100")
    own_installation.start_web(**USUAL, REDIS_PATIENCE_SECONDS="5")

    with ThreadPoolExecutor(40) as threads:
        answers = threads.map(lambda _: ask(own_installation, 10), range(40))
        statuses = Counter(status for answer in answers for status in answer)

    # A machine that is too busy for its database answers 503, which costs nobody anything.
    assert statuses[404] == 100
    assert set(statuses) <= {404, 429, 503}


class Load(threading.Thread):
    """Asks without a pause until it is told to stop; remembers when which answer came."""

    def __init__(self, installed):
        super().__init__()
        self.installed, self.answers, self.stopping = installed, [], threading.Event()

    def run(self):
        while not self.stopping.is_set():
            for status in ask(self.installed, 10):
                self.answers.append((time.monotonic(), status))

    def last(self, status, since):
        return max((at for at, s in self.answers if s == status and at > since), default=since)


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


def test_all_processes_obey_an_edit_under_load_within_a_second(own_installation, load):
    limits(own_installation, "set", "address", "--quota", "1000000")
    limits(own_installation, "set", "anonymous-read", "--quota", "1000000")
    own_installation.start_web(**USUAL, REDIS_PATIENCE_SECONDS="5")
    running = load(own_installation)
    time.sleep(1)

    limits(own_installation, "set", "anonymous-read", "--quota", "1")
    edited = time.monotonic()  # the command has ended: it may have been obeyed for a while
    time.sleep(2)
    late = max(one.last(404, edited) for one in running) - edited
    limits(own_installation, "set", "anonymous-read", "--quota", "1000000")
    loosened = time.monotonic()
    time.sleep(2)
    late_again = max(one.last(429, loosened) for one in running) - loosened

    assert late < 1
    assert late_again < 1


@pytest.fixture
def with_own_redis(pairs, tmp_path):
    server = OwnRedis(tmp_path)
    pair = bed.Pair("production", pairs.new("production").database_url, server.url)
    with Installation.on(pair) as installed:
        yield installed, server
    server.stop()


def test_whatever_happens_to_redis_under_load_nobody_gets_an_error(with_own_redis, load):
    installed, server = with_own_redis
    limits(installed, "set", "address", "--quota", "1000000")
    limits(installed, "set", "anonymous-read", "--quota", "1000000")
    installed.start_web(**USUAL)
    running = load(installed)

    for happens in (server.flush, server.freeze, server.thaw, server.stop, server.start):
        time.sleep(0.7)
        happens()
    time.sleep(1)

    statuses = Counter(status for one in running for _, status in one.answers)
    assert set(statuses) == {404}
    assert statuses[404] > 100
