"""Who gets the processor first where both share one? Requests do: people wait for them.

On a machine whose workers are as important as its web processes, an analysis in the middle makes
each answer take twice as long; a job that takes a little longer in the queue is noticed by nobody.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

_AUTOGROUP = Path("/proc/self/autogroup")


def give_way(steps: int) -> None:
    """Called once in the session that the workers will be forked in; they inherit it."""
    if not steps:
        return
    os.nice(steps)
    # Where Linux weighs sessions against each other, it looks at this instead (autogroup in
    # sched(7)); where it does not, or may not be asked, there is no such file.
    with contextlib.suppress(OSError):
        _AUTOGROUP.write_text(str(steps))
