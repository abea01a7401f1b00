"""How does nobody go on working after the process that guards it has died?"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def die_with_parent(number: signal.Signals = signal.SIGKILL) -> None:
    """Linux sends it when the parent dies; elsewhere workers look for themselves."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, number)


def children_die_with_parent() -> None:
    """Every child forked from here on, the ones django-q2 forks included."""
    os.register_at_fork(after_in_child=die_with_parent)
