"""Prefer: wait: how long a request holds on."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connections

from analysis import waiting
from analysis.models import Analysis
from ops.problems import ProblemError
from tests.analysis.api import Api, work_off

TEXT = "The harbour was quiet."


@pytest.mark.parametrize(
    ("prefer", "seconds"),
    [
        ("", 0),
        ("wait=0", 0),
        ("wait=7", 7),
        ("WAIT = 7", 7),
        ('wait="7"', 7),
        ("respond-async, wait=10", 10),
        ("handling=lenient; wait=3", 3),
        ("wait=9999", 25),
        ("wait=99999999999999999999", 0),
        ("wait=-1", 0),
        ("wait=soon", 0),
        ("await=7", 0),
        ("respond-async", 0),
    ],
)
def test_the_wait_is_read_from_the_header(prefer, seconds):
    assert waiting.preferred_wait_seconds(prefer) == seconds


@pytest.mark.django_db(transaction=True)
def test_a_waiting_request_is_answered_when_the_report_is_there(transactional_db):
    api = Api()
    url = api.submit(TEXT)["Location"]

    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(
            _in_own_connection, lambda: api.get(url, headers={"Prefer": "wait=20"})
        )
        work_off()
        body = answer.result(timeout=10)

    assert body.json()["status"] == "succeeded"


@pytest.mark.django_db
def test_a_wait_that_runs_out_is_answered_as_it_stands(api: Api):
    url = api.submit(TEXT)["Location"]

    answer = api.get(f"{url}?wait=1")

    assert answer.json()["status"] == "queued"
    assert answer["Preference-Applied"] == "wait=1"
    assert answer["Retry-After"]


@pytest.mark.django_db
def test_when_all_slots_wait_the_next_is_answered_at_once(api: Api):
    slots = max(1, settings.WEB_THREADS // 2)
    for _ in range(slots):
        assert waiting._slots.acquire(blocking=False)
    try:
        answer = api.submit(TEXT)
        read = api.get(answer["Location"], headers={"Prefer": "wait=20"})
    finally:
        for _ in range(slots):
            waiting._slots.release()

    assert read.json()["status"] == "queued"
    assert "Preference-Applied" not in read


@pytest.mark.django_db
def test_an_analysis_that_is_erased_meanwhile_is_not_found(api: Api):
    api.submit(TEXT)
    waited_for = Analysis.objects.in_view().get()
    Analysis.objects.all().delete()

    with pytest.raises(ProblemError) as refusal:
        waiting.wait_for(waited_for, seconds=20)

    assert refusal.value.kind.code == "not_found"


@pytest.mark.django_db
def test_a_wait_that_is_no_number_is_refused(api: Api):
    answer = api.get(f"{api.submit(TEXT)['Location']}?wait=long")

    assert answer.status_code == 400
    assert answer.json()["code"] == "bad_parameter"


def _in_own_connection(call):
    try:
        return call()
    finally:
        connections.close_all()
