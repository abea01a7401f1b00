"""Is there room for one more piece of new work? Asked once a text has turned out to be unknown."""

from __future__ import annotations

import random

from ops.overload import door, outlook
from ops.overload.outlook import NoRoom
from ops.overload.watch import watch
from ops.problems import ProblemError

_BACK_TO_FULL_SERVICE_SECONDS = 15


def check_room(priority: int) -> None:
    """Refuses what could not be started within the time promised to its class."""
    if watch.queue is None:
        return  # nobody has looked yet
    promise = outlook.promises()[priority]
    found = outlook.room(watch.queue, priority, promise_seconds=promise, dice=random.random())
    if isinstance(found, NoRoom):
        door.wasted()
        raise ProblemError(
            "queue_full",
            f"New work of this class would wait longer than {promise:.0f} s. Known texts are"
            f" still answered. Submit again in {found.retry_after_seconds} s.",
            retry_after_seconds=found.retry_after_seconds,
        )


def check_profile(profile: str) -> None:
    """Refuses a profile that the service leaves out at its present level."""
    offered = watch.effects.profiles
    if offered is None or profile in offered:
        return
    door.wasted()
    raise ProblemError(
        "load_shed",
        f"While the service is busy it takes no new work in the profile '{profile}', only in"
        f" {', '.join(sorted(offered))}. Choose that, or try again later.",
        retry_after_seconds=round(_BACK_TO_FULL_SERVICE_SECONDS * (1 + 0.4 * random.random())),
    )
