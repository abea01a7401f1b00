"""What did staff decide: a level by hand, an emergency? Known to each process within a second."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from ops import config
from ops.models.overload import Emergency, LevelOverride
from ops.overload.ladder import Level


@dataclass(frozen=True)
class Engaged:
    """An emergency, as far as processes obey it."""

    profile: str
    level_at_least: Level
    limits_percent: int
    all_workers: bool
    ends_at: datetime


@dataclass(frozen=True)
class Forced:
    level: Level
    ends_at: datetime


@dataclass(frozen=True)
class Stance:
    emergency: Engaged | None = None
    forced: Forced | None = None

    def level(self, automatic: Level, *, now: datetime) -> Level:
        if forced := self.forced_now(now):
            return forced.level
        emergency = self.engaged(now)
        return max(automatic, emergency.level_at_least) if emergency else automatic

    def forced_now(self, now: datetime) -> Forced | None:
        """The level by hand, until its time is over."""
        return self.forced if self.forced and now < self.forced.ends_at else None

    def engaged(self, now: datetime) -> Engaged | None:
        """The emergency, until its time is over."""
        return self.emergency if self.emergency and now < self.emergency.ends_at else None


def current() -> Stance:
    return _rows.current()


def level_now(automatic: Level) -> Level:
    """Asked of every request: on a calm day nobody looks at the clock."""
    stance = current()
    if stance.forced is None and stance.emergency is None:
        return automatic
    return stance.level(automatic, now=timezone.now())


def limits_factor(now: datetime | None = None) -> float:
    """Which part of its quota a client keeps: 1 on a calm day."""
    engaged = _engaged_at(now)
    return engaged.limits_percent / 100 if engaged else 1.0


def wants_all_workers(now: datetime | None = None) -> bool:
    engaged = _engaged_at(now)
    return engaged is not None and engaged.all_workers


def _engaged_at(now: datetime | None) -> Engaged | None:
    """The same."""
    stance = current()
    return stance.engaged(now or timezone.now()) if stance.emergency else None


def _load() -> Stance:
    now = timezone.now()
    emergency = Emergency.objects.filter(ended_at=None, ends_at__gt=now).first()
    forced = LevelOverride.objects.filter(ended_at=None, ends_at__gt=now).first()
    return Stance(
        emergency=_engaged(emergency) if emergency else None,
        forced=Forced(Level(forced.level), forced.ends_at) if forced else None,
    )


def _engaged(row: Emergency) -> Engaged:
    return Engaged(
        profile=row.profile,
        level_at_least=Level(row.level_at_least),
        limits_percent=row.limits_percent,
        all_workers=row.all_workers,
        ends_at=row.ends_at,
    )


_rows = config.register("overload", load=_load, default=Stance())
