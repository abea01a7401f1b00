"""How do staff tell customers that something is wrong? Moves, each an event with its author."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from ops import events
from ops.models import Incident, IncidentUpdate, PartStatement
from ops.status_page.parts import Condition, Impact


def open_incident(
    title: str, body: str, *, impact: Impact, parts: Sequence[str], actor: str
) -> Incident:
    incident = Incident(title=title, impact=impact, parts=list(parts), actor=actor)
    incident.full_clean()
    with transaction.atomic():
        incident.save()
        opened(incident, body)
    return incident


def opened(incident: Incident, body: str) -> None:
    """Tells of a row that was just saved."""
    incident.updates.create(
        state=incident.state, body=body, at=incident.began_at, actor=incident.actor
    )
    events.record(
        "incident.opened",
        actor=incident.actor,
        incident=incident.pk,
        title=incident.title,
        impact=incident.impact,
    )


def update(incident: Incident, state: Incident.State, body: str, *, actor: str) -> bool:
    """Whether it was open: what is resolved stays so, and the next trouble is a new incident."""
    now = timezone.now()
    resolved_at = now if state is Incident.State.RESOLVED else None
    with transaction.atomic():
        if not _move(incident, state, resolved_at):
            return False
        IncidentUpdate.objects.create(
            incident=incident, state=state, body=body, at=now, actor=actor
        )
        events.record(f"incident.{state}", actor=actor, incident=incident.pk, title=incident.title)
    incident.refresh_from_db()
    return True


def _move(incident: Incident, state: Incident.State, resolved_at: datetime | None) -> bool:
    still_open = Incident.objects.open().filter(pk=incident.pk)
    return still_open.update(state=state, resolved_at=resolved_at) == 1


def stated(row: PartStatement) -> None:
    """Tells of a row that was just saved."""
    events.record(
        "status_page.stated",
        actor=row.actor,
        reason=row.message,
        part=row.part,
        condition=Condition(row.condition).word,
        ends_at=row.ends_at,
    )


def end_statements(rows: QuerySet[PartStatement], *, actor: str) -> int:
    """The figures speak again."""
    ids = list(rows.filter(ended_at=None).values_list("pk", flat=True))
    ended = PartStatement.objects.filter(pk__in=ids).update(ended_at=timezone.now())
    if ended:
        events.record("status_page.ended", actor=actor, statements=ended)
    return ended
