"""Is all well? One word for everything, and the reasons when it is not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from ops.console.marks import Tone, duration
from ops.health.readiness import Level, PartState, Readiness
from ops.queue import QueueSnapshot

_TITLES = {
    Level.OK: "All is well",
    Level.DEGRADED: "Working, but not well",
    Level.DOWN: "Not serving",
}
_TONES = {Level.OK: Tone.GOOD, Level.DEGRADED: Tone.WAIT, Level.DOWN: Tone.BAD}
_REASONS = {
    "database": "The database does not answer.",
    "migrations": "The database lacks migrations: run manage.py migrate.",
    "redis": "Redis does not answer: reports come from the database, limits count per machine.",
    "disk": "The disk is nearly full.",
    "workers": "No worker is alive: texts are accepted, but nobody analyses them.",
}
_IN_THE_DATABASE = {"migrations", "workers"}


@dataclass(frozen=True)
class Verdict:
    level: Level
    reasons: tuple[str, ...]

    @property
    def title(self) -> str:
        return _TITLES[self.level]

    @property
    def tone(self) -> Tone:
        return _TONES[self.level]


def verdict(
    readiness: Readiness, queue: QueueSnapshot | None, decided: Sequence[str] = ()
) -> Verdict:
    """The queue is unknown while the database does not answer.

    What staff decided, a pause or maintenance, is no fault, but nobody should wonder about it.
    """
    reasons = [*decided, *(_reason(part) for part in readiness.unwell())]
    level = max(readiness.level, Level.DEGRADED if decided else Level.OK)
    oldest = timedelta(seconds=queue.oldest_wait_seconds if queue else 0)
    if oldest > settings.OPS_WAIT_TARGET:
        level = max(level, Level.DEGRADED)
        reasons.append(f"The oldest job has waited {duration(oldest)}.")
    return Verdict(level=level, reasons=tuple(reasons))


def _reason(part: PartState) -> str:
    return _REASONS.get(part.name, f"{part.name}: {part.detail}")
