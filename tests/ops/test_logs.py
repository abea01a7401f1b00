import io
import json
import logging

import pytest
from django.http import HttpRequest

from ops import request_id
from ops.logs import line_formatter


def lines_of(as_json, log):
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(line_formatter(as_json=as_json, colors=False))
    logger = logging.Logger("example")  # noqa: LOG001 - heard by nobody else
    logger.addHandler(handler)
    log(logger)
    return stream.getvalue().splitlines()


def access_lines(caplog, client, path, **options):
    with caplog.at_level(logging.INFO, logger="contentcreate.access"):
        client.get(path, **options)
    return [record for record in caplog.records if record.name == "contentcreate.access"]


def test_a_line_is_one_json_object_with_its_fields():
    (line,) = lines_of(True, lambda log: log.info("worker pruned", extra={"worker": "w1"}))

    event = json.loads(line)
    assert event["event"] == "worker pruned"
    assert event["worker"] == "w1"
    assert event["level"] == "info"
    assert event["timestamp"].endswith("Z")


@pytest.mark.parametrize("as_json", [True, False])
def test_every_line_of_a_request_carries_its_id(as_json):
    token = request_id.current.set("abc-1")

    (line,) = lines_of(as_json, lambda log: log.warning("anything"))

    request_id.current.reset(token)
    assert "abc-1" in line


def test_an_exception_stays_on_one_line():
    def fail(log):
        try:
            raise ValueError("broken")
        except ValueError:
            log.exception("failed")

    (line,) = lines_of(True, fail)
    assert "ValueError: broken" in json.loads(line)["exception"]


@pytest.mark.parametrize("as_json", [True, False])
def test_the_request_object_and_its_path_stay_out(as_json):
    request = HttpRequest()
    request.path = "/api/v1/analyses/an_secret"

    (line,) = lines_of(as_json, lambda log: log.error("oops", extra={"request": request}))

    assert "an_secret" not in line


def test_tracebacks_for_people_show_no_local_variables():
    def fail(log):
        password = "hunter2" * 2  # noqa: F841 - what must not be printed
        try:
            raise ValueError("broken")
        except ValueError:
            log.exception("failed")

    lines = lines_of(False, fail)
    assert "ValueError: broken" in lines[-1]
    assert not any("hunter2hunter2" in line for line in lines)


@pytest.mark.django_db
def test_a_request_is_one_line_with_its_route(client, caplog):
    (record,) = access_lines(caplog, client, "/admin/login/?token=secret")

    assert record.route == "/admin/login/"
    assert record.status == 200
    assert record.method == "GET"
    assert record.duration_ms >= 0
    assert "secret" not in str(record.__dict__)


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/healthz", "/static/nothing.css"])
@pytest.mark.django_db(transaction=True)
def test_probes_and_static_files_make_no_noise(client, caplog, path):
    assert access_lines(caplog, client, path) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("known_switches")
def test_logging_asks_the_database_nothing(client, caplog, django_assert_num_queries):
    with django_assert_num_queries(0):
        (record,) = access_lines(caplog, client, "/there-is-no-such-page")

    assert record.route is None
    assert record.client is None


def test_a_signed_in_person_is_named_by_number(admin_client, admin_user, caplog):
    (record,) = access_lines(caplog, admin_client, "/admin/")

    assert record.client == f"user:{admin_user.pk}"
