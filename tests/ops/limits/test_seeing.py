"""Who is limited, who asks most, and what another quota would have done."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.ops.limits.test_http import change, submit
from tests.ops.limits.test_staff import form, limits, page_of, policy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("usual_limits")]


@pytest.fixture
def traffic():
    """One client asks twelve times, another three times; ten a minute are allowed."""
    from django.test import Client

    from ops.limits import watching

    for address, times in (("198.51.100.7", 12), ("198.51.100.8", 3)):
        for _ in range(times):
            submit(Client(REMOTE_ADDR=address))
    watching.write()


def preview_page(quota="", window="60"):
    return (
        f"{page_of(policy()).replace('change/', '')}preview/?quota={quota}&window_seconds={window}"
    )


@pytest.mark.storage
def test_who_is_limited_now_who_is_near_and_who_asks_most(traffic):
    from django.utils import timezone

    from ops.limits import seeing

    now = timezone.now()
    (limited,) = seeing.limited_now(now)
    (near,) = seeing.near_limit(now)
    first, second = seeing.top_consumers(now, policy="anonymous-submit")

    assert (limited.who, limited.policy, limited.count) == ("198.51.100.7", "anonymous-submit", 2)
    assert limited.since <= limited.last_at <= now
    assert (near.who, near.policy, near.peak_percent) == ("198.51.100.7", "anonymous-submit", 100)
    assert (first.who, first.requests, first.refused) == ("198.51.100.7", 12, 2)
    assert (second.who, second.requests, second.peak_percent) == ("198.51.100.8", 3, 30)
    assert seeing.counts(now) == seeing.Counts(limited=1, banned=0, near=1)


def test_whoever_calmed_down_is_not_limited_now_and_begins_anew_later(traffic):
    from django.utils import timezone

    from ops.limits import seeing, watching
    from ops.limits.policies import Asker, Policy
    from ops.models import Refusals

    now = timezone.now()
    assert seeing.limited_now(now + timedelta(minutes=3)) == []

    Refusals.objects.update(last_at=now - timedelta(hours=5), since=now - timedelta(hours=6))
    row = Refusals.objects.get()
    asker = Asker(row.subject, "anonymous", "198.51.100.7")
    watching.refused(asker, Policy(policy().pk, row.policy, 10, 60))
    watching.write()

    (limited,) = seeing.limited_now(timezone.now())
    assert (limited.count, limited.since >= now) == (1, True)


def test_one_who_is_banned_is_shown_until_the_ban_ends():
    from django.utils import timezone

    from ops.limits import seeing, watching

    limits("ban", "198.51.100.9", "--seconds", "600", "--reason", "abuse")
    watching.write()

    (banned,) = seeing.limited_now(timezone.now() + timedelta(minutes=5))
    assert (banned.subject, seeing.counts(timezone.now()).banned) == ("198.51.100.9", 1)


@pytest.mark.parametrize(
    ("quota", "asked", "refused"), [(10, 15, 2), (3, 15, 9), (1, 15, 13), (12, 15, 0), (0, 15, 15)]
)
def test_another_quota_is_tried_on_the_last_hour(traffic, quota, asked, refused):
    from django.utils import timezone

    from ops.limits import seeing

    found = seeing.preview(policy(), quota, 60, timezone.now())

    assert (found.asked, found.refused, found.is_complete) == (asked, refused, True)


def test_a_quota_of_its_own_protects_a_client_in_the_preview_too():
    from django.test import Client
    from django.utils import timezone

    from ops import keys
    from ops.limits import seeing, watching
    from ops.models import LimitOverride
    from tests.factories import ClientFactory

    owner = ClientFactory(tier="free")
    free = policy("free-submit")
    LimitOverride.objects.create(client=owner, policy=free, quota=50, reason="import")
    http = Client(headers={"Authorization": f"Bearer {keys.mint(owner).secret}"})
    for _ in range(8):
        submit(http)
    watching.write()

    assert seeing.preview(free, 1, 60, timezone.now()).refused == 0
    (consumer,) = seeing.top_consumers(timezone.now(), policy="free-submit")
    assert (consumer.who, consumer.requests) == (owner.name, 8)


def test_the_last_hour_is_forgotten_afterwards(traffic):
    from django.utils import timezone

    from ops.limits import seeing, watching
    from ops.models import Demand

    later = timezone.now() + timedelta(hours=1, minutes=6)
    assert "Nobody asked" in str(seeing.preview(policy(), 1, 60, later))

    watching.prune(later)

    assert not Demand.objects.exists()


def test_the_form_of_a_limit_tells_what_the_edit_would_have_refused(admin_client, client, traffic):
    told = admin_client.get(preview_page(quota=3)).json()

    assert told["preview"].startswith("60 % of the last hour's requests would have been refused")
    assert "14 %" not in admin_client.get(preview_page(quota=12)).json()["preview"]
    assert client.get(preview_page(quota=3)).status_code == 302
    assert admin_client.get(preview_page(quota="many")).json()["preview"] == ""
    form_page = admin_client.get(page_of(policy())).text
    assert "data-preview=" in form_page
    assert "limit_preview" in form_page


def test_an_edit_is_answered_with_what_it_would_have_refused(admin_client, traffic):
    saved = admin_client.post(page_of(policy()), form(policy(), quota=3), follow=True)

    assert "60 % of the last hour" in saved.text


def test_a_new_limit_and_one_of_places_have_nothing_to_preview(admin_client):
    from django.urls import reverse

    places = admin_client.get(page_of(policy("free-places"))).text
    added = admin_client.get(reverse("admin:ops_limitpolicy_add")).text

    assert "data-preview=" not in places + added


def test_the_command_tells_who_is_limited_who_asks_most_and_what_if(traffic):
    limited, top = limits("limited"), limits("top", "--policy", "anonymous-submit")

    assert (limited["limited"], limited["near"]) == (1, 1)
    assert limited["refused"][0]["subject"] == "198.51.100.7"
    assert top["top"][0]["requests"] == 12
    assert limits("preview", "anonymous-submit", "--quota", "3")["refused"] == 9


def test_addresses_that_pass_the_edge_are_counted_too(traffic):
    from ops import metrics
    from ops.metrics.recorder import current

    change("address", quota=1000)
    assert limits("top", "--policy", "address")["top"][0]["requests"] == 12
    series = {key.values for cells in current().tally.take().values() for key in cells}
    assert metrics
    assert ("address", "anonymous", "allowed") in series
