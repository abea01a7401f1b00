"""How do workers stand back where they share processors with the web? Answers go first."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

_AUTOGROUP = Path("/proc/self/autogroup")


def stand_back(niceness: int) -> None:
    """For the first process of a session, before it has children."""
    os.nice(niceness)
    # Linux shares processors between sessions first: without this, niceness counts within one.
    with contextlib.suppress(OSError):
        _AUTOGROUP.write_text(str(niceness))
