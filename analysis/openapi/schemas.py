"""Which objects does the API answer with?"""

from typing import Any

from analysis.addresses import FORMAT
from analysis.engine import Format
from analysis.models import Status
from analysis.openapi.corpus import CORPUS
from analysis.openapi.examples import PROBLEM, QUEUED
from analysis.openapi.parts import nullable, reference
from analysis.openapi.remote import REMOTE
from analysis.submission import Outcome
from ops.problems import CATALOGUE

_TIME = {"type": "string", "format": "date-time"}
_LABELS = {"type": "object", "additionalProperties": {"type": "string"}}
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
            "url": {
                "type": ["string", "null"],
                "description": "Where the text stands; where it was fetched in the format 'url'.",
            },
        },
    },
    "error": nullable({"type": "object", "additionalProperties": True}),
    "batch": nullable(
        {
            "type": "object",
            "description": "The batch it was submitted in, and its name there.",
            "properties": {"id": {"type": "string"}, "custom_id": {"type": "string"}},
        }
    ),
    "metadata": _LABELS,
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
    "examples": [PROBLEM],
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
        "violated-policies": {
            "type": "array",
            "items": {"type": "string"},
            "description": "With 429 the limits that were reached; with 503 `service-level`, or the"
            " promise of the `queue` in `GET /limits` that could not be kept.",
        },
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "pointer": {"type": "string"},
                    "index": {"type": "integer", "description": "Of the item, in a list."},
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
_BATCH_SUMMARY: dict[str, Any] = {
    "id": {"type": "string", "examples": ["ba_5sGm1Qe4T7Yc0h2FqkqV6Jx"]},
    "object": {"const": "batch"},
    "processing_status": {"enum": ["in_progress", "ended"]},
    "request_counts": {
        "type": "object",
        "required": ["processing", "succeeded", "errored", "canceled", "expired"],
        "properties": {
            name: {"type": "integer"}
            for name in ("processing", "succeeded", "errored", "canceled", "expired")
        },
    },
    "progress": {"type": "number", "minimum": 0, "maximum": 1},
    "created_at": _TIME,
    "canceled_at": nullable(_TIME),
    "metadata": _LABELS,
    "urls": {
        "type": "object",
        "properties": {
            name: {"type": "string", "format": "uri"} for name in ("self", "cancel", "results")
        },
    },
}
_BATCH = _BATCH_SUMMARY | {
    "ended_at": nullable(_TIME),
    "eta": {
        "type": ["integer", "null"],
        "description": "Seconds until it has probably ended; null when it has, or while nobody"
        " works.",
    },
}
_BATCH_RESULT = {
    "custom_id": {"type": "string"},
    "result": {
        "type": "object",
        "required": ["type", "analysis"],
        "properties": {
            "type": {"enum": ["succeeded", "errored", "canceled", "expired"]},
            "analysis": reference("Analysis"),
        },
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
_ERROR = {
    "object": {"const": "error"},
    "code": {"type": "string"},
    "status": {"type": "integer"},
    "title": {"type": "string"},
    "meaning": {"type": "string"},
    "remedy": {"type": "string"},
    "type": {"type": "string", "format": "uri"},
    "docs": {"type": "string", "format": "uri"},
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
_LIMIT = {
    "name": {"type": "string"},
    "route": {"enum": ["submit", "read"]},
    "counts": {"enum": ["requests", "cost", "places"]},
    "limit": {"type": "integer"},
    "usual_limit": {"type": "integer"},
    "used": {"type": "integer"},
    "remaining": {"type": "integer"},
}
_OF_WINDOWS = {"window_seconds": {"type": "integer"}, "resets_in": {"type": "integer"}}
_QUEUE = {
    "name": {"type": "string", "description": "As `violated-policies` calls it."},
    "promised_seconds": {"type": "number", "description": "New work that waits longer is refused."},
    "wait_seconds": {"type": "number"},
    "slots": {"type": "integer", "description": "Jobs that may wait before new work of yours."},
    "used": {"type": "integer"},
    "remaining": {"type": "integer"},
}
_LIMITS: dict[str, Any] = {
    "object": {"const": "limits"},
    "tier": {"type": "string"},
    "policies": {
        "type": "array",
        "items": {"type": "object", "required": list(_LIMIT), "properties": _LIMIT | _OF_WINDOWS},
    },
    "reduced": {"type": ["object", "null"], "description": "Limits are lower until then, and why."},
    "payload_max_bytes": {"type": "integer"},
    "service": {
        "type": "object",
        "description": "Its level, what that leaves out, what is closed.",
    },
    "max_wait": {"type": "integer", "description": "Seconds that `Prefer: wait` is granted now."},
}
_COUNTS: dict[str, Any] = {
    "calls": {"type": "integer", "description": "Requests, refused and repeated ones included."},
    "analyses": {"type": "integer"},
    "cached": {"type": "integer", "description": "Analyses whose report was known."},
    "units": {"type": "integer", "description": "Cost units, as limits count them."},
    "errors": {"type": "integer", "description": "Requests that were refused."},
    "cache_share": {"type": ["number", "null"]},
}


def _usage() -> dict[str, Any]:
    name = {"type": "string"}
    groups = {"day": name | {"format": "date"}, "profile": name, "analyzer": name}
    group = {"type": "object", "required": list(_COUNTS), "properties": groups | _COUNTS}
    return {
        "object": {"const": "usage"},
        "from": {"type": "string", "format": "date"},
        "to": {"type": "string", "format": "date"},
        "group_by": {"type": "array", "items": {"enum": list(groups)}},
        "data": {"type": "array", "items": group},
        "total": _whole(_COUNTS),
    }


def _whole(properties: dict[str, Any]) -> dict[str, Any]:
    """An object whose members are always there."""
    return {"type": "object", "required": list(properties), "properties": properties}


def _list_of(name: str) -> dict[str, Any]:
    items = {"type": "array", "items": reference(name)}
    return _whole({"object": {"const": "list"}, "data": items})


def _page_of(name: str) -> dict[str, Any]:
    return _whole(
        _list_of(name)["properties"]
        | {"has_more": {"type": "boolean"}, "next_cursor": {"type": ["string", "null"]}}
    )


COMPONENTS = {
    "AnalysisSummary": {
        "type": "object",
        "required": list(_SUMMARY),
        "properties": _SUMMARY,
    },
    "Analysis": {
        "type": "object",
        "required": [*_SUMMARY, "results", "corpus", "remote"],
        "examples": [QUEUED],
        "properties": _SUMMARY
        | {
            "results": nullable(reference("Report")),
            "corpus": nullable(reference("Corpus")),
            "remote": nullable(REMOTE),
        },
    },
    "Corpus": CORPUS,
    "Content": _whole(
        {
            "object": {"const": "content"},
            "format": {"enum": [*(form.value for form in Format), FORMAT]},
            "content": {"type": "string"},
        }
    ),
    "AnalysisList": _page_of("AnalysisSummary"),
    "Batch": _whole(_BATCH),
    "BatchSummary": _whole(_BATCH_SUMMARY),
    "BatchList": _page_of("BatchSummary"),
    "BatchResult": _whole(_BATCH_RESULT),
    "Comparison": _whole(_COMPARISON),
    "Validation": _whole(_VALIDATION),
    "Analyzer": _whole(_ANALYZER),
    "AnalyzerList": _list_of("Analyzer"),
    "Profile": _whole(_PROFILE),
    "ProfileList": _list_of("Profile"),
    "Error": _whole(_ERROR),
    "ErrorList": _list_of("Error"),
    "Me": _whole(_ME),
    "Limits": _whole(_LIMITS | {"queue": _whole(_QUEUE)}),
    "Usage": _whole(_usage()),
    "Problem": _PROBLEM,
}
