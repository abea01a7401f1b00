"""How does work get done later, once, and in the right order?

A job is done at least once and its outcome is counted exactly once: a claim is a lease with a
token, and only the holder of the latest token can end the job. Submitting joins the caller's
transaction. Handlers must bear being called twice with the same payload.
"""

from ops.models import Failure, Job, Priority
from ops.queue.dead_letters import discard, redrive
from ops.queue.errors import NotYet, PermanentError, RetryLater
from ops.queue.estimates import Prospect, eta_seconds, position, prospect, prospect_from
from ops.queue.snapshot import QueueSnapshot, snapshot
from ops.queue.steps import progress
from ops.queue.submit import NewJob, Order, enqueue, place, place_all, place_new
from ops.queue.turns import take_turn
from ops.queue.withdraw import cancel, withdraw

__all__ = [
    "Failure",
    "Job",
    "NewJob",
    "NotYet",
    "Order",
    "PermanentError",
    "Priority",
    "Prospect",
    "QueueSnapshot",
    "RetryLater",
    "cancel",
    "discard",
    "enqueue",
    "eta_seconds",
    "place",
    "place_all",
    "place_new",
    "position",
    "progress",
    "prospect",
    "prospect_from",
    "redrive",
    "snapshot",
    "take_turn",
    "withdraw",
]
