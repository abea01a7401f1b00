"""The installation's settings, with the queue's test jobs and little patience."""

import os
from datetime import timedelta

from contentcreate.settings import *  # noqa: F403
from contentcreate.settings import DATABASES, OPS_JOB_RULES

OPS_JOBS = {
    name: f"tests.ops.queue.jobs.{name}"
    for name in (
        "note",
        "note_slowly",
        "raise_error",
        "raise_permanent",
        "ask_for_patience",
        "sleep_through_everything",
        "kill_the_worker",
    )
} | {
    "deaf": "tests.ops.queue.jobs.sleep_through_everything",
    "gone": "tests.ops.queue.jobs.was_removed",
}
OPS_JOB_RULES = OPS_JOB_RULES | {
    "raise_error": {"attempts": 3, "backoff_base_seconds": 0.1},
    "kill_the_worker": {"attempts": 2},
    "sleep_through_everything": {
        "attempts": 2,
        "soft_timeout_seconds": 0.5,
        "hard_timeout_seconds": 1.5,
        "backoff_base_seconds": 0.1,
    },
}
OPS_SCHEDULES = {}
OPS_BLIND = timedelta(seconds=2)
OPS_STUCK = timedelta(seconds=4)
OPS_CANCEL_GRACE = timedelta(seconds=1)
if QUEUE_TESTS_DATABASE := os.environ.get("QUEUE_TESTS_DATABASE"):
    DATABASES["default"]["NAME"] = QUEUE_TESTS_DATABASE
