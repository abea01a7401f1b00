"""What must each system's script understand? `work`, `submit N` and `latency N`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable


def speak(
    *, submit: Callable[[float], object], work: Callable[[], object], prepare=lambda: None
) -> None:
    """`submit` gets the moment of submission, or 0 when only the count matters."""
    action, number = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0
    if action == "work":
        work()
    elif action == "prepare":
        prepare()
    elif action == "submit":
        for _ in range(number):
            submit(0.0)
    elif action == "latency":
        for _ in range(number):
            submit(time.time())
            time.sleep(0.15)
