"""Is this client within its share? One decision for all policies of a request."""

from __future__ import annotations

from collections.abc import Sequence

from ops.limits.algorithms.spending import Answer, Charge
from ops.limits.blocked import BlockedKeys
from ops.limits.decisions import UNLIMITED, Decision, Place, Source, Standing
from ops.limits.gate import Gate
from ops.limits.policies import Asker, Claim, Policies, Policy, Unit, WhenBlind
from ops.limits.stores import Store, StoreUnavailableError
from ops.limits.stores.memory import MemoryStore

_BLIND_WAIT_MS = 1000
_PROBE = (Charge("probe", 1_000_000_000, 1000),)


class Limiter:
    """Asks the shared store; while it is away each process grants its share of the quota."""

    def __init__(
        self, store: Store, *, processes: int = 1, places: int = 3, patience_seconds: float = 0.05
    ) -> None:
        self.store = store
        self.gate = Gate(
            lambda: store.spend(_PROBE), places=places, patience_seconds=patience_seconds
        )
        self.insurance = MemoryStore()
        self.blocked = BlockedKeys()
        self._processes = processes

    def hit(
        self, policies: Sequence[Policy], asker: Asker, *, cost: int = 1, ban_key: str = ""
    ) -> Decision:
        """All policies let the request in and count it, or none counts anything."""
        if not policies:
            return UNLIMITED
        return self._hit(policies, _charges(policies, asker, cost), ban_key)

    def hit_both(self, first: Claim, second: Claim, *, ban_key: str = "") -> Decision:
        """All policies of both claims, or none, in one step."""
        policies = (*first.policies, *second.policies)
        charges = second.policies.charges_behind(first, second.asker, second.cost)
        return self._hit(policies, charges, ban_key)

    def known_refusal(self, claim: Claim, *, ban_key: str = "") -> Decision | None:
        """What this process remembers, without asking anybody."""
        charges = claim.policies.charges(claim.asker, claim.cost)
        return self.blocked.refusal(charges, ban_key)

    def _hit(
        self, policies: Sequence[Policy], charges: tuple[Charge, ...], ban_key: str
    ) -> Decision:
        if (known := self.blocked.refusal(charges, ban_key)) is not None:
            return known
        try:
            answer = self.gate.ask(lambda: self.store.spend(charges, ban_key=ban_key))
        except StoreUnavailableError:
            return self._without_the_store(policies, charges, ban_key)
        decision = _decision(policies, charges, answer, Source.SHARED)
        if decision.banned_ms:
            self.blocked.remember_ban(ban_key, decision.banned_ms)
        elif not decision.allowed:
            self.blocked.remember(decision)
        return decision

    def look(self, policies: Sequence[Policy], asker: Asker) -> Decision:
        """How the policies stand; spends nothing."""
        counted = [policy for policy in policies if policy.unit != Unit.PLACES]
        charges = _charges(counted, asker, 1)
        if not charges:
            return UNLIMITED
        try:
            answer = self.gate.ask(lambda: self.store.spend(charges, commit=False))
        except StoreUnavailableError:
            answer = self.insurance.spend(self._shares(charges), commit=False)
            return _decision(counted, charges, answer, Source.LOCAL)
        return _decision(counted, charges, answer, Source.SHARED)

    def give_back(self, decision: Decision) -> None:
        """What was spent for an answer that we owe: no quota pays for our own failures."""
        if not decision.allowed or not decision.charges:
            return
        spent = tuple(
            charge
            for charge, standing in zip(decision.charges, decision.standings, strict=True)
            if standing.fits
        )
        if decision.source is Source.LOCAL:
            self.insurance.give_back(self._shares(spent), spent_at_ms=decision.spent_at_ms)
            return
        try:
            at = decision.spent_at_ms
            self.gate.ask(lambda: self.store.give_back(spent, spent_at_ms=at), may_repeat=False)
        except StoreUnavailableError:
            return

    def take_place(self, policy: Policy, asker: Asker, holder: str) -> Place | None:
        """A place until it is given back, or until it ends by itself; nothing when all are taken.

        While the shared store is away each process has its share of the places.
        """
        key = policy.key(asker)
        try:
            granted, _ = self.gate.ask(
                lambda: self.store.lease(
                    key, holder, places=policy.quota, lasts_ms=policy.window_ms
                )
            )
            return Place(key, holder, is_local=False) if granted else None
        except StoreUnavailableError:
            if policy.when_blind == WhenBlind.OPEN:
                return Place("", holder, is_local=True)
            if policy.when_blind == WhenBlind.CLOSED:
                return None
            places = self._share(policy.quota)
            granted, _ = self.insurance.lease(key, holder, places=places, lasts_ms=policy.window_ms)
            return Place(key, holder, is_local=True) if granted else None

    def leave_place(self, place: Place) -> None:
        if place.is_local:
            self.insurance.release(place.key, place.holder)
            return
        try:
            self.gate.ask(lambda: self.store.release(place.key, place.holder))
        except StoreUnavailableError:
            return  # the lease ends by itself

    def taken_places(self, policy: Policy, asker: Asker) -> int:
        key = policy.key(asker)
        try:
            return self.gate.ask(lambda: self.store.leases(key))
        except StoreUnavailableError:
            return self.insurance.leases(key)

    def forget(self, keys: Sequence[str]) -> None:
        """As if these had never been counted; other processes hear of it with the next edit."""
        self.store.forget(keys)
        self.insurance.forget(keys)
        self.blocked.clear()

    def forget_everything(self) -> None:
        self.store.clear()
        self.insurance.clear()
        self.blocked.clear()

    def _without_the_store(
        self, policies: Sequence[Policy], charges: tuple[Charge, ...], ban_key: str
    ) -> Decision:
        if any(p.when_blind == WhenBlind.CLOSED and p.is_enforced for p in policies):
            return Decision(allowed=False, source=Source.BLIND, banned_ms=_BLIND_WAIT_MS)
        counted = [
            (policy, charge)
            for policy, charge in zip(policies, charges, strict=True)
            if policy.when_blind == WhenBlind.LOCAL
        ]
        if not counted:
            return Decision(allowed=True, source=Source.BLIND)
        shares = self._shares([charge for _, charge in counted])
        answer = self.insurance.spend(shares, ban_key=ban_key)
        return _decision([policy for policy, _ in counted], shares, answer, Source.LOCAL)

    def _shares(self, charges: Sequence[Charge]) -> tuple[Charge, ...]:
        return tuple([charge.under(self._share(charge.quota)) for charge in charges])

    def _share(self, quota: int) -> int:
        return max(1, quota // self._processes) if quota else 0


def _charges(policies: Sequence[Policy], asker: Asker, cost: int) -> tuple[Charge, ...]:
    if isinstance(policies, Policies):
        return policies.charges(asker, cost)
    return tuple([policy.charge(asker, cost) for policy in policies])


def _decision(
    policies: Sequence[Policy], charges: tuple[Charge, ...], answer: Answer, source: Source
) -> Decision:
    standings = tuple(
        [
            Standing(policy, reading.used, reading.fits, reading.wait_ms)
            for policy, reading in zip(policies, answer.readings, strict=not answer.banned_ms)
        ]
    )
    return Decision(answer.allowed, source, standings, answer.banned_ms, answer.now_ms, charges)
