import threading
from datetime import timedelta

import pytest
from django.db import OperationalError, connections

from ops.metrics.metric import Kind
from ops.metrics.register import BY_NAME
from ops.metrics.tally import Tally

pytestmark = [pytest.mark.storage, pytest.mark.django_db]


@pytest.fixture
def tally():
    return Tally(BY_NAME)


def events(tally, amount=1, minute=1000, name="x"):
    tally.add(Kind.COUNTER, "events", amount, {"name": name}, minute)


def save_all(tally):
    from ops.metrics.store import save

    for minute, cells in tally.take().items():
        save(minute, cells)


def slots(length=60):
    from ops.models import MetricSlot

    return MetricSlot.objects.filter(length_seconds=length).order_by("start_seconds")


def test_what_two_processes_count_adds_up(tally):
    other = Tally(BY_NAME)
    events(tally, 2)
    events(other, 3)

    save_all(tally)
    save_all(other)

    (slot,) = slots()
    assert (slot.total, slot.count, slot.start_seconds) == (5, 2, 60_000)


def test_durations_of_two_flushes_add_up_by_size(tally):
    from ops.metrics.store import unpacked

    for seconds in (0.1, 0.1, 2.0):
        tally.add(Kind.HISTOGRAM, "engine_seconds", seconds, {"analyzer": "x"}, 1000)
        save_all(tally)

    (slot,) = slots()
    assert sorted(unpacked(slot.spread).values()) == [1, 2]
    assert slot.peak == 2.0


def test_a_series_remembers_all_it_ever_counted(tally):
    from ops.models import MetricSeries

    for minute in (1000, 1001, 3000):
        events(tally, 2, minute)
    save_all(tally)

    series = MetricSeries.objects.get()
    assert (series.total, series.count, series.seen_seconds) == (6, 3, 180_000)


def test_saving_asks_a_bounded_number_of_questions(tally, django_assert_max_num_queries):
    for number in range(200):
        events(tally, name=f"n{number}")
    save_all(tally)
    for number in range(200):
        events(tally, name=f"n{number}")

    with django_assert_max_num_queries(12):
        save_all(tally)


@pytest.mark.django_db(transaction=True)
def test_processes_that_save_at_the_same_time_lose_nothing():
    def save_often():
        try:
            tally = Tally(BY_NAME)
            for _ in range(20):
                events(tally, name="shared")
                events(tally, name=threading.current_thread().name)
                tally.add(Kind.HISTOGRAM, "engine_seconds", 0.1, {"analyzer": "x"}, 1000)
                save_all(tally)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=save_often) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    from ops.metrics.store import unpacked
    from ops.models import MetricSeries

    assert slots().get(series__labels__contains="shared").total == 80
    (timed,) = slots().filter(series__metric="engine_seconds")
    assert sum(unpacked(timed.spread).values()) == 80
    assert MetricSeries.objects.count() == 6


# --- Flushing ------------------------------------------------------------------------------


def test_what_the_store_does_not_take_is_told_the_next_time(tally):
    from ops.metrics.flushing import flush
    from ops.metrics.store import save

    def refuse(minute, cells):
        raise OperationalError("the database is down")

    events(tally, minute=1000)
    events(tally, minute=1001)
    assert not flush(tally, refuse)
    events(tally, minute=1001)

    assert flush(tally, save)
    assert [slot.total for slot in slots()] == [1, 2]


def test_a_store_that_fails_midway_gets_nothing_twice(tally):
    from ops.metrics.flushing import flush
    from ops.metrics.store import save

    def fail_at_the_second(minute, cells):
        if minute == 1001:
            raise OperationalError("the connection was lost")
        save(minute, cells)

    for minute in (1000, 1001, 1002):
        events(tally, minute=minute)
    flush(tally, fail_at_the_second)
    flush(tally, save)

    assert [slot.total for slot in slots()] == [1, 1, 1]


def test_lost_counts_are_counted(tally):
    from ops.metrics.flushing import flush
    from ops.metrics.store import save

    small = Tally(BY_NAME, max_waiting=3)
    for minute in range(10):
        events(small, minute=minute)
    flush(small, save)
    flush(small, save)

    lost = slots().get(series__metric="metrics_dropped")
    assert lost.total == 10 - slots().filter(series__metric="events").count()


# --- Adding up and pruning -----------------------------------------------------------------


def test_minutes_add_up_to_ten_minutes_hours_and_days(counted, now):
    from ops.metrics.rollup import roll_up

    for minutes_ago in range(90):
        counted("events", name="x", minutes_ago=minutes_ago)
    roll_up(now)

    assert [slot.total for slot in slots(600)] == [9, 10, 10, 10, 10, 10, 10, 10, 10, 1]
    assert [slot.total for slot in slots(3600)] == [59, 31]
    assert [slot.total for slot in slots(86_400)] == [90]


def test_adding_up_twice_changes_nothing(counted, now):
    from ops.metrics.rollup import roll_up

    for minutes_ago in (0, 5, 70):
        counted("engine_seconds", 0.2, analyzer="x", minutes_ago=minutes_ago)
    roll_up(now)
    before = list(slots(3600).values())
    roll_up(now)

    assert list(slots(3600).values()) == before


def test_adding_up_goes_on_where_it_stopped_days_ago(counted, now):
    from ops.metrics.rollup import roll_up

    counted("events", name="x", minutes_ago=1500)
    roll_up(now - timedelta(minutes=1500))
    counted("events", name="x", minutes_ago=1440)
    counted("events", name="x", minutes_ago=10)
    roll_up(now)

    assert sum(slot.total for slot in slots(3600)) == 3


def test_a_late_minute_is_added_up_from_where_it_lies(counted, now):
    from ops.metrics.rollup import roll_up

    counted("events", name="x", minutes_ago=0)
    roll_up(now)
    counted("events", name="x", minutes_ago=200)
    roll_up(now, since=now - timedelta(minutes=200))

    assert sum(slot.total for slot in slots(3600)) == 2


def test_each_length_of_slot_is_kept_as_long_as_promised(counted, now):
    from ops.metrics.rollup import prune, roll_up

    day = 24 * 60
    for days_ago in (0, 1, 3, 9, 100):
        counted("events", name="x", minutes_ago=days_ago * day)
    roll_up(now)

    prune(now)

    assert [slots(length).count() for length in (60, 600, 3600, 86_400)] == [2, 3, 4, 5]


def test_pruning_forgets_series_without_slots(counted, now):
    from ops.metrics.rollup import prune
    from ops.models import MetricSeries

    counted("events", name="old", minutes_ago=800 * 24 * 60)
    counted("events", name="new")
    prune(now)

    assert [series.labels for series in MetricSeries.objects.all()] == ['{"name":"new"}']
