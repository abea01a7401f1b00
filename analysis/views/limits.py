"""How does a client stand? Its limits, how long it may wait, and what fits into the queue."""

import math
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from analysis.openapi import clients as described
from analysis.submission import priority_of
from analysis.views.askers import client_of
from analysis.waiting import MAX_WAIT_SECONDS
from ops.limits import views
from ops.overload import outlook
from ops.overload.outlook import QueueOutlook
from ops.overload.watch import watch


class LimitsView(views.LimitsView):
    @extend_schema(**described.LIMITS)
    def get(self, request: Request) -> Response:
        response = super().get(request)
        response.data |= {
            "max_wait": MAX_WAIT_SECONDS if watch.effects.waits else 0,
            "queue": _queue(watch.queue or QueueOutlook(), priority_of(client_of(request))),
        }
        return response


def _queue(found: QueueOutlook, priority: int) -> dict[str, Any]:
    """How many jobs of the client's class may wait, and how many do or go before them."""
    promise, wait = outlook.promises()[priority], found.wait_seconds(priority)
    slots, ahead = math.ceil(promise * found.per_second), round(wait * found.per_second)
    return {
        "name": outlook.promise_name(priority),
        "promised_seconds": promise,
        "wait_seconds": round(wait, 1),
        "slots": slots,
        "used": min(ahead, slots),
        "remaining": max(slots - ahead, 0),
    }
