import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils import timezone

from ops.models import Attempt, Event, Job
from tests.factories import JobFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(admin_client):
    def page(job):
        return admin_client.get(reverse("admin:ops_job_change", args=[job.pk])).text

    return page


@pytest.fixture
def press(admin_client):
    def press(job, deed):
        here = reverse("admin:ops_job_change", args=[job.pk])
        words = {"reason": "they asked", "back": here}
        answer = admin_client.post(reverse(f"console-job-{deed}", args=[job.pk]), words)
        job.refresh_from_db()
        return answer

    return press


def steps(html):
    return re.findall(r'ops-step-title">(.*?)<', html)


def buttons(html):
    return re.findall(r"<summary[^>]*>(.*?) …<", html)


def failed(job, number, ended_at, **more):
    return Attempt.objects.create(
        job=job, number=number, code="error", ended_at=ended_at,
        started_at=ended_at - timedelta(seconds=3), **more,
    )  # fmt: skip


def test_a_job_tells_what_became_of_it_in_order(page):
    began = timezone.now() - timedelta(hours=1)
    job = JobFactory(dead=True, attempts=2, created_at=began)
    failed(job, 2, began + timedelta(minutes=50), error="Worse.")
    failed(job, 1, began + timedelta(minutes=10), error="Odd.")

    shown = page(job)

    assert steps(shown) == [
        "Put into the queue at priority free",
        "Attempt 1 failed after 3.0 s: error",
        "Attempt 2 failed after 3.0 s: error",
        "Given up after 2 attempts",
    ]
    assert "10 min later" in shown
    assert "40 min later" in shown


def test_what_a_failure_says_is_text_and_nothing_else(page):
    job = JobFactory(dead=True)
    failed(
        job,
        1,
        timezone.now(),
        error="The text was <b>odd</b>",
        traceback='File "engine.py", line 7',
    )

    shown = page(job)

    assert "The text was &lt;b&gt;odd&lt;/b&gt;" in shown
    assert "File &quot;engine.py&quot;, line 7" in shown


@pytest.mark.parametrize(
    ("made", "last", "offered"),
    [
        ({}, "Waits for a worker", ["Cancel it"]),
        ({"running": True}, "Attempt 1 runs for", ["Cancel it"]),
        ({"done": True}, "Done after", []),
        ({"dead": True}, "Given up after 5 attempts", ["Try again", "Give it up"]),
        ({"state": Job.State.CANCELED}, "Canceled", []),
    ],
)
def test_each_state_is_told_and_offers_what_can_be_done(page, made, last, offered):
    shown = page(JobFactory(**made))

    assert steps(shown)[-1].startswith(last)
    assert buttons(shown) == offered


def test_a_job_put_off_says_for_how_long(page):
    later = timezone.now() + timedelta(minutes=30)

    assert "Waits for its time, in 29 min" in page(JobFactory(available_at=later, ready=False))


@pytest.mark.parametrize(
    ("deed", "made", "state", "event"),
    [
        ("retry", {"dead": True}, Job.State.WAITING, "queue.retried"),
        ("discard", {"dead": True}, Job.State.CANCELED, "queue.discarded"),
        ("cancel", {}, Job.State.CANCELED, "queue.canceled"),
    ],
)
def test_a_deed_is_done_told_and_leads_back(press, admin_user, deed, made, state, event):
    job = JobFactory(**made)

    answer = press(job, deed)

    assert job.state == state
    told = Event.objects.get(name=event)
    assert (told.actor, told.reason) == (f"user:{admin_user.username}", "they asked")
    assert told.details == {"jobs": 1, "job": job.pk}
    assert answer.url.startswith(reverse("admin:ops_job_change", args=[job.pk]))


@pytest.mark.parametrize("deed", ["retry", "discard", "cancel"])
def test_what_can_be_done_no_longer_is_said_and_leaves_no_event(press, deed):
    press(JobFactory(done=True), deed)

    assert not Event.objects.exists()


def test_readers_see_the_story_without_buttons(client):
    person = User.objects.create_user("reader", password="x", is_staff=True)
    person.groups.add(Group.objects.get(name="Console readers"))
    client.force_login(person)
    job = JobFactory(dead=True)

    shown = client.get(reverse("admin:ops_job_change", args=[job.pk])).text

    assert steps(shown)[-1] == "Given up after 5 attempts"
    assert reverse("console-job-retry", args=[job.pk]) not in shown
    assert client.post(reverse("console-job-retry", args=[job.pk])).status_code == 403
