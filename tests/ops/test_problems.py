"""Every error under the API is a problem document; people get pages."""

from html import escape

import pytest
from django.db import OperationalError, connection
from django.test import Client

from ops.models import Tier
from ops.problems import CATALOGUE
from tests.analysis.api import Api

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("debug", [False, True])
def test_an_unknown_endpoint_is_a_problem(client, settings, debug):
    settings.DEBUG = debug

    answer = client.get("/api/v1/nothing")

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "not_found"


def test_a_slash_too_many_is_named(client):
    answer = client.post("/api/v1/analyses/", {}, content_type="application/json")

    assert answer.status_code == 404
    assert "no slash" in answer.json()["detail"]


def test_a_method_that_is_not_taken_is_a_problem(client):
    answer = client.put("/api/v1/analyses", {}, content_type="application/json")

    assert answer.status_code == 405
    assert answer.json()["code"] == "method_not_allowed"
    assert answer["Allow"] == "GET, POST, HEAD, OPTIONS"


@pytest.mark.parametrize(
    "address",
    [
        "analyses?batch=%00",
        "analyses?metadata[a]=%00",
        "analyses?metadata[%00]=1",
        "analyses/%00",
        "analyses/x/comparison?before=%00",
        "batches/%00",
        "webhook-endpoints/%00",
    ],
)
def test_an_address_that_no_database_can_look_up_is_a_problem(address):
    answer = Api.as_client(Tier.FREE).get(f"/api/v1/{address}")

    assert answer.status_code == 400
    assert answer.json()["code"] == "bad_request"


def test_a_body_that_is_no_json_or_packed_is_told_what_to_send(client):
    form = client.post("/api/v1/analyses", {"content": "A text."})
    packed = client.post(
        "/api/v1/analyses", b"x", "application/json", headers={"Content-Encoding": "gzip"}
    )

    assert (form.status_code, packed.status_code) == (415, 415)
    assert "Send `Content-Type: application/json`" in form.json()["detail"]
    assert "packed as 'gzip'" in packed.json()["detail"]


def test_a_foreign_host_is_a_problem(client):
    answer = client.get("/api/v1/analyses", headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert answer.json()["code"] == "bad_request"


def test_a_form_that_cannot_be_given_is_a_problem(client):
    answer = client.get("/api/v1/analyses/an_x", headers={"Accept": "text/csv"})

    assert answer.status_code == 406
    assert answer.json()["code"] == "not_acceptable"


def test_a_bug_is_a_problem_without_its_traceback(settings):
    settings.ANALYSIS_ANONYMOUS_MAX_CHARS = None  # comparing with it raises TypeError

    answer = Api(raise_errors=False).submit("A text.")

    assert answer.status_code == 500
    assert answer.json()["code"] == "internal_error"
    assert "TypeError" not in answer.content.decode()


@pytest.mark.parametrize(("path", "is_told"), [("/admin/", True), ("/errors", False)])
def test_people_read_that_the_database_is_down_and_staff_what_works_without_it(
    admin_client, path, is_told
):
    def down(*_):
        raise OperationalError("connection refused")

    admin_client.raise_request_exception = False
    with connection.execute_wrapper(down):
        answer = admin_client.get(path)

    assert (answer.status_code, int(answer["Retry-After"]) > 0) == (503, True)
    assert "Our database cannot be reached" in answer.text
    assert ("manage.py maintenance on" in answer.text) is is_told


def test_a_database_that_is_down_is_a_problem_that_says_when_to_come_back():
    def down(*_):
        raise OperationalError("connection refused")

    with connection.execute_wrapper(down):
        answer = Api().get("/api/v1/analyses/an_x")

    assert answer.status_code == 503
    assert answer.json()["code"] == "dependency_unavailable"
    assert int(answer["Retry-After"]) == answer.json()["retry_after"] >= 1


@pytest.mark.parametrize("code", CATALOGUE)
def test_the_type_of_each_problem_is_a_page_that_exists(client, code):
    page = client.get(f"/errors/{code}", headers={"Accept": "text/html"})
    data = client.get(f"/errors/{code}", headers={"Accept": "application/json"})

    assert escape(CATALOGUE[code].title) in page.content.decode()
    assert data.json()["status"] == CATALOGUE[code].status


def test_the_catalogue_lists_all_errors(client):
    assert len(client.get("/errors", headers={"Accept": "application/json"}).json()["data"]) == len(
        CATALOGUE
    )


def test_people_get_a_page_for_an_unknown_address(client):
    answer = client.get("/nothing")

    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("text/html")


def test_a_form_that_was_open_for_too_long_says_so_on_a_page_of_ours():
    answer = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "ann"})

    assert answer.status_code == 403
    assert "This form was open for too long" in answer.text
    assert "/static/site/css/base" in answer.text
