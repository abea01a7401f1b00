"""Our service with one more view: the bare one, behind all that stands before ours."""

from django.urls import path

from bench.peers.limits.bare import Bare
from contentcreate.urls import urlpatterns as usual

urlpatterns = [path("api/v1/bare", Bare.as_view()), *usual]
