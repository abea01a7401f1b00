"""How does a list of blocks become a page that stays true? Once as a page, then piece by piece."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.views import View

from ops.console.allowed import blocks_for
from ops.console.blocks import Block
from ops.console.periods import PERIODS, chosen
from ops.console.rights import holds, refused, withheld
from ops.console.shared import SharedByKey
from ops.models import Right

REFRESH_SECONDS = 5


@dataclass(frozen=True)
class Filter:
    """One field of the form above a page; what is chosen stays in the address."""

    name: str
    label: str
    value: str
    choices: tuple[tuple[str, str], ...] = ()


class BlockPage(View):
    """Asked with ?now it answers JSON; live.js asks while somebody looks."""

    slug: ClassVar[str]
    title: ClassVar[str]
    permission: ClassVar[str] = Right.VIEW
    looks: ClassVar[SharedByKey[Any, tuple[Block, ...]]]
    has_periods: ClassVar[bool] = False

    def key(self, query: QueryDict) -> Any:
        """What of the address decides what is shown: all who ask for the same share a look."""
        return chosen(query.get("period", "")) if self.has_periods else ""

    def filters(self, request: HttpRequest) -> tuple[Filter, ...]:
        return ()

    def back(self, request: HttpRequest) -> str:
        """Where its buttons lead back to: here, with the filter that was chosen."""
        kept = _kept_filter(request)
        return f"{request.path}?{kept}" if kept else request.path

    def get(self, request: HttpRequest) -> HttpResponse:
        for permission in (Right.VIEW, self.permission):
            if not holds(request.user, permission):
                return refused(request, permission)
        facts, as_of = self.facts(request)
        if "now" in request.GET:
            return JsonResponse({"as_of": as_of.isoformat(), "pieces": _rendered(request, facts)})
        context = {
            **admin.site.each_context(request),
            **facts,
            "title": self.title,
            "as_of": as_of,
            "live": f"?{_kept_filter(request)}&now",
        }
        return TemplateResponse(request, "admin/console/live.html", context)

    def facts(self, request: HttpRequest) -> tuple[dict[str, Any], datetime]:
        """What is shown, and of when it is."""
        key = self.key(request.GET)
        look = self.looks.look(key, since=_since(request))
        facts: dict[str, Any] = {
            "blocks": blocks_for(request.user, look.facts),
            "filters": self.filters(request),
            "back": self.back(request),
            "refresh_seconds": REFRESH_SECONDS,
            "withheld": withheld(request.user),
        }
        if self.has_periods:
            facts |= {"period": key, "periods": list(PERIODS)}
        return facts, look.as_of


def _rendered(request: HttpRequest, facts: dict[str, Any]) -> dict[str, str]:
    """The blocks, by the name of their place."""
    return {
        block.name: render_to_string(block.template, facts | {"block": block}, request)
        for block in facts["blocks"]
    }


def _kept_filter(request: HttpRequest) -> str:
    """What was chosen, without the words of the machinery."""
    kept = request.GET.copy()
    for word in ("since", "now"):
        kept.pop(word, None)
    return kept.urlencode()


def _since(request: HttpRequest) -> float:
    """When whoever asks last changed something: what was seen before that will not do."""
    try:
        return float(request.GET.get("since", 0.0))
    except ValueError:
        return 0.0
