"""What may a browser do with our pages? Content security by path, and what no page needs."""

from collections.abc import Callable, Mapping, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

Policy = Mapping[str, Sequence[str]]
"""Directive to sources, the shape of Django 6's SECURE_CSP."""

_UNUSED_POWERS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class BrowserPolicyMiddleware:
    """The longest prefix that fits decides; SECURE_CSP holds everywhere else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.strict = header(settings.SECURE_CSP)
        by_length = sorted(settings.SECURE_CSP_BY_PREFIX.items(), key=lambda item: -len(item[0]))
        self.relaxed = [(prefix, header(policy)) for prefix, policy in by_length]

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self._policy_for(request.path))
        response.headers.setdefault("Permissions-Policy", _UNUSED_POWERS)
        return response

    def _policy_for(self, path: str) -> str:
        for prefix, policy in self.relaxed:
            if path.startswith(prefix):
                return policy
        return self.strict


def header(policy: Policy) -> str:
    return "; ".join(f"{directive} {' '.join(sources)}" for directive, sources in policy.items())
