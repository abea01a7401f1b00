"""Receivers of every temper, on a real web server and real workers."""

import json
import time
from contextlib import ExitStack
from uuid import uuid4

import pytest
from standardwebhooks import Webhook

from tests.demo import ask
from tests.receivers import answers, hangs, receiving, resets

TEMPERS = {
    "good": answers(204),
    "hanging": hangs,
    "resetting": resets,
    "redirecting": answers(302, Location="http://127.0.0.1:1/"),
    "busy": answers(429, Retry_After="3600"),
    "gone": answers(410),
}


@pytest.fixture
def receivers():
    with ExitStack() as stack:
        yield {name: stack.enter_context(receiving(behave)) for name, behave in TEMPERS.items()}


def test_each_receiver_gets_what_its_temper_allows(installation, key, receivers):
    api = f"{installation.base_url}/api/v1"
    _, gone, _ = ask(f"{api}/webhook-endpoints", {"url": receivers["gone"].url}, key)

    for name in [*TEMPERS] + ["good"] * 5 + ["hanging"] * 2:
        if name != "gone":
            wish = {"content": f"Told to somebody {name}. {uuid4()}"}
            ask(f"{api}/analyses", wish | {"webhook": receivers[name].url}, key)
    receivers["good"].wait_for(6, seconds=60)
    for name in TEMPERS:
        receivers[name].wait_for(1, seconds=60)

    endpoints = _by_origin(ask(f"{api}/webhook-endpoints", None, key)[1]["data"])
    _, secret, _ = ask(endpoints[_origin(receivers["good"])]["urls"]["self"] + "/secret", None, key)
    for got in receivers["good"].got:
        body = Webhook(secret["secret"]).verify(got.body, got.headers)
        status, analysis, _ = ask(body["data"]["url"], None, key)
        assert (status, analysis["status"]) == (200, "succeeded")
    assert len({got.headers["webhook-id"] for got in receivers["good"].got}) == 6
    seen = {
        name: _first_failure(endpoints[_origin(receivers[name])], key)
        for name in ("hanging", "resetting", "redirecting", "busy")
    }
    assert seen == {
        "hanging": "timeout",
        "resetting": "reset",
        "redirecting": "redirect",
        "busy": "too_many_requests",
    }
    _, gone, _ = ask(gone["urls"]["self"], None, key)
    assert gone["disabled"]["reason"] == "gone"
    assert len(receivers["gone"].got) <= 2  # two may have been under way
    _sent_again(receivers["resetting"], endpoints[_origin(receivers["resetting"])], key)


def _sent_again(receiver, endpoint, key):
    """The same message, taken this time."""
    receiver.behave = answers(200)
    _, listed, _ = ask(endpoint["urls"]["deliveries"], None, key)
    seen = len(receiver.got)
    ask(listed["data"][0]["urls"]["retry"], {}, key)
    receiver.wait_for(seen + 1)

    ids = {got.headers["webhook-id"] for got in receiver.got}
    assert ids == {listed["data"][0]["message"]["id"]}
    assert json.loads(receiver.got[-1].body) == json.loads(receiver.got[0].body)


def _first_failure(endpoint, key):
    """What came of its first attempt; recorded a moment after the receiver saw it."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        _, listed, _ = ask(endpoint["urls"]["deliveries"], None, key)
        if errors := [row["error"] for row in listed["data"] if row["error"]]:
            return errors[0]
        time.sleep(0.1)
    return None


def _origin(receiver):
    return receiver.url.removesuffix("/hook")


def _by_origin(endpoints):
    return {endpoint["url"].removesuffix("/hook"): endpoint for endpoint in endpoints}


def test_a_worker_killed_while_it_delivers_costs_no_message(own_installation):
    """The receiver has it, the worker never hears so: it comes again, as the same message."""
    patient = {"WEBHOOK_DEADLINE_SECONDS": "5", "LEASE_SECONDS": "2"}
    own_installation.start_web(**patient)
    dying = own_installation.start_worker(**patient)
    words = ("apikey", "create", "--tier", "premium", "--name", "Tests", "--json")
    key = json.loads(own_installation.manage(*words).stdout)["secret"]
    api = f"{own_installation.base_url}/api/v1"

    with receiving(hangs) as receiver:
        _, endpoint, _ = ask(f"{api}/webhook-endpoints", {"url": receiver.url}, key)
        _, analysis, _ = ask(f"{api}/analyses", {"content": f"Told twice. {uuid4()}"}, key)
        receiver.wait_for(1, seconds=60)
        dying.kill()
        receiver.behave = answers(204)
        own_installation.start_worker(**patient)
        first, again = receiver.wait_for(2, seconds=90)[:2]

    assert first.headers["webhook-id"] == again.headers["webhook-id"]
    body = Webhook(endpoint["secret"]).verify(again.body, again.headers)
    assert body["data"]["id"] == analysis["id"]
    assert first.body == again.body
