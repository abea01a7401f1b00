"""What edited articles taught the rules: each pair is one mistake that a rule used to make.

«…» marks what must be found; a text without marks must be left alone.
"""

import re

import pytest

from analysis.engine import Format

TEXT, MARKDOWN, HTML = Format.TEXT, Format.MARKDOWN, Format.HTML

CASES = {
    "style_lexicon.hedge": [
        (TEXT, "It was «kind of» fun. They «sort of» gave up. I «kind of» like it."),
        (TEXT, "A peculiar kind of frenzy rose. Celebrate the kind of keeper who rests."),
        (TEXT, "That is the sort of train it is, and the most fun kind of work."),
    ],
    "style_lexicon.wordy": [
        (TEXT, "We «leverage» the mill. They want to «leverage» it, and «endeavour» to rest."),
        (TEXT, "They have less leverage over the founders. Beekeeping is a social endeavour."),
    ],
    "style_lexicon.jargon": [
        (TEXT, "We will «pivot to» honey."),
        (TEXT, "Move the pivot to that place."),
    ],
}


@pytest.mark.parametrize(
    ("rule", "form", "marked"),
    [(rule, form, marked) for rule, cases in CASES.items() for form, marked in cases],
)
def test_a_rule_marks_this_and_nothing_else(reports, rule, form, marked):
    source = marked.replace("«", "").replace("»", "")

    section = reports.section(rule.split(".")[0], source, form)
    spans = [s for f in section["findings"] if f["id"] == rule for s in f["spans"]]

    found = [source[span["start"] : span["end"]] for span in spans]
    assert found == re.findall("«(.*?)»", marked, re.DOTALL)


@pytest.mark.parametrize(
    ("source", "replacements"),
    [
        ("It terminates soon.", ["ends", "stops"]),
        ("The hive was utilised.", ["used"]),
        ("They are leveraging it.", ["using"]),
        ("We ascertained it.", ["found out"]),
        ("Two deep dives followed.", ["close looks"]),
        ("We facilitate it.", ["help", "ease"]),
        ("He makes reference to bees.", ["refers to"]),
    ],
)
def test_a_replacement_has_the_form_of_what_it_replaces(reports, source, replacements):
    (finding,) = reports.section("style_lexicon", source)["findings"]

    assert finding["replacements"] == replacements


@pytest.mark.parametrize(
    ("source", "replacements"),
    [
        ("The fishermen left.", ["fishers"]),
        ("Two chairwomen spoke.", ["chairs", "chairpersons"]),
        ("The clergymen left.", ["members of the clergy"]),
        ("The convicts left.", ["people who were in prison"]),
        ("Their spokesmen left.", ["spokespeople"]),
    ],
)
def test_several_people_are_replaced_by_several(reports, source, replacements):
    (finding,) = reports.section("inclusive", source)["findings"]

    assert finding["replacements"] == replacements
