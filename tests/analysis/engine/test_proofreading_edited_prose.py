"""What the proofreader must not say of edited prose, and what it must still say beside it."""

import pytest

from analysis.engine import AnalysisRequest, Format, Options, analyze


def found(section, source, form=Format.TEXT):
    options = Options(include=(section,))
    report = analyze(AnalysisRequest(source, form, "en-US", options=options), deadline_seconds=60)
    assert str(report.sections[section].status) == "ok"
    return [finding.excerpt for finding in report.sections[section].findings]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("The keeper reads the heatmaps and checks the storyline.", []),
        ("They relicense the mill, misconfigure it and find it unmeasurable.", []),
        ("It is findable and doglike.", []),
        ("Use check-ins and add-ons in the silver-hilted mill.", []),
        ("See www.mill.example and mill.qwx.example for more.", []),
        ("Arkwrigth's bees are small, and so are Tolk's hives.", []),
        ("The gen'l'man chanc'd to rest in the mill.", []),
        ("Thanks to all of these:\n\n- gohyda\n- ggomez\n- vlastachu", []),
        ("The child(ren) sleep.", []),
        ("The eventhough and the deside are mistakes.", ["eventhough", "deside"]),
        ("She recieved the letter in the well-mantained mill.", ["recieved", "mantained"]),
        ("Writting was untill then a highscool.", ["Writting", "untill", "highscool"]),
        ("Teh mill is wierd.", ["Teh", "wierd"]),
    ],
)
def test_compounds_and_derived_words_are_known(source, words):
    assert found("spelling", source) == words


@pytest.mark.parametrize(
    ("source", "places"),
    [
        ("It was a interview in a old mill.", ["a", "a"]),
        ("A apple fell.", ["A"]),
        ("This is the first in an series of posts.", ["an"]),
        ("An MIT scientist used an SEO tool and an FAQ.", []),
        ("An unidentified, an unimportant and an uninteresting bee.", []),
        ("Schedule A is long, and Schedule A and B are old. Take matrix A and matrix B.", []),
        ("i think that i have seen it.", ["i", "i"]),
        ("The i-th bee and the element i of row j.", []),
        ("So lets grab some bees.", ["lets"]),
        ("Let people rest. She let fall her basket. He's let out at noon.", []),
        ("The hive lost it's queen.", ["it's"]),
        ("Rest; it's choice tea. We know it's kind of late. “It's no use.”", []),
        ("Is there anything new for someone new to the mill?", []),
        ("It is quite bitter and still quite likely to rest.", []),
        ("Change it to vectorized code.", []),
        ("They voted for the bees they thought were old.", []),
        ("You two look happy. You yourself have seen it.", []),
        ("We strived to rest.", []),
    ],
)
def test_good_grammar_is_left_alone(source, places):
    assert found("grammar", source) == places


def test_another_dialect_is_no_misspelling_unless_one_is_declared():
    def spelling(language):
        source = "The behaviour of bees is a matter of color, honor and humor."
        options = Options(include=("spelling",))
        report = analyze(AnalysisRequest(source, Format.TEXT, language, options=options))
        return [finding.excerpt for finding in report.sections["spelling"].findings]

    assert spelling("en") == []
    assert spelling("en-US") == ["behaviour"]
