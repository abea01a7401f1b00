"""Analyzers that measure and find no faults, against cases worked out by hand."""

import pytest

from analysis.engine import Format

MARKDOWN, HTML, TEXT = Format.MARKDOWN, Format.HTML, Format.TEXT

# Words, sentences and paragraphs of each source.
COUNTS = [
    ("The bees fly home. They rest.", TEXT, 6, 2, 1),
    ("The bees fly home.\n\nThey rest.", TEXT, 6, 2, 2),
    ("Dr. Mill came on Jan. 3, as planned.", TEXT, 8, 1, 1),
    ("He paid $1,000.50 for 3.5 kg. It was late.", TEXT, 9, 2, 1),
    ("Well-known, re-used: don't ask.", TEXT, 4, 1, 1),
    ("See https://mill.example/a?b=c. Now!", TEXT, 3, 2, 1),
    ("Wait… what? No!", TEXT, 3, 2, 1),
    ('"Is it late?" she asked. "No."', TEXT, 6, 2, 1),
    ("- bread\n- tea and milk\n- nets", TEXT, 5, 1, 3),
    ("- bread\n- nets", TEXT, 2, 2, 2),
    ("- Take bread.\n- Tea?\n- Some nets", TEXT, 5, 2, 3),
    ("🐝 buzz 🐝 – buzz!", TEXT, 2, 1, 1),
    ("# Mill\n\nIt *is* **old**.", MARKDOWN, 4, 1, 1),
    ("# The mill\n\n## The old mill\n\nIt turns.", MARKDOWN, 7, 2, 1),
    ("You will need:\n\nAlso needed:\n\nA boat", TEXT, 7, 1, 3),
    ("# 水車\n\n水車は古いです。", MARKDOWN, 9, 1, 1),
    ("A mill.[1]\n\nA “mill.”", TEXT, 5, 2, 2),
    ("Run `npm install` now. Then `ls`.", MARKDOWN, 3, 2, 1),
    ("```\nnot prose at all\n```\n\nProse.", MARKDOWN, 1, 1, 1),
    ("> Others said so.\n\nWe did not.", MARKDOWN, 3, 1, 1),
    ("---\ntitle: No prose\n---\n\nProse.", MARKDOWN, 1, 1, 1),
    ("| a | b |\n|---|---|\n| one two | three |\n\nProse.", MARKDOWN, 6, 1, 1),
    ("[The mill](/mill.html) turns.", MARKDOWN, 3, 1, 1),
    ("![A red mill](a.png) It turns.", MARKDOWN, 2, 1, 1),
    ("<p>Tea&nbsp;&amp; bread</p><p>Milk</p>", HTML, 3, 2, 2),
    ("<p>One<br>two</p>", HTML, 2, 2, 1),
    ("<p>super<b>market</b> is one</p>", HTML, 3, 1, 1),
    ("<ul><li>a tea</li><li>b milk</li></ul>", HTML, 4, 2, 2),
    ("<script>var a = 'x y z';</script><p>Tea</p>", HTML, 1, 1, 1),
    ("<p>Tea<!-- and milk --></p>", HTML, 1, 1, 1),
]


@pytest.mark.parametrize(("source", "form", "words", "sentences", "paragraphs"), COUNTS)
def test_words_sentences_and_paragraphs_are_those_a_reader_counts(
    reports, source, form, words, sentences, paragraphs
):
    metrics = reports.section("statistics", source, form)["metrics"]

    counted = (metrics["words"], metrics["sentences"], metrics["paragraphs"])
    assert counted == (words, sentences, paragraphs)


KEYWORDS = [
    ("roof garden", "A roof garden needs soil. Our roof garden holds water."),
    ("roof garden", "Roof gardens need soil. The roof garden holds water."),
    ("soil", "Soil is heavy. Dry soil is light. The soil must breathe."),
    ("sourdough bread", "Sourdough bread takes time. Bake sourdough bread at night."),
    ("solar panels", "Solar panels pay off. With solar panels you save. Buy solar panels."),
    (
        "electric bike",
        "An electric bike climbs. The electric bike is quick. Ride an electric bike.",
    ),
    ("honey", "Honey is sweet. We sell honey. Taste the honey."),
    (
        "washing machine",
        "The washing machine leaks. A washing machine hums. Fix a washing machine.",
    ),
    ("café owner", "A café owner rises early. The café owner bakes. Ask the café owner."),
    ("machine learning", "Machine learning helps. We like machine learning."),
    ("heat pump", "# Heat pump\n\nIt is cold outside, and gas costs a lot."),
    ("ferry timetable", "# The ferry timetable\n\nBoats leave at noon."),
]
NO_KEYWORDS = [
    ("the", "The bees fly. The rain falls. The sun sets."),
    ("it is", "It is late. It is cold. It is over."),
    ("2024", "In 2024 it rained. In 2024 it snowed. 2024 was wet."),
    ("bees rain", "We like bees. Rain falls on bees. Rain stops."),
    ("mill", "The mill turns. Rain fell on the town, and the town slept."),
    ("garden of", "The garden of roses. The garden of weeds. A garden of stone."),
    ("tea milk", "Tea, milk. Tea, milk. Tea, milk."),
    ("end start", "This is the end. Start again. That is the end. Start now."),
    ("x", "Take x. Add x. Drop x."),
    ("npm install", "Run `npm install` now. Use `npm install` then. Try `npm install`."),
    ("quoted words", "> quoted words, quoted words, quoted words\n\nProse is here."),
    ("red mill", "![red mill](a.png) ![red mill](b.png) The town sleeps in the town."),
]


def keywords_of(reports, source):
    metrics = reports.section("keywords", source, MARKDOWN)["metrics"]
    return [keyword["text"] for keyword in metrics["keywords"]]


def test_what_a_text_speaks_of_again_and_again_is_a_keyword(reports):
    missed = [
        phrase
        for phrase, source in KEYWORDS
        if phrase not in keywords_of(reports, source)
        and phrase.removesuffix("s") not in keywords_of(reports, source)
    ]

    assert missed == []


def test_what_only_stands_there_often_is_no_keyword(reports):
    wrong = [phrase for phrase, source in NO_KEYWORDS if phrase in keywords_of(reports, source)]

    assert wrong == []


MOODS = {
    "positive": """
        I love this lovely mill. | What a wonderful, generous host! | The soup was delicious.
        It is not bad at all. | She was happy and proud. | We enjoyed every minute of it.
        The staff were friendly and helpful. | Thank you for your kind help. | A perfect day.
        It never failed me. | He is an excellent cook. | The new bridge is safe and beautiful.
    """,
    "negative": """
        I hate this horrible noise. | What a rude, selfish host! | The soup was disgusting.
        It is not good. | She was sad and afraid. | We were bored and angry. | It failed again.
        The staff were hostile and lazy. | A terrible mistake. | It is the worst of all.
        He isn't happy. | The old bridge is dangerous and ugly.
    """,
    "neutral": """
        The bees fly home. | What kind of bread is it? | He paid a fine of ten pounds.
        The well is deep. | The train leaves at nine. | It is sort of blue. | She sells bread.
        The glass holds two litres. | We met at the mill. | The fair opens in May.
        The tram is free of charge. | He works for free.
    """,
}


@pytest.mark.parametrize("mood", MOODS)
def test_the_mood_of_a_sentence_is_told(reports, mood):
    sentences = [part.strip() for part in MOODS[mood].replace("\n", "|").split("|") if part.strip()]

    wrong = [
        sentence
        for sentence in sentences
        if reports.section("tone", sentence)["metrics"][f"{mood}_percent"] < 100
    ]

    assert len(sentences) >= 12
    assert wrong == []
