"""How far is it? A bar on the terminal, when there is one."""

import time
from collections.abc import Callable
from typing import TextIO

_WIDTH = 24
_EVERY_SECONDS = 0.1
_CLEAR = "\r\x1b[K"


class Bar:
    """Draws itself on a terminal only, and takes itself away before other lines are written."""

    def __init__(
        self, stream: TextIO, total: int, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream = stream
        self._total = total
        self._clock = clock
        self._drawn_at = float("-inf")
        self._is_drawn = False
        self._is_wanted = total > 1 and stream.isatty()

    def show(self, done: int, name: str) -> None:
        now = self._clock()
        if not self._is_wanted or now - self._drawn_at < _EVERY_SECONDS:
            return
        self._drawn_at = now
        filled = _WIDTH * done // self._total
        bar = "█" * filled + "░" * (_WIDTH - filled)
        self._write(f"{_CLEAR}{bar} {done:,} of {self._total:,}  {_printable(name)[-40:]}")
        self._is_drawn = True

    def clear(self) -> None:
        if self._is_drawn:
            self._write(_CLEAR)
            self._is_drawn = False

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in text)
