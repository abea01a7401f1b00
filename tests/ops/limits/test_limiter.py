from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.retry import Retry

from ops.limits.decisions import Source
from ops.limits.gate import Gate
from ops.limits.limiter import Limiter
from ops.limits.policies import Asker, Policies, Policy
from ops.limits.stores import StoreSilentError, StoreUnavailableError
from ops.limits.stores.redis import RedisStore
from ops.limits.stores.sqlite import SqliteStore
from tests.ops.limits import clocks
from tests.ops.limits.own_redis import OwnRedis
from tests.processes import ROOT

SOMEBODY = Asker("client:1", "free", "192.0.2.1", "192.0.2.1")
QUOTA = Policy(1, "quota", 100, 60)


def redis_store(url):
    retry = Retry(NoBackoff(), 1, supported_errors=(RedisConnectionError,))
    client = Redis.from_url(url, socket_timeout=0.05, socket_connect_timeout=0.05, retry=retry)
    return RedisStore(client)


@pytest.fixture(params=["sqlite", "redis"])
def address(request, tmp_path):
    """Where processes of their own find the same store."""
    if request.param == "sqlite":
        return str(tmp_path / "limits.sqlite3")
    client = clocks.new_redis()
    place = client.connection_pool.connection_kwargs
    return f"redis://{place['host']}:{place['port']}/{place['db']}"


def open_store(address):
    if address.startswith("redis:"):
        return RedisStore(Redis.from_url(address, socket_timeout=5))
    from pathlib import Path

    return SqliteStore(Path(address))


@pytest.fixture
def limiter(address):
    store = open_store(address)
    yield Limiter(store, patience_seconds=5)
    if isinstance(store, SqliteStore):
        store.close()


def hits(limiter, times, policies=(QUOTA,)):
    return sum(limiter.hit(policies, SOMEBODY).allowed for _ in range(times))


def test_of_400_requests_on_40_threads_exactly_the_quota_passes(limiter):
    limiter.blocked.remember = lambda decision: None  # every request asks the store

    with ThreadPoolExecutor(40) as threads:
        admitted = sum(threads.map(lambda _: hits(limiter, 10), range(40)))

    assert admitted == 100


FOUR_PROCESSES = """
import os, sys, time
from tests.ops.limits.test_limiter import Limiter, hits, open_store

begins_at, pipes = time.time() + 0.2, []
for _ in range(4):
    reads, writes = os.pipe()
    pipes.append(reads)
    if os.fork() == 0:
        limiter = Limiter(open_store(sys.argv[1]), patience_seconds=5)
        limiter.blocked.remember = lambda decision: None
        time.sleep(max(0, begins_at - time.time()))
        os.write(writes, str(hits(limiter, 100)).encode())
        os._exit(0)
    os.close(writes)
print(sum(int(os.read(pipe, 99) or -999) for pipe in pipes))
"""


def test_of_400_requests_of_4_processes_exactly_the_quota_passes(address):
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "contentcreate.settings"}

    done = subprocess.run(
        [sys.executable, "-c", FOUR_PROCESSES, address],
        cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert done.stdout.strip() == "100", done.stderr


def test_whoever_was_refused_is_refused_from_memory(limiter, monkeypatch):
    hits(limiter, 101)
    asked = []
    monkeypatch.setattr(limiter.store, "spend", lambda *a, **k: asked.append(a))

    decision = limiter.hit([QUOTA], SOMEBODY)

    assert (decision.allowed, decision.source, asked) == (False, Source.MEMORY, [])
    assert 0 < decision.wait_ms <= 66_000


def test_a_loosened_policy_forgives_what_memory_knows(limiter):
    hits(limiter, 101)
    loosened = Policy(1, "quota", 101, 60)

    assert limiter.hit([loosened], SOMEBODY).allowed
    assert not limiter.hit([loosened], SOMEBODY).allowed


def test_a_tightened_policy_is_obeyed_at_once(limiter):
    hits(limiter, 50)

    assert hits(limiter, 10, [Policy(1, "quota", 40, 60)]) == 0


def test_a_failed_answer_costs_nothing(limiter):
    decision = limiter.hit([QUOTA], SOMEBODY)

    limiter.give_back(decision)

    assert hits(limiter, 150) == 100


def test_each_client_has_a_count_of_its_own(limiter):
    hits(limiter, 101)

    assert limiter.hit([QUOTA], Asker("client:2", "free")).allowed


def test_a_count_for_everyone_is_shared(limiter):
    together = [QUOTA, Policy(2, "all", 3, 60, scope="everyone")]

    assert hits(limiter, 10, together) == 3
    assert not limiter.hit(together, Asker("client:2", "free")).allowed


def test_a_refusal_that_many_share_tells_nobody_the_counts_of_another(limiter):
    together = Policies([QUOTA, Policy(2, "all", 1, 60, scope="everyone")])
    other = Asker("client:2", "free")
    hits(limiter, 2, together)

    refused = limiter.hit(together, other)

    assert (refused.allowed, refused.source) == (False, Source.MEMORY)
    assert [standing.policy.name for standing in refused.standings] == ["all"]
    assert [s.policy.name for s in limiter.hit(together, SOMEBODY).standings] == ["quota", "all"]


# --- When the store is away ----------------------------------------------------------------


@pytest.fixture
def own_redis(tmp_path):
    server = OwnRedis(tmp_path)
    yield server
    server.stop()


def slow_hits(limiter, times, policies=(QUOTA,)):
    """How many were let in, and the seconds of those that had to wait."""
    admitted, waits = 0, []
    for _ in range(times):
        started = time.perf_counter()
        admitted += limiter.hit(policies, SOMEBODY).allowed
        waits.append(time.perf_counter() - started)
    return admitted, sorted(waits, reverse=True)


def until(condition, seconds):
    ends_at = time.monotonic() + seconds
    while not condition() and time.monotonic() < ends_at:
        time.sleep(0.01)
    return condition()


def test_a_frozen_redis_costs_one_short_wait_and_then_nothing(own_redis):
    limiter = Limiter(redis_store(own_redis.url), processes=2)
    hits(limiter, 1)
    own_redis.freeze()

    admitted, waits = slow_hits(limiter, 300)

    assert admitted == 50  # this process' share of 100
    assert len([wait for wait in waits if wait > 0.02]) <= 1
    assert waits[0] < 0.1
    assert limiter.gate.is_shut


def test_a_redis_that_freezes_under_40_threads_costs_three_of_them_its_timeout(own_redis):
    limiter = Limiter(redis_store(own_redis.url))
    hits(limiter, 1)
    waits, begin = [], threading.Barrier(40)
    own_redis.freeze()

    def work(_):
        begin.wait()
        waits.extend(slow_hits(limiter, 5)[1])

    with ThreadPoolExecutor(40) as threads:
        list(threads.map(work, range(40)))

    assert len([wait for wait in waits if wait > 0.049]) <= 3
    assert max(waits) < 0.15


def test_after_a_refused_redis_it_is_asked_again_within_two_seconds(own_redis):
    limiter = Limiter(redis_store(own_redis.url))
    hits(limiter, 1)
    own_redis.stop()

    admitted, waits = slow_hits(limiter, 150)
    own_redis.start()

    assert admitted == 100
    assert waits[0] < 0.1
    assert until(lambda: not limiter.gate.is_shut, 2)
    assert limiter.hit([QUOTA], Asker("client:9", "free")).source is Source.SHARED


def test_a_thawed_redis_is_asked_again_within_two_seconds_and_still_knows_the_counts(own_redis):
    limiter = Limiter(redis_store(own_redis.url))
    hits(limiter, 100)
    own_redis.freeze()
    limiter.hit([QUOTA], SOMEBODY)

    own_redis.thaw()

    assert until(lambda: not limiter.gate.is_shut, 2)
    limiter.blocked.clear()
    assert not limiter.hit([QUOTA], SOMEBODY).allowed


def test_a_restarted_or_flushed_redis_forgets_its_scripts_and_nobody_notices(own_redis):
    limiter = Limiter(redis_store(own_redis.url))
    hits(limiter, 1)

    own_redis.flush()
    own_redis.stop()
    own_redis.start()

    assert limiter.hit([QUOTA], SOMEBODY).source is Source.SHARED


def test_a_full_quota_is_no_failure_of_the_store(own_redis):
    """A refusal that counted as an outage would be answered by the insurance: a way around."""
    limiter = Limiter(redis_store(own_redis.url))

    assert hits(limiter, 300) == 100
    assert not limiter.gate.is_shut


def test_policies_say_what_holds_while_nobody_can_count(own_redis):
    limiter = Limiter(redis_store(own_redis.url))
    own_redis.stop()

    opened = limiter.hit([Policy(1, "open", 0, 60, when_blind="open")], SOMEBODY)
    closed = limiter.hit([Policy(2, "closed", 9, 60, when_blind="closed")], SOMEBODY)

    assert (opened.allowed, opened.source) == (True, Source.BLIND)
    assert (closed.allowed, closed.source) == (False, Source.BLIND)
    own_redis.start()


def test_places_are_this_process_share_while_redis_is_away(own_redis):
    limiter = Limiter(redis_store(own_redis.url), processes=2)
    places = Policy(3, "places", 6, 60, unit="places")
    own_redis.stop()

    taken = [limiter.take_place(places, SOMEBODY, str(n)) for n in range(5)]

    assert [place is not None for place in taken] == [True] * 3 + [False] * 2
    assert limiter.taken_places(places, SOMEBODY) == 3
    limiter.leave_place(taken[0])
    assert limiter.take_place(places, SOMEBODY, "next")
    closed = Policy(4, "closed", 6, 60, unit="places", when_blind="closed")
    assert limiter.take_place(closed, SOMEBODY, "one") is None
    opened = Policy(5, "open", 1, 60, unit="places", when_blind="open")
    assert limiter.take_place(opened, SOMEBODY, "one")
    own_redis.start()


def test_a_redis_that_takes_no_writes_counts_as_away(own_redis):
    limiter = Limiter(redis_store(own_redis.url))
    with Redis.from_url(own_redis.url) as admin:
        admin.config_set("maxmemory-policy", "noeviction")
        admin.config_set("maxmemory", "1")

        decision = limiter.hit([QUOTA], SOMEBODY)

    assert (decision.allowed, decision.source) == (True, Source.LOCAL)


def test_a_store_that_keeps_nothing_on_disk_is_replaced_by_memory(tmp_path):
    (tmp_path / "folder").write_text("in the way")
    limiter = Limiter(SqliteStore(tmp_path / "folder" / "limits.sqlite3"))

    assert hits(limiter, 150) == 100


def test_a_process_that_finds_another_making_the_file_waits_for_it(tmp_path):
    other = sqlite3.connect(tmp_path / "limits.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    limiter = Limiter(SqliteStore(tmp_path / "limits.sqlite3"))
    with ThreadPoolExecutor(1) as thread:
        decision = thread.submit(limiter.hit, [QUOTA], SOMEBODY)
        wait([decision], timeout=0.1)
        other.execute("COMMIT")

        assert decision.result().source is Source.SHARED

    other.close()


def test_a_store_that_answers_others_is_asked_again_before_it_counts_as_away():
    gate = Gate(lambda: None, patience_seconds=60)
    answers = iter([StoreSilentError("busy"), "at last"])

    def question():
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    gate.ask(lambda: "another is answered")

    assert gate.ask(question) == "at last"
    assert not gate.is_shut


def test_what_must_not_happen_twice_is_not_asked_again():
    gate = Gate(lambda: None, patience_seconds=60)
    gate.ask(lambda: "another is answered")
    asked = []

    def question():
        asked.append(1)
        raise StoreSilentError("busy")

    with pytest.raises(StoreUnavailableError):
        gate.ask(question, may_repeat=False)

    assert (len(asked), gate.is_shut) == (1, True)
