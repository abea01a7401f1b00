"""What can be done with one job? From its own page, each deed an event with its author."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from ops import events, queue
from ops.console.acting import Asked, AskedForm, CannotBeDoneError, Route, deed
from ops.console.moves import OPTIONAL_REASON, Move, to
from ops.models import Job, Right


def moves(job: Job) -> tuple[Move, ...]:
    if job.is_unfinished:
        return (
            _move(
                job,
                "cancel",
                "Cancel it",
                "Whoever waits for it is told that it was canceled. A running attempt is ended.",
                is_danger=True,
            ),
        )
    if job.state != Job.State.DEAD:
        return ()
    return (
        _move(job, "retry", "Try again", "It waits again, with all its attempts before it."),
        _move(
            job,
            "discard",
            "Give it up",
            "It no longer counts as failed and is removed with the other ended jobs.",
            is_danger=True,
        ),
    )


def _move(job: Job, deed_name: str, text: str, effect: str, *, is_danger: bool = False) -> Move:
    return Move(
        text,
        to(f"job-{deed_name}", job.pk),
        Right.OPERATE,
        effect,
        (OPTIONAL_REASON,),
        is_danger=is_danger,
    )


@deed("console-queue", Right.OPERATE, AskedForm)
def retry(asked: Asked, job_id: int) -> str:
    return _done("retried", asked, queue.redrive(Job.objects.filter(pk=job_id)), job_id)


@deed("console-queue", Right.OPERATE, AskedForm)
def discard(asked: Asked, job_id: int) -> str:
    return _done("discarded", asked, queue.discard(Job.objects.filter(pk=job_id)), job_id)


@deed("console-queue", Right.OPERATE, AskedForm)
def cancel(asked: Asked, job_id: int) -> str:
    job = get_object_or_404(Job, pk=job_id)
    return _done("canceled", asked, int(queue.cancel(job)), job_id)


def _done(word: str, asked: Asked, jobs: int, job_id: int) -> str:
    if not jobs:
        raise CannotBeDoneError(f"It could not be {word}: its state is another one by now.")
    events.record(f"queue.{word}", actor=asked.actor, reason=asked.reason, jobs=jobs, job=job_id)
    return f"Job {job_id} was {word}."


ROUTES: tuple[Route, ...] = (
    ("queue/jobs/<int:job_id>/retry", retry, "job-retry"),
    ("queue/jobs/<int:job_id>/discard", discard, "job-discard"),
    ("queue/jobs/<int:job_id>/cancel", cancel, "job-cancel"),
)
