"""`manage.py worker`: a cluster of workers, kept running."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from ops.queue.supervisor import Supervisor


class Command(BaseCommand):
    help = "Runs a cluster of workers, starts it again when it fails, and drains it on SIGTERM."

    def handle(self, *args: Any, **options: Any) -> None:
        Supervisor().run()
