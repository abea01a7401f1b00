"""How do our commands speak? For people or as JSON, and with exit codes a script can trust."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any, NoReturn

import orjson
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, InterfaceError

from ops.health.readiness import Level

USAGE = 64
UNKNOWN = 3


class Parser(CommandParser):
    """argparse ends with 2, which here means that the service is down."""

    def error(self, message: str) -> NoReturn:
        if not self.called_from_command_line:
            raise CommandError(message, returncode=USAGE)
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message}\n")


class OpsCommand(BaseCommand):
    """Subclasses answer with a level; 0 fine, 1 degraded, 2 down, 3 unknown, 64 usage."""

    requires_system_checks: list[str] = []

    def answer(self, **options: Any) -> Level:
        raise NotImplementedError

    def add_words(self, parser: CommandParser) -> None:
        """What may follow the command's name."""

    def add_arguments(self, parser: CommandParser) -> None:
        # Django offers no hook for the class, and subparsers take theirs from the parser.
        parser.__class__ = Parser
        self.add_words(parser)

    def execute(self, *args: Any, **options: Any) -> str | None:
        if settings.NO_COLOR:
            options["no_color"] = not options["force_color"]
        return super().execute(*args, **options)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            level = self.answer(**options)
        except (DatabaseError, InterfaceError) as error:
            raise self._failed(f"The database failed: {_first_line(error)}", 2) from error
        except CommandError:
            raise
        except Exception as error:  # a script that watches us must not take a bug for an outage
            if options["traceback"]:
                raise
            what = f"{type(error).__name__}: {_first_line(error)}"
            raise self._failed(f"Cannot tell: {what} (--traceback shows more)", UNKNOWN) from error
        if level is not Level.OK:
            sys.exit(level)

    def say(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.stdout.write(line)

    def say_either(self, as_json: bool, document: Any, *lines: str) -> None:
        if as_json:
            self.say_json(document)
        else:
            self.say(lines)

    def say_json(self, document: Any) -> None:
        self.stdout.write(orjson.dumps(document, option=orjson.OPT_INDENT_2).decode())

    def colored(self, level: Level, text: str) -> str:
        paint = (self.style.SUCCESS, self.style.WARNING, self.style.ERROR)[level]
        return str(paint(text))

    def _failed(self, sentence: str, code: int) -> CommandError:
        return CommandError(sentence, returncode=code)


def json_option(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON document, nothing else")


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
