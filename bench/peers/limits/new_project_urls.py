"""The bare view alone."""

from django.urls import path

from bench.peers.limits.bare import Bare

urlpatterns = [path("bare", Bare.as_view())]
