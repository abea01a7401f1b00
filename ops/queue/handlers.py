"""Which function does jobs of a kind?"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from ops.queue.errors import PermanentError
from ops.queue.kinds import PLAIN_TASK

Handler = Callable[..., object]

_BUILT_IN = {PLAIN_TASK: "ops.queue.plain.run"}


def call_for(kind: str, payload: dict[str, Any]) -> Callable[[], object]:
    """The call that does the job; a job that nothing here can do is a permanent error."""
    handler = _handler(kind)
    try:
        call = _signature(handler).bind(**payload)
    except TypeError as error:
        raise PermanentError("This job was made for another version of the service.") from error
    return lambda: handler(*call.args, **call.kwargs)


def _handler(kind: str) -> Handler:
    scheduled = {name: one.function for name, one in settings.OPS_SCHEDULES.items() if one.is_job}
    path = (_BUILT_IN | settings.OPS_JOBS | scheduled).get(kind)
    if path is None:
        raise PermanentError(f"Nothing here does jobs of the kind {kind!r}.")
    try:
        return _load(path)
    except ImportError as error:
        raise PermanentError(f"Nothing here does jobs of the kind {kind!r} any more.") from error


@lru_cache
def _load(path: str) -> Handler:
    return import_string(path)


@lru_cache
def _signature(handler: Handler) -> inspect.Signature:
    return inspect.signature(handler)
