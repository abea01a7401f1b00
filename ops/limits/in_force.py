"""Which limits hold at this moment? What staff's rows say, with strict periods and exceptions."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network

from django.conf import settings
from django.utils import timezone

from ops import config
from ops.limits.identity import Origin, is_in
from ops.limits.policies import Mode, Policies, Policy, Route, Scope
from ops.limits.this_process import limiter
from ops.models import Admission, LimitOverride, LimitPolicy, StrictMode, Tier
from ops.overload import stance

_LOOK_AGAIN = timedelta(minutes=1)
_REMEMBERED_ORIGINS = 4096


@dataclass(frozen=True)
class Rules:
    """The rows, as they were loaded together."""

    policies: tuple[LimitPolicy, ...] = ()
    overrides: tuple[LimitOverride, ...] = ()
    admissions: tuple[Admission, ...] = ()
    stricts: tuple[StrictMode, ...] = ()


class InForce:
    """The rules at one moment. They hold until the next moment at which one begins or ends."""

    def __init__(self, rules: Rules, now: datetime) -> None:
        self.rules = rules
        self.emergency_factor = stance.limits_factor(now)
        self.strict = next((s for s in rules.stricts if _is_strict(s, now)), None)
        self.until = min([now + _LOOK_AGAIN, *_moments(rules, now)]).timestamp()
        self._overrides = _overrides(rules, now)
        self._exceptions = [a for a in rules.admissions if _holds(a.expires_at, now)]
        self._networks = [(ip_network(a.network), a.verdict) for a in self._exceptions if a.network]
        self._clients = {
            f"client:{a.client_id}": a.verdict
            for a in sorted(self._exceptions, key=lambda a: str(a.verdict))  # deny comes last
            if a.client_id
        }
        self._policies: dict[tuple[str, str, str], Policies] = {}
        self._at_the_edge: dict[tuple[bool, bool], Policies] = {}
        self._verdicts: dict[str, str | None] = {}

    def policies(self, tier: str, route: str, client: str = "") -> Policies:
        own = self._overrides.get(client)
        named = (tier, route, client if own else "")
        found = self._policies.get(named)
        if found is None:
            rows = [row for row in self.rules.policies if _is_for(row, tier, route)]
            found = Policies([self._policy(row, tier, own or {}) for row in rows])
            self._policies[named] = found
        return found

    def at_the_edge(self, *, has_network: bool, signs_in: bool) -> Policies:
        found = self._at_the_edge.get((has_network, signs_in))
        if found is None:
            every = [*self.policies(Tier.ANONYMOUS, Route.EDGE)]
            if signs_in:
                every += self.policies(Tier.ANONYMOUS, Route.LOGIN)
            found = Policies([p for p in every if has_network or p.scope != Scope.NETWORK])
            self._at_the_edge[has_network, signs_in] = found
        return found

    def verdict(self, origin: Origin) -> str | None:
        """What the lists say of an address; deny wins."""
        if not self._networks:
            return None
        if origin.exact not in self._verdicts:
            if len(self._verdicts) > _REMEMBERED_ORIGINS:
                self._verdicts.clear()
            self._verdicts[origin.exact] = _verdict(origin.exact, self._networks)
        return self._verdicts[origin.exact]

    def has_changed(self) -> bool:
        return time.time() >= self.until or stance.limits_factor() != self.emergency_factor

    def verdict_of_client(self, client: str) -> str | None:
        return self._clients.get(client)

    def _policy(self, row: LimitPolicy, tier: str, own: dict[int, int]) -> Policy:
        quota = settings.RATE_LIMIT_REQUESTS if row.quota is None else row.quota
        usual_quota = own.get(row.pk, int(quota * settings.RATE_LIMIT_FACTOR))
        policy = Policy(
            id=row.pk,
            name=row.name,
            quota=0,
            window_seconds=row.window_seconds or settings.RATE_LIMIT_WINDOW_SECONDS,
            scope=row.scope,
            unit=row.unit,
            when_blind=row.when_blind,
            is_enforced=row.mode == Mode.ENFORCED,
            usual_quota=usual_quota,
            ban_after=int(row.ban_after * settings.RATE_LIMIT_FACTOR),
        )
        return self._scaled(policy, tier)

    def _scaled(self, policy: Policy, tier: str) -> Policy:
        factor = float(getattr(self.strict, tier or Tier.ANONYMOUS)) if self.strict else 1.0
        factor *= self.emergency_factor
        quota = int(policy.usual_quota * factor)
        # A share of one is one: strict mode makes calm, it does not close.
        return replace(policy, quota=max(quota, 1) if factor and policy.usual_quota else quota)


def _load() -> Rules:
    return Rules(
        policies=tuple(LimitPolicy.objects.exclude(mode=Mode.OFF).order_by("pk")),
        overrides=tuple(LimitOverride.objects.all()),
        admissions=tuple(Admission.objects.all()),
        stricts=tuple(StrictMode.objects.filter(ends_at__gt=timezone.now())),
    )


_rules = config.register("limits", load=_load, default=Rules())
_last: InForce | None = None


def in_force() -> InForce:
    global _last  # noqa: PLW0603 - one value a process, replaced as a whole
    rules, last = _rules.current(), _last
    if last is None or last.rules is not rules or last.has_changed():
        # Whoever was refused may now be let in: by an edit, or by staff who reset a client.
        limiter().blocked.clear()
        last = _last = InForce(rules, timezone.now())
    return last


def _is_for(row: LimitPolicy, tier: str, route: str) -> bool:
    # Before authentication nobody has a tier: what holds there holds for all.
    return row.route == route and (row.tier in ("", tier) or route == Route.EDGE)


def _holds(expires_at: datetime | None, now: datetime) -> bool:
    return expires_at is None or expires_at > now


def _overrides(rules: Rules, now: datetime) -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = {}
    for row in rules.overrides:
        if _holds(row.expires_at, now):
            found.setdefault(f"client:{row.client_id}", {})[row.policy_id] = row.quota
    return found


def _verdict(address: str, networks: list[tuple[IPv4Network | IPv6Network, str]]) -> str | None:
    verdicts = {verdict for network, verdict in networks if is_in(address, [network])}
    if Admission.Verdict.DENY in verdicts:
        return Admission.Verdict.DENY
    return Admission.Verdict.ALLOW if verdicts else None


def _is_strict(row: StrictMode, now: datetime) -> bool:
    if not row.starts_at <= now < row.ends_at:
        return False
    if row.daily_from is None or row.daily_until is None:
        return True
    clock = now.time()
    if row.daily_from <= row.daily_until:
        return row.daily_from <= clock < row.daily_until
    return clock >= row.daily_from or clock < row.daily_until


def _moments(rules: Rules, now: datetime) -> list[datetime]:
    ends = [row.expires_at for row in rules.overrides] + [a.expires_at for a in rules.admissions]
    moments = list(filter(None, ends))
    for row in rules.stricts:
        moments += [row.starts_at, row.ends_at]
        for clock in filter(None, (row.daily_from, row.daily_until)):
            today = datetime.combine(now.date(), clock, tzinfo=now.tzinfo)
            moments += [today, today + timedelta(days=1)]
    return [moment for moment in moments if moment > now]
