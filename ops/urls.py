"""Which addresses does operating the service need?"""

from django.urls import path

from ops.metrics.views import prometheus
from ops.problems import views as problems

app_name = "ops"
urlpatterns = [
    path("metrics", prometheus, name="metrics"),
    path("errors", problems.error_catalogue, name="error-catalogue"),
    path("errors/<slug:code>", problems.error, name="error"),
]
