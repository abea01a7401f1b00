"""How are the options of a submission kept in a row, and read back?"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from analysis.engine import HouseRule, OffsetUnit, Options, RuleKind, RuleSeverity, Term

_DEFAULTS = asdict(Options())


def as_json(options: Options) -> dict[str, Any]:
    """Only what differs from the defaults, so that most rows hold an empty object."""
    return {name: value for name, value in asdict(options).items() if value != _DEFAULTS[name]}


def from_json(kept: dict[str, Any]) -> Options:
    return Options(
        include=tuple(kept.get("include", ())),
        exclude=tuple(kept.get("exclude", ())),
        ignore=tuple(kept.get("ignore", ())),
        offset_unit=OffsetUnit(kept.get("offset_unit", OffsetUnit.CODEPOINT)),
        synonyms=tuple(kept.get("synonyms", ())),
        terms=tuple(Term(**term) for term in kept.get("terms", ())),
        house_rules=tuple(_rule(rule) for rule in kept.get("house_rules", ())),
        audience_grade=kept.get("audience_grade"),
    )


def _rule(kept: dict[str, Any]) -> HouseRule:
    return HouseRule(
        **kept
        | {
            "kind": RuleKind(kept["kind"]),
            "severity": RuleSeverity(kept["severity"]),
            "tokens": tuple(kept["tokens"]),
            "swap": tuple((source, target) for source, target in kept["swap"]),
        }
    )
