"""POST /api/v1/analyses: known, new, repeated, joined, refused."""

import pytest

from analysis.models import Analysis, Content, Report
from ops.models import Job, Tier
from tests.analysis.api import Api, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
TEXT = "The harbour was quiet. Nobody had expected the ferry to leave so early in the morning."


def test_new_content_is_accepted_and_says_where_to_look(api: Api):
    answer = api.submit(TEXT)

    body = answer.json()
    assert answer.status_code == 202
    assert answer["X-Cache"] == "miss"
    assert answer["Location"] == answer["Operation-Location"] == body["urls"]["self"]
    assert int(answer["Retry-After"]) >= 1
    assert body["id"].startswith("an_")
    assert body["object"] == "analysis"
    assert body["status"] == "queued"
    assert body["queue"]["position"] == 1
    assert body["results"] is None


def test_finished_content_is_answered_at_once(api: Api):
    api.submit(TEXT)
    work_off()

    answer = api.as_client(Tier.PREMIUM).submit(TEXT)

    body = answer.json()
    assert answer.status_code == 200
    assert answer["X-Cache"] == "hit"
    assert body["cached"] is True
    assert body["status"] == "succeeded"
    assert body["input"]["words"] == 16
    assert body["results"]["sections"]["statistics"]["metrics"]["words"] == 16
    assert Job.objects.count() == 1


def test_the_same_wish_gets_the_analysis_it_already_has(api: Api):
    first = api.submit(TEXT, metadata={"post": "42"}).json()
    while_queued = api.submit(TEXT, metadata={"post": "42"})
    work_off()
    when_done = api.submit(TEXT, metadata={"post": "42"})

    assert while_queued.status_code == 202
    assert when_done.status_code == 200
    assert first["id"] == while_queued.json()["id"] == when_done.json()["id"]
    assert Analysis.objects.count() == 1


def test_other_labels_or_options_make_another_analysis(api: Api):
    ids = {
        api.submit(TEXT).json()["id"],
        api.submit(TEXT, metadata={"post": "1"}).json()["id"],
        api.submit(TEXT, format="markdown").json()["id"],
        api.submit(TEXT, meta={"keyphrase": "ferry"}).json()["id"],
    }

    assert len(ids) == 4
    assert Content.objects.count() == 3


def test_the_same_text_of_another_client_joins_the_waiting_job(api: Api):
    api.submit(TEXT)

    other = api.as_client(Tier.PREMIUM)
    joined = other.submit(TEXT)

    assert joined.status_code == 202
    assert joined["X-Cache"] == "coalesced"
    assert Job.objects.count() == 1
    work_off()
    assert Report.objects.count() == 1
    assert other.get(joined["Location"]).json()["status"] == "succeeded"


def test_a_failed_analysis_is_tried_anew_when_submitted_again(api: Api):
    first = api.submit(TEXT).json()
    Job.objects.update(state=Job.State.DEAD)
    assert api.get(first["urls"]["self"]).json()["error"]["code"] == "analysis_failed"

    again = api.submit(TEXT)

    assert again.status_code == 202
    assert again.json()["id"] == first["id"]
    work_off()
    assert api.get(first["urls"]["self"]).json()["status"] == "succeeded"


def test_without_a_key_small_texts_are_welcome(anonymous: Api, settings):
    settings.ANALYSIS_ANONYMOUS_MAX_CHARS = 100

    small, large = anonymous.submit("Word. " * 10), anonymous.submit("Word. " * 20)

    assert small.status_code == 202
    assert large.status_code == 413
    assert large.json()["code"] == "text_too_long"


@pytest.mark.parametrize(
    ("members", "helps"),
    [
        ({"profile": "standart"}, "Did you mean 'standard'?"),
        ({"format": "docx"}, "Known: text, markdown, html, page, url."),
        ({"remote": ["sumary"]}, "Did you mean 'summary'?"),
        ({"options": {"offset_unit": "utf-16"}}, "Did you mean 'utf16'?"),
    ],
)
def test_a_wrong_choice_is_told_the_nearest(api: Api, members, helps):
    (violation,) = api.submit("A text.", **members).json()["errors"]

    assert violation["code"] == "invalid_choice"
    assert helps in violation["message"]


@pytest.mark.parametrize(
    ("body", "status", "code", "pointer"),
    [
        (b"{", 400, "invalid_json", None),
        (b'{"content": "\xff"}', 400, "invalid_json", None),
        (b"[]", 422, "validation_failed", ""),
        (b"", 422, "validation_failed", "/content"),
        (b"{}", 422, "validation_failed", "/content"),
        (b'{"content": ""}', 422, "text_empty", "/content"),
        (b'{"content": " \\n "}', 422, "text_empty", "/content"),
        (b'{"content": "a\\u0000b"}', 422, "validation_failed", "/content"),
        (b'{"content": null}', 422, "validation_failed", "/content"),
        (b'{"content": "a", "format": "pdf"}', 422, "validation_failed", "/format"),
        (b'{"content": "a", "profile": "x"}', 422, "validation_failed", "/profile"),
        (b'{"content": "a", "language": "1"}', 422, "validation_failed", "/language"),
        (b'{"content": "a", "contnt": 1}', 422, "unknown_field", "/contnt"),
        (b'{"content": "a", "meta": {"titel": ""}}', 422, "unknown_field", "/meta/titel"),
        (b'{"content": "a", "meta": []}', 422, "validation_failed", "/meta"),
        (b'{"content": "a", "metadata": {"a": {}}}', 422, "validation_failed", "/metadata/a"),
        (b'{"content": "a", "metadata": {"a b": ""}}', 422, "validation_failed", "/metadata"),
        (b'{"content": "http://10.0.0.1/", "format": "url"}', 422, "unsafe_url", "/content"),
    ],
)
def test_a_submission_that_does_not_fit_is_refused_by_name(api: Api, body, status, code, pointer):
    answer = api.post_raw(body)

    problem = answer.json()
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert problem["code"] == code
    assert problem["status"] == status
    assert problem["request_id"] == answer["X-Request-Id"]
    if pointer is not None:
        assert [violation["pointer"] for violation in problem["errors"]] == [pointer]
    assert not Analysis.objects.exists()


def test_a_mistyped_member_is_told_the_nearest_name(api: Api):
    problem = api.submit(TEXT, fromat="html").json()

    assert "Did you mean 'format'?" in problem["detail"]


def test_only_json_is_read(api: Api):
    answer = api.post_raw(b"content=text", content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 415
    assert answer.json()["code"] == "unsupported_media_type"


def test_a_body_beyond_the_limit_is_refused(api: Api, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    answer = api.submit("x" * 1000)

    assert answer.status_code == 413
    assert answer.json()["code"] == "payload_too_large"


def test_a_text_beyond_the_engines_budget_is_refused_before_it_is_queued(api: Api):
    answer = api.submit("word " * 400_001)

    assert answer.status_code == 413
    assert answer.json()["code"] == "text_too_long"
    assert not Job.objects.exists()


OPTIONS = {
    "exclude": ["passive"],
    "ignore": ["0123456789ab"],
    "offset_unit": "utf16",
    "synonyms": ["boat"],
    "terms": [{"text": "harbour", "minimum": 2}],
    "house_rules": [
        {"name": "Plain", "kind": "substitution", "swap": {"nobody": "no one"}},
        {"name": "No early", "kind": "existence", "tokens": ["ear.y"], "is_pattern": True},
    ],
}


def test_options_reach_the_engine_and_are_kept(api: Api):
    answer = api.submit("🛳 " + TEXT, options=OPTIONS)
    work_off()

    sections = api.get(answer["Location"]).json()["results"]["sections"]
    assert "passive" not in sections
    assert sections["terms"]["findings_total"] == 1
    found = {f["excerpt"]: f["spans"][0]["start"] for f in sections["house_rules"]["findings"]}
    # One ship takes two units of UTF-16.
    assert found == {text: TEXT.index(text) + 3 for text in ("Nobody", "early")}


def test_only_the_named_analyzers_run(api: Api):
    answer = api.submit(TEXT, analyzers=["readability", "passive"])
    work_off()

    body = api.get(answer["Location"]).json()
    assert set(body["results"]["sections"]) == {"readability", "passive"}
    assert body["input"]["words"] is None  # nobody counted


def test_the_order_of_a_set_makes_no_second_report(api: Api):
    names = ["readability", "statistics"]
    first = api.submit(TEXT, analyzers=names, options={"ignore": ["a", "b"]}).json()
    again = api.submit(TEXT, analyzers=names[::-1], options={"ignore": ["b", "a"]}).json()
    other = api.submit(TEXT, analyzers=names, options={"ignore": ["a"]}).json()

    assert first["id"] == again["id"] != other["id"]


@pytest.mark.parametrize(
    ("members", "code", "pointer"),
    [
        ({"analyzers": ["pasive"]}, "unknown_analyzer", "/analyzers/0"),
        ({"options": {"exclude": ["pasive"]}}, "unknown_analyzer", "/options/exclude/0"),
        ({"options": {"offset_unit": "byte"}}, "validation_failed", "/options/offset_unit"),
        ({"options": {"ofset_unit": "utf8"}}, "unknown_field", "/options/ofset_unit"),
        ({"options": {"terms": ["ferry"]}}, "validation_failed", "/options/terms/0"),
        ({"options": {"synonyms": ["boat"] * 21}}, "validation_failed", "/options"),
        (
            {"options": {"house_rules": [{"name": "R", "kind": "existence"}]}},
            "validation_failed",
            "/options",
        ),
    ],
)
def test_an_option_that_does_not_fit_is_refused_by_name(api: Api, members, code, pointer):
    problem = api.submit(TEXT, **members).json()

    assert (problem["code"], problem["errors"][0]["pointer"]) == (code, pointer)
