"""How does the overview reach the browser? It is the admin's first page, and refreshes itself."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from ops.console.block_page import BlockPage
from ops.console.overview import look
from ops.console.rights import describe, holds
from ops.console.shared import SharedByKey
from ops.models import Right


class OverviewPage(BlockPage):
    """Its own address answers what changes; people see it as the admin's first page."""

    slug = "overview"
    title = "Overview"
    looks = SharedByKey(look)

    def back(self, request: HttpRequest) -> str:
        return reverse("admin:index")


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """What django-unfold calls for the admin's first page."""
    context["title"] = OverviewPage.title
    if not holds(request.user, Right.VIEW):
        lacking = {"lacking": describe(Right.VIEW), "permission": Right.VIEW, "is_home": True}
        return context | lacking
    facts, as_of = OverviewPage().facts(request)
    return context | facts | {"as_of": as_of}
