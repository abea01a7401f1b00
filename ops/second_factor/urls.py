"""Which addresses do second factors have, below the admin?"""

from django.contrib import admin
from django.urls import path

from ops.second_factor import views

urlpatterns = [
    path("second-factor/", admin.site.admin_view(views.show), name="second-factor"),
    path("second-factor/set-up/", admin.site.admin_view(views.set_up), name="second-factor-setup"),
    path(
        "second-factor/codes/", admin.site.admin_view(views.new_codes), name="second-factor-codes"
    ),
]
