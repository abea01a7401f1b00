"""How does a log line look? One line per event, its facts as fields, JSON for machines."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

import orjson
import structlog
from structlog.typing import EventDict, Processor

# Objects that Django hangs on its records: a request's repr holds the raw path, and whoever
# holds the path of an anonymous analysis may read it.
_NOT_FOR_LOGS = ("request", "response", "server_time")


def logging_settings(*, as_json: bool, level: str, colors: bool) -> dict[str, Any]:
    """Django's LOGGING: everything to standard error, so that commands own standard output."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": line_formatter, "as_json": as_json, "colors": colors}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django brings handlers of its own; these loggers speak through the root instead.
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            # The access log has a line for each request; here only tracebacks are news.
            "django.request": {"level": "ERROR"},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            # Scanners ask for hosts we do not serve all day; the access log shows the 400.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "django-q": {"level": "INFO"},
        },
    }


def line_formatter(*, as_json: bool, colors: bool) -> structlog.stdlib.ProcessorFormatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=list(_facts()),
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *(_json() if as_json else _readable(colors)),
        ],
    )


def _facts() -> Iterable[Processor]:
    yield structlog.contextvars.merge_contextvars
    yield structlog.stdlib.add_logger_name
    yield structlog.stdlib.add_log_level
    yield structlog.stdlib.ExtraAdder()
    yield _drop_objects
    yield structlog.processors.TimeStamper(fmt="iso", utc=True)


def _drop_objects(_logger: logging.Logger, _method: str, event: EventDict) -> EventDict:
    for name in _NOT_FOR_LOGS:
        if name in event and not isinstance(event[name], str | int | float):
            del event[name]
    return event


def _json() -> Iterable[Processor]:
    yield structlog.processors.format_exc_info
    yield structlog.processors.JSONRenderer(serializer=_dumps)


def _readable(colors: bool) -> Iterable[Processor]:
    # Plain tracebacks: the prettier ones print local variables, and those hold secrets.
    yield structlog.dev.ConsoleRenderer(
        colors=colors, exception_formatter=structlog.dev.plain_traceback
    )


def _dumps(event: EventDict, default: Callable[[Any], Any]) -> str:
    return orjson.dumps(event, default=default, option=orjson.OPT_NON_STR_KEYS).decode()
