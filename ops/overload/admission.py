"""Is there room for one more piece of new work? Asked once a text has turned out to be unknown."""

from __future__ import annotations

import random

from ops.overload import door, outlook
from ops.overload.ladder import SERVICE_LEVEL
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
        seconds = found.retry_after_seconds
        words = (
            f"New work of this class would wait longer than {promise:.0f} s. Known texts are"
            f" still answered. Submit again in {seconds} s."
        )
        raise _refusal("queue_full", words, seconds, outlook.promise_name(priority))


def check_profile(profile: str) -> None:
    """Refuses a profile that the service leaves out at its present level."""
    offered = watch.effects.profiles
    if offered is None or profile in offered:
        return
    words = (
        f"While the service is busy it takes no new work in the profile '{profile}', only in"
        f" {', '.join(sorted(offered))}. Choose that, or try again later."
    )
    seconds = round(_BACK_TO_FULL_SERVICE_SECONDS * (1 + 0.4 * random.random()))
    raise _refusal("load_shed", words, seconds, SERVICE_LEVEL)


def _refusal(code: str, words: str, seconds: int, violated: str) -> ProblemError:
    door.wasted()
    problem = ProblemError(code, words, retry_after_seconds=seconds)
    problem.members = {"violated-policies": [violated]}
    return problem
