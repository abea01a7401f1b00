"""How full are the web processes, and what is left out? Shown here, and the level set by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import CommandError, CommandParser

from ops.health.readiness import Level as Health
from ops.management.base import USAGE, OpsCommand, json_option
from ops.management.operator import duration, operator
from ops.overload import emergency, standing
from ops.overload.ladder import Level
from ops.overload.standing import Process

AUTO = "auto"
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
        found = standing.situation()
        if options["json"]:
            facts = [_facts(process) for process in found.processes]
            self.say_json({"level": found.level.word, "processes": facts})
        else:
            headline = f"{found.level.word}: {found.effects.summary}"
            self.say([headline, *map(_line, found.processes)])
        return Health.OK if found.level <= Level.BUSY else Health.DEGRADED


def _facts(process: Process) -> dict[str, Any]:
    return {
        "process": process.name,
        "level": process.level.word,
        "demand": process.demand,
        "share_shed": process.share_shed,
        "in_flight": process.in_flight,
        "limit": process.slots,
    }


def _line(process: Process) -> str:
    return (
        f"  {process.name}: {process.level.word}, demand {process.demand:.0%} of capacity,"
        f" {process.in_flight} of {process.slots} slots, sheds {process.share_shed:.0%}"
    )
