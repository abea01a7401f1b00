"""How are the endpoints about the client itself described?"""

from typing import Any

from analysis.openapi.parts import answer, answers

ME: dict[str, Any] = {
    "operation_id": "read_me",
    "summary": "As whom does the service know me?",
    "tags": ["client"],
    "responses": answers({200: answer("Me", "The client and its key.")}, 401, 403, 429, 503),
}
