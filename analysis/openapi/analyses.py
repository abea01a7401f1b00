"""How are the endpoints of analyses described?"""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse

from analysis.models import Status
from analysis.openapi.examples import SUBMISSIONS
from analysis.openapi.parts import (
    FIELDS,
    ID,
    IDEMPOTENCY_KEY,
    LIMIT,
    PREFER,
    answer,
    answers,
    query,
    reference,
)
from analysis.serializers import SubmissionSerializer

_GIVEN = {"type": "string", "minLength": 1}
_SECONDS = {"type": "integer", "minimum": 0}

SUBMIT: dict[str, Any] = {
    "operation_id": "submit_content",
    "summary": "Submit content for analysis",
    "description": "A known content is answered at once, else its analysis is queued.",
    "tags": ["analyses"],
    "request": SubmissionSerializer,
    "examples": SUBMISSIONS,
    "parameters": [
        PREFER,
        IDEMPOTENCY_KEY,
        query("validate_only", "A dry run: price and time, nothing is kept or queued.", bool),
        FIELDS,
    ],
    "responses": answers(
        {
            200: OpenApiResponse(
                response={"oneOf": [reference("Analysis"), reference("Validation")]},
                description="The report is there; or what a dry run foresees.",
            ),
            202: answer("Analysis", "Queued; poll `Location`."),
        },
        400, 401, 403, 409, 413, 415, 422, 429, 503,
    ),
}  # fmt: skip
LIST: dict[str, Any] = {
    "operation_id": "list_analyses",
    "summary": "List your analyses, newest first",
    "tags": ["analyses"],
    "parameters": [
        LIMIT,
        query("cursor", "`next_cursor` of the page before."),
        query("status", "Only those with this status.", enum=Status.values),
        query("profile", "Only those in this profile."),
        query("type", "Another name of `profile`."),
        query("batch", "Only those of the batch with this id."),
        query("created_after", "Only those made after this time.", OpenApiTypes.DATETIME),
        query("metadata[name]", "Only those with this label."),
        FIELDS,
    ],
    "responses": answers({200: answer("AnalysisList", "One page.")}, 400, 401, 403, 429, 503),
}
READ: dict[str, Any] = {
    "operation_id": "read_analysis",
    "summary": "Read an analysis and its report",
    "tags": ["analyses"],
    "parameters": [ID, PREFER, query("wait", "As `Prefer: wait`.", _SECONDS), FIELDS],
    "responses": answers(
        {
            200: answer("Analysis", "As it stands; `Retry-After` until it is finished."),
            304: OpenApiResponse(description="Nothing changed since the `If-None-Match` given."),
        },
        400, 401, 403, 404, 410, 429, 503,
    ),
}  # fmt: skip
ERASE: dict[str, Any] = {
    "operation_id": "erase_analysis",
    "summary": "Erase an analysis with its text and report",
    "tags": ["analyses"],
    "parameters": [ID],
    "responses": answers(
        {204: OpenApiResponse(description="Erased.")}, 401, 403, 404, 409, 410, 429, 503
    ),
}
CONTENT: dict[str, Any] = {
    "operation_id": "read_content",
    "summary": "Read the text that an analysis is about",
    "description": "The source into which the spans of the report point: of a page that was"
    " fetched, as it came. Until then it is the address, in the format `url`.",
    "tags": ["analyses"],
    "parameters": [ID],
    "responses": answers(
        {
            200: answer("Content", "The text."),
            304: OpenApiResponse(description="Nothing changed since the `If-None-Match` given."),
        },
        401, 403, 404, 410, 429, 503,
    ),
}  # fmt: skip
CANCEL: dict[str, Any] = {
    "operation_id": "cancel_analysis",
    "summary": "Say that an analysis is not wanted any more",
    "description": "An analysis that has ended stays as it is. Work that others wait for goes on.",
    "tags": ["analyses"],
    "request": None,
    "parameters": [ID],
    "responses": answers(
        {200: answer("Analysis", "As it stands now.")}, 401, 403, 404, 410, 429, 503
    ),
}
COMPARE: dict[str, Any] = {
    "operation_id": "compare_analyses",
    "summary": "Compare with an earlier version",
    "description": "Which findings were fixed since, which are new, and which remain. Findings are"
    " told apart by keys that survive edits elsewhere in the text.",
    "tags": ["analyses"],
    "parameters": [ID, query("before", "The id of the earlier analysis.", _GIVEN, required=True)],
    "responses": answers(
        {200: answer("Comparison", "What changed.")}, 400, 401, 403, 404, 409, 410, 429, 503
    ),
}
