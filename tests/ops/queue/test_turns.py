"""Jobs that wait for others elsewhere go on a few at a time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ops import queue
from ops.models import Job
from ops.queue import NotYet, Priority

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
NOW = timezone.now()


@pytest.fixture
def job():
    def make(key, *, kind="note", state=Job.State.RUNNING, seconds=0):
        queue.enqueue(kind, key=key, payload={}, priority=Priority.BATCH)
        begun = NOW + timedelta(seconds=seconds)
        Job.objects.filter(key=key).update(state=state, started_at=begun)

    return make


def test_those_begun_first_go_on_and_the_others_stand_back(job):
    job("retried", seconds=9)  # an early row that is tried again
    job("first", seconds=1)
    job("second", seconds=2)

    queue.take_turn("note", "first", at_once=2)
    queue.take_turn("note", "second", at_once=2)
    with pytest.raises(NotYet):
        queue.take_turn("note", "retried", at_once=2)


def test_other_kinds_and_jobs_at_rest_take_no_place(job):
    job("mine")
    job("waiting", state=Job.State.WAITING, seconds=-1)
    job("elsewhere", kind="note_slowly", seconds=-1)

    queue.take_turn("note", "mine", at_once=1)


def test_the_more_of_them_stand_back_the_longer_each_does(job):
    job("first")
    job("late", seconds=1)
    waits = []
    for number in range(200):
        job(f"waiting {number}", state=Job.State.WAITING)
    for _ in range(30):
        with pytest.raises(NotYet) as turn:
            queue.take_turn("note", "late", at_once=1)
        waits.append(turn.value.seconds)

    assert min(waits) >= 1
    assert max(waits) <= 40
    assert max(waits) > 10
