"""What became better and what worse from one analysis to a later one?"""

from typing import Any

import orjson

from analysis import reports
from analysis.engine import Report, compare, report_from_json
from analysis.models import Analysis
from ops.problems import ProblemError


def comparison_of(before: Analysis, after: Analysis) -> dict[str, Any]:
    found = compare(_report(before), _report(after))
    return {
        "object": "comparison",
        "before": before.public_id,
        "after": after.public_id,
        **orjson.loads(found.to_json()),
    }


def _report(analysis: Analysis) -> Report:
    body = reports.body_of(analysis.content_id) if analysis.is_done else None
    if body is None:
        raise ProblemError(
            "analysis_not_finished",
            f"{analysis} is {analysis.status} and has no report to compare.",
            retry_after_seconds=None if analysis.is_settled else 1,
        )
    return report_from_json(body)
