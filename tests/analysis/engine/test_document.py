import pytest

from analysis.engine import AnalysisRequest, Format
from analysis.engine.document.parse import parse


def words(source, form):
    return parse(AnalysisRequest(source, form, "en")).words.surface


def kinds(source, form):
    return [
        (str(block.kind), block.level, document.text[block.start : block.end])
        for document in [parse(AnalysisRequest(source, form, "en"))]
        for block in document.blocks
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Don't re-use it", ["Don't", "re-use", "it"]),
        ("1,000 bees at 3.5 km", ["1,000", "bees", "at", "3.5", "km"]),
        ("see https://bees.example/a?b=c-d now", ["see", "https://bees.example/a?b=c-d", "now"]),
        ("naïve cafe\u0301 über", ["naïve", "cafe\u0301", "über"]),
        ("snake_case", ["snake", "case"]),
        ("日本語 text", ["日", "本", "語", "text"]),
        ("ein Schiff\u00adfahrts\u00adamt", ["ein", "Schiff\u00adfahrts\u00adamt"]),
        ("🐝 buzz 🐝", ["buzz"]),
        ("rock 'n' roll", ["rock", "n", "roll"]),
    ],
)
def test_words_are_found_as_readers_see_them(source, expected):
    assert words(source, Format.TEXT) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>one<p>two", [("paragraph", 0, "one"), ("paragraph", 0, "two")]),
        ("<h2>A <b>b</b></h2>c", [("heading", 2, "A b"), ("paragraph", 0, "c")]),
        (
            "<ul><li>a<ul><li>b</ul><li>c</ul>",
            [("list_item", 0, "a"), ("list_item", 0, "b"), ("list_item", 0, "c")],
        ),
        ("a<script>b</script>c<style>d</style>", [("paragraph", 0, "ac")]),
        ("a <!-- b --> c", [("paragraph", 0, "a  c")]),
        ("<pre>code</pre>x <code>y</code> z", [("paragraph", 0, "x \ufffc z")]),
        ("1 < 2 & 3 &lt; 4", [("paragraph", 0, "1 < 2 & 3 < 4")]),
        ("caf&eacute; &#128029; &nosuch; &amp", [("paragraph", 0, "café 🐝 &nosuch; &")]),
        ("<a href='x>y'>t</a>", [("paragraph", 0, "t")]),
        ("<table><tr><td>a<td>b</table>", [("cell", 0, "a"), ("cell", 0, "b")]),
        ("<div>a</div>b", [("paragraph", 0, "a"), ("paragraph", 0, "b")]),
        ("<h1></h1>a", [("heading", 1, ""), ("paragraph", 0, "a")]),
        ("<head><title>t</title></head><body>a", [("paragraph", 0, "a")]),
        ("a</div></li>b", [("paragraph", 0, "a"), ("paragraph", 0, "b")]),
        ("a <b", [("paragraph", 0, "a")]),
        ('<p title="it\'s">a', [("paragraph", 0, "a")]),
    ],
)
def test_html_becomes_blocks(source, expected):
    assert kinds(source, Format.HTML) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# A *b*\n\nc **d**", [("heading", 1, "A b"), ("paragraph", 0, "c d")]),
        ("- a\n- b", [("list_item", 0, "a"), ("list_item", 0, "b")]),
        ("a\nb\\\nc", [("paragraph", 0, "a b\nc")]),
        ("x `y` z", [("paragraph", 0, "x \ufffc z")]),
        ("```\nx\n```\ny", [("paragraph", 0, "y")]),
        ("<div>\n\na\n\n</div>", [("paragraph", 0, "a")]),
        ("a <b>b</b> <code>c</code> d", [("paragraph", 0, "a b \ufffc d")]),
        ("a <code>b\n\nc", [("paragraph", 0, "a \ufffc"), ("paragraph", 0, "c")]),
        ("| a | b |\n|---|---|\n| c | d |", [("cell", 0, text) for text in "abcd"]),
        ("---\ntitle: t\n---\na", [("paragraph", 0, "a")]),
        ("#\n\na", [("heading", 1, ""), ("paragraph", 0, "a")]),
        ("caf&eacute; \\* x", [("paragraph", 0, "café * x")]),
        ("> [!TIP]\n> a", [("paragraph", 0, "a")]),
        ("<h2>a</h2>\n\nb", [("heading", 2, "a"), ("paragraph", 0, "b")]),
    ],
)
def test_markdown_becomes_blocks(source, expected):
    assert kinds(source, Format.MARKDOWN) == expected


def test_plain_text_has_paragraphs_and_lists():
    source = "A walk\nin rain.\n\n- boots\n- a coat\n\nHome."

    assert kinds(source, Format.TEXT) == [
        ("paragraph", 0, "A walk in rain."),
        ("list_item", 0, "boots"),
        ("list_item", 0, "a coat"),
        ("paragraph", 0, "Home."),
    ]


@pytest.mark.parametrize("form", [Format.MARKDOWN, Format.HTML])
def test_what_others_are_quoted_with_is_not_the_authors_text(form):
    source = (
        "own words\n\n> not mine\n"
        if form is Format.MARKDOWN
        else ("<p>own words</p><blockquote><p>not mine</p></blockquote>")
    )
    document = parse(AnalysisRequest(source, form, "en"))

    assert document.words.surface == ["own", "words"]
    assert document.quoted_words == 2


def test_a_document_that_only_quotes_is_read():
    assert words("> all is quoted", Format.MARKDOWN) == ["all", "is", "quoted"]


@pytest.mark.parametrize(
    ("link_source", "image_source", "form"),
    [
        ("[t](u)", "![a b](i.png)", Format.MARKDOWN),
        ("<a href=u>t</a>", "<img src=i.png alt='a b'>", Format.HTML),
    ],
)
def test_links_and_images_are_found_in_their_places(link_source, image_source, form):
    source = f"🐝 {link_source} {image_source}"
    document = parse(AnalysisRequest(source, form, "en"))
    (link,), (image,) = document.links, document.images

    assert (link.href, document.text[link.start : link.end]) == ("u", "t")
    assert source[link.source.start : link.source.end] == link_source
    assert (image.src, image.alt) == ("i.png", "a b")
    assert source[image.source.start : image.source.end] == image_source
