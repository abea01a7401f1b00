"""How is an emergency engaged, and how does it end? One move with all its parts, one event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ops import events
from ops.maintenance.features import title_of
from ops.models import Emergency, EmergencyProfile, LevelOverride, Maintenance
from ops.overload.ladder import LADDER, Level

NORMAL = "normal"
NO_REASON = "An emergency needs a reason: whoever reads of it later was not here."


@dataclass(frozen=True)
class Preview:
    """What a profile would do, in sentences, before it does."""

    title: str
    effects: tuple[str, ...]
    lasts: timedelta


def preview(profile: EmergencyProfile) -> Preview:
    return Preview(profile.title, tuple(_effects(profile)), timedelta(minutes=profile.minutes))


def engage(
    profile: EmergencyProfile, *, actor: str, reason: str, lasts: timedelta | None = None
) -> Emergency | None:
    """Takes the place of the one before. `normal` ends that, and everything set by hand."""
    if not reason.strip():
        raise ValueError(NO_REASON)
    if profile.name == NORMAL:
        back_to_normal(actor=actor, reason=reason)
        return None
    now = timezone.now()
    ends_at = now + (lasts or timedelta(minutes=profile.minutes))
    with transaction.atomic():
        replaced = _end(now, actor)
        row = Emergency.objects.create(
            profile=profile.name,
            level_at_least=profile.level_at_least,
            limits_percent=profile.limits_percent,
            all_workers=profile.all_workers,
            maintenance=_closed(profile, ends_at, actor, reason),
            reason=reason,
            actor=actor,
            ends_at=ends_at,
        )
        _tell_engaged(row, profile, replaced)
    return row


def end(*, actor: str, reason: str = "") -> list[Emergency]:
    """Undoes all parts of what is engaged; returns what that was."""
    now = timezone.now()
    with transaction.atomic():
        ended = _end(now, actor)
        for row in ended:
            events.record("emergency.ended", actor=actor, reason=reason, profile=row.profile)
    return ended


def back_to_normal(*, actor: str, reason: str) -> None:
    with transaction.atomic():
        ended = end(actor=actor, reason=reason)
        released = release_level(actor=actor, reason=reason)
        events.record(
            "emergency.normal",
            actor=actor,
            reason=reason,
            ended=[row.profile for row in ended],
            levels_released=released,
        )


def force_level(level: Level, *, actor: str, reason: str, lasts: timedelta) -> LevelOverride:
    now = timezone.now()
    with transaction.atomic():
        LevelOverride.objects.filter(ended_at=None).update(ended_at=now)
        row = LevelOverride.objects.create(
            level=level, actor=actor, reason=reason, ends_at=now + lasts
        )
        events.record(
            "overload.level_forced",
            actor=actor,
            reason=reason,
            undo={"release": row.pk},
            level=level.word,
            ends_at=row.ends_at,
        )
    return row


def release_level(*, actor: str, reason: str = "") -> int:
    """The level is automatic again; returns how many were set by hand."""
    now = timezone.now()
    with transaction.atomic():
        standing = LevelOverride.objects.filter(ended_at=None, ends_at__gt=now)
        released: int = standing.update(ended_at=now)
        if released:
            events.record("overload.level_released", actor=actor, reason=reason)
    return released


def engaged(now: datetime | None = None) -> Emergency | None:
    at = now or timezone.now()
    return Emergency.objects.filter(ended_at=None, ends_at__gt=at).first()


def _end(now: datetime, actor: str) -> list[Emergency]:
    """Those whose time was over too: only one may stand."""
    unended = list(Emergency.objects.filter(ended_at=None))
    Emergency.objects.filter(ended_at=None).update(ended_at=now, ended_by=actor)
    windows = [row.maintenance_id for row in unended if row.maintenance_id]
    if windows:
        closed = Maintenance.objects.filter(pk__in=windows, ended_at=None)
        closed.update(ended_at=now, ended_by=actor)
    return [row for row in unended if row.ends_at > now]


def _closed(
    profile: EmergencyProfile, ends_at: datetime, actor: str, reason: str
) -> Maintenance | None:
    if not profile.closes:
        return None
    # Part of this move: no event of its own.
    return Maintenance.objects.create(
        scope=profile.closes, ends_at=ends_at, actor=actor, reason=reason
    )


def _tell_engaged(row: Emergency, profile: EmergencyProfile, replaced: list[Emergency]) -> None:
    events.record(
        "emergency.engaged",
        actor=row.actor,
        reason=row.reason,
        undo={"end_emergency": row.pk},
        profile=row.profile,
        effects=list(_effects(profile)),
        ends_at=row.ends_at,
        replaced=[before.profile for before in replaced],
    )


def _effects(profile: EmergencyProfile) -> list[str]:
    level = Level(profile.level_at_least)
    found = []
    if level is not Level.NORMAL:
        found.append(f"The level is {level.word} at least: {LADDER[level].summary}")
    if profile.limits_percent < 100:
        found.append(f"Clients keep {profile.limits_percent} % of their quota.")
    if profile.closes:
        found.append(f"Closed: {title_of(profile.closes)}.")
    if profile.all_workers:
        found.append(f"Workers come up to {settings.OPS_WORKERS_AT_MOST} on each host.")
    return found or ["Everything set by hand ends; the level is automatic."]
