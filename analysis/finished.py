"""What can be said of a finished analysis without asking the database?

Nothing about it changes any more, until it is erased or expires. It is remembered where all
processes share a memory, so that whoever erases it takes it out of everybody's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson
from django.conf import settings

from analysis import corpus, reports
from analysis.models import Analysis

_REMEMBERED_SECONDS = 300
_WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Finished:
    public_id: str
    client_key: str
    content_id: str
    summary: dict[str, Any]
    body: str | None
    """The report's JSON text, when whoever read it before us wanted it."""
    beside: list[Any] | None
    """What its corpus said, as `corpus.believed` takes it."""

    def is_visible_to(self, client_key: str) -> bool:
        return self.client_key == client_key or self.client_key.startswith("address:")


def recall(public_id: str) -> Finished | None:
    if not _is_shared():
        return None
    name, beside = _name(public_id), corpus.name_of(public_id)
    found = reports.in_cache(lambda cache: cache.get_many([name, beside])) or {}
    kept = found.get(name, _WITHDRAWN)
    if kept == _WITHDRAWN:
        return None
    client_key, content_id, summary, body = kept
    whole = orjson.loads(summary)
    return Finished(public_id, client_key, content_id, whole, body, found.get(beside))


def remember(analysis: Analysis, summary: dict[str, Any], body: str | None) -> None:
    """Together with its report, so that one question to the memory answers for all of it.

    Never over a withdrawal: what was read before it may arrive here after it.
    """
    if not _is_shared():
        return
    text = orjson.dumps(summary, option=orjson.OPT_UTC_Z).decode()
    kept = [analysis.client_key, analysis.content_id, text, body]
    reports.in_cache(lambda cache: cache.add(_name(analysis.public_id), kept, _REMEMBERED_SECONDS))


def withdraw(public_ids: Iterable[str]) -> None:
    if _is_shared():
        notices = {_name(public_id): _WITHDRAWN for public_id in public_ids}
        reports.in_cache(lambda cache: cache.set_many(notices, _REMEMBERED_SECONDS))


def _is_shared() -> bool:
    return bool(settings.REDIS_URL)


def _name(public_id: str) -> str:
    return f"finished:whole:{public_id}"
