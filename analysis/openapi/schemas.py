"""Which objects does the API answer with?"""

from typing import Any

from analysis.models import Status
from analysis.openapi.parts import nullable, reference
from ops.problems import CATALOGUE

_TIME = {"type": "string", "format": "date-time"}
_SUMMARY: dict[str, Any] = {
    "id": {"type": "string", "examples": ["an_7Yc0h2FqkqV6JxGm1sQe4T"]},
    "object": {"const": "analysis"},
    "status": {"enum": Status.values},
    "progress": {
        "type": "object",
        "properties": {
            "done": {"type": "integer"},
            "total": {"type": "integer"},
            "step": {"type": "string"},
        },
    },
    "queue": nullable(
        {
            "type": "object",
            "description": "Its place while it waits.",
            "properties": {
                "position": {"type": ["integer", "null"]},
                "eta_seconds": {"type": ["integer", "null"]},
            },
        }
    ),
    "cached": {"type": "boolean", "description": "The report was known at submission."},
    "degraded": {
        "type": "array",
        "items": {"type": "string"},
        "description": "Sections that failed; the others are whole.",
    },
    "created_at": _TIME,
    "started_at": nullable(_TIME),
    "finished_at": nullable(_TIME),
    "expires_at": nullable(_TIME),
    "input": {
        "type": "object",
        "properties": {
            "sha256": {"type": "string"},
            "chars": {"type": "integer"},
            "words": {"type": ["integer", "null"]},
        },
    },
    "error": nullable({"type": "object", "additionalProperties": True}),
    "metadata": {"type": "object", "additionalProperties": {"type": "string"}},
    "urls": {"type": "object", "properties": {"self": {"type": "string", "format": "uri"}}},
}
_PROBLEM = {
    "type": "object",
    "description": "A problem document (RFC 9457).",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "code": {"enum": sorted(CATALOGUE)},
        "request_id": {"type": ["string", "null"]},
        "docs": {"type": "string", "format": "uri"},
        "retry_after": {"type": "integer"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "pointer": {"type": "string"},
                    "code": {"type": "string"},
                    "message": {"type": "string"},
                },
            },
        },
    },
}
COMPONENTS = {
    "AnalysisSummary": {
        "type": "object",
        "required": list(_SUMMARY),
        "properties": _SUMMARY,
    },
    "Analysis": {
        "type": "object",
        "required": [*_SUMMARY, "results"],
        "properties": _SUMMARY | {"results": nullable(reference("Report"))},
    },
    "AnalysisList": {
        "type": "object",
        "required": ["object", "data", "has_more", "next_cursor"],
        "properties": {
            "object": {"const": "list"},
            "data": {"type": "array", "items": reference("AnalysisSummary")},
            "has_more": {"type": "boolean"},
            "next_cursor": {"type": ["string", "null"]},
        },
    },
    "Problem": _PROBLEM,
}
