"""Which client shows this key?"""

from collections.abc import Mapping
from typing import Any

from django.core.cache import caches
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from ops import keys
from ops.clients import AnonymousClient
from ops.limits.identity import origin_of
from ops.models import ApiKey, Client
from ops.overload import known_keys
from ops.problems import ProblemError

_LAST_USED_RESOLUTION_SECONDS = 60


class ApiKeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer cc_…` or `X-API-Key: cc_…`; without either, an anonymous client."""

    def authenticate(self, request: Request) -> tuple[Client | AnonymousClient, ApiKey | None]:
        shown, origin = _shown_key(request._request.META), origin_of(request._request)
        if shown is None:
            return AnonymousClient(origin.address), None
        key = _recognise(shown)
        if not key.may_be_used_from(origin.exact):
            raise ProblemError("ip_not_allowed", f"The key {key} may not be used from here.")
        _note_use(key)
        known_keys.learn(shown, key.client.tier)
        return key.client, key

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="ContentCreate"'


def _shown_key(environ: Mapping[str, Any]) -> str | None:
    scheme, _, credentials = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    if scheme.lower() == "bearer":
        return credentials.strip()
    if scheme:
        raise ProblemError(
            "invalid_key", "Show the key as 'Authorization: Bearer cc_…' or 'X-API-Key: cc_…'."
        )
    return environ.get("HTTP_X_API_KEY")


def _recognise(shown: str) -> ApiKey:
    prefix = keys.prefix_of(shown)
    if prefix is None:
        raise ProblemError("invalid_key", "The key is mistyped: its checksum does not fit.")
    key = keys.find(prefix)
    if key is None or not keys.opens(key, shown):
        raise ProblemError("invalid_key", "This service does not know the key.")
    if key.revoked_at is not None:
        raise ProblemError("key_revoked", f"The key {key} was revoked. Ask for a new one.")
    if key.expires_at is not None and key.expires_at <= timezone.now():
        raise ProblemError("key_expired", f"The key {key} has expired. Ask for a new one.")
    return key


def _note_use(key: ApiKey) -> None:
    # Once a minute at most: a busy key must not cost a write with every request, nor a look.
    if "use_is_noted" in key.__dict__:
        return
    key.__dict__["use_is_noted"] = True
    if caches["default"].add(f"key-used:{key.pk}", True, _LAST_USED_RESOLUTION_SECONDS):
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=timezone.now())
