import pytest

from analysis.engine import AnalysisRequest, Format
from analysis.engine.document.parse import parse


def split(text, language="en", form=Format.TEXT):
    document = parse(AnalysisRequest(text, form, language))
    return [document.text[sentence.start : sentence.end] for sentence in document.sentences]


@pytest.mark.parametrize(
    "sentences",
    [
        ["The kettle sings.", "Tea is near."],
        ["Ask Dr. Alder at noon.", "She knows."],
        ["We met at 5 p.m. near the mill.", "It rained."],
        ["The shop opens at 9 a.m.", "We wait outside."],
        ["Take fruit, e.g. Bramley apples, and wash it."],
        ["See Fig. 3 for the plan.", "It is old."],
        ["The rate is 3.5 per cent.", "It was 2.8 before."],
        ["“Is it late?” she asked.", "Nobody answered."],
        ["J. R. Hartley wrote it.", "Few read it."],
        ["Wait… there is more.", "Good."],
        ["What a day!", "Will it last?", "Perhaps."],
        ["He shouted “Stop!”", "Then he ran."],
        ["Acme Inc. The firm sells rope."[:9] + " sells rope.", "It is strong."],
        ["Pack rope, nails, etc. The list is long."[:22], "The list is long."],
        ["Visit https://bees.example/a.b today.", "It is free."],
        ["She works for the U.S. Army.", "He does not."],
        ["This is version 2.0.1 of the tool.", "Install it."],
        ["It cost $5. Then it rose."[:11], "Then it rose."],
        ["(It was closed.)", "We left."],
        ["Pack rope, nails, etc.", "Provided it rains, wait."],
        ["Pack rope etc. and wait."],
        ["“Is it late?” Anna asked.", "Nobody answered."],
        ["“Run!” Mr. Alder cried.", "He ran."],
        ["He asked, “Is it late?”", "Anna sang."],
        ["“Is it late?”", "He said nothing."],
        ["It rained.[1]", "Nobody came."],
        ["It rained.[12][note 3]", "Nobody came.[citation needed]", "We left."],
        ["“It is late.”[a]", "Nobody came."],
        ["Did it rain?²", "Nobody came."],
        ["It rained in the U.S.[1] Army camp."],
        ["It rained.[1] and nobody came."],
        ["It rained [sic] here.", "Nobody came."],
    ],
)
def test_english_sentences_end_where_a_reader_stops(sentences):
    assert split(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("de", ["Am 3. Mai kam z. B. Regen."[:26], "Danach schien die Sonne."]),
        ("de", ["Das kostet ca. 5 Euro.", "Es ist viel."]),
        ("fr", ["M. Dupont arrive.", "Il pleut."]),
        ("fr", ["Du pain, du miel, etc.", "Dupont arrive."]),
        ("es", ["Pan, miel, etc.", "Pedro llega."]),
        ("ja", ["今日は雨です。", "傘を持ちます。"]),
        ("zh", ["今天下雨。", "我带伞！", "你呢？"]),
        ("hi", ["यह घर है।", "वह बड़ा है।"]),
    ],
)
def test_sentences_end_by_the_habits_of_their_language(language, sentences):
    joined = "" if language in ("ja", "zh") else " "

    assert split(joined.join(sentences), language) == sentences


def test_a_line_break_in_html_ends_a_sentence():
    assert split("<p>Mill Lane 3<br>Oldtown</p>", form=Format.HTML) == ["Mill Lane 3", "Oldtown"]


def test_a_wrapped_line_of_plain_text_does_not_end_a_sentence():
    assert split("The kettle\nsings.\n\nTea is near.") == ["The kettle sings.", "Tea is near."]
