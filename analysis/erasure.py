"""How does a client take its content back?"""

from django.db import IntegrityError, transaction

from analysis import finished, reports
from analysis.models import Analysis, Content, Status
from ops import queue, webhooks
from ops.problems import ProblemError

_TRIES = 3


def erase(analysis: Analysis) -> None:
    """Erases the analysis, and its text and report unless another analysis shares them."""
    for attempt in range(1, _TRIES + 1):
        try:
            with transaction.atomic():
                _erase(analysis)
            return
        except IntegrityError:
            # Somebody submitted the same content while we looked: look again.
            if attempt == _TRIES:
                raise


def _erase(analysis: Analysis) -> None:
    if analysis.status is Status.RUNNING:
        raise _running(analysis)
    content = analysis.content_id
    analysis_rows = Analysis.objects.filter(content_id=content)
    analysis_rows.filter(pk=analysis.pk).delete()
    webhooks.forget(analysis.public_id)
    transaction.on_commit(lambda: finished.withdraw([analysis.public_id]))
    if analysis_rows.exists():
        return
    if analysis.status is Status.QUEUED and analysis.job and not queue.withdraw(analysis.job):
        raise _running(analysis)
    Content.objects.filter(pk=content).delete()
    transaction.on_commit(lambda: reports.forget(content))


def _running(analysis: Analysis) -> ProblemError:
    return ProblemError(
        "analysis_running",
        f"{analysis} is running and cannot be erased before it ends.",
        retry_after_seconds=1,
    )
