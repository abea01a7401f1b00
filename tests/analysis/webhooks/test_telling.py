"""Whoever follows is told once that an analysis or a batch has ended, however it ended."""

import json

import jsonschema
import pytest
from django.utils import timezone
from standardwebhooks import Webhook

from analysis.announcing import sweep, sweep_batches
from analysis.models import Analysis, Follower
from ops.models import Job, Tier, WebhookEndpoint, WebhookMessage
from tests.analysis.api import Api

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
TEXT = "The harbour was quiet. Nobody had expected the ferry to leave so early in the morning."


def told(receiver):
    return [json.loads(got.body) for got in receiver.got]


def types(receiver):
    return [body["type"] for body in told(receiver)]


def test_an_endpoint_is_told_when_the_report_is_there(api: Api, endpoint, work, receiver, client):
    secret = endpoint()["secret"]
    submitted = api.submit(TEXT, metadata={"post": "42"}).json()
    work()

    (got,) = receiver.got
    body = Webhook(secret).verify(got.body, got.headers)
    assert body["type"] == "analysis.succeeded"
    assert body["data"] == {
        "id": submitted["id"],
        "object": "analysis",
        "status": "succeeded",
        "metadata": {"post": "42"},
        "url": submitted["urls"]["self"],
    }
    description = client.get("/api/v1/openapi.json").json()
    schema = {"$ref": "#/components/schemas/AnalysisEnded"} | description
    jsonschema.validate(body, schema, jsonschema.Draft202012Validator)
    assert set(description["webhooks"]) >= {"analysis.succeeded", "batch.ended"}


def test_a_submission_may_name_its_own_address(api: Api, work, receiver):
    submitted = api.submit(TEXT, webhook=f"{receiver.url}?post=42").json()
    work()
    (listed,) = api.get("/api/v1/webhook-endpoints").json()["data"]
    secret = api.get(f"{listed['urls']['self']}/secret").json()["secret"]

    (got,) = receiver.got
    assert got.path == "/hook?post=42"
    assert Webhook(secret).verify(got.body, got.headers)["data"]["id"] == submitted["id"]
    assert (listed["registered"], listed["url"]) == (False, receiver.url.removesuffix("/hook"))
    assert not Follower.objects.exists()


def test_addresses_of_one_origin_share_an_endpoint_and_its_secret(api: Api, work, receiver):
    for number in range(3):
        api.submit(f"{TEXT} {number}", webhook=f"{receiver.url}?post={number}")
    work()

    assert sorted(got.path for got in receiver.got) == [f"/hook?post={n}" for n in range(3)]
    assert WebhookEndpoint.objects.get().registered is False


def test_who_is_told_as_endpoint_and_as_address_is_told_once(api: Api, endpoint, work, receiver):
    endpoint()
    api.submit(TEXT, webhook=receiver.url)
    work()

    assert len(receiver.got) == 1


def test_a_known_text_is_told_at_once(api: Api, work, receiver):
    api.submit(TEXT)
    work()

    api.submit(TEXT, webhook=receiver.url)
    api.submit(TEXT, metadata={"a": "b"}, webhook=receiver.url)
    work()

    assert types(receiver) == ["analysis.succeeded"] * 2
    assert not Analysis.objects.untold().exists()


def test_all_who_joined_the_same_job_are_told_each_of_its_own(api: Api, work, receiver):
    other = Api.as_client(Tier.PREMIUM)
    mine = api.submit(TEXT, webhook=f"{receiver.url}?mine").json()["id"]
    theirs = other.submit(TEXT, webhook=f"{receiver.url}?theirs").json()["id"]
    work()

    assert {got.path: json.loads(got.body)["data"]["id"] for got in receiver.got} == {
        "/hook?mine": mine,
        "/hook?theirs": theirs,
    }


def test_a_failure_is_told(api: Api, endpoint, work, receiver):
    endpoint()
    api.submit(TEXT)
    Job.objects.update(state=Job.State.DEAD, finished_at=timezone.now())

    sweep(timezone.now())
    sweep(timezone.now())
    work_of_webhooks(work)

    assert types(receiver) == ["analysis.failed"]
    assert told(receiver)[0]["data"]["status"] == "failed"


def work_of_webhooks(work):
    """The dead analysis job stays dead: only what waits is done."""
    Job.objects.filter(kind="analysis").delete()
    work()


def test_a_cancellation_is_told_and_what_is_submitted_again_too(api: Api, endpoint, work, receiver):
    endpoint()
    urls = api.submit(TEXT).json()["urls"]
    api.post(urls["cancel"])
    work()
    assert types(receiver) == ["analysis.canceled"]

    api.submit(TEXT)
    work()

    assert types(receiver) == ["analysis.canceled", "analysis.succeeded"]


def test_a_report_and_its_message_come_together_or_not_at_all(api: Api, endpoint, monkeypatch):
    """The seam is the database: what cannot be told is not kept either."""
    from analysis.models import Report
    from analysis.tasks import run_analysis

    endpoint()
    api.submit(TEXT)
    payload = Job.objects.get().payload

    def full(*_, **__):
        raise OSError("disk full")

    monkeypatch.setattr(WebhookMessage.objects, "create", full)
    with pytest.raises(OSError, match="disk full"):
        run_analysis(**payload)

    assert not Report.objects.exists()
    assert Analysis.objects.untold().count() == 1


def test_what_slipped_through_is_found_by_the_look(api: Api, endpoint, work, receiver):
    """Submitted while the report was being kept: neither saw the other."""
    endpoint()
    api.submit(TEXT)
    work()
    Analysis.objects.update(untold=True)

    sweep(timezone.now())
    work()

    assert types(receiver) == ["analysis.succeeded"] * 2


def test_a_batch_is_told_once_as_a_whole(api: Api, endpoint, work, receiver):
    endpoint()
    items = [{"custom_id": f"n{n}", "content": f"{TEXT} {n}"} for n in range(3)]
    batch = api.post("/api/v1/batches", {"items": items, "metadata": {"night": "1"}}).json()
    sweep_batches(timezone.now())
    work()
    sweep_batches(timezone.now())
    sweep_batches(timezone.now())
    work()

    (body,) = told(receiver)
    assert body["type"] == "batch.ended"
    assert (body["data"]["id"], body["data"]["metadata"]) == (batch["id"], {"night": "1"})


def test_what_is_erased_is_not_told_any_more(api: Api, endpoint, work, receiver):
    endpoint()
    submitted = api.submit(TEXT)
    work()
    assert WebhookMessage.objects.count() == 1

    api.delete(submitted.json()["urls"]["self"])

    assert not WebhookMessage.objects.exists()


def test_an_anonymous_client_is_told_how_to_be_told(anonymous, receiver):
    refused = anonymous.submit(TEXT, webhook=receiver.url)

    assert (refused.status_code, refused.json()["code"]) == (401, "missing_key")
    assert anonymous.submit(TEXT).status_code == 202


def test_who_follows_nothing_costs_no_message(api: Api, anonymous, work):
    api.submit(TEXT)
    anonymous.submit(TEXT)
    work()

    assert not WebhookMessage.objects.exists()
    assert not Analysis.objects.untold().exists()
