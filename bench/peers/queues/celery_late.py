"""Celery on Redis with late acknowledgement: what is needed to lose nothing when a worker dies."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from celery import Celery

from bench.peers.queues.mark import mark
from bench.peers.queues.speak import speak

app = Celery("celery_late", broker=os.environ["BENCH_REDIS_URL"].rsplit("/", 1)[0] + "/4")
app.conf.task_acks_late = True
app.conf.task_reject_on_worker_lost = True
app.conf.worker_prefetch_multiplier = 1


@app.task(name="mark", ignore_result=True)
def mark_task(submitted_at: float) -> None:
    mark(submitted_at)


if __name__ == "__main__":
    speak(
        submit=mark_task.delay,
        work=lambda: app.worker_main(["worker", "-c", "2", "-l", "ERROR", "--without-gossip"]),
    )
