"""What does the API's description (OpenAPI 3.1) say that the code cannot?"""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from analysis.engine import report_schema
from analysis.models import Status
from analysis.serializers import SubmissionSerializer
from ops.problems import CATALOGUE


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    return {"oneOf": [schema, {"type": "null"}]}


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
    "queue": _nullable(
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
    "started_at": _nullable(_TIME),
    "finished_at": _nullable(_TIME),
    "expires_at": _nullable(_TIME),
    "input": {
        "type": "object",
        "properties": {
            "sha256": {"type": "string"},
            "chars": {"type": "integer"},
            "words": {"type": ["integer", "null"]},
        },
    },
    "error": _nullable({"type": "object", "additionalProperties": True}),
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
_COMPONENTS = {
    "AnalysisSummary": {
        "type": "object",
        "required": list(_SUMMARY),
        "properties": _SUMMARY,
    },
    "Analysis": {
        "type": "object",
        "required": [*_SUMMARY, "results"],
        "properties": _SUMMARY | {"results": _nullable(_reference("Report"))},
    },
    "AnalysisList": {
        "type": "object",
        "required": ["object", "data", "has_more", "next_cursor"],
        "properties": {
            "object": {"const": "list"},
            "data": {"type": "array", "items": _reference("AnalysisSummary")},
            "has_more": {"type": "boolean"},
            "next_cursor": {"type": ["string", "null"]},
        },
    },
    "Problem": _PROBLEM,
}


def _answer(name: str, description: str) -> OpenApiResponse:
    return OpenApiResponse(response=_reference(name), description=description)


def _answers(successes: dict[int, OpenApiResponse], *problems: int) -> dict[Any, Any]:
    refused = {
        (status, "application/problem+json"): _answer(
            "Problem", "; ".join(k.title for k in CATALOGUE.values() if k.status == status)
        )
        for status in problems
    }
    return {**successes, **refused}


def _query(name: str, description: str, kind: type = str) -> OpenApiParameter:
    return OpenApiParameter(name, kind, OpenApiParameter.QUERY, description=description)


_PREFER = OpenApiParameter(
    "Prefer",
    str,
    OpenApiParameter.HEADER,
    description="`wait=N`: answer when the report is there, or after N seconds (at most 25).",
)

SUBMIT: dict[str, Any] = {
    "operation_id": "submit_content",
    "summary": "Submit content for analysis",
    "description": "A known content is answered at once, else its analysis is queued.",
    "tags": ["analyses"],
    "request": SubmissionSerializer,
    "parameters": [_PREFER],
    "responses": _answers(
        {
            200: _answer("Analysis", "The report is there."),
            202: _answer("Analysis", "Queued; poll `Location`."),
        },
        400, 401, 403, 413, 415, 422, 429, 503,
    ),
}  # fmt: skip
LIST: dict[str, Any] = {
    "operation_id": "list_analyses",
    "summary": "List your analyses, newest first",
    "tags": ["analyses"],
    "parameters": [
        _query("limit", "How many on a page, at most 100.", int),
        _query("cursor", "`next_cursor` of the page before."),
        _query("status", "Only those with this status."),
        _query("created_after", "Only those made after this time (RFC 3339)."),
        _query("metadata[name]", "Only those with this label."),
    ],
    "responses": _answers({200: _answer("AnalysisList", "One page.")}, 400, 401, 403, 429, 503),
}
READ: dict[str, Any] = {
    "operation_id": "read_analysis",
    "summary": "Read an analysis and its report",
    "tags": ["analyses"],
    "parameters": [_PREFER, _query("wait", "As `Prefer: wait`.", int)],
    "responses": _answers(
        {
            200: _answer("Analysis", "As it stands; `Retry-After` until it is finished."),
            304: OpenApiResponse(description="Nothing changed since the `If-None-Match` given."),
        },
        400, 401, 403, 404, 429, 503,
    ),
}  # fmt: skip
ERASE: dict[str, Any] = {
    "operation_id": "erase_analysis",
    "summary": "Erase an analysis with its text and report",
    "tags": ["analyses"],
    "responses": _answers(
        {204: OpenApiResponse(description="Erased.")}, 401, 403, 404, 409, 429, 503
    ),
}


def complete(result: dict[str, Any], **_: object) -> dict[str, Any]:
    """Hook of drf-spectacular: what it generated, joined by the objects and the keys."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {}).update(_COMPONENTS | _report_components())
    components["securitySchemes"] = {
        "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "cc_…"},
        "header": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
    }
    # One or the other, or none: small texts may come from anybody.
    result["security"] = [{"bearer": []}, {"header": []}, {}]
    return result


def _report_components() -> dict[str, Any]:
    """The engine's own JSON Schema, with its definitions as components."""
    schema = report_schema()
    definitions = schema.pop("$defs", {})
    schema.pop("$schema", None)
    schema.pop("$id", None)
    parts = {"Report": schema, **{f"Report{name}": part for name, part in definitions.items()}}
    return {name: _moved(part) for name, part in parts.items()}


def _moved(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {
            key: value.replace("#/$defs/", "#/components/schemas/Report")
            if key == "$ref"
            else _moved(value)
            for key, value in schema.items()
        }
    return [_moved(item) for item in schema] if isinstance(schema, list) else schema
