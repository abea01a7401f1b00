"""Addresses of sites of every temper, fetched by real workers."""

import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from uuid import uuid4

import pytest

from tests.demo import ask, read
from tests.processes import Installation
from tests.receivers import Behaviour, Receiver, answers, drips, in_turn, receiving, resets

HTML = {"Content_Type": "text/html; charset=utf-8"}
PAGE = b"<!doctype html><title>Boats</title><main><p>The boat was sold at noon.</p></main>"
INWARD = "http://10.0.0.7/"
page = answers(200, PAGE, **HTML)
large = answers(200, b"x" * 5_000_001, **HTML)
pdf = answers(200, b"%PDF", Content_Type="application/pdf")


def tempers() -> dict[str, Behaviour]:
    return {
        "good": page,
        "leading inward": answers(302, Location=INWARD),
        "slow once": in_turn(drips, page),
        "too large": large,
        "of another type": pdf,
        "busy once": in_turn(answers(503, Retry_After="2"), page),
        "broken": resets,
        "looping": page,  # until its own address is known
    }


@pytest.fixture
def sites() -> Iterator[dict[str, Receiver]]:
    """Each on a host of its own: a breaker guards each host."""
    with ExitStack() as stack:
        found = {
            name: stack.enter_context(receiving(behave, host=f"127.0.0.{number}"))
            for number, (name, behave) in enumerate(tempers().items(), start=2)
        }
        found["looping"].behave = answers(302, Location=found["looping"].url)
        yield found


@pytest.fixture
def fetching(own_installation: Installation) -> Installation:
    near = {"OUTBOUND_ALLOWED_NETWORKS": "127.0.0.0/8"}
    own_installation.start_web(**near)
    own_installation.start_worker(**near)
    return own_installation


@pytest.fixture
def api(fetching: Installation) -> "Api":
    words = ("apikey", "create", "--tier", "premium", "--name", "Tests", "--json")
    secret = json.loads(fetching.manage(*words).stdout)["secret"]
    return Api(f"{fetching.base_url}/api/v1/analyses", secret)


class Api:
    def __init__(self, url: str, key: str) -> None:
        self._url, self._key = url, key

    def submits(self, content: str, **members: str) -> str:
        """Where the analysis stands."""
        _, accepted, _ = ask(self._url, {"content": content, **members}, self._key)
        return str(accepted["urls"]["self"])

    def reads(self, place: str) -> dict:
        return read(place, self._key)

    def glances(self, place: str) -> dict:
        return ask(place, None, self._key)[1]


def test_each_site_is_read_or_left_with_a_reason(api, sites):
    places = {name: api.submits(site.url, format="url") for name, site in sites.items()}

    ended = {name: api.reads(place) for name, place in places.items()}
    words = {name: (one["error"] or {}).get("detail", "") for name, one in ended.items()}
    calls = {name: len(site.got) for name, site in sites.items()}

    for name in ("good", "slow once", "busy once"):
        assert ended[name]["status"] == "succeeded", words[name]
        assert ended[name]["input"]["format"] == "page"
        assert ended[name]["input"]["url"] == sites[name].url
        assert ended[name]["results"]["sections"]["passive"]["findings_total"] == 1
    assert calls["slow once"] == calls["busy once"] == 2
    busy = sites["busy once"].got
    assert busy[1].at - busy[0].at >= 2
    assert "does not lead to a public address" in words["leading inward"]
    assert "leads on more than 5 times" in words["looping"]
    assert "longer than 5,000,000 bytes" in words["too large"]
    assert "application/pdf; this can be read" in words["of another type"]
    assert (calls["leading inward"], calls["too large"], calls["of another type"]) == (1, 1, 1)
    assert calls["looping"] == 6
    assert "broke off" in words["broken"]
    assert calls["broken"] == 3


def test_texts_are_read_while_sites_hang(api):
    goes_on = threading.Event()

    def hangs(peer, received):
        goes_on.wait(30)
        page(peer, received)

    with receiving(hangs, host="127.0.0.2") as site:
        waiting = [api.submits(f"{site.url}?{number}", format="url") for number in range(4)]
        site.wait_for(1)
        report = api.reads(api.submits(f"A text of one's own. {uuid4()}"))
        meanwhile = [api.glances(place)["status"] for place in waiting]
        begun = len(site.got)
        goes_on.set()
        ended = [api.reads(place)["status"] for place in waiting]

    assert report["status"] == "succeeded"
    assert begun == 1
    assert set(meanwhile) <= {"queued", "running"}
    assert ended == ["succeeded"] * 4
