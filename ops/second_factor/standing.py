"""Has whoever signed in shown enough to come in?"""

from __future__ import annotations

from enum import Enum, auto
from typing import cast

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest

from ops.second_factor import devices


class Standing(Enum):
    ENOUGH = auto()
    MUST_SHOW = auto()  # has a second factor, and has not shown it in this session
    MUST_SET_UP = auto()  # has none, and this installation asks for one


def has_shown(request: HttpRequest) -> bool:
    return bool(request.user.is_verified())  # type: ignore[union-attr]


def standing(request: HttpRequest) -> Standing:
    """For a member of the staff. Whoever set one up is asked for it, required or not."""
    if has_shown(request):
        return Standing.ENOUGH
    if devices.has_one(cast(User, request.user)):
        return Standing.MUST_SHOW
    return Standing.MUST_SET_UP if settings.OPS_SECOND_FACTOR_REQUIRED else Standing.ENOUGH
