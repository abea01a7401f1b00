"""How are the catalogues described?"""

from typing import Any

from analysis.openapi.parts import answer, answers

ANALYZERS: dict[str, Any] = {
    "operation_id": "list_analyzers",
    "summary": "List what the service looks for",
    "description": "Each analyzer with its price, its languages and a sample submission.",
    "tags": ["catalogue"],
    "responses": answers({200: answer("AnalyzerList", "All analyzers.")}, 401, 429, 503),
}
PROFILES: dict[str, Any] = {
    "operation_id": "list_profiles",
    "summary": "List the profiles and which analyzers they run",
    "tags": ["catalogue"],
    "responses": answers({200: answer("ProfileList", "All profiles.")}, 401, 429, 503),
}
ERRORS: dict[str, Any] = {
    "operation_id": "list_errors",
    "summary": "List what can go wrong, and what helps",
    "tags": ["catalogue"],
    "responses": answers({200: answer("ErrorList", "All errors.")}, 401, 429, 503),
}
ERROR: dict[str, Any] = {
    "operation_id": "read_error",
    "summary": "What does this code mean?",
    "tags": ["catalogue"],
    "responses": answers({200: answer("Error", "The error.")}, 401, 404, 429, 503),
}
