"""Where must staff show their second factor? Before every page of the console, but its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from ops.second_factor.standing import Standing, standing

_LEADS_TO = {Standing.MUST_SHOW: "second-factor", Standing.MUST_SET_UP: "second-factor-setup"}


class SecondFactorMiddleware:
    """Behind the session. Its query is asked of members of the staff in the console alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _is_guarded(request.path) or not request.user.is_authenticated:
            return self.get_response(request)
        found = standing(request)
        if found is Standing.ENOUGH:
            return self.get_response(request)
        wanted = request.get_full_path() if request.method == "GET" else reverse("admin:index")
        return redirect(reverse(_LEADS_TO[found], query={"next": wanted}))


@cache
def _console() -> str:
    """Looked up once: every request of every client comes by here."""
    return reverse("admin:index")


def _is_guarded(path: str) -> bool:
    if not path.startswith(_console()):
        return False
    own = reverse("second-factor")
    return not path.startswith((own, reverse("admin:login"), reverse("admin:logout")))
