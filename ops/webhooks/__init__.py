"""How are clients told what happened? Signed, at least once, for a day if need be.

    webhooks.publish(Fact("analysis.succeeded", "an_…", data, path), client_key)

The message, its deliveries and their jobs join the caller's transaction. Every attempt carries the
same webhook-id, and is recorded.
"""

from ops.webhooks.endpoints import DISABLED, TooManyEndpointsError, Wanted
from ops.webhooks.publishing import Address, Fact, Plan, publish
from ops.webhooks.upkeep import forget

__all__ = [
    "DISABLED",
    "Address",
    "Fact",
    "Plan",
    "TooManyEndpointsError",
    "Wanted",
    "forget",
    "publish",
]
