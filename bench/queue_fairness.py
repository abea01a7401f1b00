"""Who goes first behind a backlog of 10,000? Started by `python -m bench.queue fairness`."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.peers.queues.ours_settings"

import django

django.setup()

from django.db import transaction

from ops import queue
from ops.models import Job, Priority
from ops.queue import outcomes
from ops.queue.claims import take

BACKLOG = 10_000


def submit(key: str, client: str, priority: Priority) -> None:
    queue.enqueue("mark", key=key, payload={}, priority=priority, client_key=client)


def main() -> None:
    Job.objects.all().delete()
    with transaction.atomic():
        for number in range(BACKLOG):
            submit(f"whale-{number}", "whale", Priority.FREE)
    for pid in (1, 2):  # two workers are busy
        take("bench", pid)
    submit("bob", "bob", Priority.FREE)
    submit("premium", "ann", Priority.PREMIUM)
    order = [_next() for _ in range(5)]
    print(f"\nfairness: one client's {BACKLOG:,} free jobs wait, two of them run")
    print(f"  a premium job is claim number {1 + order.index('premium')} from now")
    print(f"  another client's first free job is claim number {1 + order.index('bob')}")


def _next() -> str:
    claim = take("bench", 3)
    assert claim
    outcomes.finish(claim)
    return Job.objects.get(pk=claim.id).key


if __name__ == "__main__":
    main()
