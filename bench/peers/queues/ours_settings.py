"""The installation's settings, with a job that does nothing."""

from contentcreate.settings import *  # noqa: F403

OPS_JOBS = {"mark": "bench.peers.queues.mark.mark"}
OPS_SCHEDULES: dict = {}
CONN_MAX_AGE = None
