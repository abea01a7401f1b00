"""What does each process do every few seconds, after it has stored its counts?

Web processes do it too, so that what is due is done without workers.
"""

from __future__ import annotations

from ops.metrics.sampling import sample_process
from ops.queue import schedules


def beat() -> None:
    sample_process()
    schedules.run_due()
