"""/api/v1/webhook-endpoints and /webhook-deliveries: what a client may do."""

import jsonschema
import pytest
from standardwebhooks import Webhook

from analysis.models import IdempotencyRecord
from ops.models import Tier, WebhookDelivery, WebhookEndpoint
from tests.analysis.api import Api
from tests.receivers import answers

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
ENDPOINTS = "/api/v1/webhook-endpoints"


def test_an_endpoint_is_made_read_changed_and_deleted(api: Api, receiver):
    made = api.post(ENDPOINTS, {"url": receiver.url, "events": ["analysis.failed"]})
    assert made.status_code == 201
    assert made["Cache-Control"] == "no-store"
    Webhook(made.json()["secret"])  # the reference implementation takes it
    url = made["Location"]

    shown = api.get(url).json()
    assert shown == {name: value for name, value in made.json().items() if name != "secret"}
    assert [row["id"] for row in api.get(ENDPOINTS).json()["data"]] == [shown["id"]]

    changed = api.patch(url, {"description": "The newsroom", "events": [], "enabled": False})
    assert changed.status_code == 200
    assert changed.json()["description"] == "The newsroom"
    assert changed.json()["disabled"]["reason"] == "client"
    assert api.patch(url, {"enabled": True}).json()["disabled"] is None

    assert api.delete(url).status_code == 204
    assert api.get(url).status_code == 404


def test_the_same_request_twice_makes_one_endpoint_and_its_secret_is_kept_once(api: Api, receiver):
    named = {"headers": {"Idempotency-Key": "one"}}
    first, again = (api.post(ENDPOINTS, {"url": receiver.url}, **named) for _ in range(2))
    other = api.post(ENDPOINTS, {"url": f"{receiver.url}/other"}, **named)

    assert (first.status_code, again.status_code) == (201, 201)
    assert again["Idempotent-Replayed"] == "true"
    assert again["Cache-Control"] == "no-store"
    assert again["Location"] == first["Location"]
    assert again.json() == first.json()
    assert other.json()["code"] == "idempotency_mismatch"
    assert WebhookEndpoint.objects.count() == 1
    assert first.json()["secret"] not in IdempotencyRecord.objects.get().body


def test_nobody_else_sees_it_and_nobody_without_a_key_has_one(api: Api, anonymous, endpoint):
    made = endpoint()
    other = Api.as_client(Tier.PREMIUM)

    for path in ("", "/secret", "/deliveries"):
        assert other.get(f"{ENDPOINTS}/{made['id']}{path}").status_code == 404
    assert other.post(f"{ENDPOINTS}/{made['id']}/test").status_code == 404
    assert other.delete(f"{ENDPOINTS}/{made['id']}").status_code == 404
    assert other.get(ENDPOINTS).json()["data"] == []
    refused = anonymous.post(ENDPOINTS, {"url": "https://example.com/"})
    assert (refused.status_code, refused.json()["code"]) == (401, "missing_key")


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://127.0.0.1:9/", "address_not_public"),
        ("https://169.254.169.254/latest/meta-data/", "address_not_public"),
        ("https://[::ffff:10.0.0.1]/", "address_not_public"),
        ("https://user:password@example.com/", "invalid_url"),
        ("ftp://example.com/", "invalid_url"),
        ("https://93.184.215.14:22/", "port_not_allowed"),
        ("http://93.184.215.14/", "scheme_not_allowed"),
    ],
)
def test_an_unsafe_url_is_refused_when_it_is_given(api: Api, settings, url, code):
    settings.OPS_OUTBOUND_ALLOWED_NETWORKS = []
    settings.OPS_WEBHOOK_HTTPS_ONLY = code == "scheme_not_allowed"

    for answer, pointer in (
        (api.post(ENDPOINTS, {"url": url}), "/url"),
        (api.submit("The harbour was quiet.", webhook=url), "/webhook"),
    ):
        problem = answer.json()
        assert (answer.status_code, problem["code"]) == (422, "unsafe_url")
        assert [(e["pointer"], e["code"]) for e in problem["errors"]] == [(pointer, code)]


def test_typing_errors_and_unknown_events_are_told(api: Api):
    for body, pointer in (
        ({"url": "https://example.com/", "event": []}, "/event"),
        ({"url": "https://example.com/", "events": ["analysis.done"]}, "/events/0"),
        ({}, "/url"),
    ):
        answer = api.post(ENDPOINTS, body)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == pointer


def test_a_client_has_a_bounded_number_of_endpoints(api: Api, endpoint, settings):
    settings.OPS_WEBHOOK_ENDPOINTS_AT_MOST = 1

    assert "id" in endpoint()
    assert endpoint()["code"] == "too_many_endpoints"


def test_a_secret_is_read_and_replaced_with_an_overlap(api: Api, endpoint, work, receiver):
    made = endpoint()
    url = f"{ENDPOINTS}/{made['id']}"
    assert api.get(f"{url}/secret").json()["secret"] == made["secret"]

    rotated = api.post(f"{url}/rotate-secret").json()
    assert rotated["secret"] != made["secret"]
    assert rotated["previous_secret_until"]
    api.post(f"{url}/test")
    work()

    (got,) = receiver.got
    for secret in (made["secret"], rotated["secret"]):
        Webhook(secret).verify(got.body, got.headers)


def test_a_key_that_only_reads_sees_no_secret_and_changes_nothing(endpoint):
    from ops import keys
    from ops.models import Client

    made = endpoint()
    reader = Api(keys.mint(Client.objects.get(), scopes=["analyses:read"]).secret)

    assert reader.get(f"{ENDPOINTS}/{made['id']}").status_code == 200
    assert reader.get(f"{ENDPOINTS}/{made['id']}/secret").status_code == 403
    assert reader.post(ENDPOINTS, {"url": made["url"]}).status_code == 403


def test_a_test_message_shows_how_the_endpoint_does(api: Api, endpoint, work, receiver):
    made = endpoint()
    api.patch(f"{ENDPOINTS}/{made['id']}", {"enabled": False})
    receiver.behave = answers(500, b"oops")

    sent = api.post(f"{ENDPOINTS}/{made['id']}/test")
    assert sent.status_code == 202
    work()

    seen = api.get(sent["Location"]).json()
    assert (seen["status"], seen["error"], seen["attempts_made"]) == ("failed", "bad_status", 1)
    assert seen["message"]["type"] == "webhook.test"
    assert (seen["attempts"][0]["status"], seen["attempts"][0]["answer"]) == (500, "oops")


def test_deliveries_are_listed_by_page_and_sent_again(api: Api, endpoint, work, receiver):
    made = endpoint()
    receiver.behave = answers(500)
    for _ in range(3):
        api.post(f"{ENDPOINTS}/{made['id']}/test")
    work()
    receiver.behave = answers(200)

    deliveries = made["urls"]["deliveries"]
    page = api.get(f"{deliveries}?limit=2&status=failed").json()
    rest = api.get(f"{deliveries}?limit=2&cursor={page['next_cursor']}").json()
    assert (len(page["data"]), page["has_more"]) == (2, True)
    assert (len(rest["data"]), rest["has_more"]) == (1, False)
    assert api.get(f"{deliveries}?status=lost").status_code == 400

    retried = api.post(page["data"][0]["urls"]["retry"])
    assert (retried.status_code, retried.json()["status"]) == (202, "waiting")
    work()

    again = api.get(page["data"][0]["urls"]["self"]).json()
    assert (again["status"], again["attempts_made"]) == ("succeeded", 2)
    assert len(receiver.got) == 4
    assert len({got.headers["webhook-id"] for got in receiver.got}) == 3


def test_answers_fit_their_description(api: Api, client, endpoint, work):
    description = client.get("/api/v1/openapi.json").json()
    made = endpoint()
    url = f"{ENDPOINTS}/{made['id']}"
    sent = api.post(f"{url}/test").json()
    work()

    for name, answer in {
        "NewWebhookEndpoint": made,
        "WebhookEndpoint": api.get(url).json(),
        "WebhookEndpointList": api.get(ENDPOINTS).json(),
        "WebhookSecret": api.get(f"{url}/secret").json(),
        "WebhookDeliverySummary": sent,
        "WebhookDelivery": api.get(sent["urls"]["self"]).json(),
        "WebhookDeliveryList": api.get(f"{url}/deliveries").json(),
    }.items():
        schema = {"$ref": f"#/components/schemas/{name}"} | description
        jsonschema.validate(answer, schema, jsonschema.Draft202012Validator)
    assert WebhookEndpoint.objects.count() == WebhookDelivery.objects.count() == 1
