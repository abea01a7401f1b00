"""What may staff see and do with the rows of operations? One file per kind of row."""

from ops.admin import clients, hosts, jobs, keys, pauses, people, task_queue

__all__ = ["clients", "hosts", "jobs", "keys", "pauses", "people", "task_queue"]
