"""django-q2 as it comes: its ORM broker (`stock.py`), or its Redis broker (BENCH_BROKER=redis)."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))
os.environ["DJANGO_SETTINGS_MODULE"] = "bench.peers.queues.stock_settings"

import django

django.setup()

from django.core.management import call_command
from django_q.tasks import async_task

from bench.peers.queues.speak import speak

if __name__ == "__main__":
    speak(
        prepare=lambda: call_command("migrate", verbosity=0),
        submit=lambda at: async_task("bench.peers.queues.mark.mark", at),
        work=lambda: call_command("qcluster"),
    )
