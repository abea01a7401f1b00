"""What happened last, and who did it?"""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from ops.console.marks import Tone, badge, moment
from ops.console.panels import Panel, Row
from ops.models import Event

SHOWN = 8


def panel() -> Panel:
    now = timezone.now()
    return Panel(
        name="events",
        title="What happened",
        rows=tuple(_row(event, now) for event in Event.objects.order_by("-id")[:SHOWN]),
        empty="Nothing was decided or broken yet.",
        link=reverse("admin:ops_event_changelist"),
        link_text="All events",
        permission="ops.view_event",
    )


def _row(event: Event, now: datetime) -> Row:
    facts = ", ".join(f"{name} {value}" for name, value in event.details.items())
    return Row(
        badge=badge(event.actor or "the service", Tone.BUSY if event.actor else Tone.CALM),
        title=event.name,
        link=reverse("admin:ops_event_change", args=[event.pk]),
        detail=" · ".join(filter(None, (event.reason, facts[:140]))),
        when=moment(event.created_at, now=now),
    )
