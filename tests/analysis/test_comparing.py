"""GET /analyses/{id}/comparison and `?fields=`: what is read beside the whole report."""

import pytest

from analysis import reports
from analysis.models import Content
from ops.models import Tier
from tests.analysis.api import Api, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
BEFORE = "The ledger was written by the master. The the ferry left."
AFTER = "The ledger was written by the master. The ferry left. In order to see it, we ran."


def test_two_versions_are_compared(api: Api):
    before, after = (api.submit(text).json() for text in (BEFORE, AFTER))
    work_off()

    answer = api.get(f"{after['urls']['self']}/comparison?before={before['id']}")

    body = answer.json()
    assert (body["before"], body["after"]) == (before["id"], after["id"])
    sections = {name: {f["id"].split(".")[0] for f in body[name]} for name in ("fixed", "new")}
    assert "repeated_words" in sections["fixed"]
    assert "style_lexicon" in sections["new"]
    kept = [f for f in body["remaining"] if f["id"].startswith("passive.")]
    assert [AFTER[s["start"] : s["end"]] for s in kept[0]["spans"]] == ["was written"]
    assert body["scores"]["overall"]["change"] == pytest.approx(
        body["scores"]["overall"]["after"] - body["scores"]["overall"]["before"], abs=0.11
    )


def test_a_comparison_needs_two_reports_of_ones_own(api: Api):
    before, after = (api.submit(text).json() for text in (BEFORE, AFTER))
    url = f"{after['urls']['self']}/comparison"
    theirs = api.as_client(Tier.PREMIUM).submit("Another text of somebody else.").json()

    assert api.get(f"{url}?before={before['id']}").json()["code"] == "analysis_not_finished"
    assert api.get(url).json()["code"] == "bad_parameter"
    assert api.get(f"{url}?before={theirs['id']}").status_code == 404


def test_an_answer_holds_only_the_wanted_fields(api: Api):
    url = api.submit(AFTER)["Location"]
    work_off()

    few = api.get(f"{url}?fields=id,input.chars,results.scores.overall.score").json()
    all_results = api.get(f"{url}?fields=results,results.scores").json()
    listed = api.get("/api/v1/analyses?fields=id,status").json()["data"]

    assert set(few) == {"id", "input", "results"}
    assert few["input"] == {"chars": len(AFTER)}
    assert set(few["results"]["scores"]["overall"]) == {"score"}
    assert set(few["results"]) == {"scores"}
    assert len(all_results["results"]) > 5
    assert listed == [{"id": few["id"], "status": "succeeded"}]


def test_a_report_that_nobody_wants_is_not_read(api, known_switches, django_assert_max_num_queries):
    url = api.submit(AFTER)["Location"]
    work_off()
    api.get(url)

    reports.forget(Content.objects.get().key)
    with django_assert_max_num_queries(2):  # the key unless it is remembered, the analysis
        assert api.get(f"{url}?fields=status").json() == {"status": "succeeded"}


@pytest.mark.parametrize("fields", ["colour", "id,colour", "a.b.c", ",".join(["id"] * 51)])
def test_an_unknown_field_is_refused(api: Api, fields):
    url = api.submit(AFTER)["Location"]

    assert api.get(f"{url}?fields={fields}").json()["code"] == "bad_parameter"
