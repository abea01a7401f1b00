"""How is something closed and opened again? Every move is an event with its author."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import orjson
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from ops import events
from ops.maintenance import sources
from ops.maintenance.windows import Window
from ops.models.maintenance import Maintenance


def close(window: Window, *, actor: str, reason: str = "") -> Maintenance:
    """Known everywhere within a second. A scope may be closed by several windows at once."""
    row = Maintenance(
        scope=window.scope,
        message=window.message,
        starts_at=window.starts_at or timezone.now(),
        ends_at=window.ends_at,
        announced_from=window.announced_from,
        addresses=list(window.addresses),
        actor=actor,
        reason=reason,
    )
    row.full_clean()
    with transaction.atomic():
        row.save()
        closed(row)
    return row


def closed(row: Maintenance) -> None:
    """Tells of a row that was just saved."""
    events.record(
        "maintenance.closed",
        actor=row.actor,
        reason=row.reason,
        undo={"open": row.pk},
        scope=row.scope,
        message=row.message,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
    )


def open_again(
    rows: QuerySet[Maintenance], *, actor: str, reason: str = ""
) -> list[Maintenance]:  # fmt: skip
    """Ends those of the rows that are on or to come; returns which they were."""
    now = timezone.now()
    with transaction.atomic():
        ending = list(unended(rows))
        ids = [row.pk for row in ending]
        Maintenance.objects.filter(pk__in=ids).update(ended_at=now, ended_by=actor)
        for row in ending:
            events.record(
                "maintenance.opened", actor=actor, reason=reason, scope=row.scope, window=row.pk
            )
    return ending


def unended(rows: QuerySet[Maintenance]) -> QuerySet[Maintenance]:
    return rows.filter(Q(ends_at=None) | Q(ends_at__gt=timezone.now()), ended_at=None)


def close_this_machine(window: Window) -> None:
    """Without the database: a file beside the data, seen by the processes of this machine."""
    document: dict[str, Any] = {name: value for name, value in asdict(window).items() if value}
    path = sources.file_path()
    draft = path.with_suffix(".draft")
    draft.write_bytes(orjson.dumps(document))
    draft.replace(path)
    sources.look_at_the_file_again()


def open_this_machine() -> bool:
    """Whether there was a file."""
    try:
        sources.file_path().unlink()
    except FileNotFoundError:
        return False
    finally:
        sources.look_at_the_file_again()
    return True
