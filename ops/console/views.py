"""How does the overview reach the browser? It is the admin's first page, and refreshes itself."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string

from ops.console.live import REFRESH_SECONDS, as_json
from ops.console.overview import overview
from ops.console.rights import describe, holds, needs
from ops.models import Right

_TEMPLATES = {
    "verdict": "admin/console/_verdict.html",
    "tiles": "admin/console/_tiles.html",
    "panels": "admin/console/_panels.html",
}


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """What django-unfold calls for the admin's first page."""
    context["title"] = "Overview"
    if not holds(request.user, Right.VIEW):
        return context | {"lacking": describe(Right.VIEW), "permission": Right.VIEW}
    found = overview(request.user)
    context["overview"] = found
    context["as_of"] = found.as_of
    context["refresh_seconds"] = REFRESH_SECONDS
    return context


@needs(Right.VIEW)
def overview_now(request: HttpRequest) -> JsonResponse:
    found = overview(request.user)
    facts = {"overview": found}
    pieces = {name: render_to_string(file, facts, request) for name, file in _TEMPLATES.items()}
    return as_json(pieces, found.as_of)
