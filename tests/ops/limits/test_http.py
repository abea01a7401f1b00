"""What clients see of limits."""

from __future__ import annotations

import re

import pytest

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.storage,
    pytest.mark.usefixtures("usual_limits"),
]

ANALYSES = "/api/v1/analyses"
LIMITS = "/api/v1/limits"
UNKNOWN_KEY = "cc_00000000_00000000000000000000000000000000000000"


@pytest.fixture
def http():
    from django.test import Client

    return Client()


@pytest.fixture
def with_key():
    from django.test import Client

    from ops import keys
    from tests.factories import ClientFactory

    def make(tier="free"):
        owner = ClientFactory(tier=tier)
        http = Client(headers={"Authorization": f"Bearer {keys.mint(owner).secret}"})
        http.owner = owner
        return http

    return make


def submit(http, text="The cat sat on the mat.", **extra):
    return http.post(ANALYSES, {"content": text}, content_type="application/json", **extra)


def change(name, **values):
    from ops.models import LimitPolicy

    assert LimitPolicy.objects.filter(name=name).update(**values) == 1


def test_anonymous_clients_submit_ten_times_a_minute(http):
    answers = [submit(http).status_code for _ in range(12)]

    assert answers.count(429) == 2
    assert answers[10:] == [429, 429]


def test_the_installations_settings_are_the_anonymous_default(http, settings):
    settings.RATE_LIMIT_REQUESTS, settings.RATE_LIMIT_WINDOW_SECONDS = 3, 20

    answers = [submit(http) for _ in range(4)]

    assert [answer.status_code for answer in answers].index(429) == 3
    assert '"anonymous-submit";q=3;w=20' in answers[0]["RateLimit-Policy"]


def test_a_refusal_says_which_limit_how_long_and_what_helps(http):
    for _ in range(10):
        submit(http)

    refused = submit(http)

    body = refused.json()
    wait = int(refused["Retry-After"])
    assert refused["Content-Type"] == "application/problem+json"
    assert body["type"].endswith("#quota-exceeded")
    assert body["code"] == "rate_limited"
    assert body["violated-policies"] == ["anonymous-submit"]
    assert body["retryAfter"] == body["retry_after"] == wait
    assert "10 requests in 1 minute" in body["error"]
    assert "with a key" in body["error"]
    assert 54 <= wait <= 73


def test_success_and_refusal_both_tell_how_the_client_stands(http):
    first = submit(http)
    for _ in range(9):
        submit(http)
    refused = submit(http)

    policies = '"anonymous-submit";q=10;w=60, "anonymous-daily";q=1000;w=86400'
    assert first["RateLimit-Policy"] == refused["RateLimit-Policy"] == policies
    assert first["RateLimit"].startswith('"anonymous-submit";r=9;t=')
    assert refused["RateLimit"].startswith('"anonymous-submit";r=0;t=')
    assert first["X-RateLimit-Limit"] == "10"
    assert first["X-RateLimit-Remaining"] == "9"
    reset = int(re.search(r"r=0;t=(\d+)", refused["RateLimit"])[1])
    assert int(refused["X-RateLimit-Reset"]) == reset <= int(refused["Retry-After"])


def test_polling_does_not_use_up_what_may_be_submitted(http):
    poll = submit(http).json()["urls"]["self"]

    assert {http.get(poll).status_code for _ in range(50)} == {200}
    assert submit(http)["X-RateLimit-Remaining"] == "8"


def test_a_key_has_limits_of_its_tier(with_key):
    answer = submit(with_key("premium"))

    assert '"premium-burst";q=60;w=1' in answer["RateLimit-Policy"]


def test_keys_of_one_client_share_its_limits(http, with_key):
    from django.test import Client

    from ops import keys

    one = with_key()
    other = Client(headers={"Authorization": f"Bearer {keys.mint(one.owner).secret}"})
    submit(one)

    assert '"free-submit";r=58' in submit(other)["RateLimit"]


def test_asking_for_the_limits_is_free_and_complete(http):
    submit(http)

    answers = [http.get(LIMITS) for _ in range(5)]

    assert answers[0].json()["policies"] == answers[4].json()["policies"]
    named = {policy["name"]: policy for policy in answers[4].json()["policies"]}
    assert set(named) == {"anonymous-submit", "anonymous-daily", "anonymous-read"}
    submissions = named["anonymous-submit"]
    assert (submissions["limit"], submissions["used"], submissions["remaining"]) == (10, 1, 9)
    assert 0 < submissions["resets_in"] <= 66
    assert '"anonymous-submit";r=9' in answers[4]["RateLimit"]


def test_asking_for_the_limits_tells_the_places_too(with_key):
    named = {p["name"]: p for p in with_key("free").get(LIMITS).json()["policies"]}

    assert named["free-places"]["limit"] == 20
    assert named["free-places"]["used"] == 0


def test_a_large_text_costs_more_of_the_day(with_key):
    http = with_key()
    submit(http, "word " * 20_000)

    daily = next(p for p in http.get(LIMITS).json()["policies"] if p["name"] == "free-daily")

    assert daily["used"] == 6


def test_a_dear_profile_pays_the_difference_and_each_limit_is_told_once(with_key):
    http = with_key()

    answer = http.post(
        ANALYSES, {"content": "Two cats sat.", "profile": "deep"}, content_type="application/json"
    )

    assert answer["RateLimit"].count('"free-daily"') == 1
    assert '"free-daily";r=4997' in answer["RateLimit"]
    assert '"free-submit";r=59' in answer["RateLimit"]


def test_who_cannot_pay_the_difference_is_charged_nothing_at_all(with_key):
    change("free-daily", quota=4)
    http = with_key()
    dear = {"content": "Two cats sat.", "profile": "deep"}
    first, second = [http.post(ANALYSES, dear, content_type="application/json") for _ in range(2)]

    assert (first.status_code, second.status_code) == (202, 429)
    assert second.json()["violated-policies"] == ["free-daily"]
    assert '"free-daily";r=0' in submit(http)["RateLimit"]


def test_the_quota_of_a_day_is_named_as_such(http):
    change("anonymous-daily", quota=2)

    answers = [submit(http) for _ in range(3)]

    assert answers[2].json()["code"] == "daily_quota_exceeded"
    assert "2 units in 1 day" in answers[2].json()["detail"]


def test_an_answer_that_we_owe_costs_nothing(http, settings, monkeypatch):
    from analysis.views import analyses as views

    def broken(*_):
        raise ZeroDivisionError

    http.raise_request_exception = False
    monkeypatch.setattr(views, "submit", broken)
    assert [submit(http).status_code for _ in range(15)] == [500] * 15
    monkeypatch.undo()

    assert submit(http)["X-RateLimit-Remaining"] == "9"


def test_places_are_given_back_after_the_answer(with_key):
    change("free-places", quota=1)
    http = with_key()

    assert {submit(http).status_code for _ in range(5)} <= {200, 202}


def test_who_has_no_place_left_waits_and_is_charged_nothing(with_key):
    from ops.limits.this_process import limiter
    from ops.models import LimitPolicy

    change("free-places", quota=1)
    http = with_key()
    places = LimitPolicy.objects.get(name="free-places")
    limiter().store.lease(f"{places.pk}:{http.owner.key}", "another", places=9, lasts_ms=9000)

    refused = submit(http)

    assert refused.json()["code"] == "concurrency_limited"
    assert refused["Retry-After"] == "1"
    limiter().store.release(f"{places.pk}:{http.owner.key}", "another")
    assert '"free-submit";r=59' in submit(http)["RateLimit"]


# --- Before authentication -----------------------------------------------------------------


def test_an_address_that_floods_is_refused_before_anything_is_opened(
    http, django_assert_num_queries
):
    change("address", quota=5)
    for _ in range(5):
        http.get("/api/v1/nothing")
    http.get("/api/v1/nothing")

    with django_assert_num_queries(0):
        refused = http.get(ANALYSES, headers={"Authorization": f"Bearer {UNKNOWN_KEY}"})

    assert refused.status_code == 429
    assert refused.json()["violated-policies"] == ["address"]


def test_people_get_a_page_with_a_way_out(http):
    change("address", quota=1)
    http.get("/")

    refused = http.get("/")

    assert refused.status_code == 429
    assert refused["Content-Type"].startswith("text/html")
    assert "A little slower, please" in refused.text
    assert re.search(r"try again in \d+ seconds", refused.text)
    assert int(refused["Retry-After"]) >= 1
    assert "Content-Security-Policy" in refused


def test_static_files_and_probes_are_never_refused(http):
    change("address", quota=0)

    assert http.get("/livez").status_code == 200
    assert http.get("/static/nothing.css").status_code == 404
    assert http.get("/").status_code == 429


def test_whoever_guesses_keys_is_soon_not_answered_at_all(http, django_assert_num_queries):
    def guess():
        return http.get(ANALYSES, headers={"X-API-Key": UNKNOWN_KEY})

    change("failed-keys", quota=3)

    answers = [guess().status_code for _ in range(4)]

    assert answers == [401] * 4
    with django_assert_num_queries(0):
        refused = guess()
    assert refused.status_code == 429
    assert 55 <= int(refused["Retry-After"]) <= 66
    assert "went on asking" in refused.json()["detail"]


def test_who_may_not_do_what_he_tries_is_soon_not_answered_at_all(http, django_assert_num_queries):
    from ops import keys
    from tests.factories import ClientFactory

    reader = keys.mint(ClientFactory(), scopes=["analyses:read"]).secret
    change("address", quota=3)

    answers = [submit(http, HTTP_X_API_KEY=reader).status_code for _ in range(3)]

    assert answers == [403] * 3
    with django_assert_num_queries(0):
        assert submit(http, HTTP_X_API_KEY=reader).status_code == 429


def test_each_ban_of_an_address_is_longer_than_the_one_before(http):
    from ops.limits import penalties
    from ops.limits.policies import Asker
    from ops.limits.this_process import limiter

    asker = Asker("a", "anonymous", "198.51.100.7", "")

    lengths = [penalties.ban(asker, "failed-keys") for _ in range(3)]

    assert lengths == [60_000, 120_000, 240_000]
    limiter().blocked.clear()
    assert http.get("/", REMOTE_ADDR="198.51.100.7").status_code == 429
    assert http.get("/", REMOTE_ADDR="198.51.100.8").status_code == 200


def test_an_address_that_goes_on_after_it_was_refused_is_banned(http):
    change("address", quota=2, ban_after=3)

    for _ in range(6):
        last = http.get("/api/v1/nothing")

    assert last.status_code == 429
    assert int(last["Retry-After"]) >= 54


def test_attempts_to_sign_in_are_limited(http):
    change("login", quota=3)

    answers = [
        http.post("/admin/login/", {"username": "root", "password": str(n)}) for n in range(4)
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert "A little slower, please" in answers[3].text
    assert http.get("/admin/login/").status_code == 200


def test_forged_headers_give_nobody_a_quota_of_its_own(http):
    answers = [submit(http, HTTP_X_FORWARDED_FOR=f"10.{n}.1.1").status_code for n in range(12)]

    assert answers[10:] == [429, 429]


def test_behind_our_proxy_each_client_has_limits_of_its_own(http, settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]

    answers = {submit(http, HTTP_X_FORWARDED_FOR=f"192.0.2.{n}").status_code for n in range(12)}

    assert answers <= {200, 202}


def test_one_64_is_one_client(http):
    answers = [submit(http, REMOTE_ADDR=f"2001:db8::{n:x}").status_code for n in range(12)]

    assert answers[10:] == [429, 429]


@pytest.mark.parametrize("address", ["", "nonsense", "1.2.3.4, 5.6.7.8", "::ffff:x", "\x00"])
def test_no_address_is_an_error(http, address):
    answer = http.get(LIMITS, REMOTE_ADDR=address, HTTP_X_FORWARDED_FOR=address)

    assert answer.status_code == 200


# --- Runtime -------------------------------------------------------------------------------


def test_the_denied_stay_out_and_the_allowed_have_no_limits(http):
    from ops.models import Admission

    Admission.objects.create(verdict="allow", network="192.0.2.0/24", reason="partners")
    Admission.objects.create(verdict="deny", network="192.0.2.7/32", reason="abuse")

    allowed = {submit(http, REMOTE_ADDR="192.0.2.1").status_code for _ in range(15)}

    assert allowed <= {200, 202}
    assert submit(http, REMOTE_ADDR="192.0.2.7").status_code == 403
    assert http.get("/", REMOTE_ADDR="192.0.2.7").status_code == 403


def test_a_denied_client_stays_out_with_any_key(with_key):
    from ops.models import Admission

    http = with_key()
    Admission.objects.create(verdict="deny", client=http.owner, reason="unpaid")
    Admission.objects.create(verdict="allow", client=http.owner, reason="a friend")

    assert submit(http).status_code == 403


def test_a_client_with_a_limit_of_its_own_has_that_until_it_ends(with_key):
    from datetime import timedelta

    from django.utils import timezone

    from ops.models import LimitOverride, LimitPolicy

    http = with_key()
    own = LimitOverride.objects.create(
        client=http.owner,
        policy=LimitPolicy.objects.get(name="free-submit"),
        quota=500,
        reason="a migration",
    )
    assert '"free-submit";q=500' in submit(http)["RateLimit-Policy"]

    own.expires_at = timezone.now() - timedelta(seconds=1)
    own.save()

    assert '"free-submit";q=60' in submit(http)["RateLimit-Policy"]


def test_strict_mode_reduces_every_tier_by_its_factor_and_says_so(http, with_key):
    from datetime import timedelta

    from django.utils import timezone

    from ops.models import StrictMode

    now = timezone.now()
    StrictMode.objects.create(
        reason="attack", anonymous="0.2", free="0.5", ends_at=now + timedelta(hours=1)
    )

    answers = [submit(http) for _ in range(3)]

    assert [answer.status_code for answer in answers][2] == 429
    assert '"anonymous-submit";q=2' in answers[0]["RateLimit-Policy"]
    assert "reduced for the time being" in answers[2].json()["detail"]
    assert '"free-submit";q=30' in submit(with_key())["RateLimit-Policy"]
    limits = http.get(LIMITS).json()
    assert limits["reduced"]["reason"] == "attack"
    assert limits["policies"][0]["usual_limit"] == 10


def test_strict_mode_ends_by_itself_and_gives_nobody_a_fresh_quota(http):
    from datetime import timedelta

    from django.utils import timezone

    from ops.models import StrictMode

    for _ in range(4):
        submit(http)
    strict = StrictMode.objects.create(
        reason="attack", anonymous="0.2", ends_at=timezone.now() + timedelta(hours=1)
    )
    assert submit(http).status_code == 429

    strict.end(timezone.now())

    assert submit(http)["X-RateLimit-Remaining"] == "5"


@pytest.mark.parametrize(
    ("begins", "ends", "clock", "is_on"),
    [
        ("09:00", "11:00", "09:00", True),
        ("09:00", "11:00", "10:59", True),
        ("09:00", "11:00", "11:00", False),
        ("09:00", "11:00", "08:59", False),
        ("23:00", "01:00", "23:30", True),
        ("23:00", "01:00", "00:30", True),
        ("23:00", "01:00", "12:00", False),
    ],
)
def test_a_scheduled_window_is_strict_at_its_hours_and_ends_on_time(begins, ends, clock, is_on):
    from datetime import datetime, timedelta

    from django.utils import timezone

    from ops.limits.in_force import InForce, Rules
    from ops.models import StrictMode

    now = datetime.fromisoformat(f"2030-01-07T{clock}:00+00:00")
    window = StrictMode(
        reason="rush",
        starts_at=now - timedelta(days=3),
        ends_at=now + timedelta(days=3),
        daily_from=datetime.strptime(begins, "%H:%M").time(),  # noqa: DTZ007
        daily_until=datetime.strptime(ends, "%H:%M").time(),  # noqa: DTZ007
    )

    held = InForce(Rules(stricts=(window,)), now)

    assert (held.strict is not None) is is_on
    until = datetime.fromtimestamp(held.until, timezone.get_current_timezone())
    assert now < until <= now + timedelta(minutes=1)


def test_a_policy_in_the_shadow_refuses_nobody_and_is_not_told(http):
    change("anonymous-submit", mode="shadow")

    answers = [submit(http) for _ in range(12)]

    assert {answer.status_code for answer in answers} <= {200, 202}
    assert "anonymous-submit" not in answers[0]["RateLimit-Policy"]


def test_tightening_and_loosening_keep_what_was_counted(http):
    for _ in range(5):
        submit(http)

    change("anonymous-submit", quota=3)
    assert submit(http).status_code == 429

    change("anonymous-submit", quota=7)
    assert [submit(http).status_code == 429 for _ in range(3)] == [False, False, True]


def test_who_was_refused_is_shown_to_staff(http):
    from ops.limits import watching
    from ops.models import Refusals

    for _ in range(13):
        submit(http)

    watching.write()

    row = Refusals.objects.get(policy="anonymous-submit")
    assert (row.label, row.count) == ("127.0.0.1", 3)


def test_an_emergency_reduces_the_limits_too(http):
    from datetime import timedelta

    from django.utils import timezone

    from ops.models import Emergency

    Emergency.objects.create(
        profile="attack",
        level_at_least=0,
        limits_percent=50,
        all_workers=False,
        ends_at=timezone.now() + timedelta(hours=1),
    )

    assert '"anonymous-submit";q=5' in submit(http)["RateLimit-Policy"]
