"""What can staff do about limits? The admin and the command do it here, and leave a record."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, cast

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.forms.models import model_to_dict
from django.utils import timezone

from ops import events
from ops.clients import AnonymousClient
from ops.limits import penalties
from ops.limits.identity import UNKNOWN, origin
from ops.limits.policies import Asker
from ops.limits.this_process import limiter
from ops.models import Client, Event, LimitPolicy, Refusals, StrictMode, Tier
from ops.models.config import edit


class UnknownSubjectError(LookupError):
    """Neither a client nor an address."""


def values_of(row: models.Model) -> dict[str, Any]:
    """As an event keeps them: JSON, complete, by column."""
    return {name: _plain(value) for name, value in model_to_dict(row).items() if name != "id"}


def record_edit(row: models.Model, before: dict[str, Any] | None, *, actor: str) -> None:
    """Old and new value of what changed; nothing when nothing did."""
    after = values_of(row)
    changed = [name for name in after if before is None or before.get(name) != after[name]]
    if changed:
        events.record(
            "limits.edited" if before else "limits.added",
            actor=actor,
            reason=_reason(row),
            undo=None if before is None else {name: before[name] for name in changed},
            row=_name(row),
            title=str(row),
            before=before and {name: before[name] for name in changed},
            after={name: after[name] for name in changed},
        )


def record_removal(row: models.Model, *, actor: str) -> None:
    events.record(
        "limits.removed",
        actor=actor,
        reason=_reason(row),
        row=_name(row),
        title=str(row),
        before=values_of(row),
    )


def _reason(row: models.Model) -> str:
    """Exceptions have one; limits themselves do not."""
    return str(getattr(row, "reason", ""))


def undo_last_edit(row: models.Model, *, actor: str) -> dict[str, Any] | None:
    """What was put back; nothing when no edit is known. To undo twice is to redo."""
    edits = Event.objects.filter(name="limits.edited", details__row=_name(row))
    last = edits.exclude(undo=None).order_by("-id").first()
    if last is None or last.undo is None:
        return None
    before = values_of(row)
    for name, value in last.undo.items():
        field = cast("models.Field[Any, Any]", row._meta.get_field(name))
        setattr(row, field.attname, field.to_python(value))
    row.save()
    record_edit(row, before, actor=actor)
    return dict(last.undo)


def reset(subject: str, *, actor: str) -> str:
    """Forgets what a client or an address has spent, in all stores; says who that was."""
    name, subjects = subjects_of(subject)
    policies = LimitPolicy.objects.values_list("pk", flat=True)
    limiter().forget([f"{policy}:{one}" for policy in policies for one in subjects])
    Refusals.objects.filter(subject__in=subjects).delete()
    with edit():  # so that all processes forget whom they refused
        events.record("limits.reset", actor=actor, subject=name)
    return name


def ban(address: str, *, seconds: int, reason: str, actor: str) -> str:
    bucket = _address(address)
    limiter().forget([penalties.ban_key(bucket)])
    penalties.ban(Asker(bucket, Tier.ANONYMOUS, bucket), "staff", first_ms=seconds * 1000)
    undo = {"unban": bucket}
    events.record("limits.banned_by_staff", actor=actor, reason=reason, undo=undo, address=bucket)
    return bucket


def unban(address: str, *, actor: str) -> str:
    bucket = _address(address)
    limiter().forget([penalties.ban_key(bucket)])
    penalties.forget(bucket)
    Refusals.objects.filter(subject=bucket).update(banned_until=None)
    with edit():
        events.record("limits.unbanned", actor=actor, address=bucket)
    return bucket


def be_strict(
    factors: dict[str, Decimal], *, lasts: timedelta, reason: str, actor: str
) -> StrictMode:
    now = timezone.now()
    strict = StrictMode(reason=reason, starts_at=now, ends_at=now + lasts, **factors)
    strict.full_clean()
    strict.save()
    record_edit(strict, None, actor=actor)
    return strict


def end_strictness(now: datetime, *, actor: str) -> int:
    """How many periods were running."""
    ended = [s for s in StrictMode.objects.filter(ends_at__gt=now) if s.end(now)]
    for strict in ended:
        events.record("limits.strict_ended", actor=actor, title=str(strict))
    return len(ended)


def subjects_of(text: str) -> tuple[str, list[str]]:
    """A client by its name or `client:7`, or an address; with the names of its counts."""
    if client := _client(text):
        return client.name, [client.key]
    bucket = _address(text)
    network = origin(text, "").network
    return bucket, [bucket, AnonymousClient(bucket).key, *([network] if network else [])]


def _client(text: str) -> Client | None:
    try:
        if text.startswith("client:"):
            return Client.objects.get(pk=int(text.partition(":")[2]))
        return Client.objects.get(name=text)
    except (ObjectDoesNotExist, ValueError):
        return None


def _address(text: str) -> str:
    bucket = origin(text.partition("/")[0], "").address
    if bucket == UNKNOWN:
        raise UnknownSubjectError(f"'{text}' is neither a client nor an address.")
    return bucket


def _name(row: models.Model) -> str:
    return f"{row._meta.model_name}:{row.pk}"


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value.normalize())  # who types 0.5 where 0.50 stands has changed nothing
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)
