import random
import time

import pytest

from analysis.engine import AnalysisRequest, Format, parse
from analysis.engine.corpus.likeness import cosine, rarity_of, shared_estimate, weighed
from analysis.engine.corpus.passages import passages_between
from analysis.engine.corpus.shingles import shingles_of
from analysis.engine.corpus.sketch import normal_keyphrase, sketch_of, unpacked

PASSAGE = "the ferry left the quiet harbour long before the first baker had lit his oven"


def document(source, form=Format.TEXT, language="en"):
    return parse(AnalysisRequest(source, form, language))


def filler(seed, words=300):
    chooser = random.Random(seed)
    return " ".join(f"w{chooser.randrange(10**9)}" for _ in range(words))


def shared(ours, theirs):
    """The passages as they stand in both sources."""
    return [
        tuple(
            side.source[span.start : span.end]
            for side, span in ((ours, p.span(ours)), (theirs, p.other_span(theirs)))
        )
        for p in passages_between(ours, theirs)
    ]


def test_a_shared_passage_is_found_on_both_sides_in_their_own_markup():
    ours = document(
        f"# Boats\n\n{filler(1)}. {PASSAGE.replace('quiet', '*quiet*')}.", Format.MARKDOWN
    )
    theirs = document(
        f"<p>{filler(2)}, {PASSAGE.replace('first', '<b>first</b>')}!</p>", Format.HTML
    )

    assert shared(ours, theirs) == [
        (PASSAGE.replace("quiet", "*quiet*"), PASSAGE.replace("first", "<b>first</b>"))
    ]


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("a b c d e f g h", "a b c d e f g h", 0),  # too few characters to mean anything
        ("one two three four five six seven", "one two three four five six seven", 0),
        ("one two three four five six seven eight", "one two three four five six seven eight", 1),
        (PASSAGE, PASSAGE.upper(), 1),
        (PASSAGE, " ".join(reversed(PASSAGE.split())), 0),
        (f"{PASSAGE} {filler(3)} {PASSAGE}", PASSAGE, 2),
        ("bee " * 100, "bee " * 50, 2),
    ],
)
def test_passages_have_eight_words_at_least_and_do_not_overlap(ours, theirs, expected):
    first, second = document(ours), document(theirs)

    found = passages_between(first, second)

    ends = [p.first + p.words for p in found]
    assert all(end <= p.first for end, p in zip(ends, found[1:], strict=False))
    assert len(found) == expected


def test_finding_passages_takes_linear_time_also_in_texts_that_repeat_themselves():
    def seconds(times):
        ours, theirs = document(f"{PASSAGE} now. " * times), document(f"{PASSAGE} then. " * times)
        started = time.process_time()
        passages_between(ours, theirs)
        return time.process_time() - started

    assert min(seconds(2000) for _ in range(3)) < 3 * min(seconds(1000) for _ in range(3)) + 0.01


def test_a_sample_tells_how_much_is_shared():
    half = document(f"{filler(1)} {filler(2)}")
    other = document(f"{filler(1)} {filler(3)}")
    none = document(filler(4, 600))

    _, share = shared_estimate(sketch_of(half).shingles, sketch_of(other).shingles)

    assert share == pytest.approx(0.5, abs=0.15)
    assert shared_estimate(sketch_of(half).shingles, sketch_of(none).shingles) == (0, 0.0)


def test_a_short_text_inside_a_long_one_is_seen_in_the_samples():
    short = document(filler(1, 100))
    long = document(f"{filler(2, 2000)} {filler(1, 100)} {filler(3, 2000)}")

    count, share = shared_estimate(sketch_of(short).shingles, sketch_of(long).shingles)

    assert count >= 1
    assert share > 0.5


def test_a_sketch_survives_its_row_and_is_the_same_in_every_process():
    sketch = sketch_of(document(f"# The harbour\n\n{PASSAGE}.", Format.MARKDOWN))

    assert unpacked(sketch.packed()) == sketch.shingles
    assert shingles_of(["a", "b", "c", "d", "e"]) == [547577065244280806]
    assert sketch.title == "The harbour"


def test_what_few_texts_speak_of_makes_them_alike():
    texts = {
        "boats": "Boats need harbours. Harbours need boats. People like boats and people.",
        "ports": "A harbour is a home for boats. Harbours and boats and people, people.",
        "bread": "Bread needs ovens. Ovens bake bread. People like bread and people.",
    }
    terms = {name: sketch_of(document(text)).terms for name, text in texts.items()}
    rarity = rarity_of([term.stem for term in each] for each in terms.values())
    weights = {name: weighed(each, rarity) for name, each in terms.items()}

    assert cosine(weights["boats"], weights["ports"]) > 0.5
    assert cosine(weights["boats"], weights["bread"]) < 0.3


def test_forms_and_orders_of_a_keyphrase_are_one_keyphrase():
    text = document(PASSAGE)

    assert normal_keyphrase("Cash flows", text) == normal_keyphrase("flow cash", text)
    assert normal_keyphrase("", text) == ""
