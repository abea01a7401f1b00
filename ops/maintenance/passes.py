"""Who comes in although it is closed? Staff, by session or key, and addresses that were named."""

from __future__ import annotations

from django.conf import settings
from django.db import Error as DatabaseError
from django.http import HttpRequest

from ops import keys
from ops.limits.identity import witnessed_address
from ops.maintenance.windows import Window
from ops.models import ApiKey, Tier


def is_let_in(request: HttpRequest, window: Window) -> bool:
    if window.lets_in(witnessed_address(request)):
        return True
    try:
        return _is_staff(request) or _shows_staff_key(request)
    except DatabaseError:
        return False  # nobody can be recognised now


def _is_staff(request: HttpRequest) -> bool:
    # Whoever has no session is not asked for one: that would be a query for each refusal.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    user = request.user
    return bool(user.is_active and getattr(user, "is_staff", False))


def _shows_staff_key(request: HttpRequest) -> bool:
    bearer = request.headers.get("Authorization", "").partition(" ")[2].strip()
    shown = bearer or request.headers.get("X-API-Key", "")
    prefix = keys.prefix_of(shown) if shown else None
    if prefix is None:
        return False
    row = ApiKey.objects.filter(prefix=prefix, client__tier=Tier.STAFF).first()
    return row is not None and row.revoked_at is None and keys.opens(row, shown)
