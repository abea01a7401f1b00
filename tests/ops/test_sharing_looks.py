"""Does one look serve all viewers, whichever process answers them, and is it always honest?"""

from __future__ import annotations

import json
import threading
import time
import urllib.request
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from ops import events
from ops.console import parcel, shelf
from ops.console.blocks import Notice
from ops.console.marks import Tone
from ops.console.pages import (
    alerts,
    breakers,
    cache,
    database,
    limits,
    overload,
    queue,
    schedules,
    traffic,
    workers,
)
from ops.console.pages import (
    events as events_page,
)
from ops.console.shared import Shared, SharedByKey
from ops.console.views import OverviewPage
from ops.models import Alert, AlertRule, Emergency, Pause, Silence
from tests.administrator import signed_in
from tests.factories import ClientFactory, JobFactory, WorkerHostFactory
from tests.processes import Installation

PAGES = {
    "overview": (OverviewPage.looks, ""),
    "traffic": (traffic.TrafficPage.looks, "1h"),
    "queue": (queue.QueuePage.looks, "1h"),
    "workers": (workers.WorkersPage.looks, "1h"),
    "limits": (limits.LimitsPage.looks, "1h"),
    "overload": (overload.OverloadPage.looks, "1h"),
    "cache": (cache.CachePage.looks, "1h"),
    "database": (database.DatabasePage.looks, "1h"),
    "breakers": (breakers.BreakersPage.looks, ""),
    "alerts": (alerts.AlertsPage.looks, ""),
    "schedules": (schedules.SchedulesPage.looks, ""),
    "events": (events_page.EventsPage.looks, events_page.Sought()),
}


# --- What travels --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        3,
        2.5,
        "text",
        ("a", ("b", 1)),
        timedelta(minutes=3, microseconds=7),
        datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC),
        datetime(2026, 1, 2, tzinfo=UTC).date(),
        {"a": (1, 2), 3: None},
        Tone.BAD,
    ],
)
def test_a_value_arrives_as_it_was_sent(value):
    arrived = parcel.unpack(parcel.pack(value))

    assert arrived == value
    assert type(arrived) is type(value)


def test_what_is_safe_to_show_stays_safe_and_what_is_not_does_not_become_so():
    safe, text = parcel.unpack(parcel.pack((mark_safe("<b>"), "<b>")))

    assert isinstance(safe, SafeString)
    assert not isinstance(text, SafeString)


def test_rows_of_the_database_do_not_travel():
    with pytest.raises(TypeError, match="Pause cannot travel"):
        parcel.pack((Pause(kind="analysis"),))


def test_what_somebody_else_wrote_is_not_read():
    sent = parcel.pack(("calm", 1))

    for forged in (sent.replace("calm", "dire"), sent.partition(":")[2], "", "x:y"):
        with pytest.raises(ValueError, match="signature"):
            parcel.unpack(forged)


@pytest.mark.parametrize(
    "body",
    [
        '{"of":"subprocess:Popen","with":{"args":"true"}}',
        '{"of":"ops.console.parcel:pack","with":{"facts":1}}',
        '{"of":"ops.nowhere:Nothing","with":{}}',
        '{"of":"ops.console.blocks:Notice","with":{"name":"a","nose":"b"}}',
        '{"enum":"ops.console.marks:Tone","value":"purple"}',
        '{"odd":1}',
    ],
)
def test_only_our_own_values_are_made_and_only_in_the_shape_they_have(body):
    signed = f"{parcel._signature(body)}:{body}"

    with pytest.raises(ValueError):  # noqa: PT011 - each says something else
        parcel.unpack(signed)


@pytest.fixture
def a_busy_day(db):
    now = timezone.now()
    rules = list(AlertRule.objects.all()[:2])
    Alert.objects.create(rule=rules[0], state=Alert.State.FIRING, value=7.0)
    Silence.objects.create(rule=rules[1], ends_at=now + timedelta(hours=1), reason="new disk")
    Emergency.objects.create(profile="spike", reason="news", ends_at=now + timedelta(hours=1))
    Pause.objects.create(kind="analysis", reason="new engine")
    ClientFactory(name="<b>Newsroom</b>")
    JobFactory(dead=True, error_code="timeout", error_message="It took longer than 60 s.")
    host = WorkerHostFactory(hostname="anvil")
    JobFactory(running=True, host=host.name)
    events.record("queue.paused", actor="user:ada", reason="storm", undo={"resume": 1}, kind="all")
    events.flush()


@pytest.mark.storage
@pytest.mark.parametrize("name", PAGES)
def test_each_page_looks_the_same_after_its_journey(name, a_busy_day, fresh_readiness):
    looks, key = PAGES[name]
    sent = looks._look(key)

    arrived = parcel.unpack(parcel.pack(sent))

    assert shown(arrived) == shown(sent)
    assert "&lt;b&gt;Newsroom" not in shown(sent) or "<b>Newsroom" not in shown(arrived)


def shown(blocks):
    return [render_to_string(block.template, {"block": block}) for block in blocks]


# --- One look for all ----------------------------------------------------------------------


class Viewers:
    """Each `Shared` stands for a process; all look at the same counter."""

    def __init__(self) -> None:
        self.looks = 0
        self.may_look = threading.Event()
        self.may_look.set()
        self.is_looking = threading.Event()

    def process(self) -> Shared:
        return Shared(self._look, name="tests.viewers", key=id(self))

    def _look(self) -> Notice:
        self.looks += 1
        number = self.looks
        self.is_looking.set()
        assert self.may_look.wait(10)
        return Notice("look", f"number {number}")


@pytest.fixture
def viewers(settings):
    settings.OPS_CONSOLE_FRESH_SECONDS = 60
    return Viewers()


@pytest.mark.storage
def test_a_second_process_takes_what_the_first_one_saw(viewers):
    first, second = (viewers.process().look() for _ in range(2))

    assert viewers.looks == 1
    assert second == first
    assert second.as_of == first.as_of


@pytest.mark.storage
def test_what_is_too_old_is_looked_at_again_once_for_all(viewers, settings):
    first, second, third = (viewers.process() for _ in range(3))
    first.look()
    settings.OPS_CONSOLE_FRESH_SECONDS = 1e-6
    second.look()
    settings.OPS_CONSOLE_FRESH_SECONDS = 60

    assert third.look().facts.text == "number 2"
    assert viewers.looks == 2


@pytest.mark.storage
def test_whoever_changed_something_sees_it_whichever_process_answers(viewers):
    first, second, third = (viewers.process() for _ in range(3))
    before = first.look()
    changed_at = time.time()

    after = second.look(since=changed_at)

    assert after.facts.text == "number 2"
    assert before.as_of.timestamp() < changed_at <= after.as_of.timestamp()
    assert third.look(since=changed_at) == after
    assert first.look(since=changed_at) == after
    assert viewers.looks == 2


def test_whose_clock_is_a_little_ahead_sees_what_they_changed(viewers):
    viewers.process().look()

    after = viewers.process().look(since=time.time() + 1)

    assert after.facts.text == "number 2"


def test_a_moment_that_has_not_come_asks_for_nothing_new(viewers):
    viewers.process().look()

    viewers.process().look(since=time.time() + 3600)

    assert viewers.looks == 1


@pytest.mark.storage
def test_while_one_looks_the_others_show_the_last_look_and_its_age(viewers):
    first, second = viewers.process(), viewers.process()
    seen = first.look()
    old = replace(seen, as_of=seen.as_of - timedelta(seconds=90))  # as if it had been then
    first._last = second._last = old
    shelf.place(first._name, first._digest).keep(parcel.pack((old.as_of, old.facts)))
    viewers.is_looking.clear()
    viewers.may_look.clear()
    looking = threading.Thread(target=first.look)
    looking.start()
    assert viewers.is_looking.wait(10)

    meanwhile = second.look()
    viewers.may_look.set()
    looking.join(10)

    assert meanwhile == old
    assert viewers.looks == 2


@pytest.mark.storage
def test_whoever_has_nothing_to_show_waits_for_the_one_who_looks(viewers):
    first, second = viewers.process(), viewers.process()
    viewers.may_look.clear()
    seen = []
    threads = [
        threading.Thread(target=lambda one=one: seen.append(one.look())) for one in (first, second)
    ]
    threads[0].start()
    assert viewers.is_looking.wait(10)
    threads[1].start()

    viewers.may_look.set()
    for thread in threads:
        thread.join(10)

    assert seen[0] == seen[1]
    assert viewers.looks == 1


@pytest.mark.storage
def test_a_look_that_fails_gives_its_turn_back(viewers):
    def break_down() -> None:
        raise RuntimeError("no database")

    broken = Shared(break_down, name="tests.viewers", key=id(viewers))
    with pytest.raises(RuntimeError):
        broken.look()

    assert viewers.process().look().facts.text == "number 1"


@pytest.mark.storage
def test_a_look_that_nobody_understands_is_none(viewers):
    viewers.process().look()
    other = viewers.process()
    shelf.place(other._name, other._digest).keep("from an older release")

    assert viewers.process().look().facts.text == "number 2"


def of_word(key: tuple[int, str]) -> Notice:
    return Notice("word", key[1])


@pytest.mark.storage
def test_filters_share_no_look_with_each_other(viewers):
    one, other = SharedByKey(of_word), SharedByKey(of_word)
    seen = [looks.look((id(viewers), word)) for looks in (one, other) for word in "ab"]

    assert [look.facts.text for look in seen] == ["a", "b", "a", "b"]
    assert seen[:2] == seen[2:]


def test_a_look_of_one_process_is_its_own(viewers):
    first, second = (
        Shared(viewers._look, name="tests.own", key=id(viewers), is_of_process=True)
        for _ in range(2)
    )
    first.look()
    second.look()

    assert viewers.looks == 2


@pytest.fixture
def redis_is_away(settings):
    """A cache alias like the real one, on a port where nobody answers."""
    dead = settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = settings.CACHES | {"default": dead}
    caches["default"]


def test_without_redis_each_process_looks_for_itself_and_nothing_breaks(viewers, redis_is_away):
    first, second = viewers.process(), viewers.process()

    assert first.look().facts.text == "number 1"
    assert second.look().facts.text == "number 2"
    assert first.look().facts.text == "number 1"
    assert first.look(since=time.time()).facts.text == "number 3"


def test_a_folder_that_cannot_be_written_stops_nobody(viewers, settings):
    settings.REDIS_URL, settings.DATA_DIR = "", "/proc"

    assert viewers.process().look().facts.text == "number 1"
    assert viewers.process().look().facts.text == "number 2"


# --- Real processes ------------------------------------------------------------------------


@pytest.mark.timeout(240)
def test_two_web_servers_show_the_same_look(own_installation):
    """Whoever answers shows what the first one saw, with the moment at which it was seen."""
    other = Installation(own_installation.pair, own_installation.data_dir)
    session = signed_in(own_installation)
    try:
        servers = (own_installation, other)
        for server in servers:
            server.start_web(WEB_PROCESSES="1")
            as_of(server, session, "settings/?now")  # the first page imports, and takes its time

        seen = in_one_breath(lambda: ask_in_turn(servers, session))
    finally:
        other.stop()

    assert len(set(seen)) == 1


def ask_in_turn(servers, session):
    return [as_of(server, session, "overview?now") for server in servers * 3]


def in_one_breath(ask):
    """Again if the machine was so busy meanwhile that the look grew old."""
    for _ in range(5):
        began = time.monotonic()
        answers = ask()
        if time.monotonic() - began < 4:
            return answers
        time.sleep(11)  # nobody has a look to show any more
    pytest.fail("Six pages took more than four seconds, five times.")


def as_of(server: Installation, session: str, page: str) -> str:
    """The moment of which a page is."""
    address = f"{server.base_url}/admin/console/{page}"
    request = urllib.request.Request(address, headers={"Cookie": f"sessionid={session}"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)["as_of"]
