"""How does a page of the console stay true? Once as a page, then as pieces that replace it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.views import View

from ops.console.rights import holds, refused, withheld
from ops.models import Right

REFRESH_SECONDS = 5


class LivePage(View):
    """Asked with ?now it answers JSON; live.js asks while somebody looks."""

    slug: ClassVar[str]
    title: ClassVar[str]
    permission: ClassVar[str] = Right.VIEW
    pieces: ClassVar[tuple[str, ...]] = ()
    template_name: ClassVar[str] = "admin/console/live.html"

    def facts(self, request: HttpRequest) -> tuple[dict[str, Any], datetime]:
        """What the pieces show, and of when it is."""
        raise NotImplementedError

    def get(self, request: HttpRequest) -> HttpResponse:
        for permission in (Right.VIEW, self.permission):
            if not holds(request.user, permission):
                return refused(request, permission)
        facts, as_of = self.facts(request)
        if "now" in request.GET:
            return as_json(self.rendered(request, facts), as_of)
        context = {
            **admin.site.each_context(request),
            **facts,
            "title": self.title,
            "templates": self._templates(),
            "as_of": as_of,
            "live": f"?{kept_filter(request)}&now",
            "refresh_seconds": REFRESH_SECONDS,
            "withheld": withheld(request.user),
        }
        return TemplateResponse(request, self.template_name, context)

    def rendered(self, request: HttpRequest, facts: dict[str, Any]) -> dict[str, str]:
        """The pieces, by the name of their place."""
        return {
            name: render_to_string(template, facts, request)
            for name, template in self._templates().items()
        }

    def _templates(self) -> dict[str, str]:
        return {piece: f"admin/console/{self.slug}/_{piece}.html" for piece in self.pieces}


def as_json(pieces: Mapping[str, str], as_of: datetime) -> JsonResponse:
    return JsonResponse({"as_of": as_of.isoformat(), "pieces": pieces})


def kept_filter(request: HttpRequest) -> str:
    """What was chosen, without the words of the machinery."""
    kept = request.GET.copy()
    for word in ("since", "now"):
        kept.pop(word, None)
    return kept.urlencode()


def since_of(request: HttpRequest) -> float:
    """When whoever asks last changed something: what was seen before that will not do."""
    try:
        return float(request.GET.get("since", 0.0))
    except ValueError:
        return 0.0
