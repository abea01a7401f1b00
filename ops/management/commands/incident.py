"""What are customers told on the status page? Opened, updated and resolved from a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser

from ops.health.readiness import Level
from ops.management.base import USAGE, OpsCommand, json_option
from ops.management.operator import operator
from ops.management.watching import watch, watch_option
from ops.models import Incident
from ops.status_page import telling
from ops.status_page.parts import PART_NAMES, Impact

_OPEN_STATES = [state for state in Incident.State if state is not Incident.State.RESOLVED]


class Command(OpsCommand):
    help = "Tell customers of an incident. `list` ends with 1 while one is open, 2 if critical."

    def add_words(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        opening = actions.add_parser("open", help="tell that something is wrong")
        opening.add_argument("title")
        opening.add_argument("--message", required=True, help="what customers should know")
        opening.add_argument("--impact", choices=[one.value for one in Impact], default="minor")
        opening.add_argument(
            "--part",
            dest="parts",
            action="append",
            default=[],
            choices=list(PART_NAMES),
            help="shown as impaired; may be repeated",
        )
        update = actions.add_parser("update", help="tell how it goes on")
        resolve = actions.add_parser("resolve", help="tell that it is over")
        for action in (update, resolve):
            action.add_argument("number", type=int, help="as `list` shows it")
            action.add_argument("--message", required=True, help="what customers should know")
        update.add_argument("--state", choices=_OPEN_STATES, help="the same as before, if not said")
        listing = actions.add_parser("list", help="what is open")
        listing.add_argument("--all", action="store_true", help="resolved ones too")
        watch_option(listing)
        for action in (opening, update, resolve, listing):
            json_option(action)

    def answer(self, **options: Any) -> Level:
        actions: dict[str, Callable[[dict[str, Any]], Level]] = {
            "open": self._open,
            "update": self._update,
            "resolve": self._resolve,
            "list": lambda options: watch(
                self.stdout, lambda: self._list(options), options["watch"]
            ),
        }
        return actions[options["action"]](options)

    def _open(self, options: dict[str, Any]) -> Level:
        try:
            incident = telling.open_incident(
                options["title"],
                options["message"],
                impact=Impact(options["impact"]),
                parts=options["parts"],
                actor=operator(),
            )
        except ValidationError as error:
            raise CommandError("; ".join(error.messages), returncode=USAGE) from error
        return self._said(incident, options)

    def _update(self, options: dict[str, Any]) -> Level:
        incident = _incident(options["number"])
        state = Incident.State(options["state"] or incident.state)
        return self._go_on(incident, state, options)

    def _resolve(self, options: dict[str, Any]) -> Level:
        return self._go_on(_incident(options["number"]), Incident.State.RESOLVED, options)

    def _go_on(
        self, incident: Incident, state: Incident.State, options: dict[str, Any]
    ) -> Level:  # fmt: skip
        if not telling.update(incident, state, options["message"], actor=operator()):
            raise CommandError(f"{incident.pk} is resolved: open a new one.", returncode=1)
        return self._said(incident, options)

    def _said(self, incident: Incident, options: dict[str, Any]) -> Level:
        if options["json"]:
            self.say_json(_facts(incident))
        else:
            self.say(_lines(incident))
        return Level.OK

    def _list(self, options: dict[str, Any]) -> Level:
        rows = Incident.objects.all() if options["all"] else Incident.objects.open()
        found = list(rows.prefetch_related("updates"))
        if options["json"]:
            self.say_json([_facts(incident) for incident in found])
        else:
            self.say(line for incident in found for line in _lines(incident))
            if not found:
                self.stdout.write("No incident is open.")
        return _level(found)


def _incident(number: int) -> Incident:
    incident = Incident.objects.filter(pk=number).first()
    if incident is None:
        raise CommandError(f"There is no incident {number}.", returncode=USAGE)
    return incident


def _level(incidents: list[Incident]) -> Level:
    impacts = {one.impact for one in incidents if one.resolved_at is None}
    if Impact.CRITICAL in impacts:
        return Level.DOWN
    return Level.DEGRADED if impacts else Level.OK


def _facts(incident: Incident) -> dict[str, Any]:
    return {
        "number": incident.pk,
        "title": incident.title,
        "impact": incident.impact,
        "state": incident.state,
        "parts": incident.parts,
        "began_at": incident.began_at,
        "resolved_at": incident.resolved_at,
        "updates": [
            {"state": update.state, "body": update.body, "at": update.at, "actor": update.actor}
            for update in incident.updates.all()
        ],
    }


def _lines(incident: Incident) -> Iterator[str]:
    yield f"{incident.pk}  {incident.state} ({incident.impact}): {incident.title}"
    for update in incident.updates.all():
        yield f"    {update.at:%Y-%m-%d %H:%M:%S} UTC  {update.state}: {update.body}"
