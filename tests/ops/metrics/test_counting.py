import os
import threading

import pytest

from ops import metrics
from ops.metrics import register
from ops.metrics.metric import Kind, UndeclaredError, counter, gauge, histogram
from ops.metrics.tally import MAX_SERIES_PER_METRIC, SeriesKey, Tally

METRICS = {
    metric.name: metric
    for metric in (
        counter("visits", "", "page", "tier", tier="free premium"),
        histogram("seconds", "", "page"),
        gauge("depth", ""),
    )
}


@pytest.fixture
def tally():
    return Tally(METRICS, max_waiting=10)


def visit(tally, page="/", tier="free", minute=1):
    tally.add(Kind.COUNTER, "visits", 1, {"page": page, "tier": tier}, minute)


def test_counts_of_a_minute_add_up(tally):
    visit(tally)
    visit(tally)
    visit(tally, minute=2)

    taken = tally.take()

    series = SeriesKey("visits", ("/", "free"))
    assert taken[1][series].total == 2
    assert taken[2][series].total == 1
    assert tally.take() == {}


def test_the_order_in_which_labels_are_given_does_not_matter(tally):
    tally.add(Kind.COUNTER, "visits", 1, {"tier": "free", "page": "/"}, 1)
    tally.add(Kind.COUNTER, "visits", 1, {"page": "/", "tier": "free"}, 1)

    (cell,) = tally.take()[1].values()

    assert cell.total == 2


def test_a_gauge_keeps_average_peak_and_last(tally):
    for value in (-3, 7, 2):
        tally.add(Kind.GAUGE, "depth", value, {}, 1)

    (cell,) = tally.take()[1].values()

    assert (cell.total / cell.count, cell.peak, cell.last) == (2, 7, 2)


def test_a_duration_is_counted_by_size(tally):
    for seconds in (0.1, 0.1, 3.0):
        tally.add(Kind.HISTOGRAM, "seconds", seconds, {"page": "/"}, 1)

    (cell,) = tally.take()[1].values()

    assert sorted(cell.spread.values()) == [1, 2]
    assert cell.total == pytest.approx(3.2)


def test_a_value_that_a_label_does_not_know_becomes_other(tally):
    visit(tally, tier="gold")

    assert list(tally.take()[1]) == [SeriesKey("visits", ("/", "other"))]


def test_invented_label_values_cannot_fill_the_memory(tally):
    for number in range(50_000):
        visit(tally, page=f"/{number}")

    cells = tally.take()[1]
    assert len(cells) == MAX_SERIES_PER_METRIC + 1
    assert cells[SeriesKey("visits", ("other", "other"))].total == 50_000 - MAX_SERIES_PER_METRIC
    assert len(tally._known) <= 2 * MAX_SERIES_PER_METRIC * len(METRICS)


@pytest.mark.parametrize(
    ("kind", "name", "labels"),
    [
        (Kind.COUNTER, "nothing", {}),
        (Kind.COUNTER, "seconds", {}),
        (Kind.COUNTER, "visits", {"colour": "red"}),
    ],
)
def test_what_is_not_declared_is_refused(tally, kind, name, labels):
    with pytest.raises(UndeclaredError):
        tally.add(kind, name, 1, labels, 1)


def test_what_is_given_back_is_merged_with_what_came_since(tally):
    visit(tally)
    taken = tally.take()
    visit(tally)

    tally.give_back(taken)

    (cell,) = tally.take()[1].values()
    assert cell.total == 2


def test_what_nobody_takes_is_dropped_oldest_first_and_told(tally):
    for minute in range(15):
        visit(tally, minute=minute)
        tally.give_back(tally.take())

    assert tally.take_dropped() == 5
    assert tally.take_dropped() == 0
    assert sorted(tally.take()) == list(range(5, 15))


def test_a_process_that_never_tells_the_store_stays_small(tally):
    for minute in range(1_000):
        visit(tally, minute=minute)

    assert len(tally.take()) <= 11


def test_threads_lose_no_count(tally):
    threads = [
        threading.Thread(target=lambda: [visit(tally) for _ in range(5_000)]) for _ in range(4)
    ]
    taken = []
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        taken.append(tally.take())
    for thread in threads:
        thread.join()
    taken.append(tally.take())

    assert sum(cell.total for cells in taken for c in cells.values() for cell in c.values()) == (
        20_000
    )


# --- The doors -----------------------------------------------------------------------------


@pytest.fixture
def production(settings, monkeypatch):
    from ops.metrics.recorder import Recorder

    settings.OPS_METRICS_STRICT = False
    recorder = Recorder()
    monkeypatch.setattr("ops.metrics.recorder._recorder", recorder)
    return recorder


def test_counting_an_undeclared_name_raises_in_tests():
    with pytest.raises(UndeclaredError):
        metrics.count("no_such_metric")


def test_counting_an_undeclared_name_in_production_is_counted_as_dropped(production):
    metrics.count("no_such_metric")
    metrics.observe("http_requests", 1)
    metrics.gauge("queue_depth", 1, colour="red")

    (cells,) = production.tally.take().values()
    assert cells[SeriesKey("metrics_dropped", ("undeclared",))].total == 3


@pytest.mark.parametrize("value", [float("nan"), float("inf"), None, "many"])
def test_no_value_raises(production, value):
    metrics.observe("engine_seconds", value, analyzer="x")
    metrics.count("events", value, name="x")

    assert production.tally.take() == {}


def test_a_child_of_a_fork_does_not_tell_what_its_parent_counted(production):
    metrics.count("events", name="parent")
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        from ops.metrics.recorder import current

        os.write(writer, b"%d" % len(current().tally.take()))
        os._exit(0)
    os.waitpid(pid, 0)

    assert os.read(reader, 10) == b"0"
    assert len(production.tally.take()) == 1


def test_every_metric_has_one_name_and_a_help_text():
    assert len(register.BY_NAME) == len(register.METRICS)
    assert all(metric.help.endswith(".") for metric in register.METRICS)
    assert all(set(metric.values) <= set(metric.labels) for metric in register.METRICS)
