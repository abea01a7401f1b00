"""How does everybody hear of an edit of rows that no move of its own tells of? As an event."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from ops import events
from ops.events import author


class ToldAdmin(ModelAdmin):
    """What was edited, never to what: some columns hold secrets."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self._tell("rows.added", request, obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        if fields := list(_changed(message)):
            self._tell("rows.edited", request, obj, fields=fields)
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        for row in queryset:
            self._tell("rows.removed", request, row)
        return super().log_deletions(request, queryset)

    def _tell(self, name: str, request: HttpRequest, row: Any, **facts: Any) -> None:
        kind = str(self.opts.verbose_name)
        events.record(name, actor=author(request.user), kind=kind, title=str(row), **facts)


def _changed(message: Any) -> Iterator[str]:
    """As Django tells its own log: parts of a list, each with the fields of one form."""
    for part in message if isinstance(message, list) else ():
        yield from part.get("changed", {}).get("fields", ())
