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
        (TEXT, "It is «a bit» late, and «a bit of a» mess. «I believe» it rains."),
        (TEXT, "They keep a bit of honey. I believe in you."),
    ],
    "style_lexicon.wordy": [
        (TEXT, "We «leverage» the mill. They want to «leverage» it, and «endeavour to» rest."),
        (TEXT, "They have less leverage over the founders. Beekeeping is a social endeavour."),
    ],
    "inclusive.race_and_origin": [
        (TEXT, "The problems of the «first world»."),
        (TEXT, "Before the First World War pygmy whales were rare, and pygmy owls too."),
    ],
    "inclusive.status": [
        (TEXT, "A «vagrant» sleeps. «Vagrants» sleep."),
        (MARKDOWN, "You can use [Vagrant](https://vagrant.example) and Middleman."),
    ],
    "passive.found": [
        (TEXT, "The mill «was sold». The bees «were disposed» of."),
        (TEXT, "There is automated and manual testing. He is disposed to rest."),
        (TEXT, "She is entitled to rest. I was involved in it. We were focused on bees."),
        (TEXT, "The mill «was involved» by the council."),
        (TEXT, "What «are the bees called»? Where «were the nets mended»?"),
        (TEXT, "What are examples of roles used in mills?"),
        (TEXT, "What «were they told» yesterday?"),
    ],
    "typography.space_before_mark": [
        (HTML, "<p>The sum« », and the <b>mean« »,</b> are <i>small</i>« ».</p>"),
        (HTML, '<p>It is denoted by <img src="x.svg" alt="x">, and is positive.</p>'),
        (MARKDOWN, "It is denoted by ![x](x.svg), and is positive."),
    ],
    "typography.double_space": [
        (TEXT, "The bees«  »fly home, and he said “no”«  »then."),
        (TEXT, "[8]  Quoted in his letters.\n\n*  *  *  *\n\nThe end."),
    ],
    "typography.fake_symbol": [
        (TEXT, "The mill is «(c)» by us."),
        (TEXT, "I like (a) simple answers (b) to old questions (c) that matter."),
    ],
    "links.same_text": [
        (MARKDOWN, "Read [«part two»](/a) and [«part two»](/b)."),
        (MARKDOWN, "Call [`open`](/open), [`close`](/close) and [`read`](/read)."),
        (MARKDOWN, "Up [^](#a), up [^](/b), up [^](/c)."),
        (MARKDOWN, "See [mill.org](http://mill.org) or [mill.org](https://mill.org/)."),
    ],
    "links.empty_text": [
        (HTML, '<p>Go «<a href="/mill"><i class="arrow"></i></a>» on.</p>'),
        (HTML, '<h2><a href="#depth" aria-label="permalink of depth"></a>Depth</h2><p>Bees.</p>'),
    ],
    "duplication.sentence": [
        (TEXT, "«The keeper of the mill walks slowly to town.» " * 2),
        (
            MARKDOWN,
            "| A | B |\n|-|-|\n"
            + "| It can work alone on all of the calls. | It can lead. |\n" * 2,
        ),
    ],
    "sensitive.card": [
        (TEXT, "Pay with «4526018159083012» today."),
        (HTML, '<p data-id="e51cb4526018159083012cf7">Nothing to pay.</p>'),
    ],
    "sensitive.email": [
        (MARKDOWN, "Write to «anna@mill.net» or [the keeper](mailto:keeper@mill.net)."),
        (HTML, '<p><a href="mailto:keeper@mill.net?subject=x">keeper@mill.net</a></p>'),
        (MARKDOWN, "See [the mail](https://lists.mill.net/lkml/2025.843@mill.net/)."),
    ],
    "consistency.dialect": [
        (TEXT, "We realise that the «apologizing» keeper loves colour and honours it."),
        (TEXT, "He is apologizing for the colour and the honour of the neighbours."),
        (TEXT, "The color of a dialogue. We talk of honor and humor in a dialogue."),
        (TEXT, "The colour, the honour and the humour of the old Labor Party."),
    ],
    "consistency.variant": [
        (TEXT, "A «start-up» is a startup, and a startup is young."),
        (TEXT, "Open source is free. An open-source mill answers in real time, in real-time mode."),
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
    assert section["status"] == "ok"
    spans = [s for f in section["findings"] if f["id"] == rule for s in f["spans"]]

    found = [source[span["start"] : span["end"]] for span in spans]
    assert found == re.findall("«(.*?)»", marked, re.DOTALL)


def test_american_is_spoken_of_with_its_article(reports):
    source = "The color of honor and humor in the harbour."

    (finding,) = reports.section("consistency", source)["findings"]

    assert finding["message"] == "“harbour” is British spelling in an American text: “harbor”."


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
