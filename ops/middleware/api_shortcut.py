"""What of the way to a view do only people with browsers need? The API goes past it.

    ApiShortcutMiddleware      requests of the API leave here …
    sessions, forgery checks, messages to people …
    ApiShortcutEndMiddleware   … and come back

Eight layers, which do nothing for a client with a key, take as long as its authentication.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from ops.problems.views import API_PREFIX

Respond = Callable[[HttpRequest], HttpResponseBase]

# Django makes the layers of a handler from the inside out, one handler at a time.
_inner: list[Respond] = []


class ApiShortcutMiddleware:
    def __init__(self, get_response: Respond) -> None:
        self.through_all = get_response
        self.past_them = _inner.pop()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # A member of the staff who tries the API is known by a session.
        is_short = request.path.startswith(API_PREFIX) and not _has_session(request)
        return self.past_them(request) if is_short else self.through_all(request)


class ApiShortcutEndMiddleware:
    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response
        _inner.append(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)


def _has_session(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES
