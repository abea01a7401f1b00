import pytest

from analysis.engine.analyzers import formulas
from analysis.engine.analyzers.formulas import Counts
from analysis.engine.languages.english_syllables import count_syllables

# Ten sentences of ten words, worked out by hand from the published formulas.
EASY = Counts(
    sentences=10,
    words=100,
    letters=400,
    syllables=130,
    polysyllables=5,
    complex_words=4,
    long_words=10,
)
HARD = Counts(
    sentences=4,
    words=100,
    letters=550,
    syllables=190,
    polysyllables=30,
    complex_words=25,
    long_words=40,
)


@pytest.mark.parametrize(
    ("formula", "easy", "hard"),
    [
        (formulas.flesch_reading_ease, 86.705, 20.72),
        (formulas.flesch_kincaid_grade, 3.65, 16.58),
        (formulas.gunning_fog, 5.6, 20.0),
        (formulas.smog, 7.1687, 18.7744),
        (formulas.coleman_liau, 4.76, 15.356),
        (formulas.automated_readability_index, 2.41, 16.975),
        (formulas.lix, 20.0, 65.0),
        (formulas.amstad, 93.95, 43.85),
        (formulas.fernandez_huerta, 118.64, 67.34),
        (formulas.kandel_moles, 101.17, 41.785),
        (formulas.vacca, 126.0, 70.5),
        (formulas.douma, 97.44, 37.29),
        (formulas.martins, 128.705, 62.72),
        (formulas.oborneva, 115.705, 60.145),
    ],
)
def test_a_formula_gives_what_its_paper_says(formula, easy, hard):
    assert formula(EASY) == pytest.approx(easy, abs=0.01)
    assert formula(HARD) == pytest.approx(hard, abs=0.01)


@pytest.mark.parametrize(
    ("syllables", "words"),
    [
        (
            1,
            "file files used called while style whole names asked based eye make bye plays",
        ),
        (
            2,
            "table module something useful being create issue maybe doing rhythm isn't layer",
        ),
        (3, "created area media radio idea piano completely however banana"),
        (3, "behavior behaviour anyone valuable"),
        (2, "knowledge saying playing buying really senior argue safety mrs flying giant"),
        (4, "variable automatic information situation mechanism HTML experience"),
        (5, "university automatically individual communication"),
    ],
)
def test_syllables_are_counted_as_they_are_spoken(syllables, words):
    spoken = words.split()

    assert {word: count_syllables(word) for word in spoken} == dict.fromkeys(spoken, syllables)
