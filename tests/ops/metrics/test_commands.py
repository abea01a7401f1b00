import csv
import json
from datetime import timedelta
from io import StringIO
from statistics import median

import pytest
from django.utils import timezone

from tests.commands import run

pytestmark = [pytest.mark.storage, pytest.mark.django_db]


@pytest.fixture
def just_now():
    """Stores counts of this very minute: commands read the clock."""
    from ops.metrics.register import BY_NAME
    from ops.metrics.store import save
    from ops.metrics.tally import Tally

    def count(metric, amount, **labels):
        tally, minute = Tally(BY_NAME), int(timezone.now().timestamp() // 60)
        tally.add(BY_NAME[metric].kind, metric, amount, labels, minute)
        save(minute, tally.take()[minute])

    return count


def test_show_tells_how_the_traffic_is(just_now):
    just_now("http_requests", 90, route="/a", status="200")
    just_now("http_requests", 10, route="/a", status="500")
    just_now("http_request_duration_seconds", 0.1, route="/a")

    words, code = run("metrics", "show")
    document, _ = run("metrics", "show", "--json", "--window", "15m")

    assert code == 0
    assert "failed     10.00%" in words
    assert json.loads(document)["statuses"] == {"2xx": 90, "5xx": 10}


def test_show_says_when_figures_are_old():
    assert run("metrics", "show")[1] == 3


def test_export_writes_a_table_that_adds_up(just_now):
    just_now("http_requests", 7, route="/a", status="200")
    just_now("http_requests", 2, route="/a", status="429")

    table, code = run("metrics", "export", "http_requests", "--by", "status", "--window", "30m")

    rows = list(csv.DictReader(StringIO(table)))
    assert code == 0
    assert len(rows) == 30
    assert sum(float(row["200"]) for row in rows) == 7
    assert sum(float(row["429"]) for row in rows) == 2


@pytest.mark.parametrize(
    "words",
    [
        ("metrics", "export", "nonsense"),
        ("metrics", "export", "http_requests", "--by", "colour"),
        ("alerts", "ack", "Nonsense"),
        ("alerts", "test", "nobody"),
    ],
)
def test_what_does_not_exist_is_wrong_usage(words):
    assert run(*words)[1] == 64


# --- Alerts --------------------------------------------------------------------------------


@pytest.fixture
def firing():
    from ops.models import Alert, AlertRule

    def fire(rule="SlowResponses"):
        return Alert.objects.create(
            rule=AlertRule.objects.get(name=rule), state="firing", value=3.5
        )

    return fire


def test_the_list_says_by_its_code_how_bad_it_is(firing):
    assert run("alerts", "list") == ("Nothing is wrong.\n", 0)
    firing("SlowResponses")
    assert run("alerts", "list")[1] == 1
    firing("NoWorkers")
    words, code = run("alerts", "list")

    assert code == 2
    assert "SlowResponses" in words
    assert "NoWorkers" in words


def test_an_alert_is_acknowledged_by_name(firing):
    alert = firing()

    words, code = run("alerts", "ack", "slowresponses")

    alert.refresh_from_db()
    assert code == 0
    assert alert.acknowledged_by.startswith("command")
    assert alert.acknowledged_by in words
    assert run("alerts", "ack", "NoWorkers")[1] == 1


def test_a_silence_has_a_reason_and_an_end():
    from ops.models import Silence

    _, code = run("alerts", "silence", "all", "--for", "30m", "--reason", "moving house")

    silence = Silence.objects.get()
    assert code == 0
    assert (silence.rule, silence.reason) == (None, "moving house")
    assert silence.ends_at - silence.starts_at == timedelta(minutes=30)


def test_a_channel_that_does_not_take_the_test_ends_with_an_error():
    from ops.models import AlertChannel

    AlertChannel.objects.create(name="inside", kind="slack", target="http://127.0.0.1:1/")

    words, code = run("alerts", "test", "inside")

    assert code == 2
    assert "not_public" in words


# --- Demo ----------------------------------------------------------------------------------


def test_demo_traffic_fills_a_fresh_installation_with_a_believable_past():
    from ops.metrics import reading, windows

    assert run("demo", "traffic", "--days", "2", "--rps", "2")[1] == 0
    now = timezone.now()

    hour = windows.last(timedelta(hours=1), now)
    two_days = windows.last(timedelta(days=2), now)
    assert reading.totals("http_requests", hour)["all"] > 1000
    assert 0.3 < reading.per_second("http_requests", two_days) / 2 < 4
    p50, p99 = reading.percentiles("http_request_duration_seconds", hour, (0.5, 0.99))["all"]
    assert 0.002 < p50 < p99 < 3
    the_crowd = windows.last(timedelta(hours=4), now - timedelta(hours=25))
    rates = [rate for rate in reading.rates("http_requests", the_crowd)[0].values if rate]
    assert max(rates) > 3 * median(rates)
    from ops.models import MetricSeries

    statuses = reading.totals("http_requests", two_days, reading.by("status"))
    assert {"200", "404", "422", "429", "500", "503"} == statuses.keys()
    assert MetricSeries.objects.get(metric="jobs", labels__contains="done").total > 1000


def test_demo_traffic_does_not_mix_with_real_traffic(just_now):
    from ops.models import MetricSeries

    just_now("http_requests", 1, route="/a")
    MetricSeries.objects.update(count=1000)

    assert run("demo", "traffic")[1] == 1
    assert MetricSeries.objects.count() == 1
