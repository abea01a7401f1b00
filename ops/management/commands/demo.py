"""How does the console look when there is something to see?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from ops.health.readiness import Level
from ops.management.base import OpsCommand, json_option
from ops.metrics.demo import Month
from ops.metrics.demo_store import fill
from ops.models import MetricSeries


class Command(OpsCommand):
    help = "Fill a fresh installation with a believable past."

    def add_words(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        traffic = actions.add_parser("traffic", help="days of requests with one flash crowd")
        traffic.add_argument("--days", type=int, default=30)
        traffic.add_argument("--rps", type=float, default=3.0, help="on average, per second")
        traffic.add_argument("--seed", type=int, default=1)
        traffic.add_argument(
            "--anyway", action="store_true", help="even where requests were counted already"
        )
        json_option(traffic)

    def answer(self, **options: Any) -> Level:
        counted = MetricSeries.objects.filter(metric="http_requests", count__gt=100)
        if counted.exists() and not options["anyway"]:
            raise CommandError(
                "This installation has counted requests of its own; --anyway adds to them.",
                returncode=1,
            )
        month = Month(timezone.now(), options["days"], options["rps"], options["seed"])
        slots = fill(month)
        words = f"Wrote {slots:,} slots of {options['days']} days. See /admin/."
        self.say_either(options["json"], {"slots": slots, "days": options["days"]}, words)
        return Level.OK
