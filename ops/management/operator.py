"""How does a command speak to operators and scripts? Text or JSON, and an exit code to rely on."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentTypeError
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, NoReturn

import orjson
from django.core.management.base import BaseCommand, CommandParser

from ops.durations import parse_duration

OK, PARTLY, DOWN, UNKNOWN, USAGE = 0, 1, 2, 3, 64


class OperatorCommand(BaseCommand):
    """Subclasses return what is to be said as JSON, and say it in words themselves."""

    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.add_argument("--json", action="store_true", help="nothing else on standard output")

        def refuse(message: str) -> NoReturn:
            parser.print_usage(sys.stderr)
            parser.exit(USAGE, f"{parser.prog}: {message}\n")

        parser.error = refuse  # type: ignore[method-assign]
        return parser

    def say(self, options: Mapping[str, Any], document: object, *lines: str) -> None:
        if options["json"]:
            self.stdout.write(orjson.dumps(document, default=str).decode())
        else:
            for line in lines:
                self.stdout.write(line)

    def refuse(self, message: str, code: int = USAGE) -> NoReturn:
        self.stderr.write(message)
        sys.exit(code)


def duration(text: str) -> timedelta:
    """For `type=` of an argument."""
    try:
        return parse_duration(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error


def operator() -> str:
    """Who stands at the terminal, for events."""
    try:
        return f"command:{getpass.getuser()}"
    except (KeyError, OSError):
        return "command"
