"""What does a worker do with a job? Its half of an analysis."""

from analysis import engine, reports
from analysis.models import Content
from ops.queue import PermanentError


def run_analysis(content: str) -> None:
    """Analyses the content with this key, unless it has a report or nobody wants it any more."""
    row = Content.objects.filter(pk=content).first()
    if row is None or reports.exists(content):
        return
    try:
        report = engine.analyze(row.as_request())
    except engine.EngineError as error:
        raise PermanentError(str(error)) from error
    reports.keep(row, report)
