"""How long is remembered what was wrong?"""

from __future__ import annotations

from datetime import datetime, timedelta

from ops.models import Alert, AlertDelivery, Silence

KEEP_DELIVERIES = timedelta(days=30)
KEEP_ALERTS = timedelta(days=180)


def prune(now: datetime) -> None:
    AlertDelivery.objects.filter(created_at__lt=now - KEEP_DELIVERIES).delete()
    Alert.objects.filter(ended_at__lt=now - KEEP_ALERTS).delete()
    Silence.objects.filter(ends_at__lt=now - KEEP_ALERTS).delete()
