"""How long is content kept? As long as the operator says; then only its name is known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from analysis import finished, reports
from analysis.models import Analysis, Batch, Content, Tombstone
from ops import webhooks

_AT_ONCE = 200
_PORTIONS_AT_MOST = 50
_NAMES_KEPT_FOR = timedelta(days=365)


def kept_until(created_at: datetime) -> datetime | None:
    days: int = settings.ANALYSIS_KEEP_DAYS
    return created_at + timedelta(days=days) if days else None


def expire(now: datetime) -> None:
    """In portions, so that nobody waits for a long transaction; the rest is for the next time."""
    Tombstone.objects.filter(expired_at__lt=now - _NAMES_KEPT_FOR).delete()
    if not settings.ANALYSIS_KEEP_DAYS:
        return
    before = now - timedelta(days=settings.ANALYSIS_KEEP_DAYS)
    old = Analysis.objects.filter(created_at__lt=before)
    old = old.exclude(pk__in=old.unsettled().values("pk"))
    for _ in range(_PORTIONS_AT_MOST):
        portion = list(old.order_by("pk").only("public_id", "client_key", "content_id")[:_AT_ONCE])
        if not portion or not _expire_analyses(portion, now):
            break
    _expire_batches(list(Batch.objects.filter(created_at__lt=before, analyses=None)), now)


def _expire_analyses(portion: Sequence[Analysis], now: datetime) -> bool:
    """Whether it worked: somebody may submit one of the contents at this moment."""
    contents = {analysis.content_id for analysis in portion}
    try:
        with transaction.atomic():
            _bury(portion, now)
            Analysis.objects.filter(pk__in=[analysis.pk for analysis in portion]).delete()
            unwanted = Content.objects.filter(pk__in=contents, analyses=None)
            forgotten = list(unwanted.values_list("pk", flat=True))
            Content.objects.filter(pk__in=forgotten).delete()
            for analysis in portion:
                webhooks.forget(analysis.public_id)
    except IntegrityError:
        return False
    finished.withdraw(analysis.public_id for analysis in portion)
    for key in forgotten:
        reports.forget(key)
    return True


def _expire_batches(batches: Sequence[Batch], now: datetime) -> None:
    with transaction.atomic():
        _bury(batches, now)
        Batch.objects.filter(pk__in=[batch.pk for batch in batches], analyses=None).delete()


def _bury(expired: Sequence[Analysis] | Sequence[Batch], now: datetime) -> None:
    rows = [
        Tombstone(public_id=one.public_id, client_key=one.client_key, expired_at=now)
        for one in expired
    ]
    Tombstone.objects.bulk_create(rows, ignore_conflicts=True)
