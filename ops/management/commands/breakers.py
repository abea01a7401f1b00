"""Which dependencies stand behind a breaker, and who holds it open or closed?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from ops.health.readiness import Level as Health
from ops.management.base import USAGE, OpsCommand, json_option
from ops.management.operator import duration, operator
from ops.models import BreakerSwitch
from ops.overload.breakers import switches
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
            self.say(f"{row['breaker']}: {row['state']}{_by_whom(row)}" for row in rows)
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


def _by_whom(row: dict[str, Any]) -> str:
    if row["position"] == Position.AUTO:
        return ""
    return f", by hand until {row['until']:%Y-%m-%d %H:%M} UTC" if row["until"] else ", by hand"


def _facts(name: str) -> dict[str, Any]:
    held = switches.held(timezone.now()).filter(breaker=name).first()
    return {
        "breaker": name,
        "title": DEPENDENCIES[name.partition(":")[0]].title,
        "state": held.position if held else _own_state(name),
        "position": held.position if held else Position.AUTO,
        "until": held.ends_at if held else None,
    }


def _own_state(name: str) -> str:
    is_shared = DEPENDENCIES[name.partition(":")[0]].is_shared
    return dependency(name).store.state() if is_shared else "each process its own"
