"""The bare view alone, and behind django-ratelimit, a token and two throttles."""

from django.urls import path
from django.utils.decorators import method_decorator
from django_ratelimit.decorators import ratelimit
from rest_framework.authentication import TokenAuthentication
from rest_framework.throttling import UserRateThrottle

from bench.peers.limits.bare import Bare


class Burst(UserRateThrottle):
    scope = "burst"


class Sustained(UserRateThrottle):
    scope = "sustained"


@method_decorator(ratelimit(key="ip", rate="1000000/m"), name="dispatch")
class Usual(Bare):
    authentication_classes = (TokenAuthentication,)
    throttle_classes = (Burst, Sustained)


urlpatterns = [path("bare", Bare.as_view()), path("usual", Usual.as_view())]
