"""What did we change by hand that still holds, who did it, why, and when does it end?

One list of everything that a calm day does not have, each with the move that ends it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from ops.console.blocks import Table, TableRow
from ops.console.marks import NOTHING, Tone, badge, countdown
from ops.console.moves import OPTIONAL_REASON, Move, to
from ops.maintenance import sources
from ops.models import (
    Admission,
    Emergency,
    LevelOverride,
    LimitOverride,
    Maintenance,
    Pause,
    Right,
    Silence,
    StrictMode,
)
from ops.overload.breakers import switches
from ops.overload.ladder import Level


@dataclass(frozen=True)
class Override:
    key: str
    kind: str
    tone: Tone
    what: str
    by: str
    why: str
    ends_at: datetime | None
    end: Move | None = None
    hurts: bool = False
    """Whether clients feel it: then the verdict says so."""


def standing(now: datetime) -> list[Override]:
    sorts = (_emergencies, _levels, _maintenance, _elsewhere, _strict, _pauses, _breakers)
    found = [one for sort in (*sorts, _silences, _exceptions, _quotas) for one in sort(now)]
    return sorted(
        found,
        key=lambda one: (not one.hurts, one.ends_at or datetime.max.replace(tzinfo=now.tzinfo)),
    )


def table(found: list[Override], now: datetime, *, is_half: bool = False) -> Table:
    return Table(
        name="overrides",
        title="Changed by hand, and still in force",
        columns=("What", "", "Who and why", "Ends"),
        rows=[_row(one, now) for one in found],
        empty="Nothing: everything is as on a calm day.",
        link=to("events"),
        link_text="What was changed before",
        moves=(normal_move(),) if found else (),
        is_half=is_half,
    )


def _row(one: Override, now: datetime) -> TableRow:
    told = " · ".join(filter(None, (one.by, one.why))) or NOTHING
    cells = (badge(one.kind, one.tone), one.what, told, countdown(one.ends_at, now=now))
    return TableRow(cells, (one.end,) if one.end else (), key=one.key)


def normal_move() -> Move:
    return Move(
        "Back to normal",
        to("normal"),
        Right.EMERGENCY,
        "Ends the emergency, the level set by hand and strict periods. Pauses, maintenance, "
        "breakers and silences stay: each has its own button.",
        (OPTIONAL_REASON,),
    )


def _ending(name: str, *args: object, right: Right = Right.OPERATE, text: str = "End") -> Move:
    return Move(text, to(name, *args), right)


def _emergencies(now: datetime) -> Iterator[Override]:
    for row in Emergency.objects.filter(ended_at=None, ends_at__gt=now):
        yield Override(
            f"emergency-{row.pk}", "emergency", Tone.BAD, row.profile, row.actor, row.reason,
            row.ends_at, _ending("emergency-end", right=Right.EMERGENCY), hurts=True,
        )  # fmt: skip


def _levels(now: datetime) -> Iterator[Override]:
    for row in LevelOverride.objects.filter(ended_at=None, ends_at__gt=now):
        yield Override(
            f"level-{row.pk}", "level", Tone.BAD, f"held at {Level(row.level).word}", row.actor,
            row.reason, row.ends_at, _ending("level-release", right=Right.EMERGENCY), hurts=True,
        )  # fmt: skip


def _maintenance(now: datetime) -> Iterator[Override]:
    rows = Maintenance.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), ended_at=None)
    for row in rows.filter(starts_at__lte=now):
        yield Override(
            f"maintenance-{row.pk}", "closed", Tone.BAD, str(row), row.actor,
            row.reason or row.message, row.ends_at,
            _ending("maintenance-open", row.pk, right=Right.EMERGENCY, text="Open"), hurts=True,
        )  # fmt: skip


def _elsewhere(now: datetime) -> Iterator[Override]:
    """Closed by a file or the environment of this machine: only there it can be ended."""
    for window in sources.of_this_machine():
        if window.is_on(now):
            yield Override(
                "machine", "closed", Tone.BAD, window.title, "this machine's file or environment",
                window.message, window.ends_at, hurts=True,
            )  # fmt: skip


def _strict(now: datetime) -> Iterator[Override]:
    for row in StrictMode.objects.filter(starts_at__lte=now, ends_at__gt=now):
        what = f"anonymous {row.anonymous:.0%}, free {row.free:.0%}, premium {row.premium:.0%}"
        yield Override(
            f"strict-{row.pk}", "strict", Tone.WAIT, what, "", row.reason, row.ends_at,
            _ending("strict-end", right=Right.EMERGENCY), hurts=True,
        )  # fmt: skip


def _pauses(_now: datetime) -> Iterator[Override]:
    for row in Pause.objects.order_by("kind"):
        yield Override(
            f"pause-{row.pk}", "pause", Tone.WAIT, str(row), "", row.reason, None,
            _ending("resume", row.pk, text="Go on"), hurts=True,
        )  # fmt: skip


def _breakers(now: datetime) -> Iterator[Override]:
    for row in switches.held(now):
        end = Move("Auto", to("breaker-auto", row.breaker), Right.OPERATE)
        yield Override(
            f"breaker-{row.pk}", "breaker", Tone.WAIT, f"{row.breaker} held {row.position}",
            row.actor, row.reason, row.ends_at, end,
        )  # fmt: skip


def _silences(now: datetime) -> Iterator[Override]:
    for row in Silence.objects.at(now).select_related("rule"):
        yield Override(
            f"silence-{row.pk}", "silence", Tone.CALM, str(row.rule or "every rule"), row.author,
            row.reason, row.ends_at, _ending("silence-end", row.pk),
        )  # fmt: skip


def _exceptions(now: datetime) -> Iterator[Override]:
    """Those with an end: the others are how it always is."""
    for row in Admission.objects.filter(expires_at__gt=now).select_related("client"):
        yield Override(
            f"exception-{row.pk}", row.verdict, Tone.WAIT, str(row.client or row.network), "",
            row.reason, row.expires_at, _ending("exception-end", row.pk),
        )  # fmt: skip


def _quotas(now: datetime) -> Iterator[Override]:
    rows = LimitOverride.objects.filter(expires_at__gt=now).select_related("client", "policy")
    for row in rows:
        yield Override(
            f"quota-{row.pk}", "quota", Tone.CALM, str(row), "", row.reason, row.expires_at,
            _ending("quota-end", row.pk),
        )  # fmt: skip
