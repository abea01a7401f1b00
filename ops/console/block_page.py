"""How does a list of blocks become a page? One file for each page says which; the rest is here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string

from ops.console.allowed import blocks_for
from ops.console.blocks import Block
from ops.console.live import LivePage, kept_filter, since_of
from ops.console.periods import PERIODS, chosen
from ops.console.shared import SharedByKey


@dataclass(frozen=True)
class Filter:
    """One field of the form above a page; what is chosen stays in the address."""

    name: str
    label: str
    value: str
    choices: tuple[tuple[str, str], ...] = ()


class BlockPage(LivePage):
    template_name = "admin/console/blocks.html"
    looks: ClassVar[SharedByKey[Any, tuple[Block, ...]]]
    has_periods: ClassVar[bool] = False

    def key(self, query: QueryDict) -> Any:
        """What of the address decides what is shown: all who ask for the same share a look."""
        return chosen(query.get("period", "")) if self.has_periods else ""

    def filters(self, request: HttpRequest) -> tuple[Filter, ...]:
        return ()

    def facts(self, request: HttpRequest) -> tuple[dict[str, Any], datetime]:
        key = self.key(request.GET)
        look = self.looks.look(key, since=since_of(request))
        facts: dict[str, Any] = {
            "blocks": blocks_for(request.user, look.facts),
            "filters": self.filters(request),
            "back": self.back(request),
        }
        if self.has_periods:
            facts |= {"period": key, "periods": list(PERIODS)}
        return facts, look.as_of

    def back(self, request: HttpRequest) -> str:
        """Where its buttons lead back to: here, with the filter that was chosen."""
        kept = kept_filter(request)
        return f"{request.path}?{kept}" if kept else request.path

    def rendered(self, request: HttpRequest, facts: dict[str, Any]) -> dict[str, str]:
        return {
            block.name: render_to_string(block.template, facts | {"block": block}, request)
            for block in facts["blocks"]
        }
