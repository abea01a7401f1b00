import re

import pytest
from django.utils import timezone

from ops.models import Demand, LimitPolicy
from tests.factories import ClientFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_readiness")]

PAGE = "/admin/console/limits/?now"


@pytest.fixture
def consumers(admin_client):
    """The rows of those who ask for most, by who it is."""

    def rows():
        html = admin_client.get(PAGE).json()["pieces"]["consumers"]
        return dict(re.findall(r'<tr data-row="(.*?)">(.*?)</tr>', html, re.DOTALL))

    return rows


def asked(**uses):
    """By limit: who, requests, cost, refusals and how full in thousandths."""
    numbers = dict(LimitPolicy.objects.values_list("name", "pk"))
    heaviest = {str(numbers[name.replace("_", "-")]): [use] for name, use in uses.items()}
    Demand.objects.create(at=timezone.now(), heaviest=heaviest, sample={})


def test_who_is_counted_by_several_limits_is_named_once_with_the_fullest(consumers):
    newsroom = ClientFactory(name="Newsroom")
    asked(
        free_submit=[f"client:{newsroom.pk}", 40, 40, 3, 200],
        free_daily=[f"client:{newsroom.pk}", 40, 90, 2, 950],
    )

    rows = consumers()

    assert list(rows) == ["Newsroom"]
    cells = re.findall(r"<td data-label.*?<span>(.*?)</span>", rows["Newsroom"], re.DOTALL)
    assert cells == ["Newsroom", "free-daily", "40", "90", "5", "95 %"]
    assert re.search(r'<option value="free-daily" selected>', rows["Newsroom"])
    assert 'value="free-submit"' in rows["Newsroom"]


def test_only_clients_are_offered_another_quota(consumers):
    newsroom = ClientFactory(name="Newsroom")
    asked(
        free_submit=[f"client:{newsroom.pk}", 40, 40, 0, 200],
        anonymous_submit=["2001:db8:1::/64", 9, 9, 0, 900],
    )

    rows = consumers()

    assert "Other quota" in rows["Newsroom"]
    assert "Other quota" not in rows["2001:db8:1::/64"]
    assert "Keep out" in rows["2001:db8:1::/64"]
