"""What are the limits doing? Who is limited now, who asks most, who is near, what would happen if.

For the console's page about limits and for the command; each function is one or two queries.

    limited_now(now)                 list[Limited]   most recently refused first; bans included
    top_consumers(now, most=20)      list[Consumer]  of the last hour, by cost; one limit or all
    near_limit(now)                  list[Consumer]  at 80 % of a quota or more in the last minutes
    counts(now)                      Counts          for tiles: limited, banned, near
    preview(policy, quota, window_seconds, now)      the last hour again, under another quota

Buttons are in ops.limits.staff: `reset(subject)`, `unban(address)`, `undo_last_edit(row)`; all take
`actor`, leave an event, and are obeyed by every process within a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q

from ops.limits.algorithms.rehearsal import Outcome, rehearse
from ops.limits.algorithms.sampling import EVERYBODY, Asked, merged
from ops.limits.demand import sample_digest
from ops.limits.policies import Unit
from ops.models import Client, Demand, LimitOverride, LimitPolicy, Refusals

LAST_HOUR = timedelta(hours=1)
JUST_NOW = timedelta(minutes=2)
"""Whoever was refused so lately is limited now."""
_NEAR_PERCENT = 80


@dataclass(frozen=True, slots=True)
class Limited:
    """One client that one limit refuses, or an address that is banned."""

    who: str
    subject: str
    """As `staff.reset` and the command take it."""
    policy: str
    since: datetime
    last_at: datetime
    count: int
    banned_until: datetime | None


@dataclass(frozen=True, slots=True)
class Consumer:
    """What one client asked of one limit."""

    who: str
    policy: str
    requests: int
    cost: int
    refused: int
    peak_percent: int
    """How full its quota was at most."""


@dataclass(frozen=True, slots=True)
class Counts:
    limited: int
    banned: int
    near: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a quota would have done to the requests of the last hour."""

    asked: int
    refused: int
    clients: int
    clients_refused: int
    is_complete: bool
    """Else of some clients, chosen at random."""

    @property
    def refused_percent(self) -> float:
        return 100 * self.refused / self.asked if self.asked else 0.0

    def __str__(self) -> str:
        if not self.asked:
            return "Nobody asked for this in the last hour."
        whose = "" if self.is_complete else f" (of {self.clients} clients, chosen at random)"
        return (
            f"{_percent(self.refused_percent)} of the last hour's requests would have been refused"
            f"{whose}: {self.refused:,} of {self.asked:,}, "
            f"{self.clients_refused:,} of {self.clients:,} clients."
        )


def limited_now(now: datetime, *, most: int = 50) -> list[Limited]:
    return [
        Limited(
            who=row.label,
            subject=row.subject if row.subject.startswith("client:") else row.label,
            policy=row.policy,
            since=row.since,
            last_at=row.last_at,
            count=row.count,
            banned_until=row.banned_until if _is_banned(row, now) else None,
        )
        for row in _limited(now)[:most]
    ]


def top_consumers(
    now: datetime, *, last: timedelta = LAST_HOUR, policy: str = "", most: int = 20
) -> list[Consumer]:
    """By cost; a client that several limits count is named once for each."""
    found = _consumers(now - last, policy)
    return _named(sorted(found, key=lambda c: c.cost, reverse=True)[:most])


def near_limit(now: datetime, *, most: int = 50) -> list[Consumer]:
    found = [c for c in _consumers(now - JUST_NOW) if c.peak_percent >= _NEAR_PERCENT]
    return _named(sorted(found, key=lambda c: c.peak_percent, reverse=True)[:most])


def counts(now: datetime) -> Counts:
    limited = list(_limited(now))
    return Counts(
        limited=len({row.subject for row in limited}),
        banned=len({row.subject for row in limited if _is_banned(row, now)}),
        near=len({consumer.who for consumer in near_limit(now, most=1000)}),
    )


def preview(
    policy: LimitPolicy, quota: int | None, window_seconds: int | None, now: datetime
) -> Preview:
    """As if this had been the limit in the last hour, without strict periods; own quotas count."""
    usual = settings.RATE_LIMIT_REQUESTS if quota is None else quota
    usual = int(usual * settings.RATE_LIMIT_FACTOR)
    window_ms = 1000 * (window_seconds or settings.RATE_LIMIT_WINDOW_SECONDS)
    below, clients = _sample(policy, now)
    own = _own_quotas(policy, now)
    total = Outcome()
    for client, asked in clients.items():
        total += rehearse(asked, quota=own.get(client, usual), window_ms=window_ms)
    return Preview(
        asked=total.asked,
        refused=total.refused,
        clients=len(clients),
        clients_refused=total.clients_refused,
        is_complete=below == EVERYBODY,
    )


def is_previewed(policy: LimitPolicy) -> bool:
    """Places are no counts: what would have happened depends on how long each answer took."""
    return policy.unit != Unit.PLACES


def _limited(now: datetime) -> Any:
    return Refusals.objects.filter(Q(last_at__gte=now - JUST_NOW) | Q(banned_until__gt=now))


def _is_banned(row: Refusals, now: datetime) -> bool:
    return row.banned_until is not None and row.banned_until > now


def _consumers(since: datetime, policy: str = "") -> Iterable[Consumer]:
    names = {str(row.pk): row.name for row in LimitPolicy.objects.all()}
    together: dict[tuple[str, str], Consumer] = {}
    for heaviest in Demand.objects.filter(at__gte=since).values_list("heaviest", flat=True):
        for number, uses in heaviest.items():
            name = names.get(number)
            if name is None or policy not in ("", name):
                continue
            for who, *figures in uses:
                kept = together.get((who, name)) or Consumer(who, name, 0, 0, 0, 0)
                together[who, name] = _plus(kept, *figures)
    return together.values()


def _plus(kept: Consumer, requests: int, cost: int, refused: int, permille: int) -> Consumer:
    return replace(
        kept,
        requests=kept.requests + requests,
        cost=kept.cost + cost,
        refused=kept.refused + refused,
        peak_percent=max(kept.peak_percent, permille // 10),
    )


def _named(consumers: list[Consumer]) -> list[Consumer]:
    """`client:7` is told by its name."""
    numbers = [c.who.partition(":")[2] for c in consumers if c.who.startswith("client:")]
    names = {f"client:{c.pk}": c.name for c in Client.objects.filter(pk__in=numbers)}
    return [replace(c, who=names.get(c.who, c.who)) for c in consumers]


def _sample(policy: LimitPolicy, now: datetime) -> tuple[int, dict[int, Asked]]:
    rows = Demand.objects.filter(at__gte=now - LAST_HOUR).values_list("sample", flat=True)
    samples = [row[str(policy.pk)] for row in rows if str(policy.pk) in row]
    return merged((below, dict(_asked(flat))) for below, flat in samples)


def _asked(flat: dict[str, list[int]]) -> Iterator[tuple[int, Asked]]:
    for client, numbers in flat.items():
        slots = zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True)
        yield int(client), Asked({slot: (requests, cost) for slot, requests, cost in slots})


def _own_quotas(policy: LimitPolicy, now: datetime) -> dict[int, int]:
    rows = LimitOverride.objects.filter(policy=policy)
    valid = rows.filter(Q(expires_at=None) | Q(expires_at__gt=now))
    return {sample_digest(f"{policy.pk}:client:{row.client_id}"): row.quota for row in valid}


def _percent(share: float) -> str:
    return f"{share:.1f} %" if 0 < share < 1 else f"{round(share)} %"
