"""How does a log line look? One line per event, its facts as fields, JSON for machines."""

import logging
from datetime import UTC, datetime
from typing import Any

import orjson
import structlog
from structlog.typing import EventDict

from ops import request_id

# Objects that Django hangs on its records: a request's repr holds the raw path, and whoever
# holds the path of an anonymous analysis may read it.
_NOT_FOR_LOGS = frozenset({"request", "response", "server_time"})
_EVERY_RECORD_HAS = frozenset(
    logging.LogRecord("", 0, "", 0, "", (), None).__dict__ | {"message": "", "asctime": ""}
)


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


def line_formatter(*, as_json: bool, colors: bool) -> logging.Formatter:
    return JsonLine() if as_json else _readable(colors)


class JsonLine(logging.Formatter):
    """Each request writes a line, so this is worked on: it takes a third of what structlog's
    chain of processors took for the same words."""

    def format(self, record: logging.LogRecord) -> str:
        event: dict[str, Any] = {
            "event": record.getMessage(),
            "logger": record.name,
            "level": record.levelname.lower(),
        }
        event |= _facts(record)
        event["timestamp"] = _moment(record.created)
        if record.exc_info:
            event["exception"] = self.formatException(record.exc_info)
        if record.stack_info:
            event["stack"] = self.formatStack(record.stack_info)
        return orjson.dumps(event, default=repr, option=orjson.OPT_NON_STR_KEYS).decode()


def _facts(record: logging.LogRecord) -> dict[str, Any]:
    facts = {
        name: value
        for name, value in record.__dict__.items()
        if name not in _EVERY_RECORD_HAS and not _is_not_for_logs(name, value)
    }
    if name := request_id.current.get():
        facts["request_id"] = name
    return facts


def _is_not_for_logs(name: str, value: Any) -> bool:
    return name in _NOT_FOR_LOGS and not isinstance(value, str | int | float)


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def _readable(colors: bool) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            _add_facts,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            # Plain tracebacks: the prettier ones print local variables, and those hold secrets.
            structlog.dev.ConsoleRenderer(
                colors=colors, exception_formatter=structlog.dev.plain_traceback
            ),
        ],
    )


def _add_facts(_logger: logging.Logger, _method: str, event: EventDict) -> EventDict:
    event.update(_facts(event["_record"]))
    return event
