"""What do customers see of us at this moment, and what do we tell them?"""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.urls import reverse

from ops.console.acting import Asked, AskedForm, Route, deed
from ops.console.blocks import Table, TableRow
from ops.console.marks import NOTHING, Tone, badge
from ops.console.moves import Ask, Move, to
from ops.models import Right
from ops.status_page import telling
from ops.status_page.current import showing
from ops.status_page.parts import PARTS, Condition, Impact
from ops.status_page.snapshot import PartState

_TONES = {
    Condition.OPERATIONAL: Tone.GOOD,
    Condition.UNDER_MAINTENANCE: Tone.BUSY,
    Condition.DEGRADED_PERFORMANCE: Tone.WAIT,
    Condition.PARTIAL_OUTAGE: Tone.BAD,
    Condition.MAJOR_OUTAGE: Tone.BAD,
}


def card(now: datetime) -> Table:
    seen = showing.current()
    open_stories = [story for story in seen.stories if story.resolved_at is None]
    told = [f"{story.title} ({story.state})" for story in open_stories]
    return Table(
        name="customers",
        title="What customers see",
        hint=f"Told: {'; '.join(told)}." if told else "No incident is told of.",
        columns=("Part", "", "Why"),
        rows=[_part(part) for part in seen.parts],
        empty="",
        link=reverse("ops:status"),
        link_text="Status page",
        moves=(_tell(seen.parts),),
        is_half=True,
    )


def _part(part: PartState) -> TableRow:
    state = badge(part.condition.title, _TONES[part.condition])
    return TableRow((part.name, state, part.reason or NOTHING), key=part.key)


def _tell(parts: tuple[PartState, ...]) -> Move:
    """Suggests what is seen: whoever is in a hurry only presses."""
    hurt = [part for part in parts if part.condition > Condition.UNDER_MAINTENANCE]
    names = ", ".join(part.name for part in hurt)
    return Move(
        "Tell of an incident",
        to("incident-open"),
        Right.OPERATE,
        "Stands on the status page within seconds, until somebody resolves it there.",
        (
            Ask("title", "Title", value=f"Trouble with {names}" if hurt else ""),
            Ask("body", "What customers read", value="We are looking into it."),
            Ask("impact", "Impact", choices=tuple((one, one) for one in Impact), value="minor"),
            Ask("part", "Part", choices=tuple((one.key, one.name) for one in PARTS),
                value=hurt[0].key if hurt else "api"),
        ),
    )  # fmt: skip


class IncidentForm(AskedForm):
    title = forms.CharField(max_length=200)
    body = forms.CharField(max_length=500)
    impact = forms.ChoiceField(choices=[(one.value, one.value) for one in Impact])
    part = forms.ChoiceField(choices=[(one.key, one.name) for one in PARTS])


@deed("admin:index", Right.OPERATE, IncidentForm)
def open_incident(asked: Asked) -> str:
    told = telling.open_incident(
        asked.data["title"],
        asked.data["body"],
        impact=Impact(asked.data["impact"]),
        parts=[asked.data["part"]],
        actor=asked.actor,
    )
    showing.forget()
    return f"Customers are told: {told.title}."


ROUTES: tuple[Route, ...] = (("status/incidents", open_incident, "incident-open"),)
