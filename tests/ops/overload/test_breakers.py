"""Dependencies that fail, hang or slow down, behind breakers that all processes share."""

import contextlib
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import caches
from django.utils import timezone
from redis import Redis

from analysis import reports
from ops.models import BreakerSwitch
from ops.overload.breaker import Breaker, Permit, Refusal, Rules
from ops.overload.breakers import Unavailable, dependency
from ops.overload.breakers.dependencies import DEPENDENCIES
from ops.overload.breakers.guard import Dependency
from ops.overload.breakers.stores import OwnStore, SharedStore, connect
from tests.factories import ReportFactory
from tests.processes import ROOT

RULES = Rules(open_seconds=0.2, probes=2, slow_seconds=1.0, jitter=0.0)


@pytest.fixture(autouse=True)
def clean():
    patient().flushdb()


def own(rules: Rules = RULES, places: int = 50) -> Dependency:
    return Dependency("tests", rules, OwnStore(rules), places=places)


def patient() -> Redis:
    """A busy machine is no dead Redis: a breaker would go its own way."""
    return Redis.from_url(settings.REDIS_URL)


def shared(rules: Rules = RULES, places: int = 50) -> Dependency:
    store = SharedStore("tests", rules, patient())
    return Dependency("tests", rules, store, places=places)


def fail():
    raise OSError


def try_call(dependency: Dependency, function) -> str:
    try:
        dependency.call(function)
    except Unavailable:
        return "refused"
    except OSError:
        return "failed"
    return "ok"


@pytest.mark.parametrize("make", [own, shared])
def test_a_dependency_of_which_half_fails_is_given_up_within_ten_calls(make):
    guarded = make()

    outcomes = [try_call(guarded, fail if number % 2 else int) for number in range(12)]

    assert outcomes[:10] == ["ok", "failed"] * 5
    assert outcomes[10:] == ["refused"] * 2


@pytest.mark.parametrize("make", [own, shared])
def test_it_recovers_through_its_probes(make):
    guarded = make()
    for _ in range(10):
        try_call(guarded, fail)
    with pytest.raises(Unavailable) as refused:
        guarded.call(int)
    time.sleep(refused.value.retry_after_seconds + 0.01)

    assert [try_call(guarded, int) for _ in range(20)] == ["ok"] * 20


@pytest.mark.parametrize("make", [own, shared])
def test_nothing_is_locked_while_calls_run(make):
    guarded, all_of_them = make(), threading.Barrier(10)

    with ThreadPoolExecutor(10) as pool:
        # Each returns only once all ten are inside.
        answers = [pool.submit(guarded.call, lambda: all_of_them.wait(20)) for _ in range(10)]

    assert sorted(answer.result() for answer in answers) == list(range(10))


def test_a_dependency_that_hangs_fills_only_its_bulkhead_and_gives_its_places_back():
    guarded, hanging, released = own(places=4), threading.Barrier(5), threading.Event()

    def hang():
        hanging.wait(5)
        return released.wait(5)

    with ThreadPoolExecutor(4) as pool:
        answers = [pool.submit(guarded.call, hang) for _ in range(4)]
        hanging.wait(5)
        with pytest.raises(Unavailable, match="places are taken"):
            guarded.call(int)
        released.set()

    assert all(answer.result() for answer in answers)
    assert guarded.call(int) == 0


def test_without_redis_the_processes_own_breaker_decides():
    store = SharedStore("tests", RULES, connect("redis://127.0.0.1:1/0"))
    guarded = Dependency("tests", RULES, store, places=50)

    outcomes = [try_call(guarded, fail) for _ in range(12)]

    assert outcomes == ["failed"] * 10 + ["refused"] * 2
    assert store.is_blind


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("position", "outcome"), [("open", "refused"), ("closed", "failed"), (None, "refused")]
)
def test_staff_may_hold_it_open_or_closed(position, outcome):
    guarded = own()
    for _ in range(10):
        try_call(guarded, fail)
    if position:
        BreakerSwitch.objects.create(breaker="tests", position=position)

    assert try_call(guarded, fail) == outcome


@pytest.mark.django_db
def test_what_staff_set_ends_by_itself():
    BreakerSwitch.objects.create(
        breaker="tests", position="open", ends_at=timezone.now() - timedelta(seconds=1)
    )

    assert try_call(own(), int) == "ok"


@pytest.mark.parametrize("name", ["url_fetch", "remote_analyzer", "webhooks"])
def test_what_few_workers_call_is_given_up_though_each_call_hangs_for_long(name):
    breaker, began = Breaker(DEPENDENCIES[name].rules), 1_000.0
    for number in range(4):
        permit = breaker.allow(now=began + 20 * number)
        breaker.report(permit, failed=True, seconds=20.0, now=began + 20 * (number + 1))

    assert isinstance(breaker.allow(now=began + 81), Refusal)


def test_a_model_that_answers_slowly_is_asked_all_the_same():
    breaker = Breaker(DEPENDENCIES["remote_analyzer"].rules)
    for number in range(20):
        permit = breaker.allow(now=19.0 * number)
        breaker.report(permit, failed=False, seconds=19.0, now=19.0 * (number + 1))

    assert isinstance(breaker.allow(now=19.0 * 21), Permit)


@pytest.mark.parametrize("name", DEPENDENCIES)
def test_every_named_dependency_can_be_called(name):
    assert dependency(name).call(lambda: 7) == 7
    assert dependency(f"{name}:example.org") is not dependency(name)


PROBING = """
import sys, time, django
django.setup()
from concurrent.futures import ThreadPoolExecutor
from redis import Redis
from ops.overload.breaker import Refusal, Rules
from ops.overload.breakers.stores import Outcome, SharedStore, connect
url, is_patient = sys.argv[1], sys.argv[2] == "patient"
rules = Rules(probes=3, probe_patience_seconds=60, open_seconds=0.5, jitter=0.0, minimum_calls=2)
store = SharedStore("probed", rules, Redis.from_url(url) if is_patient else connect(url))
print("ready", flush=True)
sys.stdin.readline()
for _ in range(2):
    leave = store.allow()
    if not isinstance(leave, Refusal):
        store.report(leave, Outcome(failed=True, slow=False, seconds=0.0))
print("open", flush=True)
sys.stdin.readline()
with ThreadPoolExecutor(8) as pool:
    found = list(pool.map(lambda _: store.allow(), range(200)))
got = sum(not isinstance(one, Refusal) for one in found)
print(got, flush=True)
"""


def probes_given(url: str, how: str) -> list[int]:
    """By each of four processes that ask two hundred times, all at once."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", PROBING, url, how],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]

    def all_say(word: str) -> None:
        for process in processes:
            assert process.stdout.readline() == f"{word}\n"

    def go() -> None:
        for process in processes:
            process.stdin.write("go\n")
            process.stdin.flush()

    try:
        all_say("ready")
        go()
        all_say("open")
        time.sleep(0.55)
        go()
        return [int(process.stdout.readline()) for process in processes]
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def test_exactly_so_many_probes_over_four_processes():
    assert sum(probes_given(settings.REDIS_URL, "patient")) == 3


def test_without_redis_each_process_gives_exactly_so_many_probes():
    assert probes_given("redis://127.0.0.1:1/0", "hasty") == [3] * 4


@contextlib.contextmanager
def frozen(settings, alias: str):
    """This cache takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        patience = "socket_timeout=0.05&socket_connect_timeout=0.05&client_name=frozen"
        place = {"LOCATION": f"{address}?{patience}"}
        settings.CACHES = settings.CACHES | {alias: settings.CACHES[alias] | place}
        yield
        caches[alias].close()


def seconds_of_each(question) -> list[float]:
    took = []
    for _ in range(50):
        started = time.perf_counter()
        question()
        took.append(time.perf_counter() - started)
    return took


def is_paid_by_three(took: list[float]) -> bool:
    probes = sum(took)  # one a second at most, once it is open
    return sum(seconds > 0.045 for seconds in took) <= 3 + probes and max(took) < 0.5


@pytest.mark.django_db
def test_a_frozen_cache_of_reports_costs_three_requests_fifty_milliseconds_each(settings):
    row = ReportFactory()

    def read():
        assert reports.body_of(row.pk) == row.body

    with frozen(settings, "reports"):
        assert is_paid_by_three(seconds_of_each(read))


def test_a_frozen_cache_of_keys_is_left_alone_and_what_must_be_tried_never_raises(settings):
    def ask():
        cache = caches["default"]
        assert (cache.get("key", "nothing"), cache.add("key", 1, 30)) == ("nothing", False)

    with frozen(settings, "default"):
        assert is_paid_by_three(seconds_of_each(ask))
        caches["default"].set_many({"key": 1}, 30)


def test_a_cache_that_answers_is_asked():
    cache = caches["default"]

    assert cache.add("guarded", "first", 30)
    assert not cache.add("guarded", "second", 30)
    assert cache.get("guarded") == "first"
