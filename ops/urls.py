"""Which addresses does operating the service need?"""

from django.urls import path

from ops.metrics.views import prometheus
from ops.problems import views as problems
from ops.status_page import views as status_page

app_name = "ops"
urlpatterns = [
    path("metrics", prometheus, name="metrics"),
    path("status", status_page.page, name="status"),
    path("status.json", status_page.as_json, name="status-json"),
    path("status/summary.json", status_page.as_json),
    path("status/feed.atom", status_page.feed, name="status-feed"),
    path("status/badge.svg", status_page.badge, name="status-badge"),
    path("status/incidents/<int:number>", status_page.incident, name="status-incident"),
    path("errors", problems.error_catalogue, name="error-catalogue"),
    path("errors/<slug:code>", problems.error, name="error"),
]
