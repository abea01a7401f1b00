"""Rules of style on whole texts, and the passive on sentences that were labelled by hand."""

from pathlib import Path

import pytest

from analysis.engine import AnalysisRequest, Format
from analysis.engine.analyzers.passive_voice import find_passives
from analysis.engine.document.parse import parse

DATA = Path(__file__).with_name("data")


def labelled(name):
    lines = (DATA / name).read_text().splitlines()
    return [(line[0] == "1", line[2:]) for line in lines if line and line[0] in "01"]


def passive_scores(name):
    sentences = labelled(name)
    verdicts = [
        (truth, bool(list(find_passives(parse(AnalysisRequest(text, Format.TEXT, "en"))))))
        for truth, text in sentences
    ]
    right = sum(truth and said for truth, said in verdicts)
    f1 = 2 * right / (sum(truth for truth, _ in verdicts) + sum(said for _, said in verdicts))
    return len(sentences), f1


def test_the_passive_is_known_in_sentences_the_rules_were_not_tuned_on():
    total, f1 = passive_scores("passive_gold.txt")

    assert total >= 300
    assert f1 >= 0.95


def test_the_passive_is_known_in_the_sentences_the_rules_were_tuned_on():
    assert passive_scores("passive_tuning.txt")[1] >= 0.97


def test_a_passive_is_marked_from_helper_to_participle(reports):
    found = reports.found("passive", "<p>It <b>was not</b> ever found.</p>", Format.HTML)

    assert found == [("passive.found", "was not</b> ever found")]


@pytest.mark.parametrize(
    ("sentences", "runs"),
    [
        ("Bees fly. Bees rest. Bees sing.", 1),
        ("The bees fly. The wind blows. The rain falls.", 0),
        ("The bees fly. The bees rest. The bees sing.", 1),
        ("Bees fly. Bees rest. Rain falls. Bees sing.", 0),
        ("Bees fly. Bees rest.\n\nBees sing.", 1),
        ("Bees fly. Bees rest. Bees sing. Rain falls. I go. I run. I swim.", 2),
        ("- Bees fly.\n- Bees rest.\n- Bees sing.", 0),
        ("BEES fly. Bees rest. Bees sing.", 1),
    ],
)
def test_a_run_of_equal_beginnings_is_found(reports, sentences, runs):
    assert reports.section("sentence_beginnings", sentences)["metrics"]["runs"] == runs


def test_few_adverbs_cost_nothing(reports):
    section = reports.section("adverbs", "She sang loudly. " + "The bees fly home. " * 20)

    assert (section["score"], section["findings"]) == (100, [])


def test_replacements_keep_the_capital(reports):
    section = reports.section("style_lexicon", "In order to rest, we stopped.")

    assert section["findings"][0]["replacements"] == ["To"]


def test_texts_too_short_for_connecting_words_are_not_judged(reports):
    section = reports.section("transitions", "Bees fly. Rain falls.")

    assert (section["status"], section["score"]) == ("ok", None)


def test_a_long_text_without_connecting_words_scores_badly(reports):
    section = reports.section("transitions", "The bees fly home and rest. " * 60)

    assert (section["rating"], section["findings_total"]) == ("bad", 1)


def test_american_is_spoken_of_with_its_article(reports):
    source = "The color of honor and humor in the harbour."

    (finding,) = reports.section("consistency", source)["findings"]

    assert finding["message"] == "“harbour” is British spelling in an American text: “harbor”."
