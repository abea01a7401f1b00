"""Who stands at the terminal, and how long is what they wrote?"""

from __future__ import annotations

import getpass
from argparse import ArgumentTypeError
from datetime import timedelta

from ops.durations import parse_duration


def duration(text: str) -> timedelta:
    """For `type=` of an argument."""
    try:
        return parse_duration(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error


def operator() -> str:
    """For events."""
    try:
        return f"command:{getpass.getuser()}"
    except (KeyError, OSError):
        return "command"
