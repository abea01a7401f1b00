"""What may a client choose beyond profile and meta?"""

from typing import Any

from rest_framework import serializers

from analysis.engine import (
    ANALYZERS,
    HouseRule,
    OffsetUnit,
    Options,
    RuleKind,
    RuleSeverity,
    Term,
)
from analysis.engine.options import MAX_GRADE
from analysis.hints import hint
from analysis.serializers.strict import NamedChoiceField, StrictSerializer

_IDS = [analyzer.id for analyzer in ANALYZERS]
_MAX_TERM = 100
_MAX_TEXT = 500


class AnalyzerField(serializers.ChoiceField):
    """The id of an analyzer; a wrong one is told the nearest."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=_IDS, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        if data in _IDS:
            return str(data)
        message = f"There is no analyzer {str(data)[:40]!r}. {hint(str(data), _IDS)}"
        raise serializers.ValidationError(message, code="unknown_analyzer")


class TermSerializer(StrictSerializer):
    """A term that the text shall hold at least, and at most, so often."""

    text = serializers.CharField(max_length=_MAX_TERM)
    minimum = serializers.IntegerField(min_value=0, max_value=10_000, default=1)
    maximum = serializers.IntegerField(min_value=0, max_value=10_000, allow_null=True, default=None)


class HouseRuleSerializer(StrictSerializer):
    """A rule of your own. Tokens are words, or RE2 patterns when `is_pattern`; those of the kind
    `metric` are names such as `grade`, `words_per_sentence` or `links`."""

    name = serializers.CharField(max_length=_MAX_TERM)
    kind = NamedChoiceField(choices=[kind.value for kind in RuleKind])
    tokens = serializers.ListField(child=serializers.CharField(max_length=_MAX_TEXT), default=list)
    swap = serializers.DictField(
        child=serializers.CharField(max_length=_MAX_TEXT, allow_blank=True),
        default=dict,
        help_text="For `substitution`: what is written, and what should be.",
    )
    message = serializers.CharField(max_length=_MAX_TEXT, allow_blank=True, default="")
    severity = NamedChoiceField(
        choices=[severity.value for severity in RuleSeverity], default=RuleSeverity.WARNING.value
    )
    minimum = serializers.IntegerField(min_value=0, max_value=10_000, default=0)
    maximum = serializers.IntegerField(min_value=0, max_value=10_000, allow_null=True, default=None)
    is_pattern = serializers.BooleanField(default=False)
    ignore_case = serializers.BooleanField(default=True)


class OptionsSerializer(StrictSerializer):
    """What else the report shall heed."""

    exclude = serializers.ListField(
        child=AnalyzerField(),
        default=list,
        max_length=len(_IDS),
        help_text="Analyzers of the profile that shall not run.",
    )
    ignore = serializers.ListField(
        child=serializers.CharField(max_length=_MAX_TERM),
        default=list,
        help_text="The `key`s of findings that you have decided to leave as they are.",
    )
    offset_unit = NamedChoiceField(
        choices=[unit.value for unit in OffsetUnit],
        default=OffsetUnit.CODEPOINT.value,
        help_text="What one step of a span counts; `utf16` for JavaScript, Java and C#.",
    )
    synonyms = serializers.ListField(
        child=serializers.CharField(max_length=_MAX_TERM),
        default=list,
        help_text="Other words for the keyphrase.",
    )
    terms = TermSerializer(many=True, default=list)
    house_rules = HouseRuleSerializer(many=True, default=list)
    audience_grade = serializers.IntegerField(
        min_value=1,
        max_value=MAX_GRADE,
        allow_null=True,
        default=None,
        help_text="The school grade that your readers read at: readability is judged by it, not by "
        "a general scale. English only.",
    )


def engine_options(analyzers: list[str], data: dict[str, Any]) -> Options:
    """Sets are sorted: the order in which they were sent makes no second report."""
    return Options(
        include=tuple(sorted(set(analyzers))),
        exclude=tuple(sorted(set(data.get("exclude", ())))),
        ignore=tuple(sorted(set(data.get("ignore", ())))),
        offset_unit=OffsetUnit(data.get("offset_unit", OffsetUnit.CODEPOINT)),
        synonyms=tuple(data.get("synonyms", ())),
        terms=tuple(Term(**term) for term in data.get("terms", ())),
        house_rules=tuple(_house_rule(rule) for rule in data.get("house_rules", ())),
        audience_grade=data.get("audience_grade"),
    )


def _house_rule(data: dict[str, Any]) -> HouseRule:
    return HouseRule(
        **data
        | {
            "kind": RuleKind(data["kind"]),
            "severity": RuleSeverity(data["severity"]),
            "tokens": tuple(data["tokens"]),
            "swap": tuple(data["swap"].items()),
        }
    )
