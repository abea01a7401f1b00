"""ContentCreate's queue, as `manage.py worker` runs it."""

import os
import sys
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))
os.environ["DJANGO_SETTINGS_MODULE"] = "bench.peers.queues.ours_settings"

import django

django.setup()

from django.core.management import call_command

from bench.peers.queues.speak import speak
from ops import queue
from ops.models import Priority

if __name__ == "__main__":
    speak(
        prepare=lambda: call_command("migrate", verbosity=0),
        submit=lambda at: queue.enqueue(
            "mark", key=uuid.uuid4().hex, payload={"submitted_at": at}, priority=Priority.FREE
        ),
        work=lambda: call_command("worker"),
    )
