"""Which dependencies stand behind a breaker, and who holds it open or closed?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from ops.health.readiness import Level as Health
from ops.management.base import USAGE, OpsCommand, json_option
from ops.management.operator import duration, operator
from ops.models import BreakerSwitch
from ops.overload.breakers.dependencies import DEPENDENCIES, dependency
from ops.overload.breakers.switches import Position
from ops.overload.breakers.switching import put

_POSITIONS = {"open": Position.OPEN, "close": Position.CLOSED, "auto": Position.AUTO}


class Command(OpsCommand):
    help = "List breakers; hold one open (nothing is called) or closed; let it decide again."

    def add_words(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        json_option(actions.add_parser("list", help="all dependencies and their breakers"))
        for name in _POSITIONS:
            action = actions.add_parser(name)
            action.add_argument("breaker", help=f"one of {', '.join(DEPENDENCIES)}")
            action.add_argument("--reason", default="")
            action.add_argument("--for", type=duration, dest="lasts", metavar="30m")
            json_option(action)

    def answer(self, **options: Any) -> Health:
        if options["action"] != "list":
            self._put(options)
        rows = [_facts(name) for name in _names()]
        if options["json"]:
            self.say_json(rows)
        else:
            self.say(f"{row['breaker']}: {row['state']}, {row['position']}" for row in rows)
        return Health.OK

    def _put(self, options: dict[str, Any]) -> None:
        breaker, position = options["breaker"], _POSITIONS[options["action"]]
        if breaker.partition(":")[0] not in DEPENDENCIES:
            raise CommandError(f"There is no breaker '{breaker}'.", returncode=USAGE)
        reason, lasts = options["reason"], options["lasts"]
        put(breaker, position, actor=operator(), reason=reason, lasts=lasts)


def _names() -> list[str]:
    switched = BreakerSwitch.objects.values_list("breaker", flat=True)
    return [*DEPENDENCIES, *sorted(set(switched) - set(DEPENDENCIES))]


def _facts(name: str) -> dict[str, Any]:
    row = BreakerSwitch.objects.filter(breaker=name).first()
    facts = DEPENDENCIES[name.partition(":")[0]]
    return {
        "breaker": name,
        "title": facts.title,
        "state": dependency(name).store.state() if facts.is_shared else "each process its own",
        "position": row.position if row else Position.AUTO,
        "until": row.ends_at if row else None,
    }
