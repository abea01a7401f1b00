from datetime import timedelta

import pytest
from django.utils import timezone

from ops.console.capacity import capacity
from ops.models import GateReport
from ops.overload import standing
from ops.queue import snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture
def headroom():
    """As the overview tells it, after a minute that has passed and the one that runs."""

    def told():
        now = timezone.now()
        return capacity(standing.situation(now), snapshot(), now)

    yield told
    GateReport.objects.all().delete()
    standing.look()


@pytest.fixture
def half_full(counted):
    """In the last full minute 600 requests took half of the room."""
    counted("http_requests", 600, route="/api/v1/analyses", status="202")
    counted("gate_in_flight", 3.0)
    counted("gate_limit", 6.0)


def report(*, demand=1.0, share_shed=0.0):
    """Of one web process."""
    GateReport.objects.create(
        process="web:1", level=0, share_shed=share_shed, limit=6, in_flight=3, demand=demand,
        beat_at=timezone.now() + timedelta(seconds=1),
    )  # fmt: skip
    standing.look()


def test_as_much_again_fits_where_half_of_the_room_is_in_use(half_full, headroom):
    found = headroom()

    assert found.sustainable_per_second == pytest.approx(2 * found.per_second)
    assert found.headroom.startswith("About ")


def test_a_long_queue_does_not_make_the_web_processes_the_bottleneck(half_full, headroom):
    report(demand=23.9)

    (web,) = [gauge for gauge in headroom().gauges if gauge.name == "web"]
    assert web.share == 0.5
    assert web.said == "50.0 % in use"


def test_what_is_served_while_others_are_turned_away_is_what_fits(half_full, headroom, counted):
    counted("http_requests", 50, route="/api/v1/analyses", status="503")
    counted("gate_decisions", 900, priority="low", outcome="shed")
    report(share_shed=0.6)

    found = headroom()

    assert found.per_second > 2 * found.served_per_second
    assert found.headroom.startswith("Full: ")
    assert "requests per second are served" in found.headroom


def test_a_calm_day_tells_nothing(headroom):
    assert headroom().headroom == "Too little traffic to say how much would fit."
