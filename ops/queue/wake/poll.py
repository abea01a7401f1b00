"""Calling nobody: workers look by themselves, for databases behind a transaction pooler."""

from __future__ import annotations

import select

POLL_SECONDS = 0.2


class PollBell:
    bears_a_pooler = True

    def ring(self) -> None:
        """Nobody listens."""

    def wait(self, *, stop_fd: int, seconds: float) -> None:
        select.select([stop_fd], [], [], min(seconds, POLL_SECONDS))
