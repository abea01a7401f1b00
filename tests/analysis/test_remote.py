"""A language model elsewhere: off by default, asked apart, never trusted."""

import json

import pytest

from analysis import remote
from analysis.engine import AnalysisRequest, Format, parse
from analysis.engine.options import OffsetUnit
from analysis.models import RemoteAnswer
from analysis.remote.tasks import TASKS, Sides, UnusableAnswerError
from ops.models import Job, Priority, Tier
from ops.queue import NotYet, PermanentError, RetryLater
from tests.analysis.api import Api, work_off
from tests.receivers import answers, hangs, receiving, resets

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.storage,
]
TEXT = "<p>The harbour is <b>quiet</b>. 🐝 It was seen by nobody that the ferry left.</p>"
SUMMARY = {"summary": "A quiet harbour."}


def completion(content):
    told = content if isinstance(content, str) else json.dumps(content)
    return answers(200, json.dumps({"choices": [{"message": {"content": told}}]}).encode())


@pytest.fixture
def model(settings):
    """A model on this machine, as an operator would name it."""
    with receiving(completion(SUMMARY)) as endpoint:
        settings.REMOTE_ANALYZER_URL = endpoint.url.removesuffix("/hook")
        settings.REMOTE_ANALYZER_MODEL = "small-model"
        settings.REMOTE_ANALYZER_KEY = "secret"
        yield endpoint


def wished(api, *tasks, **members):
    return api.submit(TEXT, format="html", remote=list(tasks), **members)


def asked(api, *tasks):
    """After the report was made and the model answered."""
    location = wished(api, *tasks)["Location"]
    work_off()
    work_off()
    return api.get(location).json()["remote"]


def test_nothing_is_asked_unless_an_operator_named_a_model(api: Api):
    refused = wished(api, "summary")

    assert refused.json()["code"] == "analyzer_disabled"
    assert not Job.objects.exists()


def test_nothing_is_asked_unless_the_client_wishes_it(api: Api, model):
    location = api.submit(TEXT, format="html")["Location"]
    work_off()
    work_off()

    assert api.get(location).json()["remote"] is None
    assert model.got == []


def test_nothing_is_asked_for_the_unknown(anonymous: Api, model):
    assert wished(anonymous, "summary").status_code == 401


def test_the_answer_comes_after_the_report_and_beside_it(api: Api, model):
    location = wished(api, "summary")["Location"]
    work_off()
    first = api.get(location)
    job = Job.objects.get(kind="remote")
    work_off()
    second = api.get(location)

    assert first.json()["results"] == second.json()["results"]
    assert first.json()["remote"]["summary"]["status"] == "pending"
    assert first["Cache-Control"] == "private, no-cache"
    assert int(first["Retry-After"]) > 0
    assert job.priority == Priority.BATCH
    assert second.json()["remote"]["summary"] == {
        "status": "succeeded",
        "model": "small-model",
        "error": None,
        "result": {"summary": "A quiet harbour.", "truncated": False},
    }
    assert "Retry-After" not in second


def test_the_model_gets_the_words_of_the_text_and_our_key(api: Api, model):
    asked(api, "summary")

    (call,) = model.got
    sent = json.loads(call.body)
    assert call.path == "/chat/completions"
    assert call.headers["authorization"] == "Bearer secret"
    assert sent["model"] == "small-model"
    assert sent["temperature"] == 0
    assert sent["messages"][1]["content"].startswith("The harbour is quiet. 🐝")


def test_a_known_answer_is_not_asked_for_again(api: Api, model):
    asked(api, "summary")
    other = api.as_client(Tier.PREMIUM)
    known = wished(other, "summary").json()
    unasked = other.submit(TEXT, format="html").json()

    assert known["remote"]["summary"]["status"] == "succeeded"
    assert unasked["remote"] is None
    assert len(model.got) == 1


def test_it_goes_with_its_text(api: Api, model):
    location = wished(api, "summary")["Location"]
    work_off()
    work_off()
    api.delete(location)

    assert not RemoteAnswer.objects.exists()


def test_a_failure_is_told_and_asked_again_when_it_is_wished_again(api: Api, model):
    location = wished(api, "summary")["Location"]
    work_off()
    Job.objects.filter(kind="remote").update(
        state=Job.State.DEAD, error_code="permanent", error_message="It refuses."
    )
    failed = api.get(location).json()
    again = wished(api, "summary").json()
    work_off()

    assert failed["status"] == "succeeded"
    assert failed["remote"]["summary"]["error"] == "It refuses."
    assert again["remote"]["summary"]["status"] == "pending"
    assert api.get(location).json()["remote"]["summary"]["status"] == "succeeded"


@pytest.mark.parametrize(
    ("behave", "error", "told"),
    [
        (resets, RetryLater, "failed"),
        (answers(500), RetryLater, "answers 500"),
        (answers(429, Retry_After="9"), RetryLater, "no room"),
        (answers(401), PermanentError, "refuses the request with 401"),
        (answers(302, Location="http://127.0.0.1/"), PermanentError, "302"),
        (answers(200, b"<html>"), RetryLater, "cannot be used"),
        (answers(200, b'{"choices":[]}'), RetryLater, "cannot be used"),
        (answers(200, b"x" * 500_001), RetryLater, "failed"),
        (completion("I would rather not."), RetryLater, "cannot be used"),
        (completion({"summary": ["a"]}), RetryLater, "no summary"),
        (completion({"summary": ""}), RetryLater, "no summary"),
        (completion("[1]"), RetryLater, "not an object"),
        (completion("null"), RetryLater, "not an object"),
    ],
    ids=[
        "resets", "fails", "is full", "wants another key", "leads elsewhere", "is a web page",
        "has no choice", "never ends", "refuses", "is a list", "is empty", "is no object",
        "is null",
    ],
)  # fmt: skip
def test_a_model_that_misbehaves_harms_nobody(api: Api, model, behave, error, told):
    location = wished(api, "summary")["Location"]
    work_off()
    model.behave = behave

    with pytest.raises(error, match=told):
        remote.run_remote(**Job.objects.get(kind="remote").payload)

    assert api.get(location).json()["status"] == "succeeded"


def test_a_model_that_hangs_is_left(api: Api, model, monkeypatch):
    from dataclasses import replace

    from analysis.remote import service

    monkeypatch.setattr(service, "_RULES", replace(service._RULES, deadline_seconds=0.2))
    wished(api, "summary")
    work_off()
    model.behave = hangs

    with pytest.raises(RetryLater, match=r"too long|longer"):
        remote.run_remote(**Job.objects.get(kind="remote").payload)


def test_a_model_that_fails_again_and_again_is_not_asked_for_a_while(api: Api, model, settings):
    wished(api, "summary")
    work_off()
    model.behave = answers(500)
    payload = Job.objects.get(kind="remote").payload

    told = []
    for _ in range(12):
        with pytest.raises(RetryLater) as failed:
            remote.run_remote(**payload)
        told.append(str(failed.value))

    assert "not asked at present" in told[-1]
    assert len(model.got) < 12


def test_few_workers_wait_for_it_at_a_time(api: Api, model):
    api.submit("Another text.", remote=["summary"])
    wished(api, "summary")
    work_off()
    first, second = Job.objects.filter(kind="remote").order_by("pk")
    Job.objects.filter(kind="remote").update(state=Job.State.RUNNING)

    with pytest.raises(NotYet):
        remote.run_remote(**second.payload)
    remote.run_remote(**first.payload)

    assert len(model.got) == 1


# --- What is believed --------------------------------------------------------------------------


def believed(task, content, unit=OffsetUnit.CODEPOINT):
    body = json.dumps({"choices": [{"message": {"content": json.dumps(content)}}]}).encode()
    document = parse(AnalysisRequest(TEXT, Format.HTML, "en"))
    return TASKS[task].result_of(body, Sides(document, unit))


def test_a_rewrite_is_placed_where_its_quotation_stands():
    offered = {"quote": "harbour is quiet", "suggestion": "harbour sleeps", "reason": "Shorter."}

    (rewrite,) = believed("rewrites", {"rewrites": [offered]})["rewrites"]

    assert rewrite["excerpt"] == "harbour is <b>quiet"
    assert TEXT[rewrite["span"]["start"] : rewrite["span"]["end"]] == rewrite["excerpt"]
    assert (rewrite["suggestion"], rewrite["reason"]) == ("harbour sleeps", "Shorter.")


def test_a_rewrite_is_placed_in_the_unit_that_was_chosen():
    offered = {"rewrites": [{"quote": "It was seen", "suggestion": "Nobody saw", "reason": ""}]}
    place = TEXT.index("It was seen")

    assert believed("rewrites", offered)["rewrites"][0]["span"]["start"] == place
    utf16 = believed("rewrites", offered, OffsetUnit.UTF16)["rewrites"][0]
    assert utf16["span"]["start"] == place + 1


@pytest.mark.parametrize(
    "offered",
    [
        "text",
        {"quote": "The ferry exploded", "suggestion": "x"},
        {"quote": "", "suggestion": "x"},
        {"quote": 7, "suggestion": "x"},
        {"quote": "harbour", "suggestion": ""},
        {"quote": "harbour", "suggestion": ["x"]},
        {"quote": "harbour", "suggestion": "harbour"},
        {"quote": "h" * 5000, "suggestion": "x"},
    ],
)
def test_what_does_not_stand_in_the_text_is_not_believed(offered):
    with pytest.raises(UnusableAnswerError):
        believed("rewrites", {"rewrites": [offered]})


def test_an_answer_is_bounded_and_holds_no_markup():
    long = believed("summary", {"summary": "word " * 1000, "score": 100})
    evil = believed("summary", {"summary": "<script>alert(1)</script>\x1b[2J\u202e AT&T\nok"})
    many = {"quote": "harbour", "suggestion": "port"}

    assert set(long) == {"summary", "truncated"}
    assert len(long["summary"]) == 1200
    assert evil["summary"] == "&lt;script>alert(1)&lt;/script> [2J  AT&T\nok"
    assert len(believed("rewrites", {"rewrites": [many] * 50})["rewrites"]) == 1
    assert believed("rewrites", {"rewrites": []})["rewrites"] == []


def test_an_answer_in_a_fence_is_read():
    body = json.dumps(
        {"choices": [{"message": {"content": '```json\n{"summary": "Quiet."}\n```'}}]}
    ).encode()
    document = parse(AnalysisRequest(TEXT, Format.HTML, "en"))

    found = TASKS["summary"].result_of(body, Sides(document, OffsetUnit.CODEPOINT))

    assert found["summary"] == "Quiet."
