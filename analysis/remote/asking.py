"""When is a remote model asked, and what is kept of its answer?"""

from __future__ import annotations

from django.conf import settings

from analysis.engine import EngineError, parse
from analysis.models import Analysis, RemoteAnswer, RemoteStatus
from analysis.remote.service import ask, is_offered
from analysis.remote.tasks import TASKS, Sides, UnusableAnswerError
from ops import queue
from ops.models import Priority
from ops.queue import PermanentError, RetryLater

KIND = "remote"
_PATIENCE_SECONDS = 5.0


def place_orders(content: str) -> None:
    """What the analyses of this content wish for and nobody has asked yet, or in vain."""
    if not is_offered():
        return
    wishes = Analysis.objects.filter(content=content).exclude(remote=[])
    rows = list(wishes.values_list("remote", "client_key"))
    if not rows:
        return
    client_key = rows[0][1]
    for name in sorted({name for names, _ in rows for name in names if name in TASKS}):
        _place(content, name, client_key)


def _place(content: str, name: str, client_key: str) -> None:
    model = settings.REMOTE_ANALYZER_MODEL
    row, _ = RemoteAnswer.objects.select_related("job").get_or_create(
        content_id=content,
        task=name,
        signature=TASKS[name].signature(model),
        defaults={"model": model[:100]},
    )
    if row.status is RemoteStatus.FAILED:  # or never ordered
        row.job = queue.enqueue(
            KIND,
            key=_job_key(row.pk),
            payload={"answer": row.pk},
            priority=Priority.BATCH,  # a report never waits behind it
            client_key=client_key,
        )
        row.save(update_fields=["job"])


def run_remote(answer: int) -> None:
    """The handler of the job. Nothing is left to do when it is called again."""
    rows = RemoteAnswer.objects.select_related("content")
    row = rows.filter(pk=answer, result__isnull=True).first()
    if row is None:
        return
    queue.take_turn(KIND, _job_key(answer), at_once=settings.REMOTE_ANALYZER_AT_ONCE)
    task = TASKS.get(row.task)
    if task is None or not is_offered():
        raise PermanentError("The remote model is no longer in service.")
    try:
        request = row.content.as_request()
        sides = Sides(parse(request), request.options.offset_unit)
    except EngineError as error:
        raise PermanentError(str(error)) from error
    told = ask(task.request_body(settings.REMOTE_ANALYZER_MODEL, sides.document.text))
    try:
        result = task.result_of(told, sides)
    except UnusableAnswerError as error:
        words = f"The remote model's answer cannot be used: {error}"
        raise RetryLater(_PATIENCE_SECONDS, words) from error
    RemoteAnswer.objects.filter(pk=answer, result__isnull=True).update(result=result)


def _job_key(answer: int) -> str:
    return f"remote:{answer}"
