"""Texts and reports are kept as long as the operator says; then only their names are known."""

from datetime import timedelta

import pytest
from django.utils import timezone

from analysis.housekeeping import expire_contents
from analysis.models import Analysis, Batch, Content, Report, Tombstone
from ops.models import Tier
from tests.analysis.api import Api, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
TEXT = "The harbour was quiet. Nobody had expected the ferry to leave so early in the morning."


@pytest.fixture(autouse=True)
def kept_for_a_month(settings):
    settings.ANALYSIS_KEEP_DAYS = 30


def grow_old(**which: object) -> None:
    long_ago = timezone.now() - timedelta(days=31)
    Analysis.objects.filter(**which).update(created_at=long_ago)
    Batch.objects.update(created_at=long_ago)


def test_what_is_too_old_is_gone_and_says_so(api: Api):
    url = api.submit(TEXT)["Location"]
    work_off()
    grow_old()

    expire_contents()

    assert api.get(url).status_code == 410
    assert api.get(url).json()["code"] == "gone"
    assert not Content.objects.exists()
    assert not Report.objects.exists()
    assert api.as_client(Tier.PREMIUM).get(url).status_code == 404
    assert api.submit(TEXT).status_code == 202


def test_a_text_is_kept_for_whoever_submitted_it_later(api: Api):
    old = api.submit(TEXT)["Location"]
    young = api.as_client(Tier.PREMIUM)
    kept = young.submit(TEXT)["Location"]
    work_off()
    grow_old(public_id=old.rsplit("/", 1)[1])

    expire_contents()

    assert api.get(old).status_code == 410
    assert young.get(kept).json()["results"]


def test_a_batch_goes_with_its_last_item(api: Api):
    urls = api.post("/api/v1/batches", {"items": [{"custom_id": "a", "content": TEXT}]}).json()[
        "urls"
    ]
    work_off()
    grow_old()

    expire_contents()

    assert api.get(urls["self"]).status_code == api.get(urls["results"]).status_code == 410


def test_what_waits_or_may_be_kept_for_ever_stays(api: Api, settings):
    waiting = api.submit(TEXT)
    grow_old()
    expire_contents()
    assert api.get(waiting["Location"]).status_code == 200

    work_off()
    settings.ANALYSIS_KEEP_DAYS = 0
    expire_contents()
    assert api.get(waiting["Location"]).json()["expires_at"] is None


def test_an_analysis_says_when_it_expires_and_names_are_forgotten_in_a_year(api: Api):
    body = api.submit(TEXT).json()

    assert body["expires_at"][:10] == str((timezone.now() + timedelta(days=30)).date())

    Tombstone.objects.create(
        public_id="an_old", client_key="", expired_at=timezone.now() - timedelta(days=366)
    )
    expire_contents()
    assert not Tombstone.objects.exists()
