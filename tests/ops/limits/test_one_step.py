"""The address and its client are decided about in one step, wherever the client is known."""

from __future__ import annotations

import itertools

import pytest

from tests.ops.limits.test_http import LIMITS, change, submit, with_key  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("usual_limits")]


@pytest.fixture
def http():
    from django.test import Client

    return Client()


@pytest.fixture
def questions():
    """How many times this process asked the shared store, as Redis itself has seen it."""
    from django_redis import get_redis_connection

    redis = get_redis_connection("limits")
    number = redis.connection_pool.connection_kwargs["db"]

    def asked(work) -> int:
        with redis.monitor() as monitor:
            work()
            redis.echo("that was all")
            seen = itertools.takewhile(
                lambda one: "that was all" not in one["command"], monitor.listen()
            )
            commands = [one["command"] for one in seen if one["db"] == number]
        return sum(command.upper().startswith("EVALSHA") for command in commands)

    return asked


def spent(http) -> dict[str, int]:
    return {policy["name"]: policy["used"] for policy in http.get(LIMITS).json()["policies"]}


def test_a_request_asks_the_store_once(http, with_key, questions):  # noqa: F811
    known = with_key()
    known.get("/api/v1/me")

    assert questions(lambda: known.get("/api/v1/me")) == 1
    assert questions(lambda: http.get("/api/v1/analyzers")) == 1
    assert questions(lambda: http.get("/status")) == 1


@pytest.mark.storage
def test_refused_for_its_address_a_client_spends_nothing(with_key):  # noqa: F811
    known = with_key()
    submit(known)
    change("address", quota=3)  # of which the first took one

    answers = [submit(known, f"Text {n}.").status_code for n in range(4)]

    assert answers == [202, 202, 429, 429]
    change("address", quota=100)
    assert spent(known)["free-submit"] == 3


@pytest.mark.storage
def test_refused_for_itself_a_client_still_pays_for_its_address(http, with_key):  # noqa: F811
    known = with_key()
    submit(known)
    change("free-submit", quota=2)
    change("address", quota=5)

    answers = [submit(known, f"Text {n}.") for n in range(6)]

    named = [a.json().get("violated-policies") for a in answers]
    assert named == [None, *[["free-submit"]] * 3, *[["address"]] * 2]


@pytest.mark.storage
def test_what_does_not_exist_is_paid_for_too(http):
    change("address", quota=3)

    answers = [http.get("/api/v1/nothing").status_code for _ in range(5)]

    assert answers == [404, 404, 404, 429, 429]


def test_a_banned_address_is_answered_from_memory(http, questions):
    from ops.limits import penalties
    from ops.limits.policies import Asker

    penalties.ban(Asker("a", "anonymous", "127.0.0.1", ""), "failed-keys")
    assert http.get("/api/v1/analyzers").status_code == 429

    assert questions(lambda: [http.get("/api/v1/analyzers") for _ in range(5)]) == 0
    assert http.get("/").status_code == 429


def test_staff_lift_a_ban_that_is_remembered(http):
    from ops.limits import penalties, staff
    from ops.limits.policies import Asker

    penalties.ban(Asker("a", "anonymous", "127.0.0.1", ""), "failed-keys")
    assert http.get("/").status_code == 429

    staff.unban("127.0.0.1", actor="user:ada")

    assert http.get("/").status_code == 200


def test_ten_thousand_forged_headers_are_one_client(http):
    answers = [
        http.get("/api/v1/analyzers", HTTP_X_FORWARDED_FOR=f"10.{n >> 8}.{n & 255}.1").status_code
        for n in range(10_000)
    ]

    reads_in_a_minute = 600
    assert set(answers[:reads_in_a_minute]) == {200}
    assert set(answers[reads_in_a_minute:]) == {429}
