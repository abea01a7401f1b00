"""Is all well? One word for everything, the reasons when not, and where each can be helped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils.safestring import SafeString

from ops.console.marks import Tone, duration
from ops.console.moves import to
from ops.health.readiness import Level, PartState, Readiness
from ops.queue import QueueSnapshot

_TITLES = {
    Level.OK: "All is well",
    Level.DEGRADED: "Working, but not well",
    Level.DOWN: "Not serving",
}
_SHEDDING = "Busy: some requests are turned away"
_TONES = {Level.OK: Tone.GOOD, Level.DEGRADED: Tone.WAIT, Level.DOWN: Tone.BAD}
_REASONS = {
    "database": "The database does not answer.",
    "migrations": "The database lacks migrations: run manage.py migrate.",
    "redis": "Redis does not answer: reports come from the database, limits count per machine.",
    "disk": "The disk is nearly full.",
    "workers": "No worker is alive: texts are accepted, but nobody analyses them.",
}
_PAGES = {"workers": "workers", "database": "database", "redis": "cache", "disk": "database"}


@dataclass(frozen=True)
class Trouble:
    """One reason why all is not well."""

    text: str
    page: str = ""
    """The page of the console where one can do something about it."""
    address: str = ""
    """Of what it is about, where that has a page of its own."""
    lasting: SafeString | str = ""
    level: Level = Level.DEGRADED

    @property
    def link(self) -> str:
        return self.address or (to(self.page) if self.page else "")

    @property
    def link_text(self) -> str:
        return "See it" if self.address else self.page.capitalize()


@dataclass(frozen=True)
class Verdict:
    level: Level
    troubles: tuple[Trouble, ...]
    is_shedding: bool = False

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(trouble.text for trouble in self.troubles)

    @property
    def title(self) -> str:
        if self.is_shedding and self.level is not Level.DOWN:
            return _SHEDDING
        return _TITLES[self.level]

    @property
    def tone(self) -> Tone:
        return _TONES[self.level]


def verdict(
    readiness: Readiness,
    queue: QueueSnapshot | None,
    decided: Sequence[str] = (),
    troubles: Sequence[Trouble] = (),
) -> Verdict:
    """The queue is unknown while the database does not answer.

    What staff decided, a pause or maintenance, is no fault, but nobody should wonder about it.
    """
    found = [
        *(Trouble(sentence, "overload") for sentence in decided),
        *(_unwell(part) for part in readiness.unwell()),
        *_waiting(queue),
        *troubles,
    ]
    worst = max((trouble.level for trouble in found), default=Level.OK)
    return Verdict(level=max(readiness.level, worst), troubles=tuple(found))


def _unwell(part: PartState) -> Trouble:
    text = _REASONS.get(part.name, f"{part.name}: {part.detail}")
    return Trouble(text, _PAGES.get(part.name, ""), level=part.level)


def _waiting(queue: QueueSnapshot | None) -> list[Trouble]:
    oldest = timedelta(seconds=queue.oldest_wait_seconds if queue else 0)
    if oldest <= settings.OPS_WAIT_TARGET:
        return []
    return [Trouble(f"The oldest job has waited {duration(oldest)}.", "queue")]
