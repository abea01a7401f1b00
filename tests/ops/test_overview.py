import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from django.utils import timezone

from ops import config, events
from ops.models import Alert, AlertRule, Demand, Emergency, LimitPolicy, Maintenance, Pause
from tests.factories import JobFactory, WorkerHostFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_readiness")]


NOW = "/admin/console/overview?now"


def tiles(html):
    found = re.findall(
        r'data-tile="(\w+)".*?ops-tile-value">(.*?)<.*?ops-tile-note">(.*?)<', html, re.DOTALL
    )
    return {name: (value, note) for name, value, note in found}


@pytest.fixture
def overview(admin_client):
    return lambda: admin_client.get(reverse("admin:index")).text


@pytest.fixture
def refreshed(admin_client):
    return lambda: admin_client.get(NOW).json()


def test_an_empty_installation_says_so_honestly(overview):
    page = overview()

    assert tiles(page)["waiting"] == ("0", "nobody has to wait")
    assert tiles(page)["oldest"][0] == "–"
    assert tiles(page)["workers"] == ("0", "start one: manage.py worker")
    assert "No job has failed for good." in page


def test_numbers_are_those_of_the_queue(overview):
    JobFactory.create_batch(3)
    JobFactory.create_batch(2, running=True)
    JobFactory(dead=True)
    JobFactory(done=True)
    WorkerHostFactory()
    WorkerHostFactory(silent=True)

    shown = tiles(overview())

    assert shown["waiting"][0] == "3"
    assert shown["running"][0] == "2"
    assert shown["failed"][0] == "1"
    assert shown["workers"] == ("2", "on 1 host")


def test_alerts_that_fire_are_counted_and_so_are_those_that_nobody_has(overview):
    taken, alone, brewing = AlertRule.objects.all()[:3]
    Alert.objects.create(
        rule=taken, state=Alert.State.FIRING, acknowledged_at=timezone.now(), acknowledged_by="ada"
    )
    Alert.objects.create(rule=alone, state=Alert.State.FIRING)
    Alert.objects.create(rule=brewing, state=Alert.State.PENDING)

    assert tiles(overview())["alerts"] == ("2", "1 that nobody has")


def test_the_oldest_wait_is_told_and_judged(refreshed):
    long_ago = timezone.now() - timedelta(minutes=5)
    JobFactory(created_at=long_ago, available_at=long_ago)

    found = refreshed()

    assert tiles(found["pieces"]["tiles"])["oldest"][0].startswith("5 min")
    assert "The oldest job has waited 5 min" in found["pieces"]["verdict"]
    assert "ops-verdict--wait" in found["pieces"]["verdict"]


def test_it_is_told_when_the_queue_will_be_empty(overview):
    JobFactory.create_batch(10)
    JobFactory.create_batch(25, done=True)

    assert tiles(overview())["waiting"] == ("10", "At this pace the queue is empty in 2 min.")


def test_missing_workers_are_named_as_the_reason(overview):
    assert "No worker is alive" in overview()


def test_a_failed_job_is_listed_with_a_link(overview):
    job = JobFactory(dead=True, kind="analysis")

    assert reverse("admin:ops_job_change", args=[job.pk]) in overview()


def test_pieces_are_fresh_and_dated(refreshed, admin_client):
    response = admin_client.get(NOW)

    assert "no-store" in response["Cache-Control"]
    assert {"verdict", "tiles", "alerts"} <= set(response.json()["pieces"])
    assert response.json()["as_of"].endswith("+00:00")


def test_the_overview_costs_a_bounded_number_of_queries(
    refreshed, known_switches, django_assert_max_num_queries
):
    JobFactory.create_batch(30, dead=True)
    refreshed()

    with django_assert_max_num_queries(45):
        refreshed()


def test_people_without_permission_see_no_failures(client):
    reader = User.objects.create_user("reader", password="secret", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_console"))
    JobFactory(dead=True)
    client.force_login(reader)

    page = client.get(reverse("admin:index")).text
    assert "data-tile" in page
    assert "Newest failures" not in page


def test_strangers_are_sent_to_the_door(client):
    assert client.get(NOW).status_code == 302


def test_the_tab_has_a_title(overview):
    title = re.search(r"<title>(.*?)</title>", overview(), re.DOTALL)

    assert " ".join(title[1].split()) == "Overview | ContentCreate"


def test_a_pause_is_named_before_anybody_wonders(overview):
    Pause.objects.create(kind="", reason="new disks")

    assert "Somebody paused the whole queue: new disks." in overview()


def test_maintenance_is_named_with_its_end(overview, settings):
    soon = timezone.now() + timedelta(hours=1)
    window = Maintenance.objects.create(
        scope="submit", message="x", starts_at=timezone.now() - timedelta(minutes=1), ends_at=soon
    )
    config._keeper.catch_up()

    assert f"Closed for maintenance until {soon:%H:%M} UTC: new analyses." in overview()
    window.delete()
    config._keeper.catch_up()


def test_what_happened_last_is_listed_with_its_author(overview):
    events.record("queue.paused", actor="user:ada", reason="storm", kind="everything")

    page = overview()

    assert "user:ada" in page
    assert "storm · kind everything" in page


def test_a_profile_that_is_engaged_can_be_ended_where_it_was_engaged(refreshed):
    soon = timezone.now() + timedelta(hours=1)
    Emergency.objects.create(profile="spike", reason="x", ends_at=soon)

    first_aid = refreshed()["pieces"]["first-aid"]

    assert ">End spike<" in first_aid
    assert "Engage spike" not in first_aid


def test_an_alert_says_what_helps(refreshed):
    rule = AlertRule.objects.get(name="ShedActive")
    Alert.objects.create(rule=rule, state=Alert.State.FIRING, value=70.0)

    shown = refreshed()["pieces"]["alerts"]

    assert "engage the spike profile" in shown
    assert "70 % (breaks when it is above 1 %)" in shown


def test_the_profile_for_a_spike_is_the_first_thing_at_hand(refreshed):
    first_aid = refreshed()["pieces"]["first-aid"]

    assert re.findall(r"<summary.*?>(.*?) …<", first_aid)[:2] == [
        "Engage spike",
        "Engage read-only",
    ]


QUESTIONS = {
    "Are we OK?": ("verdict", ">Overload</a>"),
    "How big is the spike?": ("tiles", 'data-tile="rate"'),
    "Are users hurting?": ("first-aid", "/overload/profiles/spike"),
    "What is being refused, and why?": ("refusals", ">Limits</a>"),
    "What is slow?": ("slow", "/api/v1/analyses"),
    "Which analyzer is slow?": ("slow", "keywords, 75.0 % of the time"),
    "And what if it is the deep work?": ("slow", "/overload/level"),
    "Who causes it?": ("consumers", "/limits/exceptions"),
    "How deep is the queue?": ("tiles", 'data-tile="oldest"'),
    "Are workers alive?": ("tiles", 'data-tile="workers"'),
    "What is the bottleneck?": ("capacity", 'data-gauge="pool"'),
    "How much headroom is left?": ("capacity", "/limits/strict"),
    "Does the cache help?": ("tiles", 'data-tile="known"'),
    "What breaks?": ("failures", "/queue/failures/retry"),
    "What alerts fire, and who has them?": ("alerts", "/take"),
    "What do customers see?": ("customers", "/status/incidents"),
    "What did we change?": ("overrides", "/overload/normal"),
}


def test_the_questions_of_a_spike_are_answered_beside_their_moves(refreshed, counted):
    counted("http_requests", 60, route="/api/v1/analyses", status="200")
    counted("engine_seconds", 0.3, analyzer="keywords")
    counted("engine_seconds", 0.1, analyzer="parse")
    counted("refusals", 3, code="rate_limited", tier="free")
    policy = LimitPolicy.objects.first()
    Demand.objects.create(
        at=timezone.now(), heaviest={str(policy.pk): [["192.0.2.7", 4, 4, 2, 900]]}, sample={}
    )
    JobFactory(dead=True, error_code="timeout")
    Alert.objects.create(rule=AlertRule.objects.first(), state=Alert.State.FIRING)
    Pause.objects.create(kind="", reason="new disks")

    pieces = refreshed()["pieces"]

    unanswered = [
        question for question, (piece, told) in QUESTIONS.items() if told not in pieces[piece]
    ]
    assert unanswered == []
