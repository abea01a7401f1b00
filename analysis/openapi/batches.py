"""How are the endpoints of batches described?"""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from analysis.openapi.examples import BATCHES
from analysis.openapi.parts import IDEMPOTENCY_KEY, LIMIT, answer, answers, query
from analysis.serializers import BatchSubmissionSerializer

_ID = OpenApiParameter(
    "public_id", str, OpenApiParameter.PATH, description="The `id` of the batch."
)

SUBMIT: dict[str, Any] = {
    "operation_id": "submit_batch",
    "summary": "Submit many contents at once",
    "description": "All items are valid or none is taken. They are analysed when nobody waits for"
    " a single report, each under its own `custom_id`.",
    "tags": ["batches"],
    "request": BatchSubmissionSerializer,
    "examples": BATCHES,
    "parameters": [IDEMPOTENCY_KEY],
    "responses": answers(
        {202: answer("Batch", "Taken; poll `Location`.")},
        400, 401, 403, 409, 413, 415, 422, 429, 503,
    ),
}  # fmt: skip
LIST: dict[str, Any] = {
    "operation_id": "list_batches",
    "summary": "List your batches, newest first",
    "tags": ["batches"],
    "parameters": [
        LIMIT,
        query("cursor", "`next_cursor` of the page before."),
        query("created_after", "Only those made after this time.", OpenApiTypes.DATETIME),
    ],
    "responses": answers({200: answer("BatchList", "One page.")}, 400, 401, 403, 429, 503),
}
READ: dict[str, Any] = {
    "operation_id": "read_batch",
    "summary": "See how far a batch is",
    "tags": ["batches"],
    "parameters": [_ID],
    "responses": answers(
        {
            200: answer("Batch", "As it stands; `Retry-After` until it has ended."),
            304: OpenApiResponse(description="Nothing changed since the `If-None-Match` given."),
        },
        401, 403, 404, 410, 429, 503,
    ),
}  # fmt: skip
CANCEL: dict[str, Any] = {
    "operation_id": "cancel_batch",
    "summary": "Cancel what has not ended yet",
    "description": "What has ended stays as it is. Work that others wait for goes on.",
    "tags": ["batches"],
    "request": None,
    "parameters": [_ID],
    "responses": answers({200: answer("Batch", "As it stands now.")}, 401, 403, 404, 410, 429, 503),
}
RESULTS: dict[str, Any] = {
    "operation_id": "read_batch_results",
    "summary": "Fetch the results of a batch",
    "description": "One line of JSON for each item, in no promised order.",
    "tags": ["batches"],
    "parameters": [_ID],
    "responses": answers(
        {(200, "application/x-ndjson"): answer("BatchResult", "One such object on each line.")},
        401, 403, 404, 409, 410, 429, 503,
    ),
}  # fmt: skip
