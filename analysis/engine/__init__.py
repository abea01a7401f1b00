"""The content analysis engine: pure, offline, deterministic.

report = analyze(AnalysisRequest(source="# Hello\\n\\nA text.", format=Format.MARKDOWN))
report.to_json()
"""

from analysis.engine.analyzers.register import ANALYZERS
from analysis.engine.compare import Comparison, compare
from analysis.engine.document.document import Document
from analysis.engine.document.parse import parse
from analysis.engine.errors import (
    ContentEmpty,
    ContentNotText,
    ContentTooLong,
    EngineError,
    InvalidOption,
    UnknownAnalyzer,
    UnknownProfile,
)
from analysis.engine.loading import report_from_json
from analysis.engine.option_loading import options_from_json
from analysis.engine.options import (
    HouseRule,
    OffsetUnit,
    Options,
    RuleKind,
    RuleSeverity,
    Term,
)
from analysis.engine.profiles import PROFILES
from analysis.engine.report import Rating, Report, Span
from analysis.engine.request import (
    MAX_BYTES,
    MAX_KEYPHRASE_CHARACTERS,
    MAX_META_CHARACTERS,
    MAX_WORDS,
    AnalysisRequest,
    Format,
    Meta,
    check_budget,
)
from analysis.engine.run import Timed, analyze, analyze_timed
from analysis.engine.schema import report_schema
from analysis.engine.signature import ENGINE, ENGINE_SIGNATURE, ENGINE_VERSION, report_key

__all__ = [
    "ANALYZERS",
    "ENGINE",
    "ENGINE_SIGNATURE",
    "ENGINE_VERSION",
    "MAX_BYTES",
    "MAX_KEYPHRASE_CHARACTERS",
    "MAX_META_CHARACTERS",
    "MAX_WORDS",
    "PROFILES",
    "AnalysisRequest",
    "Comparison",
    "ContentEmpty",
    "ContentNotText",
    "ContentTooLong",
    "Document",
    "EngineError",
    "Format",
    "HouseRule",
    "InvalidOption",
    "Meta",
    "OffsetUnit",
    "Options",
    "Rating",
    "Report",
    "RuleKind",
    "RuleSeverity",
    "Span",
    "Term",
    "Timed",
    "UnknownAnalyzer",
    "UnknownProfile",
    "analyze",
    "analyze_timed",
    "check_budget",
    "compare",
    "options_from_json",
    "parse",
    "report_from_json",
    "report_key",
    "report_schema",
]
