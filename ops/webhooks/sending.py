"""How is one attempt made? One call, behind the endpoint's own breaker; never raises."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from ops.outbound import Answer, Call, Excess, OutboundError, RefusedError, Rules, send
from ops.overload import breakers
from ops.webhooks.retries import wish_of

GONE = 410
_KEPT_OF_ANSWER = 1000
_TOO_MANY = 429


@dataclass(frozen=True)
class Shipment:
    """All that a thread needs: it touches no rows."""

    delivery: int
    endpoint: str
    url: str
    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Outcome:
    began_at: datetime
    seconds: float = 0.0
    status: int | None = None
    error: str = ""
    """A code; empty when it was taken."""
    detail: str = ""
    answer: str = ""
    wish: timedelta | None = None
    """How long the receiver, or its breaker, asks us to wait."""
    was_tried: bool = True
    was_refused: bool = False
    """By us: the address is not one that we call."""

    @property
    def is_success(self) -> bool:
        return self.was_tried and not self.error

    @property
    def is_unwell(self) -> bool:
        """What says something about the receiver's health, rather than about one message."""
        return bool(self.error) and (self.status is None or self.status >= 500)


class _UnwellError(Exception):
    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.error)
        self.outcome = outcome


def outbound_rules() -> Rules:
    return Rules(
        deadline_seconds=settings.OPS_WEBHOOK_DEADLINE_SECONDS,
        max_bytes=_KEPT_OF_ANSWER,
        excess=Excess.CUT,
        schemes=frozenset({"https"} if settings.OPS_WEBHOOK_HTTPS_ONLY else {"https", "http"}),
    )


def attempt(shipment: Shipment) -> Outcome:
    try:
        return breakers.dependency(f"webhooks:{shipment.endpoint}").call(lambda: _try(shipment))
    except _UnwellError as error:
        return error.outcome
    except breakers.Unavailable as error:
        wish = timedelta(seconds=max(1.0, error.retry_after_seconds))
        return Outcome(
            timezone.now(), error="resting", detail=str(error), wish=wish, was_tried=False
        )


def _try(shipment: Shipment) -> Outcome:
    """Raises what the breaker shall count as a failure."""
    outcome = _outcome(shipment)
    if outcome.is_unwell:
        raise _UnwellError(outcome)
    return outcome


def _outcome(shipment: Shipment) -> Outcome:
    began = Outcome(timezone.now())
    clock = time.monotonic()
    try:
        answer = send(Call("POST", shipment.url, shipment.body, shipment.headers), outbound_rules())
    except OutboundError as error:
        return replace(
            began,
            seconds=time.monotonic() - clock,
            error=error.code,
            detail=str(error)[:300],
            was_refused=isinstance(error, RefusedError),
        )
    return _heard(replace(began, seconds=answer.seconds), answer)


def _heard(began: Outcome, answer: Answer) -> Outcome:
    taken = answer.is_success
    text = answer.body.decode("utf-8", "replace").replace("\x00", "\ufffd")
    wish = wish_of(answer.header("Retry-After"), now=began.began_at)
    return replace(
        began,
        status=answer.status,
        error="" if taken else _code(answer.status),
        detail="" if taken else f"It answered {answer.status}.",
        answer=text,
        wish=None if taken else wish,
    )


def _code(status: int) -> str:
    known = {GONE: "gone", _TOO_MANY: "too_many_requests"}
    if status in known:
        return known[status]
    return "redirect" if 300 <= status < 400 else "bad_status"
