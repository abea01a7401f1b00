"""What is there to tell at this moment? Figures, staff's words, incidents and maintenance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ops.maintenance import sources
from ops.maintenance.features import SERVICE
from ops.maintenance.windows import Window
from ops.metrics import reading
from ops.models import Incident, PartStatement
from ops.status_page import measured
from ops.status_page.measured import Day, Judgement
from ops.status_page.parts import PART_NAMES, PARTS, Condition, Impact, Part
from ops.status_page.words import Headline, headline

_INCIDENTS_AT_MOST = 100


@dataclass(frozen=True)
class PartState:
    key: str
    name: str
    about: str
    condition: Condition
    reason: str
    days: tuple[Day, ...]

    @property
    def good_share(self) -> float | None:
        """Over all days of which something is known, each as important as the others."""
        known = [day.good_share for day in self.days if day.good_share is not None]
        return sum(known) / len(known) if known else None

    @property
    def troubled_days(self) -> tuple[Day, ...]:
        """The newest first."""
        return tuple(day for day in reversed(self.days) if day.condition)


@dataclass(frozen=True)
class Told:
    number: int
    state: str
    body: str
    at: datetime


@dataclass(frozen=True)
class Story:
    """An incident."""

    number: int
    title: str
    impact: Impact
    state: str
    parts: tuple[str, ...]
    began_at: datetime
    resolved_at: datetime | None
    updates: tuple[Told, ...]
    """The newest first."""

    @property
    def part_names(self) -> tuple[str, ...]:
        return tuple(PART_NAMES.get(key, key) for key in self.parts)

    @property
    def changed_at(self) -> datetime:
        return self.updates[0].at if self.updates else self.began_at


@dataclass(frozen=True)
class Works:
    """Maintenance, on or announced."""

    title: str
    message: str
    starts_at: datetime | None
    ends_at: datetime | None
    is_on: bool
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Snapshot:
    as_of: datetime
    parts: tuple[PartState, ...]
    stories: tuple[Story, ...]
    works: tuple[Works, ...]
    level: int | None
    """How much is left out under load (ops.overload.ladder); None when nobody knows."""
    is_live: bool = True

    @property
    def headline(self) -> Headline:
        told = [story.impact.condition for story in self.open_stories if not story.parts]
        return headline([part.condition for part in self.parts], told)

    @property
    def open_stories(self) -> tuple[Story, ...]:
        return tuple(story for story in self.stories if story.resolved_at is None)

    @property
    def past_stories(self) -> tuple[Story, ...]:
        return tuple(story for story in self.stories if story.resolved_at is not None)


def look(now: datetime) -> Snapshot:
    stories, works = _stories(now), _works(now)
    judged, days = measured.now_of(now), measured.days_of(now)
    stated = {row.part: row for row in PartStatement.objects.in_force().order_by("id")}
    return Snapshot(
        as_of=now,
        parts=tuple(
            _state(
                part,
                _judge(part, judged[part.key], stated.get(part.key), stories, works),
                _with_incidents(days[part.key], part.key, stories),
            )
            for part in PARTS
        ),
        stories=stories,
        works=works,
        level=_level(now),
    )


def without_database(last: Snapshot | None, now: datetime) -> Snapshot:
    """The last copy, with what is known to be true while the database is away."""
    known = {part.key: part for part in last.parts} if last else {}
    gone = {
        "api": Judgement(Condition.PARTIAL_OUTAGE, "New texts cannot be taken at the moment"),
        "analyses": Judgement(Condition.MAJOR_OUTAGE, "The database cannot be reached"),
        "console": Judgement(Condition.MAJOR_OUTAGE, "The database cannot be reached"),
    }
    fine = Judgement(Condition.OPERATIONAL)
    return Snapshot(
        as_of=last.as_of if last else now,
        parts=tuple(
            _state(part, gone.get(part.key, fine), known[part.key].days if known else ())
            for part in PARTS
        ),
        stories=last.stories if last else (),
        works=_works(now),
        level=None,
        is_live=False,
    )


def _state(part: Part, judgement: Judgement, days: tuple[Day, ...]) -> PartState:
    return PartState(part.key, part.name, part.about, judgement.condition, judgement.reason, days)


def _judge(
    part: Part,
    judged: Judgement,
    stated: PartStatement | None,
    stories: Sequence[Story],
    works: Sequence[Works],
) -> Judgement:
    """Staff's word stands above all; maintenance is no outage; the worst of the rest holds."""
    if stated is not None:
        return Judgement(Condition(stated.condition), stated.message)
    closing = next((one for one in works if one.is_on and part.key in one.parts), None)
    if closing is not None:
        return Judgement(Condition.UNDER_MAINTENANCE, closing.message)
    told = [
        Judgement(story.impact.condition, story.title)
        for story in stories
        if story.resolved_at is None and part.key in story.parts
    ]
    return max([judged, *told], key=lambda one: one.condition)


def _with_incidents(
    days: tuple[Day, ...], part: str, stories: Sequence[Story]
) -> tuple[Day, ...]:  # fmt: skip
    concerned = [story for story in stories if part in story.parts]
    return tuple(_with_stories(day, concerned) for day in days)


def _with_stories(day: Day, stories: Sequence[Story]) -> Day:
    for story in stories:
        last = story.resolved_at.date() if story.resolved_at else day.date
        if story.began_at.date() <= day.date <= last:
            worst = max(day.condition or Condition.OPERATIONAL, story.impact.condition)
            day = replace(day, condition=worst)
    return day


def _stories(now: datetime) -> tuple[Story, ...]:
    since = now - timedelta(days=measured.DAYS_SHOWN)
    rows = Incident.objects.filter(began_at__gt=since) | Incident.objects.open()
    found = rows.order_by("-began_at", "-id").prefetch_related("updates")
    return tuple(_story(row) for row in found[:_INCIDENTS_AT_MOST])


def _story(row: Incident) -> Story:
    return Story(
        number=row.pk,
        title=row.title,
        impact=Impact(row.impact),
        state=row.state,
        parts=tuple(row.parts),
        began_at=row.began_at,
        resolved_at=row.resolved_at,
        updates=tuple(
            Told(update.pk, update.state, update.body, update.at) for update in row.updates.all()
        ),
    )


def _works(now: datetime) -> tuple[Works, ...]:
    shown = [one for one in sources.windows() if one.is_on(now) or one.is_announced(now)]
    return tuple(_work(window, now) for window in shown)


def _work(window: Window, now: datetime) -> Works:
    return Works(
        title=window.title,
        message=window.message,
        starts_at=window.starts_at,
        ends_at=window.ends_at,
        is_on=window.is_on(now),
        parts=tuple(
            part.key for part in PARTS if window.scope in part.closed_by or _is_all(window, part)
        ),
    )


def _is_all(window: Window, part: Part) -> bool:
    """Closing the service leaves the console open: it is where it is opened again."""
    return window.scope == SERVICE and part.key != "console"


def _level(now: datetime) -> int | None:
    level = max(reading.latest("load_level", now).values(), default=None)
    return None if level is None else int(level)
