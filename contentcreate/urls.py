"""Which addresses does the whole service answer?"""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("analysis.urls")),
    path("admin/", admin.site.urls),
]
