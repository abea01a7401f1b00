"""Each button about the queue and those who work it off."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from ops.models import Job, WorkerHost
from ops.overload import stance
from ops.queue.claims import take
from tests.factories import JobFactory, WorkerHostFactory
from tests.ops.actions.hands import presses

pytestmark = [pytest.mark.browser, pytest.mark.storage, pytest.mark.django_db(transaction=True)]


@presses("pause", "resume", "failures-retry", "failures-discard")
def test_work_is_held_back_goes_on_and_what_failed_is_tried_again_or_given_up(hands):
    JobFactory()
    failed = JobFactory(dead=True, error_code="timeout")
    hopeless = JobFactory(dead=True, error_code="permanent")
    hands.go("console-queue")

    effect = hands.press(hands.block("pauses"), "Pause", kind="analysis", reason="new disks")
    expect(hands.block("pauses")).to_contain_text("new disks")
    assert "1 waiting job and all new ones wait" in effect
    assert take("anvil", 1) is None
    hands.press_at_once(hands.block("pauses"), "Go on")
    expect(hands.block("pauses")).to_contain_text("Nothing is paused")
    assert take("anvil", 1) is not None

    effect = hands.press(hands.row("failures", "timeout"), "Try again")
    hands.hears("1 job wait")
    assert "wait again, with all their attempts before them" in effect
    failed.refresh_from_db()
    assert failed.state == Job.State.WAITING
    effect = hands.press(hands.row("failures", "permanent"), "Give up")
    hands.hears("1 job was given up")
    assert "1 job no longer counts as failed" in effect
    hopeless.refresh_from_db()
    assert hopeless.state == Job.State.CANCELED
    hands.sees_in_the_events("queue.paused", "queue.resumed", "queue.retried", "queue.discarded")


@presses("job-retry", "job-discard", "job-cancel")
def test_one_job_is_tried_again_given_up_and_canceled_on_its_own_page(hands):
    again, lost, unwanted = JobFactory(dead=True), JobFactory(dead=True), JobFactory()

    for job, move, now in (
        (again, "Try again", "Waits for a worker"),
        (lost, "Give it up", "Canceled"),
        (unwanted, "Cancel it", "Canceled"),
    ):
        hands.go("admin:ops_job_change", job.pk)
        hands.press(hands.page.locator(".ops-moves--below"), move, reason="they asked")
        expect(hands.page.locator(".ops-step-title").last).to_contain_text(now)

    hands.sees_in_the_events("queue.retried", "queue.discarded", "queue.canceled")


@presses("steer quiet", "steer wake", "steer stop", "steer forget")
def test_a_host_rests_works_leaves_and_is_forgotten(hands):
    anvil = WorkerHostFactory(name="anvil", hostname="anvil")
    WorkerHostFactory(hostname="bellows", silent=True)
    JobFactory()
    hands.go("console-workers")
    row = hands.page.locator("[data-host=anvil]")

    hands.press_at_once(row, "Quiet")
    expect(row).to_contain_text("quiet")
    assert take("anvil", 1) is None
    hands.press_at_once(row, "Wake")
    expect(row).to_contain_text("alive")
    assert take("anvil", 1) is not None

    effect = hands.press(row, "Stop", reason="new kernel")
    expect(row).to_contain_text("stopping")
    anvil.refresh_from_db()
    assert anvil.stopping
    assert "running jobs may finish, or go back to the queue" in effect

    hands.press_at_once(hands.page.locator("[data-host=bellows]"), "Forget")
    hands.hears("bellows is forgotten.")
    assert not WorkerHost.objects.filter(hostname="bellows").exists()
    hands.sees_in_the_events("workers.quiet", "workers.wake", "workers.stop", "workers.forget")


@presses("emergency-engage", "emergency-end")
def test_all_workers_are_called_and_sent_home(hands):
    hands.go("console-workers")

    effect = hands.press(hands.block("more-hands"), "Call all workers", reason="rush", minutes=20)
    assert "Workers come up to" in effect
    assert stance.wants_all_workers()

    hands.go("console-workers")
    hands.press_at_once(hands.block("more-hands"), "Send the others home")
    assert not stance.wants_all_workers()
    hands.sees_in_the_events("emergency.engaged", "emergency.ended")
