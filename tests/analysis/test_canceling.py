"""POST /api/v1/analyses/{id}/cancel: a job ends with the last wish for it."""

import pytest

from analysis.models import Report
from ops.models import Job, Tier
from tests.analysis.api import Api, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
TEXT = "The harbour was quiet. Nobody had expected the ferry to leave so early in the morning."


def test_a_waiting_analysis_is_canceled_with_its_job(api: Api):
    urls = api.submit(TEXT).json()["urls"]

    canceled = api.post(urls["cancel"])
    again = api.post(urls["cancel"])

    assert canceled.status_code == again.status_code == 200
    assert canceled.json()["status"] == api.get(urls["self"]).json()["status"] == "canceled"
    assert canceled.json() == again.json()
    assert Job.objects.get().state == Job.State.CANCELED


def test_a_running_job_is_told_that_nobody_wants_it(api: Api):
    urls = api.submit(TEXT).json()["urls"]
    Job.objects.update(state=Job.State.RUNNING)

    assert api.post(urls["cancel"]).json()["status"] == "canceled"
    assert Job.objects.get().cancel_requested_at is not None


def test_who_joins_a_job_that_was_to_end_keeps_it_alive(api: Api):
    urls = api.submit(TEXT).json()["urls"]
    Job.objects.update(state=Job.State.RUNNING)
    api.post(urls["cancel"])

    joined = api.as_client(Tier.PREMIUM).submit(TEXT)

    assert joined.json()["status"] == "running"
    assert Job.objects.get().cancel_requested_at is None


def test_a_job_goes_on_for_those_who_still_want_it(api: Api):
    mine = api.submit(TEXT).json()["urls"]
    other = api.as_client(Tier.PREMIUM)
    theirs = other.submit(TEXT)["Location"]

    api.post(mine["cancel"])
    work_off()

    assert Report.objects.count() == 1
    assert other.get(theirs).json()["status"] == "succeeded"
    after = api.get(mine["self"]).json()
    assert (after["status"], after["results"]) == ("canceled", None)


def test_what_has_ended_stays_as_it_is(api: Api):
    urls = api.submit(TEXT).json()["urls"]
    work_off()

    assert api.post(urls["cancel"]).json()["status"] == "succeeded"


def test_a_canceled_analysis_is_wanted_again_when_it_is_submitted_again(api: Api):
    first = api.submit(TEXT).json()
    api.post(first["urls"]["cancel"])

    again = api.submit(TEXT)

    assert again.status_code == 202
    assert again.json()["id"] == first["id"]
    work_off()
    assert api.get(first["urls"]["self"]).json()["status"] == "succeeded"


def test_the_list_knows_canceled_analyses(api: Api):
    gone = api.submit(TEXT).json()
    kept = api.submit(f"{TEXT} Again.").json()
    api.post(gone["urls"]["cancel"])

    def ids(status: str) -> list[str]:
        return [a["id"] for a in api.get(f"/api/v1/analyses?status={status}").json()["data"]]

    assert (ids("canceled"), ids("queued")) == ([gone["id"]], [kept["id"]])


def test_nobody_cancels_anothers_analysis(api: Api):
    urls = api.submit(TEXT).json()["urls"]

    assert api.as_client(Tier.PREMIUM).post(urls["cancel"]).status_code == 404
    assert Job.objects.get().state == Job.State.WAITING
