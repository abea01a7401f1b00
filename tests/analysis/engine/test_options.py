import json
from itertools import pairwise

import pytest

from analysis.engine import (
    ANALYZERS,
    PROFILES,
    AnalysisRequest,
    EngineError,
    Format,
    HouseRule,
    InvalidOption,
    Meta,
    OffsetUnit,
    Options,
    RuleKind,
    Term,
    UnknownAnalyzer,
    analyze,
    compare,
    report_from_json,
    report_key,
)

TEXT = "The chairman spoke in order to rest. It is very cold 🐝 in the café. The the end."


def report_for(source=TEXT, form=Format.TEXT, profile="standard", meta=None, **options):
    request = AnalysisRequest(source, form, "en", profile, meta or Meta(), Options(**options))
    return analyze(request)


def findings_for(section, source, **options):
    return report_for(source, **options).sections[section].findings


class TestAudience:
    HARD = (
        "Institutional accountability necessitates comprehensive evaluation of organizations. " * 9
    )

    def test_readability_is_judged_by_the_grade_of_the_readers(self):
        easy = "The bees fly home and rest in the warm hive. " * 12
        section = report_for(self.HARD, audience_grade=8).sections["readability"]

        assert [finding.id for finding in section.findings] == ["readability.above_audience"]
        assert section.metrics["audience_grade"] == 8
        assert report_for(easy, audience_grade=8).sections["readability"].score == 100

    def test_learned_readers_may_be_asked_more(self):
        scores = [
            report_for(
                "The committee evaluated several proposals and published its recommendations. " * 9,
                audience_grade=grade,
            )
            .sections["readability"]
            .score
            for grade in (4, 8, 12, 16, 18)
        ]

        assert scores == sorted(scores)
        assert scores[0] < scores[-1]


class TestChoice:
    def test_included_analyzers_run_alone(self):
        report = report_for(include=("statistics", "passive"))

        assert set(report.sections) == {"statistics", "passive"}

    def test_excluded_analyzers_do_not_run(self):
        assert "passive" not in report_for(exclude=("passive",)).sections

    @pytest.mark.parametrize("choice", ["include", "exclude"])
    def test_an_unknown_analyzer_is_refused(self, choice):
        with pytest.raises(UnknownAnalyzer):
            report_for(**{choice: ("astrology",)})

    @pytest.mark.parametrize("profile", PROFILES)
    def test_every_profile_gives_a_complete_report(self, profile):
        report = report_for(profile=profile)

        assert report.complete
        assert report.scores["overall"].score is not None

    def test_profiles_name_only_analyzers_that_exist(self):
        from analysis.engine.profiles import BY_NAME

        known = {analyzer.id for analyzer in ANALYZERS}

        for profile in BY_NAME.values():
            assert (profile.only or set()) <= known
            assert profile.without <= known

    def test_fiction_may_be_passive(self):
        assert "passive" not in report_for(profile="fiction").sections

    def test_the_compatible_profile_has_steps_where_ours_has_ramps(self):
        def scores(profile):
            long = "The keeper " + "walks and " * 10 + "sleeps. "
            texts = [long * n + "It rains. " * (40 - n) for n in range(8, 16)]
            return [
                report_for(text, profile=profile).sections["sentence_length"].score
                for text in texts
            ]

        assert set(scores("yoast-compat")) == {100, 60, 20}
        assert all(0 <= before - after <= 11 for before, after in pairwise(scores("standard")))


class TestIgnoring:
    def test_an_ignored_finding_is_not_listed_and_costs_nothing(self):
        before = report_for().sections["inclusive"]

        after = report_for(ignore=tuple(f.key for f in before.findings)).sections["inclusive"]

        assert before.score < 100
        assert (after.score, after.findings, after.ignored) == (100, [], 1)
        assert after.findings_total == before.findings_total

    def test_other_findings_keep_their_keys(self):
        before = report_for()
        key = before.sections["inclusive"].findings[0].key

        after = report_for(ignore=(key,))

        keys = [
            {f.key for section in report.sections.values() for f in section.findings}
            for report in (before, after)
        ]
        assert keys[0] - {key} == keys[1]


class TestOffsets:
    def test_places_in_metrics_are_converted_too(self):
        source = "🐝🐝 The café is old. A café is a place."

        metrics = (
            report_for(source, offset_unit=OffsetUnit.UTF8, meta=Meta(keyphrase="café"))
            .sections["keyphrase"]
            .metrics
        )

        encoded = source.encode()
        assert [encoded[p["start"] : p["end"]].decode() for p in metrics["matches"]] == ["café"] * 2


class TestTerms:
    def test_wanted_terms_are_counted_in_any_form(self):
        section = report_for(
            "Roof gardens are gardens. A roof garden is a roof garden.",
            terms=(Term("roof garden"), Term("soil"), Term("garden", 1, 2)),
        ).sections["terms"]

        counts = {term["text"]: term["count"] for term in section.metrics["terms"]}
        assert counts == {"roof garden": 3, "soil": 0, "garden": 4}
        assert [f.id for f in section.findings] == ["terms.missing", "terms.too_often"]
        assert section.metrics["grade"] == "D"

    def test_without_terms_nothing_is_judged(self):
        assert report_for().sections["terms"].reason == "no_terms"

    def test_synonyms_count_as_the_keyphrase(self):
        source = "The roof is warm. The canopy is dry."

        counts = [
            report_for(source, meta=Meta(keyphrase="roof"), synonyms=names)
            .sections["keyphrase"]
            .metrics["count"]
            for names in ((), ("canopy",))
        ]

        assert counts == [1, 2]


class TestHouseRules:
    @pytest.mark.parametrize(
        ("rule", "source", "found"),
        [
            (
                HouseRule("No hype", RuleKind.EXISTENCE, ("game-changing", "very")),
                "It is Very game-changing.",
                [("Very", ()), ("game-changing", ())],
            ),
            (
                HouseRule("Exact", RuleKind.EXISTENCE, ("Very",), ignore_case=False),
                "It is very, Very cold.",
                [("Very", ())],
            ),
            (
                HouseRule("Terms", RuleKind.SUBSTITUTION, swap=(("log in to", "sign in to"),)),
                "Log in to the mill.",
                [("Log in to", ("sign in to",))],
            ),
            (
                HouseRule("Names", RuleKind.CAPITALIZATION, ("GitHub",)),
                "Github, GITHUB and GitHub.",
                [("Github", ("GitHub",)), ("GITHUB", ("GitHub",))],
            ),
            (
                HouseRule("Again", RuleKind.REPETITION, ("bee",)),
                "A bee bee is a bee.",
                [("bee bee", ())],
            ),
            (
                HouseRule("One word", RuleKind.CONSISTENCY, ("sign in", "log in")),
                "Sign in here. Sign in there. Log in now.",
                [("Log in", ("sign in",))],
            ),
            (
                HouseRule("Few", RuleKind.OCCURRENCE, ("bee",), maximum=1),
                "A bee, a bee.",
                [("bee", ())],
            ),
            (
                HouseRule("Some", RuleKind.OCCURRENCE, ("bee",), minimum=2),
                "A bee.",
                [("", ())],
            ),
            (
                HouseRule("Tickets", RuleKind.EXISTENCE, (r"ABC-\d+",), is_pattern=True),
                "See ABC-12 and abc-7 🐝 ABC-3.",
                [("ABC-12", ()), ("abc-7", ()), ("ABC-3", ())],
            ),
        ],
    )
    def test_a_rule_finds_its_places(self, rule, source, found):
        findings = findings_for("house_rules", source, house_rules=(rule,))

        assert [(f.excerpt, tuple(f.replacements)) for f in findings] == found
        assert all(f.params["rule"] == rule.name for f in findings)

    @pytest.mark.parametrize(
        ("token", "bounds", "told"),
        [
            ("words", {"maximum": 5}, "The text has 7 words; 5 is the most allowed."),
            ("words", {"minimum": 9}, "The text has 7 words; 9 or more are wanted."),
            ("sentences", {"minimum": 3}, "The text has 2 sentences; 3 or more are wanted."),
            ("links", {"minimum": 1}, "The text has 0 links; 1 or more are wanted."),
            (
                "reading_ease",
                {"maximum": 10},
                "The text has 118.7 reading ease; 10 is the most allowed.",
            ),
            (
                "words_per_sentence",
                {"maximum": 3},
                "The text has 3.5 words per sentence; 3 is the most allowed.",
            ),
            ("words", {"minimum": 7, "maximum": 7}, None),
            ("sentences", {"minimum": 2}, None),
        ],
    )
    def test_a_measure_of_the_whole_text_is_bounded(self, token, bounds, told):
        rule = HouseRule("House", RuleKind.METRIC, (token,), **bounds)

        findings = findings_for(
            "house_rules", "The bees fly home. They rest now.", house_rules=(rule,)
        )

        assert [f.message for f in findings] == ([told] if told else [])

    def test_a_pattern_that_would_run_for_ever_elsewhere_is_harmless(self):
        rule = HouseRule("Evil", RuleKind.EXISTENCE, (r"(a+)+$",), is_pattern=True)

        assert findings_for("house_rules", "a" * 5_000 + "! b", house_rules=(rule,)) == []

    @pytest.mark.parametrize("pattern", ["(", r"(?=x)", r"(a)\1", "[z-a]"])
    def test_a_pattern_that_cannot_be_read_is_refused(self, pattern):
        with pytest.raises(InvalidOption):
            report_for(
                house_rules=(HouseRule("x", RuleKind.EXISTENCE, (pattern,), is_pattern=True),)
            )

    def test_a_pattern_that_matches_nothing_finds_nothing(self):
        rule = HouseRule("Empty", RuleKind.EXISTENCE, ("x*",), is_pattern=True)

        assert findings_for("house_rules", "A bee.", house_rules=(rule,)) == []

    @pytest.mark.parametrize(
        "options",
        [
            {"house_rules": (HouseRule("x", RuleKind.EXISTENCE),)},
            {"house_rules": (HouseRule("x", RuleKind.METRIC, ("beauty",)),)},
            {"audience_grade": 0},
            {"audience_grade": 19},
            {"house_rules": (HouseRule("x", RuleKind.EXISTENCE, ("a",)),) * 201},
            {"house_rules": (HouseRule("x", RuleKind.EXISTENCE, ("a" * 4_001,)),)},
            {"terms": (Term("a"),) * 201},
            {"terms": (Term("a" * 101),)},
            {"synonyms": ("a",) * 21},
            {"ignore": ("a",) * 2_001},
            {"synonyms": ("\ud800",)},
        ],
    )
    def test_options_have_budgets(self, options):
        with pytest.raises(EngineError):
            report_for(**options)


class TestCompare:
    BEFORE = "The chairman spoke. It is a free gift. The mill is old."
    AFTER = "A new start came. The chair spoke. It is a free gift. The mill is very old."

    def test_findings_are_told_apart_by_their_keys(self):
        comparison = compare(report_for(self.BEFORE), report_for(self.AFTER))

        assert [f.excerpt for f in comparison.fixed] == ["chairman"]
        assert [f.excerpt for f in comparison.new] == ["very"]
        assert "free gift" in [f.excerpt for f in comparison.remaining]
        assert comparison.scores["inclusion"].change > 0
        assert comparison.partial is False

    def test_the_same_text_has_nothing_new(self):
        comparison = compare(report_for(), report_for())

        assert (comparison.fixed, comparison.new) == ([], [])
        assert json.loads(comparison.to_json())["scores"]["overall"]["change"] == 0

    def test_stored_reports_can_be_compared(self):
        report = report_for(TEXT, meta=Meta(keyphrase="café"), terms=(Term("x"),))

        loaded = report_from_json(report.to_json())

        assert loaded == report
        assert loaded.to_json() == report.to_json()


def test_options_are_part_of_the_key_and_their_order_is_not():
    def key(**options):
        return report_key(AnalysisRequest(TEXT, Format.TEXT, options=Options(**options)))

    assert key() != key(exclude=("passive",))
    assert key() != key(terms=(Term("x"),))
    assert key() != key(offset_unit=OffsetUnit.UTF8)
    assert key(exclude=("passive", "terms")) == key(exclude=("terms", "passive", "passive"))


def test_tone_is_told_and_never_scored():
    section = report_for("I love this lovely mill! It is not bad. It failed.").sections["tone"]

    assert section.score is None
    assert section.metrics["positive_percent"] == pytest.approx(66.67)
    assert section.metrics["negative_percent"] == pytest.approx(33.33)
