"""Which addresses does operating the service need?"""

from django.urls import path

from ops.problems import views as problems

app_name = "ops"
urlpatterns = [
    path("errors", problems.error_catalogue, name="error-catalogue"),
    path("errors/<slug:code>", problems.error, name="error"),
]
