"""How does the overview reach the browser? Once as a page, then as pieces that replace it."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string

from ops.console.overview import Overview, overview

REFRESH_SECONDS = 5
_PIECES = ("verdict", "tiles", "panels")


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """What django-unfold calls for the admin's first page."""
    context["title"] = "Overview"
    context["overview"] = overview(request.user)
    context["refresh_seconds"] = REFRESH_SECONDS
    return context


def overview_now(request: HttpRequest) -> JsonResponse:
    found = overview(request.user)
    document = {
        "as_of": found.as_of.isoformat(),
        "status": found.verdict.level.word,
        "pieces": {piece: _rendered(piece, found) for piece in _PIECES},
    }
    return JsonResponse(document)


def _rendered(piece: str, found: Overview) -> str:
    return render_to_string(f"admin/console/_{piece}.html", {"overview": found})
