"""Huey on Redis, two worker processes; it forgets a job when its worker dies."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from huey import RedisHuey

from bench.peers.queues.mark import mark
from bench.peers.queues.speak import speak

huey = RedisHuey("bench", url=os.environ["BENCH_REDIS_URL"].rsplit("/", 1)[0] + "/7")


@huey.task()
def mark_task(submitted_at: float) -> None:
    mark(submitted_at)


def work() -> None:
    program = str(Path(sys.executable).with_name("huey_consumer"))
    os.execv(program, [program, "bench.peers.queues.huey_.huey", "-w", "2", "-k", "process", "-q"])


if __name__ == "__main__":
    from bench.peers.queues.huey_ import mark_task as task

    speak(submit=task, work=work)
