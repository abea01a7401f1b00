"""How are the endpoints about the client itself described?"""

from typing import Any

from drf_spectacular.types import OpenApiTypes

from analysis.openapi.parts import answer, answers, query

ME: dict[str, Any] = {
    "operation_id": "read_me",
    "summary": "As whom does the service know me?",
    "tags": ["client"],
    "responses": answers({200: answer("Me", "The client and its key.")}, 401, 403, 429, 503),
}
LIMITS: dict[str, Any] = {
    "operation_id": "read_limits",
    "summary": "How do I stand?",
    "description": "All limits of whoever asks, how long a request may wait, what fits into the"
    " queue, and what the service leaves out at present. This request is free.",
    "tags": ["client"],
    "responses": answers({200: answer("Limits", "As of this moment.")}, 401, 403, 503),
}
USAGE: dict[str, Any] = {
    "operation_id": "read_usage",
    "summary": "What have I used?",
    "description": "Submissions of whoever asks, by day (UTC), profile and analyzer. An analysis"
    " counts for each analyzer that ran in it. The last seconds may be missing.",
    "tags": ["client"],
    "parameters": [
        query("from", "The first day; 30 days when absent.", OpenApiTypes.DATE),
        query("to", "The last day; today when absent.", OpenApiTypes.DATE),
        query("group_by", "Any of `day`, `profile`, `analyzer`, with commas; `day` when absent."),
    ],
    "responses": answers({200: answer("Usage", "What was used.")}, 400, 401, 403, 429, 503),
}
