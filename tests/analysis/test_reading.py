"""GET and DELETE: polling, lists, whose analyses, erasure."""

import pytest

from analysis.models import Analysis, Content, Report
from ops.models import Job, Tier
from tests.analysis.api import Api, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
TEXT = "The harbour was quiet. Nobody had expected the ferry to leave so early in the morning."


def test_a_poll_that_finds_nothing_new_costs_no_body(api: Api):
    url = api.submit(TEXT)["Location"]
    first = api.get(url)

    unchanged = api.get(url, headers={"If-None-Match": first["ETag"]})
    work_off()
    changed = api.get(url, headers={"If-None-Match": first["ETag"]})

    assert first["Retry-After"]
    assert unchanged.status_code == 304
    assert not unchanged.content
    assert changed.status_code == 200
    assert changed.json()["status"] == "succeeded"
    assert "Retry-After" not in changed
    assert changed["Cache-Control"] == "private, max-age=300"


def test_an_analysis_is_seen_by_the_client_that_made_it_alone(api: Api, anonymous: Api):
    url = api.submit(TEXT)["Location"]

    assert api.get(url).status_code == 200
    assert api.as_client(Tier.PREMIUM).get(url).status_code == 404
    assert anonymous.get(url).status_code == 404


def test_an_anonymous_analysis_is_seen_by_whoever_holds_its_id(api: Api, anonymous: Api):
    url = anonymous.submit(TEXT)["Location"]

    assert anonymous.get(url).status_code == 200
    assert api.get(url).status_code == 200


def test_a_list_is_walked_by_cursor_newest_first(api: Api):
    made = [api.submit(f"{TEXT} {number}").json()["id"] for number in range(5)]
    api.as_client(Tier.PREMIUM).submit(TEXT)

    seen, url = [], "/api/v1/analyses?limit=2"
    while url:
        page = api.get(url)
        seen += [analysis["id"] for analysis in page.json()["data"]]
        url = page["Link"].split(">")[0].lstrip("<") if page.json()["has_more"] else ""

    assert seen == made[::-1]


def test_a_list_is_filtered_by_profile_which_is_also_called_type(api: Api):
    api.submit(TEXT)
    quick = api.submit(TEXT, profile="quick").json()["id"]

    for name in ("profile", "type"):
        listed = api.get(f"/api/v1/analyses?{name}=quick").json()["data"]
        assert [analysis["id"] for analysis in listed] == [quick]


@pytest.mark.parametrize(
    ("url", "helps"),
    [
        ("/api/v1/analyses?statu=queued", "Did you mean 'status'?"),
        ("/api/v1/batches?limits=3", "Did you mean 'limit'?"),
        ("/api/v1/usage?groupby=day", "Did you mean 'group_by'?"),
    ],
)
def test_a_mistyped_parameter_is_told_the_nearest(api: Api, url, helps):
    problem = api.get(url).json()

    assert problem["code"] == "bad_parameter"
    assert helps in problem["detail"]


def test_a_list_is_filtered_by_status_label_and_time(api: Api):
    done = api.submit(TEXT, metadata={"post": "42"}).json()
    work_off()
    queued = api.submit(f"{TEXT} Again.", metadata={"post": "43"}).json()

    def ids(query: str) -> list[str]:
        return [a["id"] for a in api.get(f"/api/v1/analyses?{query}").json()["data"]]

    assert ids("status=succeeded") == [done["id"]]
    assert ids("status=queued") == [queued["id"]]
    assert ids("status=failed") == ids("status=expired") == []
    assert ids("metadata[post]=42") == [done["id"]]
    assert ids(f"created_after={done['created_at'].replace('+00:00', 'Z')}") == [queued["id"]]
    assert ids("limit=500") == [queued["id"], done["id"]]


@pytest.mark.usefixtures("known_switches")
def test_a_page_of_a_list_costs_the_same_however_long_it_is(api, django_assert_max_num_queries):
    for number in range(10):
        api.submit(f"{TEXT} {number}")
    work_off()
    api.get("/api/v1/analyses")

    with django_assert_max_num_queries(2):  # the key unless it is remembered, the page
        assert len(api.get("/api/v1/analyses").json()["data"]) == 10


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("cursor=made-up", "bad_cursor"),
        ("limit=0", "bad_parameter"),
        ("limit=many", "bad_parameter"),
        ("status=finished", "bad_parameter"),
        ("created_after=yesterday", "bad_parameter"),
        ("created_after=2026-13-45T00:00:00Z", "bad_parameter"),
        ("created_after=2026-01-01T00:00:00", "bad_parameter"),
        ("page=2", "bad_parameter"),
    ],
)
def test_a_list_refuses_what_it_cannot_use(api: Api, query, code):
    answer = api.get(f"/api/v1/analyses?{query}")

    assert answer.status_code == 400
    assert answer.json()["code"] == code


def test_an_anonymous_client_has_no_list(anonymous: Api):
    answer = anonymous.get("/api/v1/analyses")

    assert answer.status_code == 401
    assert answer.json()["code"] == "missing_key"
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_erasing_the_last_analysis_of_a_text_erases_text_and_report(
    api: Api, django_capture_on_commit_callbacks
):
    url = api.submit(TEXT)["Location"]
    work_off()
    assert api.get(url).json()["results"]

    with django_capture_on_commit_callbacks(execute=True):
        erased = api.delete(url)

    assert erased.status_code == 204
    assert api.get(url).status_code == 404
    assert not Content.objects.exists()
    assert not Report.objects.exists()
    assert api.submit(TEXT).status_code == 202


def test_erasing_one_of_two_analyses_keeps_the_shared_report(api: Api):
    mine = api.submit(TEXT)["Location"]
    other = api.as_client(Tier.PREMIUM)
    theirs = other.submit(TEXT)["Location"]
    work_off()

    assert api.delete(mine).status_code == 204
    assert other.get(theirs).json()["results"]


def test_erasing_a_queued_analysis_withdraws_its_job(api: Api):
    url = api.submit(TEXT)["Location"]

    assert api.delete(url).status_code == 204
    assert Job.objects.get().state == Job.State.CANCELED
    assert not Content.objects.exists()


def test_a_running_analysis_is_not_erased(api: Api):
    url = api.submit(TEXT)["Location"]
    Job.objects.update(state=Job.State.RUNNING)

    answer = api.delete(url)

    assert answer.status_code == 409
    assert answer.json()["code"] == "analysis_running"
    assert Analysis.objects.exists()


def test_nobody_erases_anothers_analysis(api: Api):
    url = api.submit(TEXT)["Location"]

    assert api.as_client(Tier.PREMIUM).delete(url).status_code == 404
    assert Analysis.objects.exists()
