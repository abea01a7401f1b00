import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils import timezone

from ops.models import Event, Job, Pause, Priority
from tests.factories import JobFactory, WorkerHostFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_readiness")]

PAGE = "/admin/console/queue/"


@pytest.fixture
def reader(client):
    """Sees everything, may change nothing."""
    person = User.objects.create_user("reader", password="secret", is_staff=True)
    person.groups.add(Group.objects.get(name="Console readers"))
    client.force_login(person)
    return client


def lines(html):
    found = re.findall(r'data-line="(\w+)".*?ops-number">(\d+)<.*?ops-number">(.*?)<', html)
    return {name: (int(waiting), oldest) for name, waiting, oldest in found}


def test_each_priority_shows_its_line(admin_client):
    long_ago = timezone.now() - timedelta(minutes=3)
    JobFactory.create_batch(2, priority=Priority.PREMIUM)
    JobFactory(priority=Priority.FREE, available_at=long_ago)

    shown = lines(admin_client.get(PAGE).text)

    assert shown["premium"][0] == 2
    assert shown["free"] == (1, "3 min")
    assert shown["batch"] == (0, "–")


@pytest.mark.parametrize(
    ("waiting", "finished", "paused", "outlook"),
    [
        (0, 0, False, "Nobody waits."),
        (10, 25, False, "At this pace the queue is empty in 2 min."),
        (10, 0, False, "Nothing was finished in the last 5 min."),
        (10, 0, True, "Nothing moves: the queue is paused."),
    ],
)
def test_the_outlook_follows_the_pace(admin_client, waiting, finished, paused, outlook):
    JobFactory.create_batch(waiting)
    JobFactory.create_batch(finished, done=True)
    if paused:
        Pause.objects.create(kind="")

    assert outlook in admin_client.get(PAGE).text


def test_work_finished_long_ago_says_nothing_of_the_pace(admin_client):
    JobFactory()
    JobFactory(done=True, finished_at=timezone.now() - timedelta(hours=1))

    assert "Nothing was finished" in admin_client.get(PAGE).text


def test_what_failed_for_good_can_be_tried_again_from_here(admin_client):
    JobFactory(dead=True, error_code="timeout")

    page = admin_client.get(PAGE).text

    assert "analysis: timeout" in page
    assert reverse("console-failures-retry") in page


def test_pausing_names_who_did_it_and_why(admin_client, admin_user):
    admin_client.post(reverse("console-pause"), {"kind": "analysis", "reason": "new engine"})

    event = Event.objects.get(name="queue.paused")
    assert Pause.objects.get().kind == "analysis"
    assert (event.actor, event.reason) == (f"user:{admin_user.username}", "new engine")
    assert "new engine" in admin_client.get(PAGE).text


def test_pausing_without_a_reason_pauses_nothing(admin_client):
    admin_client.post(reverse("console-pause"), {"kind": "", "reason": " "})

    assert not Pause.objects.exists()
    assert not Event.objects.exists()


def test_pausing_twice_is_one_pause_and_one_event(admin_client):
    for _ in range(2):
        admin_client.post(reverse("console-pause"), {"kind": "", "reason": "storm"})

    assert Pause.objects.count() == 1
    assert Event.objects.count() == 1


def test_a_pause_is_taken_back(admin_client):
    pause = Pause.objects.create(kind="analysis")

    admin_client.post(reverse("console-resume", args=[pause.pk]))

    assert not Pause.objects.exists()
    assert Event.objects.get().name == "queue.resumed"


def test_readers_see_no_buttons_and_press_none(reader):
    pause = Pause.objects.create(kind="analysis")

    page = reader.get(PAGE)

    assert page.status_code == 200
    assert reverse("console-pause") not in page.text
    assert reverse("console-resume", args=[pause.pk]) not in page.text
    assert reader.post(reverse("console-pause"), {"reason": "x"}).status_code == 403
    assert reader.post(reverse("console-resume", args=[pause.pk])).status_code == 403
    assert Pause.objects.exists()


def test_following_a_link_changes_nothing(admin_client):
    pause = Pause.objects.create(kind="analysis")

    assert admin_client.get(reverse("console-resume", args=[pause.pk])).status_code == 405


def test_people_without_permission_are_refused(client):
    client.force_login(User.objects.create_user("nobody", password="x", is_staff=True))

    assert client.get(PAGE).status_code == 403


@pytest.mark.usefixtures("known_switches")
def test_a_look_costs_a_bounded_number_of_queries(admin_client, django_assert_max_num_queries):
    JobFactory.create_batch(30)
    WorkerHostFactory()
    admin_client.get(f"{PAGE}?now")

    with django_assert_max_num_queries(16):
        admin_client.get(f"{PAGE}?now")


@pytest.mark.usefixtures("known_switches")
def test_many_viewers_share_one_look(admin_client, settings, django_assert_max_num_queries):
    settings.OPS_CONSOLE_FRESH_SECONDS = 60
    admin_client.get(f"{PAGE}?now")

    with django_assert_max_num_queries(4):
        admin_client.get(f"{PAGE}?now")


def test_jobs_are_canceled_from_their_list(admin_client, admin_user):
    waiting, dead = JobFactory(), JobFactory(dead=True)
    chosen = {"action": "cancel", "_selected_action": [waiting.pk, dead.pk]}

    admin_client.post(reverse("admin:ops_job_changelist"), chosen)

    waiting.refresh_from_db()
    assert waiting.state == Job.State.CANCELED
    event = Event.objects.get(name="queue.canceled")
    assert event.actor == f"user:{admin_user.username}"
    assert event.details == {"jobs": 1}


def test_dead_jobs_are_tried_again_from_their_list(admin_client, admin_user):
    waiting, dead = JobFactory(), JobFactory(dead=True)
    chosen = {"action": "retry", "_selected_action": [waiting.pk, dead.pk]}

    admin_client.post(reverse("admin:ops_job_changelist"), chosen)

    dead.refresh_from_db()
    assert dead.state == Job.State.WAITING
    event = Event.objects.get(name="queue.retried")
    assert (event.actor, event.details) == (f"user:{admin_user.username}", {"jobs": 1})


def test_dead_jobs_are_given_up_from_their_list(admin_client):
    dead = JobFactory(dead=True)
    chosen = {"action": "discard", "_selected_action": [dead.pk]}

    admin_client.post(reverse("admin:ops_job_changelist"), chosen)

    dead.refresh_from_db()
    assert dead.state == Job.State.CANCELED
    assert Event.objects.get().name == "queue.discarded"


def test_readers_cannot_cancel_jobs(reader):
    waiting = JobFactory()

    reader.post(
        reverse("admin:ops_job_changelist"),
        {"action": "cancel", "_selected_action": [waiting.pk]},
    )

    waiting.refresh_from_db()
    assert waiting.state == Job.State.WAITING
