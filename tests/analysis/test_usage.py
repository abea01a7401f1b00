"""GET /usage: calls, units, errors and the share that was known, by day and profile."""

from datetime import timedelta

import pytest
from django.utils import timezone

from analysis import usage
from analysis.housekeeping import forget_usage
from analysis.models import UsageDay
from ops.models import Tier
from tests.analysis.api import Api, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
URL = "/api/v1/usage"
TEXT = "The harbour was quiet. Nobody had expected the ferry to leave so early in the morning."


@pytest.fixture(autouse=True)
def nothing_noted(db):
    usage.flush()
    UsageDay.objects.all().delete()


def test_a_client_reads_what_it_has_used_by_day_and_profile(api: Api):
    api.submit(TEXT)
    work_off()
    api.submit(TEXT)
    api.submit(TEXT, profile="deep")
    api.submit("")
    items = [{"custom_id": str(n), "content": f"{TEXT} {n}"} for n in range(5)]
    api.post("/api/v1/batches", {"items": items})
    api.as_client(Tier.PREMIUM).submit(TEXT)

    body = api.get(f"{URL}?group_by=day,profile").json()

    today = str(timezone.now().date())
    rows = {row["profile"]: row for row in body["data"]}
    assert {row["day"] for row in body["data"]} == {today}
    assert rows["standard"] == {
        "day": today,
        "profile": "standard",
        "calls": 3,
        "analyses": 7,
        "cached": 1,
        "units": 7,
        "errors": 0,
        "cache_share": 0.1429,
    }
    assert rows["deep"]["units"] == 3
    assert rows[""]["errors"] == 1
    assert body["total"]["calls"] == 5


def test_an_analysis_counts_for_each_analyzer_that_ran_in_it(api: Api):
    api.submit(TEXT, profile="quick")
    api.submit(TEXT, analyzers=["passive", "readability"], options={"exclude": ["passive"]})
    work_off()
    items = [
        {"custom_id": "known", "content": TEXT, "profile": "quick"},
        {"custom_id": "new", "content": TEXT, "analyzers": ["tone"]},
    ]
    api.post("/api/v1/batches", {"items": items})
    api.submit("")

    body = api.get(f"{URL}?group_by=day,analyzer").json()

    today = str(timezone.now().date())
    rows = {row.pop("analyzer"): row for row in body["data"]}
    assert set(rows) == {"statistics", "language", "readability", "sentence_length",
                         "paragraph_length", "structure", "tone"}  # fmt: skip
    assert rows["readability"] == {
        "day": today,
        "calls": 3,
        "analyses": 3,
        "cached": 1,
        "units": 3,
        "errors": 0,
        "cache_share": 0.3333,
    }
    assert (rows["structure"]["analyses"], rows["tone"]["analyses"]) == (2, 1)
    assert (body["total"]["calls"], body["total"]["analyses"], body["total"]["units"]) == (4, 4, 4)


def test_repeated_answers_and_dry_runs_are_calls_that_analysed_nothing(api: Api):
    for _ in range(2):
        api.post("/api/v1/analyses", {"content": TEXT}, headers={"Idempotency-Key": "once"})
    api.post("/api/v1/analyses?validate_only=true", {"content": TEXT})

    total = api.get(URL).json()["total"]

    assert (total["calls"], total["analyses"], total["units"]) == (3, 1, 1)


def test_days_are_chosen_and_old_ones_forgotten(api: Api):
    api.submit(TEXT)
    api.get(URL)
    UsageDay.objects.update(day=timezone.now().date() - timedelta(days=40))
    api.submit(TEXT)
    first = UsageDay.objects.get().day

    assert len(api.get(URL).json()["data"]) == 1
    assert len(api.get(f"{URL}?from={first}").json()["data"]) == 2
    assert api.get(f"{URL}?from={first}&to={first}&group_by=").json()["total"]["calls"] == 1
    UsageDay.objects.filter(day=first).update(day=first - timedelta(days=400))
    forget_usage()
    assert UsageDay.objects.count() == 1


@pytest.mark.parametrize(
    "query",
    ["from=yesterday", "to=2026-13-01", "from=2026-02-01&to=2026-01-01", "from=2001-01-01",
     "group_by=colour", "group_by=day,day", "to=0001-01-01"],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused(api: Api, query):
    assert api.get(f"{URL}?{query}").json()["code"] == "bad_parameter"


def test_what_is_refused_before_the_key_is_read_stays_refused(client):
    wrong = {"Authorization": "Bearer cc_wrong", "Accept": "image/png"}

    answer = client.post("/api/v1/analyses", {}, content_type="application/json", headers=wrong)

    assert answer.status_code == 406


def test_only_clients_with_a_key_have_a_usage(anonymous: Api):
    anonymous.submit(TEXT)

    assert anonymous.get(URL).json()["code"] == "missing_key"
    usage.flush()
    assert not UsageDay.objects.exists()
