"""What may staff see and do with the rows of operations? One file per kind of row."""

from ops.admin import (
    alerts,
    clients,
    events,
    hosts,
    incidents,
    jobs,
    keys,
    limits,
    maintenance,
    overload,
    pauses,
    people,
    task_queue,
    webhooks,
)

__all__ = [
    "alerts",
    "clients",
    "events",
    "hosts",
    "incidents",
    "jobs",
    "keys",
    "limits",
    "maintenance",
    "overload",
    "pauses",
    "people",
    "task_queue",
    "webhooks",
]
