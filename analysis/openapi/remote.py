"""What does an analysis say of the remote model's answers?"""

from typing import Any

from analysis.models import RemoteStatus
from analysis.openapi.parts import nullable

REMOTE: dict[str, Any] = {
    "type": "object",
    "description": "What a remote model answered to each task of `remote`; null when none was "
    "wished for. It comes after the report, is never scored, and is the word of a machine: plain "
    "text, bounded, with `<` written as `&lt;`.",
    "additionalProperties": {
        "type": "object",
        "required": ["status", "model", "error", "result"],
        "properties": {
            "status": {"enum": RemoteStatus.values},
            "model": {"type": ["string", "null"]},
            "error": {"type": ["string", "null"]},
            "result": nullable(
                {
                    "type": "object",
                    "description": "`summary`; or `rewrites`, each with the `span` it is about.",
                    "additionalProperties": True,
                }
            ),
        },
    },
}
