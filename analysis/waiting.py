"""How long may a request wait for its report?"""

import re
import time
from threading import BoundedSemaphore

from django.conf import settings

from analysis.models import Analysis
from ops.overload import door
from ops.overload.watch import watch
from ops.problems import ProblemError

MAX_WAIT_SECONDS = 25
_FIRST_LOOK_SECONDS = 0.01
_SLOWEST_LOOK_SECONDS = 0.25
_PREFERRED_WAIT = re.compile(r"(?:^|[,;\s])wait\s*=\s*\"?(\d{1,6})\"?(?=$|[,;\s])", re.IGNORECASE)

# A waiting request holds a thread: half of them stay free for requests that do not wait.
_slots = BoundedSemaphore(max(1, settings.WEB_THREADS // 2))


def preferred_wait_seconds(prefer: str) -> int:
    """`Prefer: wait=N` (RFC 7240), at most the longest wait there is; 0 without it."""
    wish = _PREFERRED_WAIT.search(prefer)
    return min(int(wish.group(1)), MAX_WAIT_SECONDS) if wish else 0


def wait_for(analysis: Analysis, seconds: float) -> Analysis | None:
    """The analysis as it stands when it is settled or time is up; None when nobody may wait."""
    if not watch.effects.waits or not _slots.acquire(blocking=False):
        return None
    try:
        with door.waiting():
            return _look_until_settled(analysis, time.monotonic() + seconds)
    finally:
        _slots.release()


def _look_until_settled(analysis: Analysis, deadline: float) -> Analysis:
    pause = _FIRST_LOOK_SECONDS
    while not analysis.is_settled and (left := deadline - time.monotonic()) > 0:
        time.sleep(min(pause, left))
        pause = min(pause * 1.5, _SLOWEST_LOOK_SECONDS)
        analysis = _as_it_stands(analysis)
    return analysis


def _as_it_stands(analysis: Analysis) -> Analysis:
    current = Analysis.objects.in_view().filter(pk=analysis.pk).first()
    if current is None:
        raise ProblemError("not_found", f"{analysis} was erased while you waited for it.")
    return current
