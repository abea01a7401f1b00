"""Where is the finished report? In the cache in front of the table."""

from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.db import transaction
from django_redis.exceptions import ConnectionInterrupted
from redis.exceptions import RedisError

from analysis.engine import Report as EngineReport
from analysis.models import Content, Report
from ops import metrics
from ops.overload import breakers

_CACHE_SECONDS = 24 * 3600


def body_of(content_key: str) -> str | None:
    """The report's JSON text, or None while there is no report."""
    if body := remembered(content_key):
        return body
    metrics.count("report_lookups", outcome="miss")
    found = Report.objects.filter(pk=content_key).values_list("body", flat=True).first()
    if found is not None:
        in_cache(lambda cache: cache.set(content_key, found, _CACHE_SECONDS))
    return found


def remembered(content_key: str, *, at_hand: str | None = None) -> str | None:
    """Without a question to the table; `at_hand` is what came along with something else."""
    body = at_hand or in_cache(lambda cache: cache.get(content_key))
    if body is None:
        return None
    metrics.count("report_lookups", outcome="hit")
    return str(body)


def exists(content_key: str) -> bool:
    return Report.objects.filter(pk=content_key).exists()


def keep(content: Content, report: EngineReport) -> None:
    """Stores the report; the first one stays, since equal keys mean equal reports."""
    body = report.to_json().decode()
    row = Report.of(content, report, body)
    Report.objects.bulk_create([row], ignore_conflicts=True)
    transaction.on_commit(
        lambda: in_cache(lambda cache: cache.set(content.key, body, _CACHE_SECONDS))
    )


def forget(content_key: str) -> None:
    in_cache(lambda cache: cache.delete(content_key))


def in_cache(ask: Callable[[Any], Any]) -> Any:
    """None when the cache does not answer: the table has every report. A dead cache is not asked
    each time, or each request would pay for its silence."""
    try:
        return breakers.dependency("report_cache").call(lambda: ask(caches["reports"]))
    except (breakers.Unavailable, ConnectionInterrupted, RedisError):
        metrics.count("cache_failures", cache="reports")
        return None
