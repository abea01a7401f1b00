"""Every state that staff can choose, as API clients meet it; also when the database is gone."""

from __future__ import annotations

import contextlib
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import OperationalError, connection
from django.utils import timezone

from ops.maintenance import switch
from ops.maintenance.features import FEATURES
from ops.maintenance.windows import Window
from ops.models import EmergencyProfile, Maintenance, Tier
from ops.overload import emergency, stance
from ops.overload.ladder import Level
from tests.analysis.api import Api
from tests.ops.overload.test_door import Door, Knock, a_key, a_watch, app, environ

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

ANALYSES, BATCHES = "/api/v1/analyses", "/api/v1/batches"
TEXT = {"content": "A text."}


def close(scope: str, **facts) -> None:
    switch.close(Window(scope, message="We move.", **facts), actor="user:ann")


def engage(name: str, **facts):
    profile = EmergencyProfile.objects.get(name=name)
    return emergency.engage(profile, actor="user:ann", reason="A spike", **facts)


def code_of(api: Api, method: str, path: str, body: dict | None = None) -> str:
    """The code of the problem; nothing when it was not refused for maintenance."""
    answer = getattr(api._http, method)(path, body, content_type="application/json")
    if answer.status_code != 503:
        return ""
    assert int(answer["Retry-After"]) == answer.json()["retry_after"] >= 1
    assert "We move." in answer.json()["detail"]
    return answer.json()["code"]


@contextlib.contextmanager
def nothing_answers():
    """Neither the database nor the caches; what is known stays known."""

    def down(*_):
        raise OperationalError("connection refused")

    with connection.execute_wrapper(down):
        yield


CLOSED = {
    "service": [("get", ANALYSES, None), ("post", ANALYSES, TEXT), ("get", "/docs", None)],
    "read_only": [("post", ANALYSES, TEXT), ("delete", f"{ANALYSES}/an_1", None)],
    "submit": [("post", ANALYSES, TEXT)],
    "batches": [("post", BATCHES, {"items": [TEXT]})],
    "url_fetch": [("post", ANALYSES, {"content": "https://example.org/", "format": "url"})],
    "playground": [("get", "/", None)],
    "webhooks": [("get", "/api/v1/webhook-endpoints", None)],
    "documentation": [("get", "/api/v1/openapi.json", None), ("get", "/docs", None)],
}
OPEN = {
    "service": [("get", "/api/v1/limits", None), ("get", "/livez", None)],
    "read_only": [("get", ANALYSES, None)],
    "submit": [("get", ANALYSES, None)],
    "batches": [("post", ANALYSES, TEXT)],
    "url_fetch": [("post", ANALYSES, TEXT)],
    "playground": [("post", ANALYSES, TEXT)],
    "webhooks": [("post", ANALYSES, TEXT)],
    "documentation": [("post", ANALYSES, TEXT)],
}


def test_every_feature_is_tried_here():
    assert set(CLOSED) == set(OPEN) == {"service", "read_only", *(one.name for one in FEATURES)}


@pytest.mark.parametrize("scope", CLOSED)
def test_what_is_closed_says_so_and_the_rest_goes_on(scope):
    api = Api.as_client(Tier.FREE)
    close(scope)

    refused = [code_of(api, *asked) for asked in CLOSED[scope] if asked[1].startswith("/api/")]
    pages = [api.get(path).status_code for _, path, _ in CLOSED[scope] if path in ("/", "/docs")]
    others = [code_of(api, *asked) for asked in OPEN[scope]]

    assert set(refused) <= {"read_only" if scope == "read_only" else "maintenance"}
    assert set(pages) <= {503}
    assert refused or pages
    assert set(others) == {""}


@pytest.mark.parametrize("scope", CLOSED)
def test_each_window_is_announced_then_on_then_over(scope):
    api, now, hour = Api.as_client(Tier.FREE), timezone.now(), timedelta(hours=1)
    asked = CLOSED[scope][0]
    heard = []
    for begins in (now + hour, now - hour, now - 3 * hour):
        Maintenance.objects.all().delete()
        close(scope, starts_at=begins, ends_at=begins + 2 * hour, announced_from=now - 9 * hour)
        answer = getattr(api._http, asked[0])(asked[1], asked[2], content_type="application/json")
        soonest = int(answer.get("Retry-After", 0))
        heard.append((answer.status_code == 503, "Maintenance-Window" in answer, soonest >= 3590))
        if heard[-1][1]:
            assert f'scope="{scope}"' in answer["Maintenance-Window"]

    assert heard == [(False, True, False), (True, False, True), (False, False, False)]


def test_without_the_database_new_work_is_refused_honestly():
    api = Api.as_client(Tier.FREE)
    api.get("/api/v1/limits")

    with nothing_answers():
        answer = api.submit("A text.")

    assert answer.status_code == 503
    assert int(answer["Retry-After"]) >= 1


@pytest.mark.parametrize("scope", ["service", "read_only", "submit"])
def test_what_is_closed_stays_closed_without_database_and_caches(scope):
    api = Api.as_client(Tier.FREE)
    close(scope)
    api.get("/api/v1/limits")  # whoever has just been asked knows

    with nothing_answers():
        refused = code_of(api, "post", ANALYSES, TEXT)
        caches["default"].clear()

    assert refused == ("read_only" if scope == "read_only" else "maintenance")


def test_a_spike_halves_quotas_grants_no_waits_and_tells_clients():
    api = Api.as_client(Tier.FREE)
    usual = api.get("/api/v1/limits").json()["policies"][0]
    engage("spike")

    limits = api.get("/api/v1/limits").json()
    answer = api._http.post(
        ANALYSES, TEXT, content_type="application/json", headers={"Prefer": "wait=20"}
    )

    assert (limits["policies"][0]["limit"], limits["service"]["level"]) == (
        usual["limit"] // 2,
        "busy",
    )
    assert limits["service"]["emergency"]["profile"] == "spike"
    assert (answer.status_code, "Preference-Applied" in answer) == (202, False)


@pytest.mark.parametrize(
    ("profile", "tier", "method", "status"),
    [
        ("lockdown", Tier.FREE, "POST", 503),
        ("lockdown", Tier.PREMIUM, "POST", 200),
        ("spike", Tier.FREE, "POST", 200),
        ("normal", Tier.FREE, "POST", 200),
    ],
)
def test_each_emergency_lets_in_whom_it_says_and_ends_by_itself(profile, tier, method, status):
    key = a_key(tier)
    row = engage(profile, lasts=timedelta(minutes=5))
    entrance, request = Door(app, a_watch(4)), environ(method, ANALYSES, x_api_key=key)
    assert Knock(entrance, request).status == status

    with nothing_answers():
        assert Knock(entrance, request).status == status, "what is known stays known"
    after = row.ends_at if row else timezone.now()
    assert stance.current().level(Level.NORMAL, now=after) is Level.NORMAL
