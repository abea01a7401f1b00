"""Where do all processes find the last look, and whose turn is it to look again?

In Redis, where there is one, for all machines; else in a file beside the data, for all processes of
this machine. Neither is needed: a process that finds nothing there looks for itself.
"""

from __future__ import annotations

import fcntl
import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.cache import cache

logger = logging.getLogger("contentcreate.console")

_KEPT_SECONDS = 120
_TURN_SECONDS = 10
"""After this whoever has the turn is taken for dead."""
_FILES_OF_A_LOOK = 32
"""Filters are anybody's words; the room for them is not."""


class Place(Protocol):
    """One look, for one period or filter."""

    def read(self) -> str | None: ...

    def keep(self, parcel: str) -> None: ...

    def turn(self) -> AbstractContextManager[bool]:
        """Whether it is ours to look; if not, somebody else does at this moment."""


def place(name: str, digest: str) -> Place:
    if settings.REDIS_URL:
        return InCache(f"console:{name}:{digest}")
    number = int(digest[:8], 16) % _FILES_OF_A_LOOK
    return InFile(Path(settings.DATA_DIR) / "console" / f"{name}-{number}", digest)


@dataclass(frozen=True)
class InCache:
    """Behind the breaker of the default cache: a Redis that is away is a look that is not there."""

    key: str

    def read(self) -> str | None:
        return cache.get(self.key)

    def keep(self, parcel: str) -> None:
        cache.set(self.key, parcel, _KEPT_SECONDS)

    @contextmanager
    def turn(self) -> Iterator[bool]:
        name = f"{self.key}:turn"
        is_ours = cache.add(name, 1, _TURN_SECONDS)
        try:
            # Nobody has it and it cannot be had: there is no Redis to ask.
            yield is_ours or cache.get(name) is None
        finally:
            if is_ours:
                cache.delete(name)


@dataclass(frozen=True)
class InFile:
    path: Path
    digest: str
    """What it is of stands in its first line: several share a file, the last one has it."""

    def read(self) -> str | None:
        try:
            digest, _, parcel = self.path.read_text().partition("\n")
        except (OSError, UnicodeDecodeError):
            return None
        return parcel if digest == self.digest else None

    def keep(self, parcel: str) -> None:
        draft = self.path.with_name(f"{self.path.name}.draft")
        try:
            self.path.parent.mkdir(mode=0o700, exist_ok=True)
            draft.write_text(f"{self.digest}\n{parcel}")
            draft.replace(self.path)
        except OSError as error:
            logger.warning("a look was not kept", extra={"error": type(error).__name__})

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """The lock ends with its holder, however that ends."""
        try:
            self.path.parent.mkdir(mode=0o700, exist_ok=True)
            lock = self.path.with_name(f"{self.path.name}.turn").open("wb")
        except OSError:
            yield True
            return
        with lock:
            yield _locked(lock.fileno())


def _locked(number: int) -> bool:
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
