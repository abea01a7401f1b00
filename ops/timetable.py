"""How is a thing described that is done every so often?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Schedule:
    """Done once for all hosts, by whoever looks first when its time has come."""

    function: str
    """Dotted path. A job is called with nothing; what is done at once is told the time."""
    every: timedelta
    is_job: bool = False
    """Long work: workers do it. The others are short, and any process does them at once, a web
    process too: that no worker is alive is just what has to be noticed."""
