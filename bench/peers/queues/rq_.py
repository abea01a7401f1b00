"""RQ on Redis, two workers that fork for each job, as it comes."""

import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

import redis
from rq import Queue, Worker

from bench.peers.queues.mark import mark
from bench.peers.queues.speak import speak

connection = redis.Redis.from_url(os.environ["BENCH_REDIS_URL"].rsplit("/", 1)[0] + "/6")
queue = Queue(connection=connection)


def work() -> None:
    if len(sys.argv) == 2:
        subprocess.Popen([sys.executable, __file__, "work", "1"])
    Worker([queue], connection=connection).work(logging_level="ERROR")


if __name__ == "__main__":
    speak(submit=lambda at: queue.enqueue(mark, at), work=work)
