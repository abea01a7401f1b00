"""Which dependencies fail, who holds their breakers, and how do the calls go?"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.http import Http404
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ops.console.acting import Asked, Route, TimedForm, deed
from ops.console.block_page import BlockPage
from ops.console.blocks import Block, Figure, Figures, Table, TableRow
from ops.console.marks import Tone, badge, countdown
from ops.console.moves import REASON, Move, minutes, to
from ops.console.numbers import number, percent
from ops.console.shared import SharedByKey
from ops.metrics import reading, windows
from ops.models import BreakerSwitch, Right
from ops.overload.breaker import State
from ops.overload.breakers import switches
from ops.overload.breakers.dependencies import DEPENDENCIES, dependency
from ops.overload.breakers.switches import Position
from ops.overload.breakers.switching import put

RECENTLY = timedelta(minutes=15)
_SHOWN_ENDPOINTS = 25
_TONES = {State.CLOSED: Tone.GOOD, State.HALF_OPEN: Tone.WAIT, State.OPEN: Tone.BAD}
_SENTENCES = {
    Position.OPEN: "Nothing is called: whoever needs it does without, at once.",
    Position.CLOSED: "Everything is called, however it fails: failures and slowness reach clients.",
}

Calls = dict[str, dict[str, float]]
Held = dict[str, BreakerSwitch]
States = dict[str, State | None]


def _look(_key: str) -> tuple[Block, ...]:
    now = timezone.now()
    calls = _calls(now)
    held = {row.breaker: row for row in switches.held(now)}
    states = {name: _state(name, _holder(name, held)) for name in _names(calls, held)}
    return (_figures(states, calls, held), _table(states, calls, held, now))


def _names(calls: Calls, held: Held) -> list[str]:
    """The endpoints of webhooks have a breaker each: the ones that failed most are shown."""
    known = [name for name in {*calls, *held} if name.partition(":")[0] in DEPENDENCIES]
    ends = set(known) - set(DEPENDENCIES)
    worst = sorted(ends, key=lambda name: (name not in held, -_failures(calls.get(name, {})), name))
    return [*DEPENDENCIES, *worst[:_SHOWN_ENDPOINTS]]


def _failures(outcomes: dict[str, float]) -> float:
    return outcomes.get("failed", 0.0) + outcomes.get("refused", 0.0)


def _calls(now: datetime) -> Calls:
    window = windows.last(RECENTLY, now)
    found: Calls = {}
    for name, times in reading.totals("breaker_calls", window, _by_breaker_and_outcome).items():
        breaker, _, outcome = name.rpartition(" ")
        found.setdefault(breaker, {})[outcome] = times
    return found


def _by_breaker_and_outcome(labels: reading.Labels) -> str:
    return f"{labels.get('breaker', '')} {labels.get('outcome', '')}"


def _figures(states: States, calls: Calls, held: Held) -> Figures:
    opened = sum(state is State.OPEN for state in states.values())
    whole = sum(sum(outcomes.values()) for outcomes in calls.values())
    failed = sum(outcomes.get("failed", 0.0) for outcomes in calls.values())
    refused = sum(outcomes.get("refused", 0.0) for outcomes in calls.values())
    tone = Tone.BAD if opened else Tone.GOOD
    return Figures(
        "figures",
        (
            Figure("open", "Open", number(opened), f"of {len(states)} breakers", tone),
            Figure("held", "Held by hand", number(len(held)), "staff decided"),
            Figure("calls", "Calls", number(whole), "in 15 minutes"),
            Figure("failed", "Failed", percent(failed / whole if whole else None), "of all calls"),
            Figure("spared", "Spared", number(refused), "not called: the breaker was open"),
        ),
    )


def _table(states: States, calls: Calls, held: Held, now: datetime) -> Table:
    return Table(
        name="breakers",
        title="What can fail without taking the service down",
        hint="Figures of the last 15 minutes. An open breaker calls nothing and tries again by "
        "itself.",
        columns=("Dependency", "State", "Position", "Calls#", "Failed#", "Spared#"),
        rows=[
            TableRow(
                (
                    _title(name),
                    _said(state),
                    _position(_holder(name, held), now),
                    *_told(calls.get(name)),
                ),
                _moves(name, held.get(name)),
                key=name,
            )
            for name, state in states.items()
        ],
        empty="",
    )


def _title(name: str) -> str:
    return f"{DEPENDENCIES[name.partition(':')[0]].title} ({name})"


def _told(outcomes: dict[str, float] | None) -> tuple[str, str, str]:
    found = outcomes or {}
    spared = found.get("refused", 0.0)
    called = sum(found.values()) - spared
    return number(called), number(found.get("failed", 0.0)), number(spared)


def _holder(name: str, held: Held) -> BreakerSwitch | None:
    return held.get(name) or held.get(name.partition(":")[0])


def _state(name: str, holder: BreakerSwitch | None) -> State | None:
    """What calls meet; None where each process has its own breaker: this one cannot speak for the
    others."""
    if holder is not None:
        return State(holder.position)
    facts = DEPENDENCIES[name.partition(":")[0]]
    is_known = facts.is_shared and settings.REDIS_URL
    return dependency(name).store.state() if is_known else None


def _said(state: State | None) -> SafeString:
    if state is None:
        return badge("each process its own", Tone.CALM)
    return badge(state.value.replace("_", " "), _TONES[state])


def _position(held: BreakerSwitch | None, now: datetime) -> SafeString:
    if held is None:
        return badge("auto", Tone.CALM)
    ends = countdown(held.ends_at, now=now)
    return format_html("{} {}", badge(f"held {held.position}", Tone.WAIT), ends)


def _moves(name: str, held: BreakerSwitch | None) -> tuple[Move, ...]:
    asks = (REASON, minutes(30))
    moves = [
        Move(
            f"Hold {position}",
            to("breaker-hold", name, position),
            Right.OPERATE,
            _SENTENCES[position],
            asks,
            is_danger=True,
        )
        for position in (Position.OPEN, Position.CLOSED)
        if held is None or held.position != position
    ]
    if held is not None:
        moves.append(Move("Auto", to("breaker-auto", name), Right.OPERATE))
    return tuple(moves)


@deed("console-breakers", Right.OPERATE, TimedForm)
def hold(asked: Asked, breaker: str, position: str) -> str:
    if breaker.partition(":")[0] not in DEPENDENCIES or position not in _SENTENCES:
        raise Http404
    put(breaker, Position(position), actor=asked.actor, reason=asked.reason, lasts=asked.lasts)
    return f"{breaker} is held {position}."


@deed("console-breakers", Right.OPERATE)
def set_free(asked: Asked, breaker: str) -> str:
    if breaker.partition(":")[0] not in DEPENDENCIES:
        raise Http404
    put(breaker, Position.AUTO, actor=asked.actor, reason=asked.reason)
    return f"{breaker} decides by itself again."


class BreakersPage(BlockPage):
    slug = "breakers"
    title = "Breakers"
    looks = SharedByKey(_look)


ROUTES: tuple[Route, ...] = (
    ("breakers/<str:breaker>/hold/<str:position>", hold, "breaker-hold"),
    ("breakers/<str:breaker>/auto", set_free, "breaker-auto"),
)
