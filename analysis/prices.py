"""How many cost units does a submission take from its client's quota?"""

from collections.abc import Iterable

from analysis.engine import AnalysisRequest
from analysis.engine.profiles import BY_NAME, PROOFREADING
from ops.limits.pricing import BYTES_PER_UNIT

PROOFREADING_FACTOR = 3
"""How much dearer it is to look at grammar and spelling too."""


def units_of(request: AnalysisRequest) -> int:
    chosen = request.options.include or _analyzers_of(request.profile)
    runs = set(chosen) - set(request.options.exclude)
    return factor_of(runs) * (1 + len(request.source.encode()) // BYTES_PER_UNIT)


def factor_of(analyzers: Iterable[str]) -> int:
    return PROOFREADING_FACTOR if PROOFREADING & set(analyzers) else 1


def _analyzers_of(profile: str) -> list[str]:
    return [name for name in PROOFREADING if BY_NAME[profile].runs(name)]
