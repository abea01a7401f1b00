"""The content analysis engine: pure, offline, deterministic.

report = analyze(AnalysisRequest(source="# Hello\\n\\nA text.", format=Format.MARKDOWN))
report.to_json()
"""

from analysis.engine.errors import (
    ContentEmpty,
    ContentNotText,
    ContentTooLong,
    EngineError,
    UnknownProfile,
)
from analysis.engine.profiles import PROFILES
from analysis.engine.report import Report
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
    "ENGINE",
    "ENGINE_SIGNATURE",
    "ENGINE_VERSION",
    "MAX_BYTES",
    "MAX_KEYPHRASE_CHARACTERS",
    "MAX_META_CHARACTERS",
    "MAX_WORDS",
    "PROFILES",
    "AnalysisRequest",
    "ContentEmpty",
    "ContentNotText",
    "ContentTooLong",
    "EngineError",
    "Format",
    "Meta",
    "Report",
    "Timed",
    "UnknownProfile",
    "analyze",
    "analyze_timed",
    "check_budget",
    "report_key",
    "report_schema",
]
