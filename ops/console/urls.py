"""Which addresses do the console's own pages have, below the admin?"""

from collections.abc import Callable

from django.contrib import admin
from django.http import HttpResponseBase
from django.urls import URLPattern, path

from ops.console import views
from ops.console.live import LivePage
from ops.console.pages import queue, traffic, workers


def _staff(address: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    return path(f"console/{address}", admin.site.admin_view(view), name=f"console-{name}")


def _page(page: type[LivePage]) -> URLPattern:
    return _staff(f"{page.slug}/", page.as_view(), page.slug)


urlpatterns = [
    _staff("overview", views.overview_now, "overview"),
    _page(traffic.TrafficPage),
    _page(queue.QueuePage),
    _staff("queue/pauses", queue.make_pause, "pause"),
    _staff("queue/pauses/<int:pause_id>/end", queue.end_pause, "resume"),
    _page(workers.WorkersPage),
    _staff("workers/<int:host_id>/<str:move>", workers.steer, "steer"),
]
