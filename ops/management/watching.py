"""How does a command show the same thing again and again?"""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Callable

from ops.health.readiness import Level


def watch_option(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--watch", type=float, metavar="SECONDS", help="again every so often, until Ctrl-C"
    )


def watch(look: Callable[[], Level], every_seconds: float | None) -> Level:
    """One look, or looks until Ctrl-C; the last one decides."""
    level = look()
    try:
        while every_seconds:
            time.sleep(every_seconds)
            level = look()
    except KeyboardInterrupt:
        pass
    return level
