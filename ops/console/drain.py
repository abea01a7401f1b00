"""When will the queue be empty, if nobody comes and workers keep their pace?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ops.console.marks import duration
from ops.models import Job, Pause

PACE_OVER = timedelta(minutes=5)


@dataclass(frozen=True)
class Drain:
    waiting: int
    per_minute: float
    is_paused: bool

    @property
    def outlook(self) -> str:
        if not self.waiting:
            return "Nobody waits."
        if self.is_paused and not self.per_minute:
            return "Nothing moves: the queue is paused."
        if not self.per_minute:
            return f"Nothing was finished in the last {duration(PACE_OVER)}."
        left = timedelta(minutes=self.waiting / self.per_minute)
        return f"At this pace the queue is empty in {duration(left)}."


def drain(waiting: int, now: datetime) -> Drain:
    done = Job.objects.filter(state=Job.State.DONE, finished_at__gte=now - PACE_OVER).count()
    return Drain(
        waiting=waiting,
        per_minute=done / (PACE_OVER / timedelta(minutes=1)),
        is_paused=Pause.objects.exists(),
    )
