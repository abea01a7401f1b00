"""Who did what, when and why, and can it be undone? The newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from ops import events
from ops.console import undoing
from ops.console.acting import Asked, CannotBeDoneError, ReasonForm, Route, deed
from ops.console.block_page import BlockPage, Filter
from ops.console.blocks import Block, Card, Table, TableRow
from ops.console.links import link
from ops.console.marks import NOTHING, Tone, badge, moment
from ops.console.moves import REASON, Move, to
from ops.console.numbers import number
from ops.console.periods import PERIODS
from ops.console.shared import SharedByKey
from ops.models import Event, Right

SHOWN = 50
_LONGEST = 160
_TOLD_OTHERWISE = {"title", "before", "after", "row", "effects"}
_MOMENT = len("2026-01-01T00:00:00")
_WHO = (("", "Everybody"), ("staff", "Staff"), ("service", "The service itself"))
_ABOUT = (
    ("", "Everything"),
    ("emergency", "Emergencies"),
    ("overload", "Levels"),
    ("maintenance", "Maintenance"),
    ("limits", "Limits"),
    ("queue", "Queue"),
    ("workers", "Workers"),
    ("breaker", "Breakers"),
    ("alert", "Alerts"),
    ("rows", "Edits of rows"),
    ("note", "Notes"),
)
_WHEN = (("", "Any time"), *((name, f"Last {name}") for name in PERIODS))


@dataclass(frozen=True)
class Sought:
    who: str = ""
    about: str = ""
    when: str = ""
    words: str = ""
    before: int = 0
    """The number of an event: older ones are shown."""


def _look(sought: Sought) -> tuple[Block, ...]:
    now = timezone.now()
    found = list(_matching(sought, now)[: SHOWN + 1])
    older = found[SHOWN - 1].pk if len(found) > SHOWN else 0
    return (_note(), _table(found[:SHOWN], sought, older, now))


def _matching(sought: Sought, now: datetime) -> QuerySet[Event]:
    found = Event.objects.order_by("-id")
    if sought.who:
        found = found.filter(actor="") if sought.who == "service" else found.exclude(actor="")
    if sought.about:
        found = found.filter(Q(name=sought.about) | Q(name__startswith=f"{sought.about}."))
    if sought.when:
        found = found.filter(created_at__gt=now - PERIODS[sought.when])
    if sought.words:
        words = sought.words
        found = found.filter(
            Q(name__icontains=words) | Q(actor__icontains=words) | Q(reason__icontains=words)
        )
    return found.filter(pk__lt=sought.before) if sought.before else found


def _note() -> Card:
    return Card(
        name="note",
        title="Something that everybody should know later?",
        empty="A note stands in this list and in the timeline of the overview.",
        moves=(note_move(),),
    )


def note_move() -> Move:
    return Move("Write a note", to("note"), Right.OPERATE, asks=(REASON,))


def _table(found: list[Event], sought: Sought, older: int, now: datetime) -> Table:
    return Table(
        name="events",
        title="What happened",
        columns=("When", "Who", "What", "Why and how~"),
        rows=[event_row(event, now) for event in found],
        empty="Nothing happened that fits these words.",
        link=_older(sought, older) if older else reverse("admin:ops_event_changelist"),
        link_text="Older events" if older else "All events",
    )


def _older(sought: Sought, before: int) -> str:
    kept = {"who": sought.who, "about": sought.about, "when": sought.when, "q": sought.words}
    kept = {name: value for name, value in kept.items() if value}
    return f"{to('events')}?{urlencode(kept | {'before': str(before)})}"


def event_row(event: Event, now: datetime) -> TableRow:
    why = " · ".join(filter(None, (event.reason, ", ".join(_telling(event))[:_LONGEST])))
    cells = (
        moment(event.created_at, now=now),
        badge(event.actor or "the service", Tone.BUSY if event.actor else Tone.CALM),
        link(reverse("admin:ops_event_change", args=[event.pk]), event.name),
        why or NOTHING,
    )
    return TableRow(cells, _undo(event, now), key=f"event-{event.pk}")


def _telling(event: Event) -> Iterator[str]:
    """In short; every detail stands on the page of the event."""
    if title := event.details.get("title"):
        yield str(title)
    yield from _changes(event.details.get("before"), event.details.get("after"))
    for name, value in event.details.items():
        if name not in _TOLD_OTHERWISE and value:
            yield f"{name.replace('_', ' ')} {_said(value)}"


def _changes(before: dict[str, object] | None, after: dict[str, object] | None) -> Iterator[str]:
    if before and after:
        for name, value in after.items():
            yield f"{name.replace('_', ' ')} {_said(before.get(name))} → {_said(value)}"


def _said(value: object) -> str:
    """Moments to the minute; lists as one says them."""
    if isinstance(value, list):
        return "; ".join(map(str, value)) or NOTHING
    if value in (None, ""):
        return NOTHING
    if isinstance(value, str) and len(value) >= _MOMENT and value[10:11] == "T":
        return f"{value[:10]} {value[11:16]}"
    return number(value) if isinstance(value, float) else str(value)


def _undo(event: Event, now: datetime) -> tuple[Move, ...]:
    way = undoing.way_of(event)
    if way is None or now - event.created_at > timedelta(days=7):
        return ()
    return (Move("Undo", to("event-undo", event.pk), way.right),)


@deed("console-events", Right.OPERATE)
def undo(asked: Asked, event_id: int) -> str:
    event = get_object_or_404(Event, pk=event_id)
    way = undoing.way_of(event)
    if way is None or not asked.may(way.right):
        raise CannotBeDoneError("This cannot be undone, or not by you.")
    if not way.undo(event, asked.actor):
        raise CannotBeDoneError("There is nothing left to undo: it has ended or was changed since.")
    return f"Undone: {event.name}."


@deed("console-events", Right.OPERATE, ReasonForm)
def write_note(asked: Asked) -> str:
    events.record("note", actor=asked.actor, reason=asked.reason)
    return "Noted."


class EventsPage(BlockPage):
    slug = "events"
    title = "Events"
    looks = SharedByKey(_look)

    def key(self, query: QueryDict) -> Sought:
        before = query.get("before", "")
        return Sought(
            who=_one_of(_WHO, query.get("who", "")),
            about=_one_of(_ABOUT, query.get("about", "")),
            when=_one_of(_WHEN, query.get("when", "")),
            words=query.get("q", "").strip()[:80],
            before=int(before) if before.isdecimal() else 0,
        )

    def filters(self, request: HttpRequest) -> tuple[Filter, ...]:
        sought = self.key(request.GET)
        return (
            Filter("q", "Words", sought.words),
            Filter("who", "Who", sought.who, _WHO),
            Filter("about", "About", sought.about, _ABOUT),
            Filter("when", "When", sought.when, _WHEN),
        )


def _one_of(choices: tuple[tuple[str, str], ...], value: str) -> str:
    return value if value in dict(choices) else ""


ROUTES: tuple[Route, ...] = (
    ("events/notes", write_note, "note"),
    ("events/<int:event_id>/undo", undo, "event-undo"),
)
