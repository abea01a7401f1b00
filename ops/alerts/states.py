"""When does a broken rule become an alert, and when is it over? Pure: time comes from outside.

calm ──broken──▶ pending ──broken for `hold`──▶ firing ──well for `keep_firing`──▶ calm
                    └──────────well─────────▶ calm
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    CALM = "calm"
    PENDING = "pending"
    FIRING = "firing"


@dataclass(frozen=True)
class Patience:
    hold: timedelta
    """How long a rule must stay broken before anybody is told."""
    keep_firing: timedelta
    """How long it must be well before the alert ends: against flapping."""


@dataclass(frozen=True)
class Track:
    state: State = State.CALM
    began_at: datetime | None = None
    breached_at: datetime | None = None


def step(track: Track, breached: bool | None, now: datetime, patience: Patience) -> Track:
    """None means that nobody can tell: then nothing changes, and nothing is called well."""
    if breached is None:
        return track
    return _breached(track, now, patience) if breached else _well(track, now, patience)


def _breached(track: Track, now: datetime, patience: Patience) -> Track:
    began_at = track.began_at if track.began_at and track.state is not State.CALM else now
    long_enough = now - began_at >= patience.hold
    fires = track.state is State.FIRING or long_enough
    return Track(State.FIRING if fires else State.PENDING, began_at, now)


def _well(track: Track, now: datetime, patience: Patience) -> Track:
    well_since = track.breached_at or now
    if track.state is State.FIRING and now - well_since < patience.keep_firing:
        return track
    return replace(track, state=State.CALM)
