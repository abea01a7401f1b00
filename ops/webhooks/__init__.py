"""How are clients told what happened? Signed, at least once, for a day if need be.

    webhooks.publish(Fact("analysis.succeeded", "an_…", data, path), client_key)

The message, its deliveries and their jobs join the caller's transaction. Every attempt carries the
same webhook-id, and is recorded.
"""

from ops.outbound import RefusedError
from ops.webhooks.endpoints import (
    DISABLED,
    TooManyEndpointsError,
    Wanted,
    add,
    check_url,
    disable,
    enable,
    of_origin,
    rotate,
)
from ops.webhooks.publishing import Address, Fact, Plan, again, followed, publish, test
from ops.webhooks.upkeep import forget

__all__ = [
    "DISABLED",
    "Address",
    "Fact",
    "Plan",
    "RefusedError",
    "TooManyEndpointsError",
    "Wanted",
    "add",
    "again",
    "check_url",
    "disable",
    "enable",
    "followed",
    "forget",
    "of_origin",
    "publish",
    "rotate",
    "test",
]
