import random
import time
from datetime import timedelta

import pytest

pytestmark = [pytest.mark.storage, pytest.mark.django_db]


@pytest.fixture
def visits(counted):
    def count(amount=1, minutes_ago=0, route="/a", status="200"):
        counted("http_requests", amount, minutes_ago=minutes_ago, route=route, status=status)

    return count


def last(now, **length):
    from ops.metrics import windows

    return windows.last(timedelta(**length), now)


def test_sums_of_a_window_leave_out_what_lies_outside(visits, now):
    from ops.metrics import reading

    visits(5, minutes_ago=3)
    visits(7, minutes_ago=14)
    visits(100, minutes_ago=15)

    assert reading.totals("http_requests", last(now, minutes=15)) == {"all": 12}


def test_a_line_has_one_point_for_each_step_and_zero_where_nothing_was(visits, now):
    from ops.metrics import reading

    visits(5, minutes_ago=2)

    (line,) = reading.lines("http_requests", last(now, minutes=5))

    assert line.values == (0, 0, 5, 0, 0)


def test_the_running_minute_is_no_fall_but_not_known_yet(visits, now):
    from ops.metrics import reading

    visits(60, minutes_ago=1)
    visits(3, minutes_ago=0)  # of which thirty seconds have passed; the rest is on its way

    (line,) = reading.rates("http_requests", last(now, minutes=2))

    assert line.values == (1.0, None)


def test_a_longer_step_that_runs_is_judged_by_what_has_passed_of_it(visits, now):
    from ops.metrics import reading
    from ops.metrics.windows import Window

    visits(60, minutes_ago=2)
    visits(90, minutes_ago=1)
    began = int(now.timestamp()) - 150
    running = Window(began, began + 240, 240, 60, now.timestamp())

    (line,) = reading.rates("http_requests", running)

    assert line.values == (1.0,)


def test_groups_name_their_lines_and_may_leave_series_out(visits, now):
    from ops.metrics import reading

    visits(3, status="200")
    visits(2, status="429")
    visits(1, status="500")
    visits(1, status="204")
    window = last(now, minutes=5)

    assert reading.totals("http_requests", window, reading.by_status_class) == {
        "2xx": 4,
        "429": 2,
        "5xx": 1,
    }
    assert reading.totals("http_requests", window, reading.only(status="500")) == {"all": 1}


@pytest.mark.parametrize(
    ("length", "points"),
    [
        ({"minutes": 15}, 15),
        ({"hours": 1}, 60),
        ({"hours": 3}, 180),
        ({"hours": 24}, 144),
        ({"days": 7}, 168),
        ({"days": 30}, 120),
        ({"days": 90}, 90),
    ],
)
def test_every_period_adds_up_to_the_same(visits, now, length, points):
    from ops.metrics import reading
    from ops.metrics.rollup import roll_up

    for minutes_ago in (0, 1, 7):
        visits(2, minutes_ago=minutes_ago)
    roll_up(now)
    window = last(now, **length)

    (line,) = reading.lines("http_requests", window)

    assert len(line.points) == points
    assert sum(line.values) == 6
    assert line.points[-1].value >= 2
    assert reading.totals("http_requests", window) == {"all": 6}


def test_percentiles_of_all_series_together(counted, now):
    from ops.metrics import reading

    for minutes_ago in range(4):
        for _ in range(24):
            counted("http_request_duration_seconds", 0.01, minutes_ago=minutes_ago, route="/a")
        counted("http_request_duration_seconds", 2.0, minutes_ago=minutes_ago, route="/b")
    window = last(now, minutes=5)

    overall = reading.percentiles("http_request_duration_seconds", window, (0.5, 0.99))
    each = reading.percentiles("http_request_duration_seconds", window, (0.5,), reading.by("route"))
    p50, p99 = reading.percentile_lines("http_request_duration_seconds", window, (0.5, 0.99))

    assert overall["all"] == (pytest.approx(0.01, rel=0.05), pytest.approx(2.0, rel=0.05))
    assert each["/b"] == (pytest.approx(2.0, rel=0.05),)
    assert p50.values[0] is None
    assert p50.values[1:] == pytest.approx([0.01] * 4, rel=0.05)
    assert (p50.name, p99.name) == ("p50", "p99")


def test_a_gauge_shows_average_and_peak(counted, now):
    from ops.metrics import reading

    for value in (2, 6):
        counted("queue_waiting", value, minutes_ago=1)
    window = last(now, minutes=3)

    (average,) = reading.averages("queue_waiting", window)
    (peak,) = reading.peaks("queue_waiting", window)

    assert average.values == (None, 4, None)
    assert peak.values == (None, 6, None)


def test_a_gauge_that_nobody_samples_any_more_has_no_latest_value(counted, now):
    from ops.metrics import reading

    counted("queue_waiting", 5, minutes_ago=1)
    counted("redis_up", 1, minutes_ago=10)

    assert reading.latest("queue_waiting", now) == {"all": 5}
    assert reading.latest("redis_up", now) == {}


def test_silence_of_all_processes_is_measured(counted, now):
    from ops.metrics import reading

    assert reading.silent_seconds(now) is None
    counted("queue_waiting", 5, minutes_ago=10)

    assert reading.silent_seconds(now) == 9 * 60 + 30


# --- Traffic -------------------------------------------------------------------------------


def test_errors_are_ours_and_refusals_are_decisions(visits, now):
    from ops.metrics import traffic

    visits(90, status="200")
    visits(4, status="500")
    visits(5, status="429")
    visits(1, status="503")
    window = last(now, minutes=5)

    assert traffic.error_share(window) == pytest.approx(0.04)
    assert traffic.refused_share(window) == pytest.approx(0.06)
    assert traffic.error_share(last(now + timedelta(hours=5), minutes=5)) is None


def test_what_is_turned_away_at_the_door_was_offered_too(visits, counted, now):
    from ops.alerts import signals
    from ops.metrics import traffic

    visits(60, status="200")
    visits(10, status="429")
    counted("gate_decisions", 70, priority="normal", outcome="admitted")
    counted("gate_decisions", 30, priority="low", outcome="shed")
    window = last(now, minutes=5)

    assert traffic.offered(window) == 100
    assert traffic.refused_share(window) == pytest.approx(0.4)
    assert traffic.compared_with_last_week(now).now_per_second == pytest.approx(100 / 90)
    assert signals.read("shed_percent", now) == 30
    assert signals.read("refused_percent", now) == pytest.approx(40)


@pytest.mark.parametrize("length", [{"minutes": 15}, {"days": 30}])
def test_a_page_of_figures_asks_few_questions(visits, now, length, django_assert_max_num_queries):
    from ops.metrics.summary import summary

    for number in range(30):
        visits(route=f"/{number}", status="500" if number % 3 else "200")

    with django_assert_max_num_queries(34):
        summary(last(now, **length), now)


def test_the_slowest_routes_come_first(visits, counted, now):
    from ops.metrics import traffic

    for route, seconds in (("/quick", 0.01), ("/slow", 3.0)):
        visits(10, route=route)
        counted("http_request_duration_seconds", seconds, route=route)
    visits(10, route="/slow", status="500")

    slow, quick = traffic.routes(last(now, minutes=10))

    assert (slow.route, slow.requests, slow.error_share) == ("/slow", 20, 0.5)
    assert slow.p95_seconds == pytest.approx(3.0, rel=0.05)
    assert quick.p50_seconds == pytest.approx(0.01, rel=0.05)


def test_traffic_is_compared_with_the_same_hour_of_last_week(visits, now):
    from ops.metrics import traffic
    from ops.metrics.rollup import roll_up

    week = 7 * 24 * 60
    for minutes_ago in range(week - 30, week + 31):
        visits(60, minutes_ago=minutes_ago)
    visits(240, minutes_ago=1)
    visits(120)  # half of this minute has passed
    roll_up(now)

    comparison = traffic.compared_with_last_week(now)

    assert comparison.then_per_second == pytest.approx(1.0)
    assert comparison.factor == pytest.approx(4.0)


def test_without_a_last_week_there_is_no_factor(visits, now):
    from ops.metrics import traffic

    visits(5)

    assert traffic.compared_with_last_week(now).factor is None


# --- Prometheus ----------------------------------------------------------------------------


def exposed(client, **options):
    from prometheus_client.parser import text_string_to_metric_families

    response = client.get("/metrics", **options)
    assert response.status_code == 200
    families = text_string_to_metric_families(response.content.decode())
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in families
        for sample in family.samples
    }


@pytest.fixture
def token(settings):
    settings.OPS_METRICS_TOKEN = "let-me-read"
    return {"headers": {"Authorization": "Bearer let-me-read"}}


def test_metrics_are_not_found_until_they_are_opened(client):
    assert client.get("/metrics").status_code == 404


def test_metrics_open_to_the_token_only(client, token):
    assert client.get("/metrics", **token).status_code == 200
    assert client.get("/metrics").status_code == 401
    wrong = client.get("/metrics", headers={"Authorization": "Bearer let-me-in"})
    assert wrong.status_code == 401


def test_metrics_open_to_addresses_on_the_list_unless_a_proxy_hides_them(client, settings):
    settings.OPS_METRICS_ALLOWED = ["10.0.0.0/8", "::1"]

    assert client.get("/metrics", REMOTE_ADDR="10.2.3.4").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="11.2.3.4").status_code == 401
    proxied = {"X-Forwarded-For": "203.0.113.9"}
    assert client.get("/metrics", REMOTE_ADDR="10.2.3.4", headers=proxied).status_code == 401


def test_what_prometheus_reads_agrees_with_the_charts(client, token, visits, counted, now):
    from ops.metrics import reading

    visits(7, minutes_ago=3, route='/with "quotes"\\')
    visits(5, minutes_ago=1, route='/with "quotes"\\')
    for seconds in (0.01, 0.02, 3.0):
        counted("http_request_duration_seconds", seconds, route="/a")

    read = exposed(client, **token)

    requests = sum(v for (n, _), v in read.items() if n == "contentcreate_http_requests_total")
    assert requests == sum(reading.totals("http_requests", last(now, minutes=5)).values()) == 12
    name = "contentcreate_http_request_duration_seconds"
    route = (("route", "/a"),)
    assert read[f"{name}_count", route] == 3
    assert read[f"{name}_sum", route] == pytest.approx(3.03)
    assert read[f"{name}_bucket", (("le", "+Inf"), *route)] == 3


def test_prometheus_finds_the_same_percentiles(client, token, counted, now):
    """Interpolated the way histogram_quantile does it, between its coarser bounds."""
    from ops.metrics import reading
    from ops.metrics.metric import Kind
    from ops.metrics.register import BY_NAME
    from ops.metrics.store import save
    from ops.metrics.tally import Tally

    dice, tally, minute = random.Random(3), Tally(BY_NAME), int(now.timestamp() // 60)
    for _ in range(5_000):
        seconds = dice.lognormvariate(-2, 0.7)
        tally.add(Kind.HISTOGRAM, "job_run_seconds", seconds, {"kind": "x"}, minute)
    save(minute, tally.take()[minute])

    name = "contentcreate_job_run_seconds_bucket"
    buckets = sorted(
        (float(dict(labels)["le"]), count)
        for (sample, labels), count in exposed(client, **token).items()
        if sample == name
    )
    ours = reading.percentiles("job_run_seconds", last(now, minutes=5), (0.5, 0.95, 0.99))["all"]

    for share, mine in zip((0.5, 0.95, 0.99), ours, strict=True):
        assert histogram_quantile(share, buckets) == pytest.approx(mine, rel=0.05)


def histogram_quantile(share, buckets):
    wanted, low, below = share * buckets[-1][1], 0.0, 0.0
    for bound, count in buckets:
        if count >= wanted:
            return low + (bound - low) * (wanted - below) / (count - below)
        low, below = bound, count
    raise AssertionError("unreachable")


def test_prometheus_is_told_how_old_the_figures_are(client, token, visits, now):
    assert not [name for name, _ in exposed(client, **token) if "silent_seconds" in name]
    visits(minutes_ago=0)

    silent = exposed(client, **token)["contentcreate_metrics_silent_seconds", ()]

    assert silent == pytest.approx(max(0.0, time.time() - now.timestamp()), abs=180)


def test_a_gauge_of_yesterday_is_not_exposed(client, token, counted, settings):
    counted("queue_waiting", 5)  # of a moment that lies in the tests' past

    assert not [name for name, _ in exposed(client, **token) if "queue_waiting" in name]


def test_metrics_cost_one_query(client, token, visits, django_assert_max_num_queries):
    for number in range(50):
        visits(route=f"/{number}")
    client.get("/metrics", **token)

    with django_assert_max_num_queries(3):  # the settings that staff edit may be read again
        client.get("/metrics", **token)
