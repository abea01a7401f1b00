"""Which content was submitted, by whom, and what was found in it?"""

from analysis.models.analyses import Analysis, AnalysisQuerySet, Status, new_public_id
from analysis.models.contents import Content, Report

__all__ = ["Analysis", "AnalysisQuerySet", "Content", "Report", "Status", "new_public_id"]
