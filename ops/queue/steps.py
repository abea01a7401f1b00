"""How far is the job that runs here?"""

from __future__ import annotations

import time
from typing import ClassVar

from ops.models import Job
from ops.queue.claims import Claim
from ops.queue.interrupts import Interrupted

TELL_EVERY_SECONDS = 1.0


class Running:
    """The one job of this process."""

    claim: ClassVar[Claim | None] = None
    told_at: ClassVar[float] = 0.0
    told_step: ClassVar[str] = ""


def starts(claim: Claim) -> None:
    Running.claim, Running.told_at, Running.told_step = claim, 0.0, ""


def ends() -> None:
    Running.claim = None


def progress(done: int, total: int, step: str = "") -> None:
    """Said by a handler as often as it likes, told once a second and at every new step.

    A job that was taken from its worker is interrupted here: nobody waits for its result.
    """
    claim = Running.claim
    if claim is None or not _is_worth_telling(done, total, step):
        return
    Running.told_at, Running.told_step = time.monotonic(), step
    held = Job.objects.running().filter(pk=claim.id, token=claim.token, cancel_requested_at=None)
    told = held.update(progress_done=done, progress_total=total, progress_step=step[:100])
    if not told:
        raise Interrupted


def _is_worth_telling(done: int, total: int, step: str) -> bool:
    is_due = time.monotonic() - Running.told_at >= TELL_EVERY_SECONDS
    return is_due or step != Running.told_step or done == total
