"""What does a staff member see first? Whether all is well, why not, and which button helps.

The fifteen questions of a spike, each answered here with its move or the way to it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar

from django.utils import timezone

from ops.console import capacity, customers, decisions, engine_time, overrides, troubles
from ops.console.blocks import Block, Card, Charts, Table, TableRow
from ops.console.charts import STATUS_LOOKS, chart, marked
from ops.console.failures import table as failures_table
from ops.console.marks import NOTHING
from ops.console.moves import to
from ops.console.numbers import number, percent, seconds
from ops.console.pages.alerts import open_alerts, open_table
from ops.console.pages.events import event_row, note_move
from ops.console.pages.limits import be_strict_move, consumers_table
from ops.console.pages.overload import close_move, profile_move
from ops.console.panels import all_panels
from ops.console.refusals import refusals_table
from ops.console.tiles import tiles
from ops.console.verdict import Verdict, verdict
from ops.health.readiness import readiness
from ops.metrics import reading, traffic, windows
from ops.metrics.windows import Window
from ops.models import Alert, EmergencyProfile, Event, Silence
from ops.overload.standing import Situation, situation
from ops.queue import QueueSnapshot, snapshot

RECENTLY = timedelta(minutes=5)
LAST_HOUR = timedelta(hours=1)
EVENTS_SHOWN = 8
SLOW_SHOWN = 5
ANALYZERS_SHOWN = 3
FIRST_AID = ("spike", "read-only")


@dataclass(frozen=True)
class VerdictBlock:
    template: ClassVar[str] = "admin/console/_verdict.html"
    verdict: Verdict
    name: str = "verdict"
    permission: str = ""
    is_half: bool = False


def look(_key: str = "") -> tuple[Block, ...]:
    now = timezone.now()
    recently, hour = windows.last(RECENTLY, now), windows.last(LAST_HOUR, now)
    state, queue, alerts = situation(now), snapshot(), open_alerts()
    found = capacity.capacity(state, queue, now)
    return (
        VerdictBlock(_verdict(queue, recently, state, alerts, now)),
        tiles(queue, state, alerts, recently, now),
        _first_aid(state),
        _charts(hour, now),
        capacity.block(found, (be_strict_move(),)),
        refusals_table(hour, is_half=True),
        overrides.table(overrides.standing(now), now),
        open_table(alerts, list(Silence.objects.at(now)), now, is_elsewhere=True),
        _slow(hour),
        customers.card(now),
        consumers_table(now, most=5),
        failures_table(now),
        _timeline(now),
        *all_panels(),
    )


def _verdict(
    queue: QueueSnapshot, window: Window, state: Situation, alerts: list[Alert], now: datetime
) -> Verdict:
    found = verdict(
        readiness(),
        queue,
        decisions.in_force(now),
        troubles.standing(window, state, alerts, now),
    )
    return replace(found, is_shedding=troubles.is_shedding(state))


def _first_aid(state: Situation) -> Card:
    profiles = EmergencyProfile.objects.in_bulk(FIRST_AID, field_name="name")
    engaged = state.emergency.profile if state.emergency else ""
    return Card(
        name="first-aid",
        title="First aid",
        empty="Each says what it will do before it does it, ends by itself, and can be undone.",
        moves=(
            *(
                profile_move(
                    profiles[name],
                    is_on=name == engaged,
                    engage=f"Engage {name}",
                    end=f"End {name}",
                )
                for name in FIRST_AID
                if name in profiles
            ),
            close_move(),
            note_move(),
        ),
    )


def _charts(window: Window, now: datetime) -> Charts:
    answered = reading.rates("http_requests", window, reading.by_status_class)
    timed = reading.percentile_lines("http_request_duration_seconds", window, (0.5, 0.95, 0.99))
    since = now - LAST_HOUR
    decided = Event.objects.filter(created_at__gt=since).exclude(actor="").order_by("-id")[:20]
    moments = [(event.created_at, f"{event.name}, {event.actor}") for event in decided]
    requests = chart("Requests per second", answered, window, number, STATUS_LOOKS)
    return Charts(
        "charts",
        (
            marked(requests, moments, window),
            marked(chart("Time to answer", timed, window, seconds), moments, window),
        ),
    )


def _slow(window: Window) -> Table:
    return Table(
        name="slow",
        title="What is slow",
        hint="Of the last hour: routes by the time that 1 of 20 exceeds, then the analyzers that "
        "take most time.",
        columns=("Route or analyzer~", "Requests#", "Errors#", "p50#", "p95#"),
        rows=[
            *(_slow_route(figures) for figures in traffic.routes(window, limit=SLOW_SHOWN)),
            *(_slow_analyzer(one) for one in engine_time.analyzers(window)[:ANALYZERS_SHOWN]),
        ],
        empty="Nobody asked for anything in the last hour.",
        moves=(engine_time.leave_out_deep_work(),),
        is_half=True,
    )


def _slow_route(figures: traffic.RouteFigures) -> TableRow:
    times = (figures.p50_seconds, figures.p95_seconds)
    cells = (
        figures.route or "no such page",
        number(figures.requests),
        percent(figures.error_share),
        *map(seconds, times),
    )
    return TableRow(cells)


def _slow_analyzer(one: engine_time.Analyzer) -> TableRow:
    name = f"{one.name}, {percent(one.share)} of the time"
    return TableRow((name, NOTHING, NOTHING, seconds(one.p50_seconds), seconds(one.p95_seconds)))


def _timeline(now: datetime) -> Table:
    newest = Event.objects.order_by("-id")[:EVENTS_SHOWN]
    return Table(
        name="events",
        title="What happened",
        columns=("When", "Who", "What", "Why and how~"),
        rows=[event_row(event, now) for event in newest],
        empty="Nothing was decided or broken yet.",
        link=to("events"),
        link_text="All events",
        permission="ops.view_event",
    )
