"""What is closed? Shown, closed and opened from a terminal, also while the database is down."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import CommandParser
from django.db import Error as DatabaseError
from django.utils import timezone

from ops.health.readiness import Level
from ops.maintenance import sources, switch
from ops.maintenance.features import READ_ONLY, SCOPES, SERVICE, title_of
from ops.maintenance.windows import Window
from ops.management.base import OpsCommand, json_option
from ops.management.operator import duration, operator
from ops.models import Maintenance


class Command(OpsCommand):
    help = "Close the service or a part of it, open it again, show what is closed."

    def add_words(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["on", "off", "status"])
        what = parser.add_mutually_exclusive_group()
        names = [name for name, _ in SCOPES]
        what.add_argument(
            "--feature", choices=names, metavar="F", help=f"one of {', '.join(names)}"
        )
        what.add_argument("--read-only", action="store_true", help="refuse everything that writes")
        parser.add_argument("--until", type=duration, metavar="30m", help="it opens by itself then")
        parser.add_argument("--in", type=duration, metavar="1h", dest="starts_in", help="announced")
        parser.add_argument("--message", default="", help="shown to clients")
        parser.add_argument("--reason", default="", help="kept in the events")
        parser.add_argument("--allow", action="append", default=[], metavar="NETWORK")
        parser.add_argument("--this-machine", action="store_true", help="by a file, no database")
        json_option(parser)

    def answer(self, **options: Any) -> Level:
        act = {"on": self._close, "off": self._open, "status": self._show}[options["action"]]
        return act(options)

    def _close(self, options: dict[str, Any]) -> Level:
        window = _window(options, timezone.now())
        if options["this_machine"]:
            return self._close_this_machine(window, options)
        try:
            switch.close(window, actor=operator(), reason=options["reason"])
        except DatabaseError as error:
            self.stderr.write(f"The database does not answer ({type(error).__name__}).")
            self._close_this_machine(window, options)
            return Level.DEGRADED
        return self._show(options)

    def _close_this_machine(self, window: Window, options: dict[str, Any]) -> Level:
        switch.close_this_machine(window)
        self.stderr.write(f"Closed on this machine alone, by {sources.file_path()}.")
        return self._show(options)

    def _open(self, options: dict[str, Any]) -> Level:
        switch.open_this_machine()
        rows = Maintenance.objects.all()
        if scope := _scope(options):
            rows = rows.filter(scope=scope)
        try:
            switch.open_again(rows, actor=operator(), reason=options["reason"])
        except DatabaseError as error:
            self.stderr.write(f"Only the file is gone: {type(error).__name__} of the database.")
            return Level.DEGRADED
        return self._show(options)

    def _show(self, options: dict[str, Any]) -> Level:
        now = timezone.now()
        windows = [window for window in sources.windows() if not window.is_over(now)]
        if options["json"]:
            self.say_json({"windows": [_document(window, now) for window in windows]})
        else:
            lines = [_line(window, now) for window in windows]
            self.say(lines or ["Everything is open."])
        return Level.OK


def _scope(options: dict[str, Any]) -> str | None:
    return READ_ONLY if options["read_only"] else options["feature"]


def _window(options: dict[str, Any], now: datetime) -> Window:
    starts_in: timedelta | None = options["starts_in"]
    starts_at = now + (starts_in or timedelta(0))
    return Window(
        scope=_scope(options) or SERVICE,
        message=options["message"],
        starts_at=starts_at,
        ends_at=starts_at + options["until"] if options["until"] else None,
        announced_from=now if starts_in else None,
        addresses=tuple(options["allow"]),
    )


def _document(window: Window, now: datetime) -> dict[str, Any]:
    return {
        "scope": window.scope,
        "on": window.is_on(now),
        "message": window.message,
        "starts_at": window.starts_at,
        "ends_at": window.ends_at,
        "addresses": window.addresses,
    }


def _line(window: Window, now: datetime) -> str:
    end = f"until {window.ends_at:%Y-%m-%d %H:%M:%S} UTC" if window.ends_at else "until opened"
    state = "closed" if window.is_on(now) else f"to be closed from {window.starts_at:%H:%M:%S} UTC"
    return f"{title_of(window.scope)}: {state}, {end}. {window.message}".rstrip()
