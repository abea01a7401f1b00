"""What has this request spent, and what must happen with it when it has been answered?"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from functools import cached_property

from django.http import HttpRequest

from ops import metrics
from ops.limits import watching
from ops.limits.decisions import Decision, Place
from ops.limits.policies import Asker, Claim, Policies, Policy
from ops.limits.this_process import limiter


@dataclass
class Ledger:
    """One for each request; decided by the middleware, the throttle and the view in turn."""

    decisions: list[Decision] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    is_exempt: bool = False
    postponed: Claim | None = None
    """Of the address; decided in one step with the client's, or else after the answer."""

    @cached_property
    def holder(self) -> str:
        return uuid.uuid4().hex

    def spend(
        self, policies: Policies, asker: Asker, *, cost: int = 1, ban_key: str = ""
    ) -> Decision:
        return self.note(limiter().hit(policies.counted, asker, cost=cost, ban_key=ban_key), asker)

    def note(self, decision: Decision, asker: Asker) -> Decision:
        watching.decided(asker, decision)
        self.decisions.append(decision)
        return decision

    def take_places(self, policies: Policies, asker: Asker) -> Policy | None:
        """The policy that has no place left, or nothing."""
        for policy in policies.places:
            if not self._take(policy, asker):
                return policy
        return None

    def settle(self, status_code: int) -> None:
        """What fails on our side costs nobody anything."""
        for place in self.places:
            limiter().leave_place(place)
        if status_code >= 500:
            for decision in self.decisions:
                limiter().give_back(decision)

    def give_back_all(self) -> None:
        for decision in self.decisions:
            limiter().give_back(decision)

    def _take(self, policy: Policy, asker: Asker) -> bool:
        place = limiter().take_place(policy, asker, self.holder)
        if place:
            self.places.append(place)
        outcome = "allowed" if place else "refused" if policy.is_enforced else "shadow"
        metrics.count("limit_decisions", policy=policy.name, tier=asker.tier, outcome=outcome)
        return place is not None or not policy.is_enforced


def ledger_of(request: HttpRequest) -> Ledger:
    kept: Ledger | None = request.__dict__.get("limits_ledger")
    if kept is None:
        kept = request.__dict__["limits_ledger"] = Ledger()
    return kept
