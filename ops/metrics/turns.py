"""Whose turn is it? One process of all does what is to be done once every so often."""

from __future__ import annotations

from datetime import timedelta

from django.db.models.functions import Now

from ops.models import Turn

_SLACK = timedelta(milliseconds=500)
"""Processes look every few seconds: one that comes a moment early need not wait a round."""


def take_turn(name: str, every: timedelta) -> bool:
    """Whether this process shall do it now. Time is the database's, so clocks may differ."""
    due = Turn.objects.filter(name=name, taken_at__lte=Now() - (every - _SLACK))
    if due.exists():  # an update takes SQLite's write lock even when it finds nothing
        return due.update(taken_at=Now()) == 1
    if not Turn.objects.filter(name=name).exists():
        # Nobody can tell who made the row: the next round has a winner.
        Turn.objects.bulk_create([Turn(name=name, taken_at=Now())], ignore_conflicts=True)
    return False
