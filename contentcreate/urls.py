"""Which addresses does the whole service answer?"""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("analysis.urls")),
    path("", include("ops.urls")),
    path("admin/", include("ops.console.urls")),
    path("admin/", include("ops.second_factor.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "ops.problems.views.bad_request"
handler403 = "ops.problems.views.permission_denied"
handler404 = "ops.problems.views.page_not_found"
handler500 = "ops.problems.views.server_error"
