"""How does a worker deliver? A round: many calls at once, so that waiting for others costs little.

Each attempt has its job, but whoever comes first makes those of the others as well: a worker that
delivered one by one would spend its time waiting for strangers. Rows are touched by the worker's
own thread alone. A slot bounds how many workers deliver, a few places each endpoint.
"""

from __future__ import annotations

import time
from collections import Counter
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread

from django.utils import timezone

from ops import config
from ops.maintenance.state import is_closed
from ops.models import WebhookDelivery
from ops.webhooks import slots
from ops.webhooks.due import Busy, claim, due, first_due
from ops.webhooks.messages import shipment
from ops.webhooks.publishing import ring
from ops.webhooks.recording import record
from ops.webhooks.sending import Outcome, Shipment, attempt

PLACES = 16
PLACES_OF_ENDPOINT = 2
PLACES_OF_CLIENT = 8
"""Whoever has many endpoints that hang takes half of a round, not all of it."""
_LOOKED_AT = 4 * PLACES
_SECONDS = 5.0
"""Then a round is over as soon as nothing is out, so that its worker does other things as well."""
_LONGEST_SECONDS = 10.0
"""Then it begins nothing more, even while it waits for somebody who hangs."""
_GLANCE_SECONDS = 0.1
"""How soon what has just come is begun while others hang."""


def deliver(delivery: int) -> None:
    """The job's handler: this attempt, and all others that are due in its slot."""
    found = WebhookDelivery.objects.filter(pk=delivery).select_related("endpoint__client")
    if (row := found.first()) is None or is_closed("webhooks"):
        return  # what is held back is taken up again by `upkeep.resume`
    slot = slots.number_of(row.endpoint_id)
    began = time.monotonic()
    while slots.take(slot, delivery):
        try:
            _Round(slot, began).run()
        finally:
            slots.give_back(slot, delivery)
        # Only now: whoever found the slot taken before counts on this look.
        left = due(slot, now=timezone.now()).first()
        if left is None:
            return
        if time.monotonic() - began >= _SECONDS:
            ring(left, timezone.now(), delay_seconds=0)
            return


class _Round:
    def __init__(self, slot: int, began: float) -> None:
        self._slot = slot
        self._began = began
        self._out: dict[int, WebhookDelivery] = {}
        self._of_endpoint: Counter[int] = Counter()
        self._of_client: Counter[int] = Counter()
        self._back: SimpleQueue[tuple[int, Outcome]] = SimpleQueue()
        # Loaded here, so that no call's thread opens a connection of its own.
        config.catch_up()

    def run(self) -> None:
        self._begin_some()
        while self._out:
            self._take_back()
            self._begin_some()

    def _take_back(self) -> None:
        """What has come back, or nothing when nothing does for a moment."""
        with suppress(Empty):
            self._end(*self._back.get(timeout=_GLANCE_SECONDS))
            while not self._back.empty():
                self._end(*self._back.get_nowait())

    def _end(self, number: int, outcome: Outcome) -> None:
        delivery = self._out.pop(number)
        self._of_endpoint[delivery.endpoint_id] -= 1
        self._of_client[delivery.endpoint.client_id] -= 1
        record(delivery, outcome)

    def _begin_some(self) -> None:
        spent = time.monotonic() - self._began
        longest = _LONGEST_SECONDS if self._out else _SECONDS
        if len(self._out) >= PLACES or spent >= longest or is_closed("webhooks"):
            return
        now = timezone.now()
        for delivery in first_due(self._slot, now=now, busy=self._busy(), at_most=_LOOKED_AT):
            if len(self._out) >= PLACES:
                return
            if self._has_place(delivery) and claim(delivery, now=now):
                self._begin(delivery, shipment(delivery, now=now))

    def _busy(self) -> Busy:
        return Busy(
            [one for one, calls in self._of_endpoint.items() if calls >= PLACES_OF_ENDPOINT],
            [one for one, calls in self._of_client.items() if calls >= PLACES_OF_CLIENT],
        )

    def _has_place(self, delivery: WebhookDelivery) -> bool:
        endpoint, client = delivery.endpoint_id, delivery.endpoint.client_id
        return (
            self._of_endpoint[endpoint] < PLACES_OF_ENDPOINT
            and self._of_client[client] < PLACES_OF_CLIENT
        )

    def _begin(self, delivery: WebhookDelivery, parcel: Shipment) -> None:
        self._out[delivery.pk] = delivery
        self._of_endpoint[delivery.endpoint_id] += 1
        self._of_client[delivery.endpoint.client_id] += 1
        name = f"webhook-{delivery.pk}"
        # A daemon: a worker that has to go does not wait for strangers.
        Thread(target=self._call, args=(parcel,), daemon=True, name=name).start()

    def _call(self, parcel: Shipment) -> None:
        self._back.put((parcel.delivery, _outcome_of(parcel)))


def _outcome_of(parcel: Shipment) -> Outcome:
    try:
        return attempt(parcel)
    except Exception as error:  # noqa: BLE001 - a round waits for each of its calls
        text = f"{type(error).__name__}: {error}"[:300]
        return Outcome(timezone.now(), error="internal_error", detail=text)
