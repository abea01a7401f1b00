"""What does a worker do with a job? Its half of an analysis."""

from django.db import transaction

from analysis import announcing, corpus, engine, remote, reports
from analysis.models import Content
from ops import metrics
from ops.queue import PermanentError


def job_key(content_key: str) -> str:
    """Under which name a content's job is known: there is one at most at a time."""
    return f"analysis:{content_key}"


def run_analysis(content: str) -> None:
    """Analyses the content with this key, unless it has a report or nobody wants it any more."""
    row = Content.objects.filter(pk=content, report=None).first()
    if row is None:
        return
    try:
        timed = engine.analyze_timed(row.as_request())
    except engine.EngineError as error:
        raise PermanentError(str(error)) from error
    for analyzer, seconds in timed.seconds.items():
        metrics.observe("engine_seconds", seconds, analyzer=analyzer)
    # Together: the report's row keeps a second run from doing the rest.
    with transaction.atomic():
        corpus.remember(row, timed.document)
        reports.keep(row, timed.report)
        announcing.tell_of_report(content)
        remote.place_orders(content)
