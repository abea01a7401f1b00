import pytest

from analysis.engine import Format

SHORT = "The bees fly home. They rest."
LONG = "The keeper who lives at the mill " + "walks slowly and " * 5 + "looks at the bees."


def words(number):
    """Sentences of ten words, so that only their number matters."""
    return " ".join(["The bees fly home and rest in the warm hive."] * (number // 10))


class TestStatistics:
    def test_words_sentences_and_paragraphs_are_counted(self, reports):
        metrics = reports.section("statistics", f"{SHORT}\n\nRain fell.")["metrics"]

        assert (metrics["words"], metrics["sentences"], metrics["paragraphs"]) == (8, 3, 2)
        assert metrics["unique_words"] == 8
        assert metrics["lexical_variety"] == 1.0

    def test_reading_time_follows_the_language_and_the_images(self, reports):
        english = reports.section("statistics", words(2280))["metrics"]
        german = reports.section("statistics", "Bienen fliegen. " * 895, language="de")["metrics"]
        picture = reports.section("statistics", "![a](b)", Format.MARKDOWN)["metrics"]

        assert english["reading_time_seconds"] == 600
        assert german["reading_time_seconds"] == 600
        assert picture["reading_time_seconds"] == 12

    def test_a_repetitive_text_has_less_variety(self, reports):
        same = reports.section("statistics", words(100))["metrics"]

        assert same["mtld"] < 20


class TestLanguage:
    @pytest.mark.parametrize(
        ("code", "text"),
        [
            ("en", "The bees fly home in the evening and rest until the sun comes back."),
            ("de", "Die Bienen fliegen am Abend nach Hause und ruhen bis die Sonne kommt."),
            ("fr", "Les abeilles rentrent le soir et se reposent jusqu'au lever du soleil."),
            ("es", "Las abejas vuelven a casa por la tarde y descansan hasta el amanecer."),
            ("ja", "ミツバチは夕方に家に帰り、太陽が戻るまで休みます。とても静かです。"),
        ],
    )
    def test_a_language_is_detected(self, reports, code, text):
        language = reports.of(text, language=None)["language"]

        assert (language["code"], language["source"]) == (code, "detected")
        assert language["confidence"] > 0.8

    def test_too_few_letters_are_not_judged(self, reports):
        assert reports.of("Ja nein", language=None)["language"]["source"] == "none"

    def test_what_is_declared_wins_over_what_is_detected(self, reports):
        report = reports.of("The bees fly home in the evening and rest.", language="de-AT")

        assert report["language"] == {"code": "de", "confidence": 1.0, "source": "declared"}
        assert [f["id"] for f in report["sections"]["language"]["findings"]] == [
            "language.mismatch"
        ]

    def test_an_unknown_language_still_gets_what_needs_no_language(self, reports):
        report = reports.of("Lorem ipsum dolor sit amet consectetur.", language="xx")

        assert report["complete"] is True
        assert "lix" in report["sections"]["readability"]["metrics"]


class TestReadability:
    def test_short_words_in_short_sentences_are_easy(self, reports):
        section = reports.section("readability", words(120))

        assert section["score"] == 100
        assert section["findings"] == []

    def test_long_words_in_long_sentences_are_hard(self, reports):
        hard = "Institutional accountability necessitates comprehensive organizational evaluation"
        section = reports.section("readability", f"{hard}. " * 20)

        assert section["rating"] == "bad"
        assert [finding["id"] for finding in section["findings"]] == ["readability.difficult"]

    def test_all_seven_formulas_are_told_for_english(self, reports):
        metrics = reports.section("readability", words(120))["metrics"]

        assert {
            "flesch_reading_ease",
            "flesch_kincaid_grade",
            "gunning_fog",
            "smog",
            "coleman_liau",
            "automated_readability_index",
            "lix",
        } <= set(metrics)

    def test_languages_without_spaces_are_left_alone(self, reports):
        section = reports.section("readability", "今日は雨です。" * 10, language="ja")

        assert (section["status"], section["reason"]) == ("skipped", "language_not_supported")


class TestSentenceLength:
    @pytest.mark.parametrize(
        ("count", "expected"),
        [(20, []), (21, ["too_long"]), (29, ["too_long"]), (30, ["very_long"])],
    )
    def test_limits_are_met_to_the_word(self, reports, count, expected):
        found = reports.found("sentence_length", "bee " * (count - 1) + "home.")

        assert [finding for finding, _ in found] == [f"sentence_length.{e}" for e in expected]

    def test_spanish_sentences_may_be_longer(self, reports):
        sentence = "abeja " * 24 + "casa."

        assert reports.found("sentence_length", sentence, language="es") == []
        assert reports.found("sentence_length", sentence, language="en") != []

    def test_the_score_falls_with_the_share_of_long_sentences(self, reports):
        scores = [
            reports.section("sentence_length", f"{LONG} " * long + f"{SHORT} " * 10)["score"]
            for long in (0, 5, 8, 12, 40)
        ]

        assert scores == sorted(scores, reverse=True)
        assert (scores[0], scores[-1]) == (100, 0)

    def test_the_excerpt_is_the_sentence(self, reports):
        source = f"<p>{SHORT} <em>{LONG}</em></p>"

        assert [e for _, e in reports.found("sentence_length", source, Format.HTML)] == [LONG]


class TestParagraphLength:
    @pytest.mark.parametrize(
        ("count", "expected"), [(150, []), (160, ["too_long"]), (210, ["very_long"])]
    )
    def test_long_paragraphs_are_found(self, reports, count, expected):
        found = reports.found("paragraph_length", words(count))

        assert [finding for finding, _ in found] == [f"paragraph_length.{e}" for e in expected]


class TestStructure:
    def test_a_good_structure_has_no_findings(self, reports):
        source = f"# A\n\n{words(100)}\n\n## B\n\n{words(200)}\n\n### C\n\n{words(50)}\n\n## D"

        section = reports.section("structure", source, Format.MARKDOWN)

        assert (section["score"], section["findings"]) == (100, [])

    @pytest.mark.parametrize(
        ("source", "expected"),
        [
            ("# A\n\n### B\n\nx", [("skipped_level", "### B\n")]),
            ("# A\n\n# B\n\nx", [("second_h1", "# B\n")]),
            ("# A\n\n##\n\nx", [("empty_heading", "##\n")]),
        ],
    )
    def test_faults_of_headings_are_found_in_their_places(self, reports, source, expected):
        found = reports.found("structure", source, Format.MARKDOWN)

        assert [(i, e.strip()) for i, e in found] == [
            (f"structure.{name}", excerpt.strip(" #\n") or excerpt.strip())
            if name != "empty_heading"
            else (f"structure.{name}", excerpt.strip())
            for name, excerpt in expected
        ]

    def test_a_long_text_without_subheadings_is_found(self, reports):
        found = reports.found("structure", words(360))

        assert [finding for finding, _ in found] == ["structure.no_subheadings"]

    def test_a_long_section_is_marked_by_its_heading(self, reports):
        source = f"<h2>Bees</h2><p>{words(360)}</p><h2>Rain</h2><p>{SHORT}</p>"

        assert reports.found("structure", source, Format.HTML) == [
            ("structure.long_section", "Bees")
        ]

    def test_a_heading_that_is_an_image_with_a_text_is_not_empty(self, reports):
        assert reports.found("structure", "<h2><img src=b alt=Bees></h2>x", Format.HTML) == []


class TestKeywords:
    def test_the_phrase_a_text_repeats_is_its_first_keyword(self, reports):
        source = (
            "# Roof gardens\n\nA roof garden needs light. Roof gardens hold water. "
            "Every roof garden has soil.\n\nThe city likes a roof garden."
        )

        keywords = reports.section("keywords", source, Format.MARKDOWN)["metrics"]["keywords"]

        assert (keywords[0]["text"], keywords[0]["count"]) == ("roof garden", 5)
        spans = [source[s["start"] : s["end"]] for s in keywords[0]["spans"]]
        assert spans == [
            "Roof gardens",
            "roof garden",
            "Roof gardens",
            "roof garden",
            "roof garden",
        ]

    def test_function_words_and_numbers_are_no_keywords(self, reports):
        source = "It is 2024 and it is 2024 and they are there. " * 5

        assert reports.section("keywords", source)["metrics"]["keywords"] == []


class TestSeoBasics:
    def checks(self, reports, source="Bees.", **meta):
        section = reports.section("seo_basics", source, **meta)
        return {check["id"]: check["rating"] for check in section["metrics"]["checks"]}

    def test_what_is_not_told_is_not_judged(self, reports):
        assert set(self.checks(reports)) == {"length"}

    @pytest.mark.parametrize(
        ("title", "rating"), [("Bees on a roof", "good"), ("W" * 31, "good"), ("W" * 32, "bad")]
    )
    def test_a_title_must_fit_the_search_results(self, reports, title, rating):
        assert self.checks(reports, title=title)["title_width"] == rating

    @pytest.mark.parametrize(
        ("length", "rating"), [(120, "ok"), (121, "good"), (156, "good"), (157, "ok")]
    )
    def test_a_description_fills_its_space(self, reports, length, rating):
        assert self.checks(reports, description="x" * length)["description_length"] == rating

    @pytest.mark.parametrize(
        ("slug", "rating"),
        [("bees-on-a-roof", "good"), ("Bees_On A Roof", "ok"), ("blog/bees", "good")],
    )
    def test_a_slug_is_plain(self, reports, slug, rating):
        assert self.checks(reports, slug=slug)["slug"] == rating

    @pytest.mark.parametrize(
        ("source", "check", "rating"),
        [
            ("<h1>a</h1>", "single_h1", "good"),
            ("<h1>a</h1><h1>b</h1>", "single_h1", "bad"),
            ("<a href=/a>a</a>", "internal_links", "good"),
            ("<a href=/a>a</a>", "external_links", "bad"),
            ("<a href=https://bees.example rel=nofollow>a</a>", "external_links", "ok"),
            ("<a href=https://bees.example>a</a>", "external_links", "good"),
            ("a", "images", "bad"),
            ("a<img src=b alt=b>", "images", "good"),
        ],
    )
    def test_a_page_has_one_title_links_and_images(self, reports, source, check, rating):
        section = reports.section("seo_basics", source, Format.HTML)

        found = {c["id"]: c["rating"] for c in section["metrics"]["checks"]}
        assert found[check] == rating

    @pytest.mark.parametrize(("count", "score"), [(50, 0), (100, 0), (200, 50), (300, 100)])
    def test_the_score_of_the_length_is_a_ramp(self, reports, count, score):
        assert reports.section("seo_basics", words(count))["score"] == score


class TestKeyphrase:
    def checks(self, reports, source, form=Format.TEXT, **meta):
        section = reports.section("keyphrase", source, form, **meta)
        assert section["status"] == "ok"
        return {check["id"]: check["rating"] for check in section["metrics"]["checks"]}

    def test_without_a_keyphrase_nothing_is_judged(self, reports):
        section = reports.section("keyphrase", SHORT)

        assert (section["status"], section["reason"]) == ("skipped", "no_keyphrase")

    @pytest.mark.parametrize(
        ("keyphrase", "source", "count"),
        [
            ("maintainers", "A maintainer maintains. Maintainers' work. We maintain.", 2),
            ("baking bread", "Bake bread. She baked breads. A baker's bread.", 2),
            ("city", "Cities and a city's wall.", 2),
            ("roof garden", "A roof garden grows. Gardens on roofs grow.", 2),
            ("roof garden", "A roof. A garden.", 0),
            ('"roof garden"', "A roof garden grows. Gardens on roofs grow. A garden roof.", 1),
            ('"roof garden"', "A roof and garden grow.", 0),
            ("the cost of bees", "Bees cost. Bees cost and cost.", 2),
            ("to be", "To be or not to be.", 2),
            ("ROOF", "roof Roof", 2),
        ],
    )
    def test_occurrences_are_counted_by_sentence_and_form(self, reports, keyphrase, source, count):
        section = reports.section("keyphrase", source, keyphrase=keyphrase)

        assert section["metrics"]["count"] == count

    @pytest.mark.parametrize(
        ("title", "rating"),
        [
            ("Roof garden ideas", "good"),
            ("The roof garden", "good"),
            ("Ideas for a roof garden", "ok"),
            ("A garden on the roof", "ok"),
            ("Balcony ideas", "bad"),
        ],
    )
    def test_the_title_begins_with_the_keyphrase(self, reports, title, rating):
        checks = self.checks(reports, SHORT, keyphrase="roof garden", title=title)

        assert checks["title"] == rating

    @pytest.mark.parametrize(
        ("source", "rating"),
        [
            ("A roof garden grows. Rain fell.", "good"),
            ("A roof. A garden.", "ok"),
            ("Rain fell.\n\nA roof garden grows.", "bad"),
        ],
    )
    def test_the_introduction_names_the_keyphrase(self, reports, source, rating):
        assert self.checks(reports, source, keyphrase="roof garden")["introduction"] == rating

    @pytest.mark.parametrize(
        ("slug", "rating"),
        [("roof-gardens", "good"), ("roof", "ok"), ("balcony", "ok")],
    )
    def test_the_slug_holds_the_keyphrase(self, reports, slug, rating):
        assert self.checks(reports, SHORT, keyphrase="roof garden", slug=slug)["slug"] == rating

    def test_hyphens_of_a_keyphrase_are_no_matter_in_a_slug(self, reports):
        checks = self.checks(reports, SHORT, keyphrase="Roof-Garden", slug="roof-garden")

        assert checks["slug"] == "good"

    @pytest.mark.parametrize(
        ("description", "rating"),
        [
            ("All about the roof garden.", "good"),
            ("All about balconies.", "bad"),
            ("Roof garden. Roof garden. Roof garden.", "bad"),
        ],
    )
    def test_the_description_names_it_once_or_twice(self, reports, description, rating):
        checks = self.checks(reports, SHORT, keyphrase="roof garden", description=description)

        assert checks["description"] == rating

    @pytest.mark.parametrize(
        ("source", "rating"),
        [
            ("## Roof garden\n\nx", "good"),
            ("## Roof garden\n\nx\n\n## Rain\n\nx", "good"),
            ("## Rain\n\nx\n\n## Sun\n\nx", "bad"),
            ("## Roof garden\n\nx\n\n## The roof garden\n\nx", "bad"),
        ],
    )
    def test_some_subheadings_hold_it(self, reports, source, rating):
        checks = self.checks(reports, source, Format.MARKDOWN, keyphrase="roof garden")

        assert checks["subheadings"] == rating

    @pytest.mark.parametrize(
        ("alt", "rating"), [("a roof garden", "good"), ("the roof", "good"), ("rain", "ok")]
    )
    def test_an_image_speaks_of_it(self, reports, alt, rating):
        source = f"Rain fell ![{alt}](a.png)"

        checks = self.checks(reports, source, Format.MARKDOWN, keyphrase="roof garden")

        assert checks["images"] == rating

    def test_a_link_that_gives_the_keyphrase_away_competes(self, reports):
        source = "Read [the roof gardens](https://bees.example) now"

        found = reports.found("keyphrase", source, Format.MARKDOWN, keyphrase="roof garden")

        assert ("keyphrase.competing_link", "the roof gardens") in found

    @pytest.mark.parametrize(
        ("times", "rating"), [(0, "bad"), (1, "bad"), (3, "good"), (10, "good"), (30, "bad")]
    )
    def test_density_is_neither_too_low_nor_too_high(self, reports, times, rating):
        source = "The roof is warm and dry and has a view there. " * times
        source += words(300 - 10 * times)

        assert self.checks(reports, source, keyphrase="roof")["density"] == rating

    def test_an_uneven_spread_is_found(self, reports):
        source = "The roof is warm. The roof is dry. " + words(300)

        found = [i for i, _ in reports.found("keyphrase", source, keyphrase="roof")]

        assert "keyphrase.uneven" in found
