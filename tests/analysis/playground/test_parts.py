"""The parts of the playground that only compute, asked inside the browser that runs them."""

import itertools
import random

import pytest

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("installation", ["production"], indirect=True),
]

TEXTS = {
    "nothing": "",
    "plain": "plain",
    "one": "🙂",
    "between": "a🙂b🚲c",
    "joined": "👩‍👩‍👧 family",
    "scripts": "é\r\n漢字𠮷𠮷",
    "many": "🙂" * 50 + "end",
}


def call(visitor, module: str, body: str, argument: object) -> object:
    script = f"""async (argument) => {{
        const part = await import("/static/site/playground/{module}.js");
        return ({body})(part, argument);
    }}"""
    return visitor.page.evaluate(script, argument)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_code_points_become_utf16_offsets(visitor, text):
    expected = [len(text[:point].encode("utf-16-le")) // 2 for point in range(len(text) + 1)]

    offsets = call(
        visitor,
        "codepoints",
        """({ utf16Offsets }, { text, points }) => {
            const offset = utf16Offsets(text);
            return Array.from({ length: points + 1 }, (_, point) => offset(point));
        }""",
        {"text": text, "points": len(text)},
    )

    assert offsets == expected


def test_overlapping_spans_are_cut_into_stretches_that_name_all_their_findings(visitor):
    chance = random.Random(7)
    for _ in range(20):
        length = chance.randint(1, 60)
        findings = [
            {"index": index, "spans": [span(chance, length) for _ in range(chance.randint(0, 3))]}
            for index in range(chance.randint(0, 8))
        ]
        cuts = sorted(chance.sample(range(1, length), min(3, length - 1)))

        found = call(
            visitor,
            "segments",
            """({ segments, pieces }, { length, findings, cuts }) =>
                pieces(length, segments(findings), cuts)""",
            {"length": length, "findings": findings, "cuts": cuts},
        )

        assert [p["start"] for p in found] == [0, *(p["end"] for p in found)][:-1]
        assert found[-1]["end"] == length
        for piece in found:
            assert not any(piece["start"] < cut < piece["end"] for cut in cuts)
            for place in range(piece["start"], piece["end"]):
                assert set(piece["covering"]) == set(covering(findings, place))


def span(chance: random.Random, length: int) -> dict[str, int]:
    start, end = sorted(chance.sample(range(length + 1), 2))
    return {"start": start, "end": end}


def covering(findings: list[dict], place: int) -> list[int]:
    return [f["index"] for f in findings for s in f["spans"] if s["start"] <= place < s["end"]]


def test_the_shortest_span_comes_first(visitor):
    wide, narrow = {"start": 0, "end": 50}, {"start": 10, "end": 14}
    findings = [{"index": 0, "spans": [wide]}, {"index": 1, "spans": [narrow]}]

    found = call(visitor, "segments", "({ segments }, findings) => segments(findings)", findings)

    assert [piece["covering"] for piece in found] == [[0], [1, 0], [0]]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("<!doctype html><p>x", "html"),
        ("Some text with a <a href='x'>link</a>.", "html"),
        ("# Heading\ntext", "markdown"),
        ("- one\n- two\n\n[link](https://example.org)", "markdown"),
        ("A plain text. 3 < 4 and 5 > 4.", "text"),
        ("- a dash alone is no Markdown", "text"),
        ("#hashtag and *star", "text"),
        (" https://example.org/a?b=1\n", "url"),
        ("https://example.org and more", "text"),
        ("", "text"),
    ],
)
def test_the_format_of_a_pasted_text_is_guessed(visitor, text, form):
    guess = call(visitor, "format", "({ guessFormat }, text) => guessFormat(text)", text)

    assert guess == form


def test_a_shell_line_survives_every_quote(visitor):
    payload = {"content": '\'; echo no; "$HOME" `x`\nJSON\n', "format": "text"}
    call_made = {"url": "/api/v1/analyses", "payload": payload, "hasKey": False}

    line = call(visitor, "curl", "({ curlCommand }, made) => curlCommand(made)", call_made)

    body = list(itertools.takewhile(lambda row: row != "JSON", str(line).splitlines()[4:]))
    assert str(line).endswith("\nJSON")
    assert r"\nJSON\n" in "\n".join(body)
