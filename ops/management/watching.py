"""How does a command keep showing what it shows? In a terminal always in the same place."""

from __future__ import annotations

import time
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from typing import IO, Any

from django.core.management.base import CommandError, OutputWrapper
from django.db import DatabaseError, InterfaceError, connections

from ops.health.readiness import Level

_USUALLY_SECONDS = 2.0
_CLEAR, _HOME, _CLEAR_LINE, _CLEAR_BELOW = "\x1b[2J", "\x1b[H", "\x1b[K", "\x1b[J"


def watch_option(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--watch",
        nargs="?",
        type=_seconds,
        const=_USUALLY_SECONDS,
        metavar="SECONDS",
        help=f"again every so often ({_USUALLY_SECONDS:g} s), until Ctrl-C",
    )


def watch(
    out: OutputWrapper,
    look: Callable[[], Level],
    every_seconds: float | None,
    *,
    pause: Callable[[float], None] | None = None,
) -> Level:
    """One look, or looks until Ctrl-C; the last one decides. A look that fails is not the end."""
    if every_seconds is None:
        return look()
    level = Level.OK
    screen: Any = out._out  # its declared type is that of its attribute access
    try:
        if screen.isatty():
            screen.write(_CLEAR)
        while True:
            level, drawn = _draw(out, look)
            _put(screen, drawn, every_seconds)
            (pause or time.sleep)(every_seconds)
    except KeyboardInterrupt:
        return level


def _draw(out: Any, look: Callable[[], Level]) -> tuple[Level, str]:
    """What the look says is collected first: a screen that is cleared for each look flickers."""
    screen, out._out = out._out, StringIO()
    try:
        level = _survive(out, look)
        return level, out._out.getvalue()
    finally:
        out._out = screen


def _survive(out: OutputWrapper, look: Callable[[], Level]) -> Level:
    try:
        return look()
    except CommandError as error:
        out.write(str(error))
    except (DatabaseError, InterfaceError) as error:
        out.write(f"The database failed: {error}")
        connections.close_all()
    return Level.DOWN


def _put(screen: IO[str], drawn: str, every_seconds: float) -> None:
    if screen.isatty():
        when = f"{datetime.now(UTC):%H:%M:%S} UTC, every {every_seconds:g} s, Ctrl-C ends it"
        lines = [*drawn.splitlines(), "", when]
        drawn = _HOME + "".join(f"{line}{_CLEAR_LINE}\n" for line in lines) + _CLEAR_BELOW
    screen.write(drawn)
    screen.flush()


def _seconds(text: str) -> float:
    seconds = float(text)
    if seconds < 0.1:
        raise ArgumentTypeError("not more often than ten times a second")
    return seconds
