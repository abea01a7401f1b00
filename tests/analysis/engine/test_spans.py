import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.engine import (
    AnalysisRequest,
    ContentTooLong,
    Format,
    Meta,
    OffsetUnit,
    Options,
    analyze,
)
from analysis.engine.document.parse import parse

PIECES = """
very bees café naïve 🐝 👩‍🚀 日本語 über the the Honey. roof? &amp; &eacute; &nbsp; &#128029;
*shade* **wind** `code` [veil](https://bees.example) ![hive](hive.png) <b>bold</b> <br> <i>was</i>
click&nbsp;here \\* <code>x</code> <a\tclass="x"\thref='/a'>here</a> ... ! ( ) “no” However,
<!--gone--> utilise http://bees.example/x e\u0301 a\u00adb İstanbul ﬁne
"""
WORD = st.sampled_from([piece.replace("\t", " ") for piece in PIECES.split(" ")])
LINE = st.lists(WORD, min_size=1, max_size=45).map(" ".join)
PREFIX = st.sampled_from(["", "# ", "## ", "#### ", "- ", "> ", "1. ", "<h2>", "<p>", "<li>", "| "])
DOCUMENT = st.lists(st.tuples(PREFIX, LINE), min_size=1, max_size=12).map(
    lambda lines: "\n\n".join(prefix + line for prefix, line in lines)
)
ANYTHING = st.text(
    alphabet=st.one_of(
        st.sampled_from("<>&;\"'`*_[]()#-!/= \n\r\t|\\~:.\x00\u2028\ufeff\ufffc"),
        st.characters(exclude_categories=("Cs",)),
    ),
    min_size=1,
    max_size=300,
)
FORMS = st.sampled_from(list(Format))
RELAXED = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


ENCODINGS = {
    OffsetUnit.CODEPOINT: ("utf-32-le", 4),
    OffsetUnit.UTF16: ("utf-16-le", 2),
    OffsetUnit.UTF8: ("utf-8", 1),
}


def findings_of(source, form, unit=OffsetUnit.CODEPOINT):
    meta = Meta(keyphrase="honey bees", title="Bees", description="About bees", slug="honey-bees")
    request = AnalysisRequest(source, form, "en", meta=meta, options=Options(offset_unit=unit))
    report = json.loads(analyze(request).to_json())
    assert report["complete"], [s for s in report["sections"].values() if s["status"] == "error"]
    return [finding for section in report["sections"].values() for finding in section["findings"]]


@pytest.mark.parametrize("unit", ENCODINGS)
@given(source=DOCUMENT, form=FORMS)
@RELAXED
def test_every_excerpt_is_what_stands_in_the_source(unit, source, form):
    encoding, size = ENCODINGS[unit]
    encoded = source.encode(encoding)

    for finding in findings_of(source, form, unit):
        for span in finding["spans"]:
            assert 0 <= span["start"] <= span["end"] <= len(encoded) / size
        if finding["spans"]:
            first = finding["spans"][0]
            cut = encoded[first["start"] * size : first["end"] * size]
            assert cut.decode(encoding) == finding["excerpt"]


@given(source=ANYTHING, form=FORMS)
@RELAXED
def test_nothing_that_is_submitted_makes_an_analyzer_fail(source, form):
    if source.strip():
        findings_of(source, form)


@given(source=DOCUMENT, form=FORMS)
@RELAXED
def test_words_without_markup_inside_map_to_themselves(source, form):
    document = parse(AnalysisRequest(source, form, "en"))

    words = document.words
    for start, end, surface in zip(words.starts, words.ends, words.surface, strict=True):
        span = document.to_source(start, end)
        spelled = source[span.start : span.end]
        if not set("<&*_\\`[") & set(spelled):
            assert spelled == surface


@given(source=DOCUMENT)
@RELAXED
def test_keys_of_findings_are_unique(source):
    keys = [finding["key"] for finding in findings_of(source, Format.MARKDOWN)]

    assert len(keys) == len(set(keys))


def test_a_key_survives_an_edit_elsewhere():
    long = "The keeper who lives at the mill " + "walks slowly and " * 9 + "looks at the bees."
    before = f"A quiet start. {long} The end."
    after = f"A new and quite different start came to be. {long} The end."

    keys = [
        {f["key"] for f in findings_of(text, Format.TEXT) if f["id"].startswith("sentence_length")}
        for text in (before, after)
    ]

    assert keys[0] == keys[1] != set()


def test_a_very_long_span_is_cut_into_neighbours():
    (finding,) = [
        finding
        for finding in findings_of("word " * 3_000, Format.TEXT)
        if finding["id"].startswith("sentence_length")
    ]

    assert len(finding["excerpt"]) == 1_000
    assert finding["spans"][1]["start"] == finding["spans"][0]["end"]
    assert len(finding["spans"]) == 8


def test_findings_are_capped_and_their_total_is_told():
    source = ("The keeper " + "walks and " * 20 + "sleeps. ") * 150
    report = json.loads(analyze(AnalysisRequest(source, Format.TEXT, "en")).to_json())
    section = report["sections"]["sentence_length"]

    assert section["findings_total"] == 150
    assert len(section["findings"]) == 100
    assert next(f for f in report["top_fixes"] if f["section"] == "sentence_length")["count"] == 150


HTML, MARKDOWN, TEXT = Format.HTML, Format.MARKDOWN, Format.TEXT
ADVERSARIES = [
    ("<a ", HTML),
    ('<a "', HTML),
    ('<a b="', HTML),
    ("<a b=\"'", HTML),
    ("<p b=\"'", HTML),
    ("<!-- ", HTML),
    ("<script>", HTML),
    ("&", HTML),
    ("&abc", HTML),
    ("<ul><li>", HTML),
    ("</p></li>", HTML),
    ("<p>a", HTML),
    ("<a href=x>a ", HTML),
    ("<a href=x><code>c</code> ", HTML),
    ("<ul><a href=x>a ", HTML),
    ("<main><nav>", Format.PAGE),
    ("<a ", MARKDOWN),
    ("> ", MARKDOWN),
    ("[a](", MARKDOWN),
    ("*a **b ", MARKDOWN),
    ("`" * 7 + " ` ", MARKDOWN),
    ("# a\n\n", MARKDOWN),
    ("- a\n", MARKDOWN),
    ("|a", MARKDOWN),
    ("[click here](x) ", MARKDOWN),
    ("![](x.png) ", MARKDOWN),
    ("...", TEXT),
    ("very the the, ", TEXT),
    ("a", TEXT),
    ("a-", TEXT),
    (" \xa0\n x", TEXT),
    ("“‘\"'", TEXT),
    ("e\u0301", TEXT),
    ("日。", TEXT),
    ("was not , ", TEXT),
    ("4111 ", TEXT),
    ("a@a.", TEXT),
    ("+1 (", TEXT),
    ("eyJ-", TEXT),
]


@pytest.mark.parametrize(("piece", "form"), ADVERSARIES)
def test_time_grows_no_faster_than_the_text(piece, form):
    small, large = (_seconds(piece * (size // len(piece)), form) for size in (6_000, 24_000))

    # Four times the text; quadratic work would take sixteen times as long.
    assert large < max(9 * small, 0.25)


@pytest.mark.parametrize(
    ("source", "form"),
    [("**a** " * 65_000, Format.MARKDOWN), ("<i>a</i> " * 90_000, Format.HTML)],
)
def test_markup_without_end_is_refused_early(source, form):
    with pytest.raises(ContentTooLong):
        analyze(AnalysisRequest(source, form, "en"))


def _seconds(source, form):
    def once():
        meta = Meta(keyphrase="very the click a")
        started = time.process_time()
        analyze(AnalysisRequest(source, form, "en", meta=meta), deadline_seconds=60)
        return time.process_time() - started

    return min(once() for _ in range(2))
