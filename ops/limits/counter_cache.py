"""How does django-ratelimit count? In our stores, through the part of a cache that it uses.

Stock caches count in two steps, forget when they are full, and raise when their server is away;
django-ratelimit then answers with an error, or lets everybody in. Here `add` is one atomic decision
of our limiter. A count that nobody announced (a view with the package's own decorator) is taken as
an endless quota, so that the decorator compares it with its own rate.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

from ops.limits import penalties, watching
from ops.limits.decisions import UNLIMITED, Decision
from ops.limits.policies import Asker, Claim, Policy
from ops.limits.this_process import limiter

ENDLESS = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Question:
    """What is about to be asked through django-ratelimit."""

    claim: Claim
    ban_key: str
    together_with: Claim | None = None
    """Of the client, where it is known already whose request it is."""


class _Here(threading.local):
    question: Question | None = None
    decision: Decision | None = None
    count: int = 0


_here = _Here()


def announce(question: Question) -> None:
    _here.question, _here.decision = question, None


def answered() -> Decision:
    """The decision behind the count that django-ratelimit has just been given; it does not ask
    while it is switched off (`RATELIMIT_ENABLE`)."""
    decision, _here.question, _here.decision = _here.decision, None, None
    return decision or UNLIMITED


class CounterCache(BaseCache):
    """Only what counting needs: add, incr, get, clear."""

    def __init__(self, _: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        _here.count = self._count(key, int(value), timeout)
        return _here.count <= 1

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """The count that the `add` before it has made."""
        return _here.count

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return _here.count

    def clear(self) -> None:
        limiter().forget_everything()
        penalties.forget()
        watching.forget()

    def _count(self, key: str, value: int, timeout: Any) -> int:
        question = _here.question
        if question is not None:
            decision = _here.decision = _asked(question)
            used = max((standing.used for standing in decision.standings), default=0)
            return used if decision.allowed else ENDLESS + 1
        window_seconds = 60 if timeout is DEFAULT_TIMEOUT else int(timeout)
        policy = Policy(0, "ratelimit", ENDLESS, window_seconds)
        asker = Asker(key, "")
        if not value:
            return _used(limiter().look([policy], asker))
        return _used(limiter().hit([policy], asker))


def _asked(question: Question) -> Decision:
    claim, ban_key = question.claim, question.ban_key
    if question.together_with is None:
        return limiter().hit(claim.policies, claim.asker, ban_key=ban_key)
    return limiter().hit_both(claim, question.together_with, ban_key=ban_key)


def _used(decision: Decision) -> int:
    return decision.standings[0].used
