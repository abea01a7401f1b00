"""Which addresses do the console's own pages have, below the admin?"""

from collections.abc import Callable

from django.contrib import admin
from django.http import HttpResponseBase
from django.urls import URLPattern, path

from ops.console import customers, failures, views
from ops.console.acting import Route
from ops.console.block_page import BlockPage
from ops.console.deeds import alerts as alert_deeds
from ops.console.deeds import jobs as job_deeds
from ops.console.deeds import limits as limit_deeds
from ops.console.deeds import overload as overload_deeds
from ops.console.pages import (
    alerts,
    breakers,
    cache,
    database,
    events,
    limits,
    overload,
    queue,
    schedules,
    settings,
    traffic,
    workers,
)

_PAGES: tuple[tuple[type[BlockPage], tuple[Route, ...]], ...] = (
    (traffic.TrafficPage, ()),
    (queue.QueuePage, queue.ROUTES),
    (workers.WorkersPage, workers.ROUTES),
    (limits.LimitsPage, limit_deeds.ROUTES),
    (overload.OverloadPage, overload_deeds.ROUTES),
    (cache.CachePage, cache.ROUTES),
    (database.DatabasePage, database.ROUTES),
    (breakers.BreakersPage, breakers.ROUTES),
    (alerts.AlertsPage, alert_deeds.ROUTES),
    (schedules.SchedulesPage, schedules.ROUTES),
    (events.EventsPage, events.ROUTES),
    (settings.SettingsPage, ()),
)


def _staff(address: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    return path(f"console/{address}", admin.site.admin_view(view), name=f"console-{name}")


def _page(page: type[BlockPage]) -> URLPattern:
    return _staff(f"{page.slug}/", page.as_view(), page.slug)


urlpatterns = [
    _staff("overview", views.OverviewPage.as_view(), "overview"),
    *(_page(page) for page, _ in _PAGES),
    *(_staff(*route) for _, routes in _PAGES for route in routes),
    *(_staff(*route) for route in (*customers.ROUTES, *failures.ROUTES, *job_deeds.ROUTES)),
]
