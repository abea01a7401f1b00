"""Where does it stand that something is closed? In rows, in a file, in the environment.

Rows are what staff edit. The file closes this machine while its database is down, and can be made
with `touch`; the environment closes what is started with it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from ops import config
from ops.maintenance.windows import Window
from ops.models.maintenance import Maintenance

logger = logging.getLogger("contentcreate.maintenance")

_FILE_LOOKED_AT_EVERY_SECONDS = 0.25


def windows() -> tuple[Window, ...]:
    """All that are on or to come, without a query: known to every process within a second."""
    return _rows.current() + of_this_machine()


def of_this_machine() -> tuple[Window, ...]:
    """What no row says: it can be ended only where it was said."""
    return _file.windows() + _environment()


def file_path() -> Path:
    return Path(settings.DATA_DIR) / "maintenance.json"


def _load() -> tuple[Window, ...]:
    to_come = Q(ends_at=None) | Q(ends_at__gt=timezone.now())
    return tuple(_window(row) for row in Maintenance.objects.filter(to_come, ended_at=None))


def _window(row: Maintenance) -> Window:
    return Window(
        scope=row.scope,
        message=row.message,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        announced_from=row.announced_from,
        addresses=tuple(row.addresses),
    )


_NOTHING: tuple[Window, ...] = ()
_rows = config.register("maintenance", load=_load, default=_NOTHING)


class WindowFile:
    """Read again when it changed; an unreadable or empty one closes everything, on purpose."""

    def __init__(self) -> None:
        self._looked_at = -_FILE_LOOKED_AT_EVERY_SECONDS
        self._stamp: tuple[Path, int, int] | None = None
        self._windows: tuple[Window, ...] = ()

    def windows(self) -> tuple[Window, ...]:
        now = time.monotonic()
        if now - self._looked_at >= _FILE_LOOKED_AT_EVERY_SECONDS:
            self._looked_at = now
            self._look()
        return self._windows

    def look_again(self) -> None:
        self._looked_at = -_FILE_LOOKED_AT_EVERY_SECONDS

    def _look(self) -> None:
        path = file_path()
        try:
            found = path.stat()
        except OSError:
            self._stamp, self._windows = None, ()
            return
        stamp = (path, found.st_mtime_ns, found.st_size)
        if stamp != self._stamp:
            self._stamp, self._windows = stamp, _read(path)


def _read(path: Path) -> tuple[Window, ...]:
    try:
        text = path.read_bytes()
        return (_parsed(orjson.loads(text)),) if text.strip() else (Window(),)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        logger.warning("maintenance file not understood", extra={"error": str(error)})
        return (Window(),)


def _parsed(document: Mapping[str, Any]) -> Window:
    moments = {
        name: datetime.fromisoformat(document[name])
        for name in ("starts_at", "ends_at", "announced_from")
        if document.get(name)
    }
    return Window(
        scope=str(document.get("scope", "service")),
        message=str(document.get("message", "")),
        addresses=tuple(map(str, document.get("addresses", ()))),
        **{name: moment.astimezone(UTC) for name, moment in moments.items()},
    )


_file = WindowFile()


def look_at_the_file_again() -> None:
    """After this process wrote or removed it."""
    _file.look_again()


def _environment() -> tuple[Window, ...]:
    if not settings.OPS_MAINTENANCE:
        return ()
    return (Window(addresses=tuple(settings.OPS_MAINTENANCE_ADDRESSES)),)
