"""Dramatiq on Redis, two processes of one thread."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

import dramatiq
from dramatiq.brokers.redis import RedisBroker

from bench.peers.queues.mark import mark
from bench.peers.queues.speak import speak

dramatiq.set_broker(RedisBroker(url=os.environ["BENCH_REDIS_URL"].rsplit("/", 1)[0] + "/5"))


@dramatiq.actor
def mark_task(submitted_at: float) -> None:
    mark(submitted_at)


def work() -> None:
    program = str(Path(sys.executable).with_name("dramatiq"))
    os.execv(program, [program, "bench.peers.queues.dramatiq_", "-p", "2", "-t", "1"])


if __name__ == "__main__":
    from bench.peers.queues.dramatiq_ import mark_task as task

    speak(submit=task.send, work=work)
