import threading
from datetime import timedelta

import pytest
from django.db import connections

pytestmark = [pytest.mark.storage, pytest.mark.django_db]

HOUR = 3600


def occasions():
    from ops.models import AlertDelivery

    return list(
        AlertDelivery.objects.order_by("created_at", "pk").values_list("occasion", flat=True)
    )


def alert():
    from ops.models import Alert

    return Alert.objects.get()


def test_an_alert_is_pending_then_fires_then_resolves(look, channel):
    channel()

    look(0, waiting=50)
    assert (alert().state, occasions()) == ("pending", [])
    look(60, waiting=60)
    assert (alert().state, alert().value, occasions()) == ("firing", 60, ["firing"])
    look(120, waiting=2)
    assert alert().state == "firing"
    look(180, waiting=2)
    assert (alert().state, occasions()) == ("resolved", ["firing", "resolved"])


def test_what_is_well_again_soon_troubles_nobody(look, channel):
    channel()

    look(0, waiting=50)
    look(30, waiting=1)
    look(90, waiting=50)

    from ops.models import Alert

    assert sorted(Alert.objects.values_list("state", flat=True)) == ["calmed", "pending"]
    assert occasions() == []


def test_people_are_told_once_and_reminded_hourly(look, channel):
    channel()

    for seconds in (0, 60, 75, HOUR, HOUR + 60, HOUR + 75, 2 * HOUR + 45, 2 * HOUR + 60):
        look(seconds, waiting=50)

    assert occasions() == ["firing", "reminder", "reminder"]


def test_whoever_acknowledged_is_not_reminded(look, channel):
    channel()
    look(0, waiting=50)
    moment = look(60, waiting=50)
    from ops.alerts.handling import acknowledge

    assert acknowledge(alert(), by="anna", now=moment)
    assert not acknowledge(alert(), by="bert", now=moment)
    for seconds in range(120, 3 * HOUR, 1200):
        look(seconds, waiting=50)

    assert occasions() == ["firing"]
    assert alert().acknowledged_by == "anna"


def test_a_silence_keeps_quiet_until_it_ends(look, rule, channel):
    from ops.alerts.handling import silence

    channel()
    start = look(0, waiting=50)
    silence(rule, until=start + timedelta(seconds=300), by="anna", reason="known", now=start)

    look(60, waiting=50)
    look(240, waiting=50)
    assert (alert().state, occasions()) == ("firing", [])
    look(300, waiting=50)
    assert occasions() == ["firing"]


def test_a_silence_of_everything_covers_each_rule(look, channel):
    from ops.alerts.handling import silence

    channel()
    start = look(0, waiting=50)
    silence(None, until=start + timedelta(hours=1), by="anna", reason="moving", now=start)
    look(60, waiting=50)
    look(120, waiting=0)
    look(240, waiting=0)

    assert (alert().state, occasions()) == ("resolved", [])


def test_missing_figures_are_no_good_news(look, channel):
    channel()
    look(0, waiting=50)
    look(60, waiting=50)

    look(HOUR)

    assert alert().state == "firing"


def test_a_rule_that_is_switched_off_ends_its_alert(look, rule):
    look(0, waiting=50)
    look(60, waiting=50)
    rule.enabled = False
    rule.save()

    look(75, waiting=50)

    assert alert().state == "resolved"


def test_a_signal_that_cannot_be_read_does_not_hide_the_others(look, rule):
    from ops.models import AlertRule

    AlertRule.objects.create(name="A", signal="no_such_signal", threshold=1, summary="?")

    look(0, waiting=50)

    assert alert().rule == rule


def test_a_channel_hears_only_what_is_severe_enough(look, rule, channel):
    channel(minimum_severity="page", name="pager")
    channel(minimum_severity="warning", name="mail")
    channel(enabled=False, name="off")
    look(0, waiting=50)
    look(60, waiting=50)

    from ops.models import AlertDelivery

    assert [str(delivery.channel) for delivery in AlertDelivery.objects.all()] == ["mail"]


@pytest.mark.django_db(transaction=True)
def test_processes_that_look_at_the_same_time_tell_once(look, channel):
    channel()
    look(0, waiting=50)

    def look_too():
        try:
            look(60)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=look_too) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert alert().state == "firing"
    assert occasions() == ["firing"]


# --- The rules of the first start ----------------------------------------------------------


def test_every_rule_of_the_first_start_watches_something_that_can_be_read(now):
    from ops.alerts import signals
    from ops.alerts.defaults import DEFAULTS

    for default in DEFAULTS:
        assert signals.is_known(default.signal), default.name
        signals.read(default.signal, now)


def test_every_signal_and_every_metric_can_be_read_when_nothing_was_counted(now):
    from ops.alerts import signals
    from ops.metrics.register import BY_NAME

    for name in [*signals.SIGNALS, *BY_NAME]:
        value = signals.read(name, now)
        assert value is None or value == 0, name


def test_migrating_again_leaves_what_staff_changed():
    from ops.alerts.defaults import DEFAULTS, install
    from ops.models import AlertRule

    AlertRule.objects.filter(name="SlowResponses").update(threshold=3)
    AlertRule.objects.filter(name="DiskLow").delete()
    install()

    assert AlertRule.objects.get(name="SlowResponses").threshold == 3
    assert AlertRule.objects.count() == len(DEFAULTS)


def test_looking_at_all_rules_asks_a_bounded_number_of_questions(
    now, django_assert_max_num_queries
):
    from ops.alerts.evaluation import evaluate

    with django_assert_max_num_queries(80):
        evaluate(now)


# --- Signals -------------------------------------------------------------------------------


def test_few_requests_prove_no_error_rate(counted, now):
    from ops.alerts import signals

    counted("http_requests", 5, status="500")
    assert signals.read("error_percent", now) == 0
    counted("http_requests", 95, status="200")
    assert signals.read("error_percent", now) == 5


def test_a_growing_queue_is_seen(counted, now):
    from ops.alerts import signals

    for minutes_ago in range(15):
        counted("queue_waiting", 1000 - 20 * minutes_ago, minutes_ago=minutes_ago)

    assert signals.read("queue_growth", now) == pytest.approx(200)


def test_the_fullest_host_decides(counted, now):
    from ops.alerts import signals

    counted("host_disk_free_bytes", 5e9, host="a")
    counted("host_disk_free_bytes", 1e9, host="b")

    assert signals.read("disk_free_bytes", now) == 1e9


def test_traffic_that_stops_is_abnormal(counted, now):
    from ops.alerts import signals
    from ops.metrics.rollup import roll_up

    for ten_minutes_ago in range(2, 2 * 144 + 10):
        counted("http_requests", 600 + ten_minutes_ago % 7, minutes_ago=10 * ten_minutes_ago)
    roll_up(now, since=now - timedelta(days=5))

    assert signals.read("traffic_abnormality", now) > 1
    for minutes_ago in range(10):
        counted("http_requests", 60, minutes_ago=minutes_ago)
    assert signals.read("traffic_abnormality", now + timedelta(minutes=1)) <= 1


def test_a_rush_that_is_over_is_abnormal_no_more(counted, now):
    from ops.alerts import signals
    from ops.metrics.rollup import roll_up

    for ten_minutes_ago in range(2, 2 * 144 + 10):
        counted("http_requests", 600 + ten_minutes_ago % 7, minutes_ago=10 * ten_minutes_ago)
    roll_up(now, since=now - timedelta(days=5))
    counted("http_requests", 30)  # half of this minute has passed
    for minutes_ago in range(1, 10):
        counted("http_requests", 60 if minutes_ago < 4 else 600, minutes_ago=minutes_ago)

    amid = now - timedelta(minutes=4)
    assert signals.read("traffic_extremity", amid) > 1
    assert signals.read("traffic_extremity", now) < 1
    assert signals.read("traffic_surge", amid) >= signals.SURGE
    assert signals.read("traffic_abnormality", amid) == 0, "a surge is told as one"


def test_what_only_the_service_can_work_out_is_told_to_prometheus(now, told):
    from ops.alerts.evaluation import evaluate
    from ops.alerts.signals import SIGNALS
    from ops.models import AlertRule

    AlertRule.objects.exclude(signal__in=["schedules_overdue", "error_percent"]).delete()

    evaluate(now)

    assert SIGNALS["schedules_overdue"].is_exposed
    assert told("alert_signal") == {("schedules_overdue",): 0.0}
