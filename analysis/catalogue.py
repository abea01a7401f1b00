"""What can the service find in a text, at what price, and does it do so at the moment?"""

from collections.abc import Sequence
from typing import Any

from analysis.engine import ANALYZERS, MAX_BYTES, MAX_WORDS
from analysis.engine.analyzers.analyzer import Analyzer
from analysis.engine.profiles import BY_NAME, PROOFREADING, Profile
from analysis.engine.proofreading import is_installed
from analysis.prices import factor_of
from analysis.samples import SAMPLES
from ops.overload.watch import watch


def analyzers() -> list[dict[str, Any]]:
    return [_analyzer(analyzer) for analyzer in ANALYZERS]


def profiles() -> list[dict[str, Any]]:
    return [_profile(profile) for profile in BY_NAME.values()]


def _analyzer(analyzer: Analyzer) -> dict[str, Any]:
    is_slow = analyzer.id in PROOFREADING
    status, reason = _standing(analyzer.id)
    return {
        "object": "analyzer",
        "id": analyzer.id,
        "version": analyzer.version,
        "title": analyzer.title,
        "category": analyzer.category,
        "languages": sorted(analyzer.languages) if analyzer.languages is not None else None,
        "profiles": [name for name, profile in BY_NAME.items() if profile.runs(analyzer.id)],
        "limits": {"max_bytes": MAX_BYTES, "max_words": MAX_WORDS},
        "cost_factor": factor_of([analyzer.id]),
        "speed": "slow" if is_slow else "fast",
        "status": status,
        "reason": reason,
        "sample": SAMPLES.get(analyzer.id),
    }


def _standing(analyzer: str) -> tuple[str, str | None]:
    if analyzer not in PROOFREADING:
        return "available", None
    if not is_installed():
        return "disabled", "This installation has no proofreader."
    if not _is_offered("deep"):
        return "degraded", "Left out of new work in dear profiles while the service is busy."
    return "available", None


def _profile(profile: Profile) -> dict[str, Any]:
    runs = _analyzers_of(profile)
    return {
        "object": "profile",
        "id": profile.name,
        "version": profile.version,
        "analyzers": runs,
        "cost_factor": factor_of(runs),
        "soft_deadline_seconds": profile.soft_deadline_seconds,
        "status": "available" if _is_offered(profile.name) else "disabled",
    }


def _analyzers_of(profile: Profile) -> Sequence[str]:
    return [analyzer.id for analyzer in ANALYZERS if profile.runs(analyzer.id)]


def _is_offered(profile: str) -> bool:
    offered = watch.effects.profiles
    return offered is None or profile in offered
