"""What does the day need? Engages a profile for an hour, shows what it would do, ends it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from ops.health.readiness import Level as Health
from ops.management.base import USAGE, OpsCommand, json_option
from ops.management.operator import duration, operator
from ops.models import EmergencyProfile
from ops.overload import emergency


class Command(OpsCommand):
    help = "Engage an emergency profile, show which one is engaged, end it."

    def add_words(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        engage = actions.add_parser("engage", help="such as spike, workers or normal")
        engage.add_argument("profile")
        engage.add_argument("--reason", default="", help="why; an emergency needs one")
        engage.add_argument("--for", type=duration, dest="lasts", metavar="60m")
        engage.add_argument("--dry-run", action="store_true", help="only show what it would do")
        status = actions.add_parser("status", help="what is engaged, and until when")
        end = actions.add_parser("end", help="undo what is engaged")
        end.add_argument("--reason", default="")
        for action in (engage, status, end):
            json_option(action)

    def answer(self, **options: Any) -> Health:
        actions: dict[str, Callable[[dict[str, Any]], None]] = {
            "engage": self._engage,
            "status": self._status,
            "end": self._end,
        }
        actions[options["action"]](options)
        return Health.OK

    def _engage(self, options: dict[str, Any]) -> None:
        profile = EmergencyProfile.objects.filter(name=options["profile"]).first()
        if profile is None:
            names = ", ".join(EmergencyProfile.objects.values_list("name", flat=True))
            message = f"There is no profile '{options['profile']}'; there are {names}."
            raise CommandError(message, returncode=USAGE)
        if options["dry_run"]:
            return self._preview(profile, options)
        lasts, reason = options["lasts"], options["reason"]
        try:
            emergency.engage(profile, actor=operator(), reason=reason, lasts=lasts)
        except ValueError as error:
            raise CommandError(f"{error} Add --reason.", returncode=USAGE) from error
        return self._status(options)

    def _preview(self, profile: EmergencyProfile, options: dict[str, Any]) -> None:
        found = emergency.preview(profile)
        if options["json"]:
            self.say_json({"profile": profile.name, "effects": found.effects})
        else:
            self.say([f"{found.title}. It would:", *(f"  {line}" for line in found.effects)])

    def _end(self, options: dict[str, Any]) -> None:
        emergency.end(actor=operator(), reason=options["reason"])
        self._status(options)

    def _status(self, options: dict[str, Any]) -> None:
        row = emergency.engaged()
        if options["json"]:
            self.say_json(
                {
                    "engaged": row.profile if row else None,
                    "ends_at": row.ends_at if row else None,
                    "reason": row.reason if row else None,
                }
            )
        elif row is None:
            self.say(["No emergency is engaged."])
        else:
            left = round((row.ends_at - timezone.now()).total_seconds() / 60)
            self.say([f"{row.profile}, for {left} min more, by {row.actor}: {row.reason}"])
