"""What can be closed by itself? Every non-essential feature, in one list."""

from __future__ import annotations

from dataclasses import dataclass

SERVICE = "service"
READ_ONLY = "read_only"
_WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@dataclass(frozen=True)
class Feature:
    """A part of the service. One without paths is asked for by name, where its work begins."""

    name: str
    title: str
    paths: tuple[str, ...] = ()
    """A path ends with / or * to mean all below it."""
    methods: frozenset[str] = frozenset()
    """Empty: all."""

    def holds(self, method: str, path: str) -> bool:
        if self.methods and method not in self.methods:
            return False
        return any(_fits(path, pattern) for pattern in self.paths)


FEATURES = (
    Feature("submit", "New analyses", ("/api/v1/analyses",), frozenset({"POST"})),
    Feature("batches", "Batches", ("/api/v1/batches*",), _WRITING),
    Feature("url_fetch", "Fetching of addresses"),
    Feature("playground", "The playground", ("/", "/playground*")),
    Feature("webhooks", "Webhooks", ("/api/v1/webhook-*",)),
    Feature("documentation", "The documentation", ("/docs*", "/api/v1/openapi.json")),
)
SCOPES = (
    (SERVICE, "The whole service"),
    (READ_ONLY, "Everything that writes"),
    *((feature.name, feature.title) for feature in FEATURES),
)

_ALWAYS_OPEN = ("/admin/*", "/static/*", "/status*", "/errors*", "/metrics", "/livez", "/readyz",
                "/healthz", "/api/v1/limits", "/api/v1/errors*", "/favicon.ico")  # fmt: skip


def is_always_open(path: str) -> bool:
    """What tells of the maintenance, or ends it."""
    return any(_fits(path, pattern) for pattern in _ALWAYS_OPEN)


def closes(scope: str, *, method: str, path: str) -> bool:
    """Whether maintenance of this scope stands in the way of this request."""
    if is_always_open(path):
        return False
    if scope == SERVICE:
        return True
    if scope == READ_ONLY:
        return method in _WRITING
    return any(feature.name == scope and feature.holds(method, path) for feature in FEATURES)


def title_of(scope: str) -> str:
    return dict(SCOPES).get(scope, scope)


def _fits(path: str, pattern: str) -> bool:
    return path.startswith(pattern[:-1]) if pattern.endswith("*") else path == pattern
