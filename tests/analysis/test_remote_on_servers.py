"""A language model of every temper, asked by real workers while reports are made."""

import json
from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.demo import ask, read
from tests.processes import Installation
from tests.receivers import Behaviour, Receiver, answers, hangs, in_turn, receiving

TEXT = "It was seen by nobody that the ferry left. 🐝 The harbour is quiet."
QUOTE = "It was seen by nobody that the ferry left."


def completion(content: object) -> Behaviour:
    told = content if isinstance(content, str) else json.dumps(content)
    return answers(200, json.dumps({"choices": [{"message": {"content": told}}]}).encode())


def rewrites(*quotes: str) -> Behaviour:
    made = [{"quote": quote, "suggestion": "Better.", "reason": ""} for quote in quotes]
    return completion({"rewrites": made})


summary = completion({"summary": "A quiet harbour."})


@pytest.fixture
def model() -> Iterator[Receiver]:
    with receiving(summary) as endpoint:
        yield endpoint


@pytest.fixture
def asked(own_installation: Installation, model: Receiver) -> "Asked":
    named = {
        "REMOTE_ANALYZER_URL": model.url.removesuffix("/hook"),
        "REMOTE_ANALYZER_MODEL": "small",
    }
    own_installation.start_web(**named)
    own_installation.start_worker(**named)
    words = ("apikey", "create", "--tier", "premium", "--name", "Tests", "--json")
    secret = json.loads(own_installation.manage(*words).stdout)["secret"]
    return Asked(f"{own_installation.base_url}/api/v1/analyses", secret)


class Asked:
    def __init__(self, url: str, key: str) -> None:
        self._url, self._key = url, key

    def about(self, content: str, *tasks: str) -> str:
        wish = {"content": content, "remote": list(tasks)}
        return str(ask(self._url, wish, self._key)[1]["urls"]["self"])

    def report(self, place: str) -> dict:
        """As soon as it is there, whatever the model does."""
        return ask(f"{place}?wait=25", None, self._key)[1]

    def answer(self, place: str) -> dict:
        return dict(read(place, self._key)["remote"])


def test_only_what_stands_in_the_text_is_believed(asked, model):
    model.behave = in_turn(completion("I would rather not."), rewrites("The ferry left.", QUOTE))

    told = asked.answer(asked.about(TEXT, "rewrites"))["rewrites"]

    assert (told["status"], told["model"], len(model.got)) == ("succeeded", "small", 2)
    (rewrite,) = told["result"]["rewrites"]
    assert TEXT[rewrite["span"]["start"] : rewrite["span"]["end"]] == rewrite["excerpt"] == QUOTE


@pytest.mark.parametrize("own_installation", ["production"], indirect=True)
def test_what_a_model_invents_is_told_as_a_failure_after_three_tries(asked, model):
    model.behave = rewrites("The ferry exploded.")

    told = asked.answer(asked.about(TEXT, "rewrites"))["rewrites"]

    assert told["status"] == "failed"
    assert "Nothing that it quotes stands in the text" in told["error"]
    assert len(model.got) == 3


@pytest.mark.parametrize("own_installation", ["production"], indirect=True)
def test_reports_are_made_while_the_model_hangs(asked, model):
    model.behave = in_turn(hangs, summary)
    slow = [asked.about(f"{TEXT} {uuid4()}", "summary") for _ in range(3)]
    model.wait_for(1)

    reports = [asked.report(place) for place in slow]
    plain = asked.report(asked.about(f"{TEXT} {uuid4()}"))

    assert {report["status"] for report in [*reports, plain]} == {"succeeded"}
    assert {report["remote"]["summary"]["status"] for report in reports} == {"pending"}
    assert len(model.got) == 1  # one worker waits, the other one works
    assert [asked.answer(place)["summary"]["status"] for place in slow] == ["succeeded"] * 3


def test_a_model_that_fails_again_and_again_is_left_alone_for_a_while(asked, model):
    model.behave = answers(500)
    places = [asked.about(f"{TEXT} {number}", "summary") for number in range(8)]

    told = [asked.answer(place)["summary"] for place in places]

    assert {one["status"] for one in told} == {"failed"}
    assert any("not asked at present" in one["error"] for one in told)
    assert len(model.got) < 3 * len(places)
    model.behave = summary
    wishes = (asked.answer(asked.about(TEXT, "summary"))["summary"] for _ in range(5))
    assert any(one["status"] == "succeeded" for one in wishes)
