"""Which objects does the API answer with?"""

from typing import Any

from analysis.models import Status
from analysis.openapi.corpus import CORPUS
from analysis.openapi.parts import nullable, reference
from analysis.submission import Outcome
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
            "format": {"type": "string"},
            "profile": {"type": "string"},
        },
    },
    "error": nullable({"type": "object", "additionalProperties": True}),
    "metadata": {"type": "object", "additionalProperties": {"type": "string"}},
    "urls": {
        "type": "object",
        "properties": {
            "self": {"type": "string", "format": "uri"},
            "cancel": {"type": "string", "format": "uri"},
        },
    },
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
_LISTED_FINDINGS = {"type": "array", "items": reference("ReportFinding")}
_COMPARISON = {
    "object": {"const": "comparison"},
    "before": {"type": "string", "description": "The id of the earlier analysis."},
    "after": {"type": "string", "description": "The id of the later analysis."},
    "fixed": _LISTED_FINDINGS,
    "new": _LISTED_FINDINGS,
    "remaining": _LISTED_FINDINGS | {"description": "With the spans of the later version."},
    "scores": {
        "type": "object",
        "additionalProperties": {
            "type": "object",
            "required": ["before", "after", "change"],
            "properties": {
                name: {"type": ["number", "null"]} for name in ("before", "after", "change")
            },
        },
    },
    "partial": {
        "type": "boolean",
        "description": "A report has more findings than it lists, so that one may seem new or fixed"
        " that merely came into or fell out of the list.",
    },
}
_VALIDATION = {
    "object": {"const": "validation"},
    "valid": {"const": True},
    "outcome": {"enum": [outcome.value for outcome in Outcome]},
    "would_queue": {"type": "boolean"},
    "cost_units": {"type": "integer"},
    "eta_seconds": {
        "type": ["integer", "null"],
        "description": "Until the report is there; null while nobody works.",
    },
}
_ANALYZER = {
    "object": {"const": "analyzer"},
    "id": {"type": "string"},
    "version": {"type": "integer"},
    "title": {"type": "string"},
    "category": {"type": "string"},
    "languages": nullable({"type": "array", "items": {"type": "string"}}),
    "profiles": {"type": "array", "items": {"type": "string"}},
    "limits": {
        "type": "object",
        "properties": {"max_bytes": {"type": "integer"}, "max_words": {"type": "integer"}},
    },
    "cost_factor": {"type": "integer"},
    "speed": {"enum": ["fast", "slow"]},
    "status": {"enum": ["available", "degraded", "disabled"]},
    "reason": {"type": ["string", "null"]},
    "sample": nullable({"type": "object", "description": "A submission that shows it at work."}),
}
_PROFILE = {
    "object": {"const": "profile"},
    "id": {"type": "string"},
    "version": {"type": "integer"},
    "analyzers": {"type": "array", "items": {"type": "string"}},
    "cost_factor": {"type": "integer"},
    "soft_deadline_seconds": {"type": "number"},
    "status": {"enum": ["available", "disabled"]},
}
_ME = {
    "object": {"const": "client"},
    "name": {"type": "string"},
    "tier": {"type": "string"},
    "created_at": _TIME,
    "key": {
        "type": "object",
        "required": ["prefix", "scopes", "allowed_networks", "created_at", "expires_at"],
        "properties": {
            "prefix": {"type": "string"},
            "scopes": {"type": "array", "items": {"type": "string"}},
            "allowed_networks": {"type": "array", "items": {"type": "string"}},
            "created_at": _TIME,
            "expires_at": nullable(_TIME),
        },
    },
}


def _whole(properties: dict[str, Any]) -> dict[str, Any]:
    """An object whose members are always there."""
    return {"type": "object", "required": list(properties), "properties": properties}


def _list_of(name: str) -> dict[str, Any]:
    items = {"type": "array", "items": reference(name)}
    return _whole({"object": {"const": "list"}, "data": items})


COMPONENTS = {
    "AnalysisSummary": {
        "type": "object",
        "required": list(_SUMMARY),
        "properties": _SUMMARY,
    },
    "Analysis": {
        "type": "object",
        "required": [*_SUMMARY, "results", "corpus"],
        "properties": _SUMMARY
        | {"results": nullable(reference("Report")), "corpus": nullable(reference("Corpus"))},
    },
    "Corpus": CORPUS,
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
    "Comparison": _whole(_COMPARISON),
    "Validation": _whole(_VALIDATION),
    "Analyzer": _whole(_ANALYZER),
    "AnalyzerList": _list_of("Analyzer"),
    "Profile": _whole(_PROFILE),
    "ProfileList": _list_of("Profile"),
    "Me": _whole(_ME),
    "Problem": _PROBLEM,
}
