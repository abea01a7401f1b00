"""How full is the service, what does it leave out, and what is closed? And the emergency brake."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from ops.console import foreseen, overrides
from ops.console.block_page import BlockPage
from ops.console.blocks import Block, Charts, Figure, Figures, Table, TableRow
from ops.console.charts import GATE_LOOKS, chart
from ops.console.deeds.overload import hurts_most
from ops.console.marks import NOTHING, Tone, badge, countdown, duration, moment
from ops.console.moves import REASON, Ask, Move, minutes, to, typed
from ops.console.numbers import number, percent, seconds
from ops.console.periods import window_of
from ops.console.shared import SharedByKey
from ops.maintenance.features import SCOPES
from ops.metrics import reading
from ops.metrics.windows import Window
from ops.models import EmergencyProfile, Maintenance, Right
from ops.overload import emergency
from ops.overload.ladder import LADDER, Level
from ops.overload.standing import Process, Situation, situation

LEVEL_TONES = {
    Level.NORMAL: Tone.GOOD,
    Level.BUSY: Tone.BUSY,
    Level.SAVING: Tone.WAIT,
    Level.SHEDDING: Tone.BAD,
    Level.LOCKDOWN: Tone.BAD,
}


def _look(period: str) -> tuple[Block, ...]:
    now = timezone.now()
    window, found = window_of(period, now), situation(now)
    return (
        _figures(found, window),
        overrides.table(overrides.standing(now), now),
        profiles_table(EmergencyProfile.objects.order_by("level_at_least", "name"), found),
        _levels(found),
        _maintenance(now),
        _processes(found.processes, now),
        _charts(window),
    )


def level_figure(found: Situation) -> Figure:
    said = "by hand" if found.forced else "by an emergency" if _is_raised(found) else "by itself"
    return Figure(
        "level", "Level", found.level.word, said,
        LEVEL_TONES[found.level], to("overload"),
    )  # fmt: skip


def _is_raised(found: Situation) -> bool:
    return found.emergency is not None and found.level > found.automatic


def _figures(found: Situation, window: Window) -> Figures:
    demand = max((one.demand for one in found.processes), default=None)
    shed = reading.share("gate_decisions", window, reading.only(outcome="shed"))
    waits = reading.percentiles("gate_wait_seconds", window, (0.95,)).get("all", (None,))
    working, slots = in_use(found.processes)
    tone = Tone.BAD if (demand or 0) >= 1 else Tone.CALM
    return Figures(
        "figures",
        (
            level_figure(found),
            Figure("demand", "Demand", percent(demand), "of what the fullest process serves", tone),
            Figure("working", "In work", f"{working} of {slots}", "requests inside the gate"),
            Figure("shed", "Turned away", percent(shed), "at the gate, in this period"),
            Figure("waits", "Wait at the gate", seconds(waits[0]), "1 of 20 waits longer"),
        ),
    )


def in_use(processes: Iterable[Process]) -> tuple[int, int]:
    found = list(processes)
    return sum(one.in_flight for one in found), sum(one.slots for one in found)


def profiles_table(profiles: Iterable[EmergencyProfile], found: Situation) -> Table:
    return Table(
        name="profiles",
        title="Emergency profiles",
        hint="One press does all of it, ends by itself, and can be undone.",
        columns=("Profile", "What it does", "Lasts"),
        rows=[_profile(one, found) for one in profiles if one.name != emergency.NORMAL],
        empty="No profile is defined.",
        link=reverse("admin:ops_emergencyprofile_changelist"),
        link_text="Shape them on a calm day",
    )


def _profile(profile: EmergencyProfile, found: Situation) -> TableRow:
    seen = emergency.preview(profile)
    is_on = found.emergency is not None and found.emergency.profile == profile.name
    engaged = badge("engaged", Tone.BAD) if is_on else ""
    title = format_html("{} {}", seen.title, engaged)
    cells = (title, " ".join(seen.effects), duration(seen.lasts))
    move = profile_move(profile, is_on=is_on, engage="Engage", end="End")
    return TableRow(cells, (move,), key=profile.name)


def profile_move(profile: EmergencyProfile, *, is_on: bool, engage: str, end: str) -> Move:
    """What its button does now, in the words of the page."""
    if is_on:
        return Move(end, to("emergency-end"), Right.EMERGENCY)
    seen = emergency.preview(profile)
    asks = (REASON, minutes(profile.minutes))
    return Move(
        engage,
        to("emergency-engage", profile.name),
        Right.EMERGENCY,
        " ".join((*seen.effects, *_foreseen(profile))),
        (*asks, typed(profile.name)) if hurts_most(profile) else asks,
        is_danger=True,
    )


def _foreseen(profile: EmergencyProfile) -> tuple[str, ...]:
    if profile.limits_percent >= 100:
        return ()
    return (foreseen.sentence(foreseen.everybody(profile.limits_percent / 100)),)


def _levels(found: Situation) -> Table:
    return Table(
        name="levels",
        title="What each level leaves out",
        columns=("Level", "", "Effect"),
        rows=[_level(level, found) for level in Level],
        empty="",
    )


def _level(level: Level, found: Situation) -> TableRow:
    if found.level is level:
        mark = badge("held" if found.forced else "now", LEVEL_TONES[level])
    else:
        mark = badge("automatic", Tone.CALM) if found.automatic is level else NOTHING
    hold = hold_move(level, f"Hold {level.word}")
    cells = (level.word, mark, LADDER[level].summary)
    return TableRow(cells, () if found.forced and found.level is level else (hold,), key=level.word)


def hold_move(level: Level, text: str, lasts_minutes: int = 30) -> Move:
    return Move(
        text,
        to("level-hold"),
        Right.EMERGENCY,
        f"The level is {level.word} until then, whatever the load. {LADDER[level].summary}",
        (REASON, minutes(lasts_minutes)),
        (("level", str(int(level))),),
        is_danger=level >= Level.SHEDDING,
    )


def _maintenance(now: datetime) -> Table:
    to_come = Q(ends_at=None) | Q(ends_at__gt=now)
    rows = Maintenance.objects.filter(to_come, ended_at=None).order_by("starts_at")
    return Table(
        name="maintenance",
        title="What is closed, and what will be",
        columns=("What", "", "Message", "Starts", "Ends"),
        rows=[_window_row(row, now) for row in rows],
        empty="Everything is open.",
        link=reverse("admin:ops_maintenance_changelist"),
        link_text="All maintenance",
        moves=(close_move(),),
    )


def _window_row(row: Maintenance, now: datetime) -> TableRow:
    is_on = row.starts_at <= now
    cells = (
        str(row),
        badge("closed now", Tone.BAD) if is_on else badge("to come", Tone.WAIT),
        row.message or NOTHING,
        moment(row.starts_at, now=now),
        countdown(row.ends_at, now=now),
    )
    word = "Open" if is_on else "Call off"
    return TableRow(
        cells,
        (Move(word, to("maintenance-open", row.pk), Right.EMERGENCY),),
        key=f"window-{row.pk}",
    )


def close_move() -> Move:
    return Move(
        "Close something",
        to("maintenance-close"),
        Right.EMERGENCY,
        "Whoever asks for it gets 503 with your message and the time of its end. What is already "
        "in the queue goes on; staff and this console stay in.",
        (
            Ask("scope", "What", choices=SCOPES, value="submit"),
            Ask("message", "What clients read", is_required=False),
            Ask("begins_in", "Begins in, minutes", "number", "0", is_required=False),
            Ask("minutes", "Lasts, minutes (empty: until somebody opens)", "number", "60",
                is_required=False, highest=24 * 60),
            REASON,
        ),
        is_danger=True,
    )  # fmt: skip


def _processes(processes: tuple[Process, ...], now: datetime) -> Table:
    return Table(
        name="processes",
        title="Web processes at their gates",
        columns=("Process", "Level", "Demand#", "Turned away#", "In work#", "Slots#", "Heard"),
        rows=[_process(one, now) for one in processes],
        empty="No web process has reported in the last seconds.",
    )


def _process(one: Process, now: datetime) -> TableRow:
    figures = (percent(one.demand), percent(one.share_shed), one.in_flight, one.slots)
    level = badge(one.level.word, LEVEL_TONES[one.level])
    return TableRow((one.name, level, *figures, moment(one.heard_at, now=now)), key=one.name)


def _charts(window: Window) -> Charts:
    decisions = reading.rates("gate_decisions", window, reading.by("outcome"))
    levels = reading.peaks("load_level", window, reading.called("level"))
    return Charts(
        "charts",
        (
            chart("Requests at the gate per second", decisions, window, number, GATE_LOOKS),
            chart("Level", levels, window, number),
        ),
    )


class OverloadPage(BlockPage):
    slug = "overload"
    title = "Overload and maintenance"
    looks = SharedByKey(_look)
    has_periods = True
