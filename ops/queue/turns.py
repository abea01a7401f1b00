"""May this job go on now? Those that wait for others elsewhere must not take every worker."""

from __future__ import annotations

import random

from ops.models import Job
from ops.queue.errors import NotYet

_ASKED_PER_SECOND = 10
_LONGEST_SECONDS = 60.0


def take_turn(kind: str, key: str, *, at_once: int) -> None:
    """Raises NotYet while so many of its kind run that were begun before it."""
    begun = Job.objects.running().filter(kind=kind).order_by("started_at", "pk")
    first = list(begun.values_list("key", flat=True)[:at_once])
    if len(first) == at_once and key not in first:
        raise NotYet(_seconds(kind, at_once))


def _seconds(kind: str, at_once: int) -> float:
    """Together they ask some ten times a second for each place, however many they are."""
    asked_per_second = _ASKED_PER_SECOND * at_once
    waiting = Job.objects.waiting().filter(kind=kind).count()
    longest = min(2.0 * waiting / asked_per_second, _LONGEST_SECONDS)
    return max(1.0, random.random() * longest)
