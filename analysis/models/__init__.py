"""Which content was submitted, by whom, and what was found in it?"""

from analysis.models.analyses import Analysis, AnalysisQuerySet, Status, new_public_id
from analysis.models.contents import Content, Report
from analysis.models.idempotency import IdempotencyRecord

__all__ = [
    "Analysis",
    "AnalysisQuerySet",
    "Content",
    "IdempotencyRecord",
    "Report",
    "Status",
    "new_public_id",
]
