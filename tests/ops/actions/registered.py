"""What can staff do here? Read from the code, so that nothing new is forgotten.

A move of the console is named as its address (`limit-ban`), with the word that chooses among its
kinds (`steer quiet`, `event-undo queue.paused`); an edit of rows as its table and what is done
(`ops.silence add`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from ops.console import steering, undoing
from ops.overload.breakers.switches import Position

KINDS = {
    "steer": list(steering.Move),
    "breaker-hold": [Position.OPEN, Position.CLOSED],
    "rule-switch": ["on", "off"],
    "event-undo": list(undoing._WAYS),
}
SIGNING_IN = {
    "login", "logout", "password_change", "auth.user password", "second-factor",
    "second-factor-setup", "second-factor-codes",
}  # fmt: skip


def actions() -> set[str]:
    return {*moves(), *edits(), *SIGNING_IN}


def moves() -> Iterator[str]:
    for name, pattern in _console():
        if not _is_page(pattern):
            yield from (f"{name} {kind}" for kind in KINDS[name]) if name in KINDS else (name,)


def edits() -> Iterator[str]:
    request = request_of_somebody_who_may_everything()
    for model, page in admin.site._registry.items():
        for verb in ("add", "change", "delete"):
            if _may(page, verb, request):
                yield f"{model._meta.label_lower} {verb}"
        for name in (*page.get_actions(request), *page.actions_submit_line):
            yield f"{model._meta.label_lower} {name}"


def console_pages() -> Iterator[str]:
    return (f"console-{name}" for name, pattern in _console() if _is_page(pattern))


def _console() -> Iterator[tuple[str, URLPattern]]:
    for pattern in _patterns(get_resolver()):
        kind, _, name = (pattern.name or "").partition("console-")
        if not kind and name:
            yield name, pattern


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield one
        else:
            yield from _patterns(one)


def _is_page(pattern: URLPattern) -> bool:
    """Pages are classes and only show; each move is a function that only takes POST."""
    return hasattr(pattern.callback, "view_class")


def request_of_somebody_who_may_everything() -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = User(username="root", is_active=True, is_staff=True, is_superuser=True)
    return request


def _may(page: Any, verb: str, request: HttpRequest) -> bool:
    # Some tables are made and ended, and only their list may be "changed".
    row = (page.model(),) if verb == "change" else ()
    return bool(getattr(page, f"has_{verb}_permission")(request, *row))
