"""What became of one job, moment by moment? From the queue through each attempt to its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.safestring import SafeString

from ops.console.links import client_link
from ops.console.marks import Tone, duration
from ops.models import Attempt, Job


@dataclass(frozen=True)
class Step:
    at: datetime
    title: str
    tone: Tone = Tone.CALM
    detail: SafeString | str = ""
    traceback: str = ""
    after: str = ""
    """How long after the step before."""


def story(job: Job, now: datetime) -> tuple[Step, ...]:
    """In the order in which it happened; the last step is how it stands."""
    failed = [_failure(attempt) for attempt in job.failed_attempts.all()]
    steps = sorted([_entry(job), *failed], key=lambda step: step.at)
    return _apart([*steps, *_standing(job, now)])


def _entry(job: Job) -> Step:
    return Step(
        job.created_at,
        f"Put into the queue at priority {job.get_priority_display().lower()}",
        detail=client_link(job.client_key) if job.client_key else "by the service itself",
    )


def _failure(attempt: Attempt) -> Step:
    took = f" after {duration(attempt.duration)}" if attempt.duration else ""
    return Step(
        attempt.ended_at,
        f"Attempt {attempt.number} failed{took}: {attempt.get_code_display().lower()}",
        Tone.BAD,
        " · ".join(filter(None, (attempt.error, attempt.host))),
        attempt.traceback,
    )


def _standing(job: Job, now: datetime) -> list[Step]:
    if job.state == Job.State.WAITING:
        return [_waiting(job, now)]
    if job.state == Job.State.RUNNING:
        return [_running(job, now)]
    ended_at = job.finished_at or now
    if job.state == Job.State.DONE:
        took = f" after {duration(ended_at - job.started_at)}" if job.started_at else ""
        return [Step(ended_at, f"Done{took}", Tone.GOOD, _where(job))]
    if job.state == Job.State.DEAD:
        return [Step(ended_at, f"Given up after {job.attempts} attempts", Tone.BAD)]
    return [Step(ended_at, "Canceled: nobody wants it any more")]


def _waiting(job: Job, now: datetime) -> Step:
    if job.available_at > now:
        return Step(now, f"Waits for its time, in {duration(job.available_at - now)}", Tone.WAIT)
    return Step(now, "Waits for a worker", Tone.WAIT)


def _running(job: Job, now: datetime) -> Step:
    since = job.started_at or now
    done = f", {job.progress_done} of {job.progress_total}" if job.progress_total else ""
    title = f"Attempt {job.attempts} runs for {duration(max(now - since, timedelta(0)))}{done}"
    return Step(now, title, Tone.BUSY, f"{job.progress_step} {_where(job)}".strip())


def _where(job: Job) -> str:
    return f"on {job.host}" if job.host else ""


def _apart(steps: list[Step]) -> tuple[Step, ...]:
    before = [steps[0].at, *(step.at for step in steps)]
    return tuple(
        Step(
            step.at, step.title, step.tone, step.detail, step.traceback,
            duration(step.at - earlier) if step.at > earlier else "",
        )
        for earlier, step in zip(before, steps, strict=False)
    )  # fmt: skip
