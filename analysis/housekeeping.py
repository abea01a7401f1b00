"""What is forgotten in time? Done by workers, by `settings.OPS_SCHEDULES`."""

from django.utils import timezone

from analysis import idempotency


def forget_answers() -> None:
    idempotency.forget_old(timezone.now())
