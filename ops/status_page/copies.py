"""What is served when the database is gone? The last copy, from the cache or from a file."""

from __future__ import annotations

import logging
import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import orjson
from django.conf import settings
from django.core.cache import cache

from ops.status_page.snapshot import Snapshot

logger = logging.getLogger("contentcreate.status_page")

_NAME = "status-page"


def keep(snapshot: Snapshot) -> None:
    """For all machines in the cache, for this one in a file. Not being able to is no failure."""
    text = orjson.dumps(snapshot).decode()
    path = _path()
    draft = path.with_suffix(".draft")
    try:
        cache.set(_NAME, text, None)
        draft.write_text(text)
        draft.replace(path)
    except OSError as error:
        logger.warning("status page not kept", extra={"error": type(error).__name__})


def last_known() -> Snapshot | None:
    """The newer one of those that can be read."""
    copies = [copy for copy in map(_read, (_cached, _filed)) if copy is not None]
    return max(copies, key=lambda copy: copy.as_of, default=None)


def _path() -> Path:
    return Path(settings.DATA_DIR) / f"{_NAME}.json"


def _cached() -> str | None:
    return cache.get(_NAME)


def _filed() -> str | None:
    path = _path()
    return path.read_text() if path.is_file() else None


def _read(source: Callable[[], str | None]) -> Snapshot | None:
    """A copy that an older release left may have another shape: it is then none."""
    try:
        text = source()
        return _restored(Snapshot, orjson.loads(text)) if text else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        logger.warning("status page copy not understood", extra={"error": str(error)})
        return None


def _restored(kind: Any, value: Any) -> Any:
    """The value that orjson wrote of this type."""
    if isinstance(kind, type) and is_dataclass(kind):
        types_of = get_type_hints(kind)
        names = [field.name for field in fields(kind)]
        return kind(**{name: _restored(types_of[name], value[name]) for name in names})
    if get_origin(kind) is tuple:
        return tuple(_restored(get_args(kind)[0], item) for item in value)
    if get_origin(kind) in (Union, types.UnionType):
        (some,) = (one for one in get_args(kind) if one is not type(None))
        return None if value is None else _restored(some, value)
    if issubclass(kind, date):
        return kind.fromisoformat(value)
    return kind(value)
