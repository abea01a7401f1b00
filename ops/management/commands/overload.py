"""How full are the web processes, and what is left out? Shown here, and the level set by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from ops.health.readiness import Level as Health
from ops.management.base import USAGE, OpsCommand, json_option
from ops.management.operator import duration, operator
from ops.models import GateReport
from ops.overload import emergency, stance
from ops.overload.ladder import LADDER, Level

AUTO = "auto"
_FRESH = timedelta(seconds=10)
_ONE_HOUR = timedelta(hours=1)


class Command(OpsCommand):
    help = "Show the level of overload, set it by hand, give it back."

    def add_words(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        status = actions.add_parser("status", help="each web process, as it said itself")
        level = actions.add_parser("level", help="set it by hand, or give it back with auto")
        level.add_argument("level", choices=[AUTO, *(level.word for level in Level)])
        level.add_argument("--for", type=duration, dest="lasts", metavar="60m", default=_ONE_HOUR)
        level.add_argument("--reason", default="", help="needed for a level by hand")
        for action in (status, level):
            json_option(action)

    def answer(self, **options: Any) -> Health:
        if options["action"] == "level":
            self._set_level(options)
        return self._status(options)

    def _set_level(self, options: dict[str, Any]) -> None:
        reason = options["reason"]
        if options["level"] == AUTO:
            emergency.release_level(actor=operator(), reason=reason)
            return
        if not reason:
            raise CommandError("A level by hand needs a --reason.", returncode=USAGE)
        level = Level[options["level"].upper()]
        emergency.force_level(level, actor=operator(), reason=reason, lasts=options["lasts"])

    def _status(self, options: dict[str, Any]) -> Health:
        now = timezone.now()
        reports = list(GateReport.objects.filter(beat_at__gte=now - _FRESH).order_by("process"))
        automatic = Level(max((report.level for report in reports), default=Level.NORMAL))
        level = stance.current().level(automatic, now=now)
        if options["json"]:
            self.say_json({"level": level.word, "processes": [_facts(row) for row in reports]})
        else:
            self.say([f"{level.word}: {LADDER[level].summary}", *map(_line, reports)])
        return Health.OK if level <= Level.BUSY else Health.DEGRADED


def _facts(row: GateReport) -> dict[str, Any]:
    return {
        "process": row.process,
        "level": Level(row.level).word,
        "demand": row.demand,
        "share_shed": row.share_shed,
        "in_flight": row.in_flight,
        "limit": row.limit,
    }


def _line(row: GateReport) -> str:
    return (
        f"  {row.process}: {Level(row.level).word}, demand {row.demand:.0%} of capacity,"
        f" {row.in_flight} of {row.limit} slots, sheds {row.share_shed:.0%}"
    )
