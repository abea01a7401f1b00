import time

import pytest
from django.http import HttpResponse

from ops.middleware.request_metrics import RequestMetricsMiddleware, waited_seconds

NOW = 1_800_000_000.0


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("t=1799999999.5", 0.5),
        ("1799999999500", 0.5),
        ("t=1799999999500000", 0.5),
        ("1800000000.2", 0.0),  # the proxy's clock is a little ahead
        ("1799990000", None),  # or hours off
        ("soon", None),
        ("nan", None),
        ("inf", None),
        ("", None),
    ],
)
def test_time_on_the_way_is_read_from_what_proxies_write(header, seconds):
    assert waited_seconds(header, now=NOW) == (
        None if seconds is None else pytest.approx(seconds, abs=0.001)
    )


@pytest.mark.django_db
def test_a_request_is_counted_by_route_never_by_path(client, told):
    client.get("/api/v1/analyses/an_secret?token=secret")

    (labels,) = told("http_requests")
    assert labels[1:] == ("GET", "404", "anonymous")
    assert "secret" not in labels[0]
    assert "<" in labels[0]
    assert told("http_request_duration_seconds").keys() == {(labels[0],)}


@pytest.mark.django_db
def test_addresses_without_a_route_count_as_one(client, told):
    client.get("/wp-login.php")
    client.get("/.env")

    assert told("http_requests") == {("none", "GET", "404", ""): 2}


@pytest.mark.django_db
def test_static_files_and_probes_are_not_counted(client, told):
    client.get("/static/site/logo.svg")
    client.get("/livez")

    assert told("http_requests") == {}


@pytest.mark.django_db
def test_time_in_the_proxys_queue_is_timed(client, told):
    client.get("/", headers={"X-Request-Start": f"t={time.time() - 2:.3f}"})

    assert 2 <= told("http_request_queue_seconds")[()] < 10


def test_a_member_of_staff_is_of_the_staffs_tier(admin_client, told):
    admin_client.get("/admin/")

    ((_, _, _, tier),) = told("http_requests")
    assert tier == "staff"


@pytest.mark.django_db
def test_counting_asks_the_database_nothing(rf, told, django_assert_num_queries):
    middleware = RequestMetricsMiddleware(lambda request: HttpResponse())

    with django_assert_num_queries(0):
        middleware(rf.get("/anything"))

    assert told("http_requests")


@pytest.mark.storage
@pytest.mark.django_db
def test_an_analysis_is_counted_from_submission_to_report(client, told):
    from analysis import reports
    from analysis.models import Content
    from ops.queue.claims import take
    from ops.queue.perform import perform

    wish = {"content": "The cat sat on the mat. It was warm.", "format": "text"}
    for _ in range(2):
        client.post("/api/v1/analyses", wish, content_type="application/json")
    perform(take("host", 1), may_go_on=lambda: True)
    client.post("/api/v1/analyses", wish, content_type="application/json")

    assert told("submissions") == {("miss",): 1, ("coalesced",): 1, ("hit",): 1}
    assert told("jobs_enqueued") == {("analysis",): 1}
    assert told("jobs") == {("analysis", "done"): 1}
    assert told("job_run_seconds")[("analysis",)] > 0
    assert told("job_wait_seconds")[("analysis",)] > 0
    assert {("parse",), ("readability",)} <= told("engine_seconds").keys()
    reports.body_of(Content.objects.get().key)
    assert sum(told("report_lookups").values()) >= 1


@pytest.mark.storage
@pytest.mark.django_db
def test_a_job_that_fails_is_counted_by_what_becomes_of_it(told, settings):
    from ops.queue.claims import take
    from ops.queue.perform import perform
    from tests.factories import JobFactory

    settings.OPS_JOBS = {"broken": "builtins.int"}
    JobFactory(kind="broken", payload={"no_such_argument": 1})

    perform(take("host", 1), may_go_on=lambda: True)

    assert told("jobs") == {("broken", "retried"): 1}


# --- Gauges --------------------------------------------------------------------------------


@pytest.mark.storage
@pytest.mark.django_db
def test_the_installation_is_looked_at(told, now):
    from ops.metrics.sampling import sample_installation
    from tests.factories import JobFactory, WorkerHostFactory

    JobFactory.create_batch(3)
    JobFactory(dead=True)
    WorkerHostFactory()
    WorkerHostFactory(silent=True)

    sample_installation(now)

    assert told("queue_waiting") == {(): 3}
    assert told("queue_dead") == {(): 1}
    assert told("queue_depth")[("free",)] == 3
    assert told("workers_alive") == {(): 2}
    assert told("workers_silent") == {(): 1}


def test_redis_that_does_not_answer_is_down(told, settings, now, db):
    from ops.metrics.sampling import sample_installation

    sample_installation(now)
    assert told("redis_up") == {(): 1}


@pytest.mark.django_db
def test_a_process_says_how_it_and_its_host_are(told, settings):
    from ops.metrics.sampling import sample_process

    sample_process()

    host = (settings.OPS_HOSTNAME,)
    assert told("process_memory_bytes")[("command",)] > 10_000_000
    assert 0 < told("host_memory_percent")[host] < 100
    assert told("host_disk_free_bytes")[host] > 0
    assert told("host_cpu_percent").keys() == {host}
