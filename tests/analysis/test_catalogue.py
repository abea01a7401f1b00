"""GET /analyzers, /profiles, /me: what the service offers, and to whom."""

import pytest

from analysis.engine import ANALYZERS, PROFILES, analyze
from analysis.engine.proofreading import is_installed
from analysis.samples import SAMPLES
from analysis.serializers import SubmissionSerializer
from ops.models import ApiKey
from tests.analysis.api import Api

pytestmark = pytest.mark.django_db


def test_every_analyzer_is_listed_with_a_sample_that_shows_it(api: Api):
    listed = api.get("/api/v1/analyzers")

    assert [entry["id"] for entry in listed.json()["data"]] == [a.id for a in ANALYZERS]
    assert listed["Cache-Control"] == "public, max-age=60"
    unchanged = api.get("/api/v1/analyzers", headers={"If-None-Match": listed["ETag"]})
    assert unchanged.status_code == 304


@pytest.mark.parametrize("analyzer", [analyzer.id for analyzer in ANALYZERS])
def test_a_sample_is_a_submission_that_its_analyzer_has_something_to_say_about(analyzer):
    serializer = SubmissionSerializer(data=SAMPLES[analyzer] | {"analyzers": [analyzer]})
    serializer.is_valid(raise_exception=True)

    section = analyze(serializer.wish().request).sections[analyzer]

    assert section.findings or section.metrics or not is_installed()


def test_profiles_say_which_analyzers_they_run(anonymous: Api):
    listed = {entry["id"]: entry for entry in anonymous.get("/api/v1/profiles").json()["data"]}

    assert set(listed) == set(PROFILES)
    assert "spelling" in listed["deep"]["analyzers"]
    assert "spelling" not in listed["standard"]["analyzers"]
    assert listed["deep"]["cost_factor"] > listed["standard"]["cost_factor"] == 1


def test_errors_are_listed_as_json_and_named_one_by_one(anonymous: Api):
    listed = anonymous.get("/api/v1/errors").json()["data"]
    one = anonymous.get("/api/v1/errors/rate_limited").json()

    assert {"idempotency_mismatch", "gone", "load_shed"} <= {error["code"] for error in listed}
    assert one["type"].endswith("#quota-exceeded")
    assert one["docs"].endswith("/errors/rate_limited")
    assert anonymous.get("/api/v1/errors/none").json()["code"] == "not_found"


def test_a_client_is_told_who_it_is(api: Api, anonymous: Api):
    me = api.get("/api/v1/me")

    assert me.json()["tier"] == "free"
    assert me.json()["key"]["prefix"] == f"cc_{ApiKey.objects.get().prefix}"
    assert me["Cache-Control"] == "no-store"
    assert anonymous.get("/api/v1/me").json()["code"] == "missing_key"
