"""`Idempotency-Key`: the same request twice has one outcome. `validate_only`: none at all."""

from datetime import timedelta

import pytest
from django.utils import timezone

from analysis.housekeeping import forget_answers
from analysis.models import Analysis, IdempotencyRecord
from ops.models import Job, Tier
from tests.analysis.api import Api, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
TEXT = "The harbour was quiet. Nobody had expected the ferry to leave so early in the morning."
URL = "/api/v1/analyses"


def send(api: Api, key: str = "order-1", content: str = TEXT, **members):
    body = {"content": content, **members}
    return api.post(URL, body, headers={"Idempotency-Key": key})


def test_a_repeated_request_gets_the_answer_of_the_first(api: Api):
    first = send(api)
    work_off()

    again = send(api, '"order-1"')  # the quoted form of the draft is the same key

    assert "Idempotent-Replayed" not in first
    assert again["Idempotent-Replayed"] == "true"
    assert again.status_code == first.status_code == 202
    assert again.json() == first.json()
    assert again["Location"] == first["Location"]


def test_a_repeated_request_gets_the_report_again(api: Api):
    api.submit(TEXT)
    work_off()
    first = send(api)

    again = send(api)

    assert again.status_code == 200
    assert again.content == first.content
    assert "sections" not in IdempotencyRecord.objects.get().body  # the report is kept once


def test_the_same_key_with_another_body_is_refused(api: Api):
    send(api)

    other = send(api, content=f"{TEXT} Another.")

    assert other.status_code == 422
    assert other.json()["code"] == "idempotency_mismatch"
    assert Analysis.objects.count() == 1


def test_the_key_of_one_client_is_not_the_key_of_another(api: Api):
    send(api)

    assert "Idempotent-Replayed" not in send(api.as_client(Tier.PREMIUM), content="Another text.")


def test_a_request_that_is_being_worked_on_is_not_done_twice(api: Api):
    send(api)
    IdempotencyRecord.objects.update(status=None, claimed_at=timezone.now())

    meanwhile = send(api)

    assert meanwhile.status_code == 409
    assert meanwhile.json()["code"] == "idempotency_in_progress"
    assert int(meanwhile["Retry-After"]) >= 1


def test_a_request_that_died_is_taken_over(api: Api):
    first = send(api)
    IdempotencyRecord.objects.update(status=None, claimed_at=timezone.now() - timedelta(seconds=61))

    again = send(api)

    assert again.status_code == 202
    assert again.json()["id"] == first.json()["id"]
    assert "Idempotent-Replayed" not in again
    assert send(api)["Idempotent-Replayed"] == "true"


def test_a_refusal_is_not_kept(api: Api, settings):
    settings.ANALYSIS_ANONYMOUS_MAX_CHARS = 10
    visitor = Api()

    refused = send(visitor)
    settings.ANALYSIS_ANONYMOUS_MAX_CHARS = 1000
    accepted = send(visitor)

    assert (refused.status_code, accepted.status_code) == (413, 202)


def test_a_key_is_forgotten_after_a_day(api: Api):
    send(api)
    IdempotencyRecord.objects.update(created_at=timezone.now() - timedelta(hours=25))

    assert send(api, content=f"{TEXT} Another.").status_code == 202

    IdempotencyRecord.objects.update(created_at=timezone.now() - timedelta(hours=25))
    forget_answers()
    assert not IdempotencyRecord.objects.exists()


def test_erased_content_does_not_live_on_in_an_answer(api: Api):
    url = send(api)["Location"]

    api.delete(url)

    assert not IdempotencyRecord.objects.exists()


@pytest.mark.parametrize("key", ["", " ", "a" * 256, "two words", '"open', "ü"])
def test_a_key_that_is_none_is_refused(api: Api, key):
    assert send(api, key).json()["code"] == "bad_request"


def test_a_dry_run_tells_price_and_time_and_keeps_nothing(api: Api):
    cheap = api.post(f"{URL}?validate_only=true", {"content": TEXT})
    dear = api.post(f"{URL}?validate_only=true", {"content": TEXT, "profile": "deep"})

    assert cheap.status_code == 200
    assert cheap.json() == {
        "object": "validation",
        "valid": True,
        "outcome": "miss",
        "would_queue": True,
        "cost_units": 1,
        "eta_seconds": None,  # no worker lives
    }
    assert dear.json()["cost_units"] == 3
    assert not Analysis.objects.exists()
    assert not Job.objects.exists()


def test_a_dry_run_knows_known_texts_and_refuses_what_would_be_refused(api: Api):
    api.submit(TEXT)
    joined = api.post(f"{URL}?validate_only=1", {"content": TEXT}).json()
    work_off()
    known = api.post(f"{URL}?validate_only=1", {"content": TEXT}).json()
    refused = api.post(f"{URL}?validate_only=1", {"content": ""})

    assert (joined["outcome"], joined["would_queue"]) == ("coalesced", True)
    assert (known["outcome"], known["would_queue"], known["eta_seconds"]) == ("hit", False, 0)
    assert refused.status_code == 422
    assert api.post(f"{URL}?validate_only=perhaps", {"content": TEXT}).status_code == 400


def test_a_dear_profile_is_charged_its_difference(api: Api):
    def units_left() -> int:
        policies = api.get("/api/v1/limits").json()["policies"]
        return next(p["remaining"] for p in policies if p["counts"] == "cost")

    before = units_left()
    api.submit(TEXT)
    after_standard = units_left()
    api.submit(TEXT, profile="deep")

    assert before - after_standard == 1
    assert after_standard - units_left() == 3


def test_preferences_that_were_heard_are_named(api: Api):
    answer = api.post(URL, {"content": TEXT}, headers={"Prefer": "respond-async"})

    assert answer["Preference-Applied"] == "respond-async"
    assert answer["Server-Timing"].startswith("submit;dur=")


def test_a_dry_run_refuses_a_webhook_that_cannot_be_called(api):
    wish = {"content": TEXT, "webhook": "http://10.0.0.1/"}

    assert api.post(f"{URL}?validate_only=1", wish).json()["code"] == "unsafe_url"
