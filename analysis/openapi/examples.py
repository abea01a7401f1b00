"""What do requests and answers look like?"""

from typing import Any

from drf_spectacular.utils import OpenApiExample

from ops.problems import CATALOGUE

_ARTICLE = "# Ferries at night\n\nThe ledger was written by the harbour master."


def _request(name: str, value: dict[str, Any]) -> OpenApiExample:
    return OpenApiExample(name, value=value, request_only=True)


SUBMISSIONS = [
    _request("A text", {"content": "The ferry was expected by nobody."}),
    _request(
        "An article with its keyphrase",
        {
            "content": _ARTICLE,
            "format": "markdown",
            "language": "en",
            "meta": {
                "keyphrase": "night ferry",
                "title": "Ferries at night",
                "description": "When they leave, and what they cost.",
                "slug": "ferries-at-night",
            },
            "metadata": {"post": "42"},
        },
    ),
    _request(
        "With rules of the house",
        {
            "content": "We utilise the ferry.",
            "profile": "docs",
            "options": {
                "exclude": ["inclusive"],
                "offset_unit": "utf16",
                "terms": [{"text": "ferry", "minimum": 1, "maximum": 5}],
                "house_rules": [
                    {"name": "Plain words", "kind": "substitution", "swap": {"utilise": "use"}}
                ],
            },
        },
    ),
    _request(
        "Two analyzers only",
        {"content": "The the ferry left.", "analyzers": ["readability", "repeated_words"]},
    ),
]
BATCHES = [
    _request(
        "Two posts",
        {
            "items": [
                {"custom_id": "post-1", "content": "The ferry left."},
                {"custom_id": "post-2", "content": _ARTICLE, "format": "markdown"},
            ],
            "metadata": {"run": "nightly"},
        },
    )
]
_KIND = CATALOGUE["validation_failed"]
PROBLEM = {
    "type": "https://content.example/errors/validation_failed",
    "title": _KIND.title,
    "status": _KIND.status,
    "detail": '/format: "pdf" is not a valid choice.',
    "instance": "/api/v1/analyses",
    "code": _KIND.code,
    "request_id": "req_0b5d8a1c9f3e42d7a6b1c2d3",
    "docs": "https://content.example/errors/validation_failed",
    "errors": [
        {
            "pointer": "/format",
            "code": "invalid_choice",
            "message": '"pdf" is not a valid choice.',
        }
    ],
}
_URL = "https://content.example/api/v1/analyses/an_7Yc0h2FqkqV6JxGm1sQe4T"
QUEUED = {
    "id": "an_7Yc0h2FqkqV6JxGm1sQe4T",
    "object": "analysis",
    "status": "queued",
    "progress": {"done": 0, "total": 1, "step": "queued"},
    "queue": {"position": 3, "eta_seconds": 2},
    "cached": False,
    "degraded": [],
    "created_at": "2026-03-01T09:00:00Z",
    "started_at": None,
    "finished_at": None,
    "expires_at": None,
    "input": {
        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "chars": 33,
        "words": None,
        "format": "text",
        "profile": "standard",
    },
    "error": None,
    "batch": None,
    "metadata": {},
    "urls": {"self": _URL, "cancel": f"{_URL}/cancel"},
    "results": None,
    "corpus": None,
    "remote": None,
}
