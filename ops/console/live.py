"""How does a page of the console stay true? Once as a page, then as pieces that replace it."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.views import View

from ops.console.rights import holds, refused
from ops.models import Right

REFRESH_SECONDS = 5


class LivePage(View):
    """Asked with ?now it answers JSON; live.js asks while somebody looks."""

    slug: ClassVar[str]
    title: ClassVar[str]
    permission: ClassVar[str] = Right.VIEW
    pieces: ClassVar[tuple[str, ...]]

    def facts(self, request: HttpRequest) -> tuple[dict[str, Any], datetime]:
        """What the pieces show, and of when it is."""
        raise NotImplementedError

    def get(self, request: HttpRequest) -> HttpResponse:
        for permission in (Right.VIEW, self.permission):
            if not holds(request.user, permission):
                return refused(request, permission)
        facts, as_of = self.facts(request)
        if "now" in request.GET:
            return pieces_as_json(request, self._templates(), facts, as_of)
        context = {
            **admin.site.each_context(request),
            **facts,
            "title": self.title,
            "templates": self._templates(),
            "as_of": as_of,
            "live": f"?{request.GET.urlencode()}&now",
            "refresh_seconds": REFRESH_SECONDS,
        }
        return TemplateResponse(request, "admin/console/live.html", context)

    def _templates(self) -> dict[str, str]:
        return {piece: f"admin/console/{self.slug}/_{piece}.html" for piece in self.pieces}


def pieces_as_json(
    request: HttpRequest, templates: dict[str, str], facts: dict[str, Any], as_of: datetime
) -> JsonResponse:
    pieces = {
        name: render_to_string(template, facts, request) for name, template in templates.items()
    }
    return JsonResponse({"as_of": as_of.isoformat(), "pieces": pieces})
