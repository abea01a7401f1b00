"""What is forgotten in time? Done by workers, by `settings.OPS_SCHEDULES`."""

from datetime import timedelta

from django.utils import timezone

from analysis import idempotency, retention
from analysis.models import UsageDay

_USAGE_KEPT_FOR = timedelta(days=400)


def forget_answers() -> None:
    idempotency.forget_old(timezone.now())


def expire_contents() -> None:
    retention.expire(timezone.now())


def forget_usage() -> None:
    UsageDay.objects.filter(day__lt=timezone.now().date() - _USAGE_KEPT_FOR).delete()
