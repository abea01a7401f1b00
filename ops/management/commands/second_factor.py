"""Who has a second factor, and who lost it? For the administrator who is locked out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import CommandError, CommandParser

from ops.health.readiness import Level
from ops.management.base import USAGE, OpsCommand, json_option
from ops.management.operator import operator
from ops.second_factor import devices


class Command(OpsCommand):
    help = "List who may sign in and has a second factor; take one away that was lost."

    def add_words(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        listing = actions.add_parser("list", help="all who may sign in to the console")
        reset = actions.add_parser("reset", help="the password alone opens again")
        reset.add_argument("username")
        reset.add_argument("--reason", default="", help="kept in the events")
        for action in (listing, reset):
            json_option(action)

    def answer(self, **options: Any) -> Level:
        return self._reset(options) if options["action"] == "reset" else self._list(options)

    def _list(self, options: dict[str, Any]) -> Level:
        staff = User.objects.filter(is_staff=True, is_active=True).order_by("username")
        facts = [_facts(person) for person in staff]
        if options["json"]:
            self.say_json({"required": settings.OPS_SECOND_FACTOR_REQUIRED, "people": facts})
        else:
            self.say(_line(fact) for fact in facts)
        return Level.OK

    def _reset(self, options: dict[str, Any]) -> Level:
        person = User.objects.filter(username=options["username"]).first()
        if person is None:
            raise CommandError(f"There is nobody called {options['username']}.", returncode=USAGE)
        taken = devices.take_away(person, actor=operator(), reason=options["reason"])
        if options["json"]:
            self.say_json({"username": person.username, "taken_away": taken})
        elif taken:
            self.stdout.write(f"{person.username} signs in with the password alone now.")
        else:
            self.stdout.write(f"{person.username} had no second factor.")
        return Level.OK


def _facts(person: User) -> dict[str, Any]:
    return {
        "username": person.username,
        "has_second_factor": devices.has_one(person),
        "spare_codes_left": devices.spare_left(person),
    }


def _line(fact: dict[str, Any]) -> str:
    state = (
        f"yes, {fact['spare_codes_left']} spare codes left" if fact["has_second_factor"] else "no"
    )
    return f"{fact['username']:<30} {state}"
