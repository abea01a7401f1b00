"""How is a decision taken back? An event says what would; here it is done, if it still matters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from ops.alerts import handling
from ops.console import steering
from ops.limits import staff
from ops.maintenance import switch
from ops.models import (
    AlertRule,
    Emergency,
    Event,
    LevelOverride,
    Maintenance,
    Pause,
    Right,
    Silence,
    WorkerHost,
)
from ops.overload import emergency
from ops.overload.breakers.switches import Position
from ops.overload.breakers.switching import put

Undo = Callable[[Event, str], bool]
"""Takes the event and who wants it undone; False when there is nothing left to undo."""


@dataclass(frozen=True)
class Way:
    undo: Undo
    right: Right = Right.OPERATE


def way_of(event: Event) -> Way | None:
    return _WAYS.get(event.name) if event.undo else None


def _end_emergency(event: Event, actor: str) -> bool:
    now, row = timezone.now(), _number(event, "end_emergency")
    stands = Emergency.objects.filter(pk=row, ended_at=None, ends_at__gt=now).exists()
    return stands and bool(emergency.end(actor=actor))


def _release_level(event: Event, actor: str) -> bool:
    row = LevelOverride.objects.filter(pk=_number(event, "release"), ended_at=None)
    return row.exists() and bool(emergency.release_level(actor=actor))


def _open(event: Event, actor: str) -> bool:
    rows = Maintenance.objects.filter(pk=_number(event, "open"))
    return bool(switch.open_again(rows, actor=actor))


def _free_breaker(event: Event, actor: str) -> bool:
    put(str(event.details["breaker"]), Position.AUTO, actor=actor)
    return True


def _resume(event: Event, actor: str) -> bool:
    row = Pause.objects.filter(pk=_number(event, "resume")).first()
    return row is not None and steering.resume(row, actor=actor)


def _end_silence(event: Event, actor: str) -> bool:
    row = Silence.objects.filter(pk=_number(event, "end_silence")).first()
    return row is not None and handling.end_silence(row, by=actor, now=timezone.now())


def _watch_again(event: Event, actor: str) -> bool:
    rule = AlertRule.objects.filter(pk=_number(event, "watch")).first()
    return rule is not None and handling.watch(rule, enabled=True, by=actor)


def _unban(event: Event, actor: str) -> bool:
    staff.unban(str((event.undo or {})["unban"]), actor=actor)
    return True


def _wake(event: Event, actor: str) -> bool:
    host = WorkerHost.objects.filter(pk=_number(event, "wake")).first()
    return host is not None and steering.steer(host, steering.Move.WAKE, actor=actor, reason="")


def _limit_edit(event: Event, actor: str) -> bool:
    """Only the last edit of a row: what came after it was decided with this one in sight."""
    later = Event.objects.filter(name=event.name, details__row=event.details["row"])
    if later.filter(pk__gt=event.pk).exists():
        return False
    model, _, number = str(event.details["row"]).partition(":")
    try:
        row = apps.get_model("ops", model)._default_manager.get(pk=number)
    except ObjectDoesNotExist:
        return False
    return staff.undo_last_edit(row, actor=actor) is not None


def _number(event: Event, name: str) -> Any:
    return (event.undo or {}).get(name)


_WAYS = {
    "emergency.engaged": Way(_end_emergency, Right.EMERGENCY),
    "overload.level_forced": Way(_release_level, Right.EMERGENCY),
    "maintenance.closed": Way(_open, Right.EMERGENCY),
    "breaker.switched": Way(_free_breaker),
    "queue.paused": Way(_resume),
    "alert.silenced": Way(_end_silence),
    "alert.rule_unwatched": Way(_watch_again),
    "limits.banned_by_staff": Way(_unban),
    "limits.edited": Way(_limit_edit),
    "workers.quiet": Way(_wake),
}
