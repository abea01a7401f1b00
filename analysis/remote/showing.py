"""What does a client see of the remote model's answers?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analysis.models import Analysis, RemoteAnswer, RemoteStatus
from analysis.remote.service import is_offered

_UNASKED = "The remote model was not asked."
_NOT_ASKED = {"status": RemoteStatus.FAILED, "model": None, "error": _UNASKED, "result": None}


@dataclass(frozen=True)
class RemoteView:
    """By task. None where nothing was wished for."""

    answers: dict[str, Any] | None = None

    @property
    def is_pending(self) -> bool:
        return any(each["status"] == RemoteStatus.PENDING for each in (self.answers or {}).values())


def answers_for(analysis: Analysis) -> RemoteView:
    """Only what this analysis wished for, also where others share its content."""
    if not analysis.remote:
        return RemoteView()
    rows = RemoteAnswer.objects.filter(content=analysis.content_id, task__in=analysis.remote)
    newest = {row.task: row for row in rows.select_related("job").order_by("pk")}
    if not is_offered() and not newest:
        return RemoteView(dict.fromkeys(analysis.remote, _NOT_ASKED))
    return RemoteView({task: _shown(newest.get(task)) for task in analysis.remote})


def _shown(row: RemoteAnswer | None) -> dict[str, Any]:
    if row is None:
        return {"status": RemoteStatus.PENDING, "model": None, "error": None, "result": None}
    status = row.status
    return {
        "status": status,
        "model": row.model,
        "error": _error(row) if status is RemoteStatus.FAILED else None,
        "result": row.result,
    }


def _error(row: RemoteAnswer) -> str:
    failure = row.job.failure if row.job else None
    return failure.message if failure else _UNASKED
