import pytest

from analysis.engine import AnalysisRequest, Format
from analysis.engine.document.parse import parse

HEAD = """<!doctype html><html lang="en-GB"><head>
<title>Bees &amp; mills</title>
<meta name="description" content="About bees.">
<link rel="canonical" href="https://bees.example/mills">
<meta property="og:title" content="Bees"><meta property="og:type" content="article">
<meta property="og:image" content="https://bees.example/a.png">
<meta property="og:url" content="https://bees.example/mills">
<script type="application/ld+json">{"@type": "Article"}</script>
<script>var hidden = "<p>not text</p>";</script>
</head>"""
CONTENT = "<h1>Bees</h1><p>" + "The bees fly home and rest in the warm hive. " * 8 + "</p>"


def page(body, head=HEAD):
    return f"{head}<body><nav><a href=/>Home</a><h2>Menu</h2></nav>{body}</body></html>"


@pytest.mark.parametrize(
    "body",
    [
        f"<header><h1>Shop</h1></header><main>{CONTENT}</main><footer>Imprint</footer>",
        f"<header>Shop</header><div><article>{CONTENT}</article></div><div>Related</div>",
        f"<header>Shop</header><div>{CONTENT}</div><aside>Advert</aside><footer>Imprint</footer>",
        f"<main></main><div>{CONTENT}</div>",
        f"<MAIN class='a'><aside>Advert</aside>{CONTENT}<form>Search</form></MAIN>Related",
    ],
)
def test_only_the_content_of_a_page_is_read(body):
    document = parse(AnalysisRequest(page(body), Format.PAGE))

    assert len(document.words) == 1 + 8 * 10
    assert [document.text[document.blocks[i].start :][:4] for i in document.headings] == ["Bees"]
    assert document.links == ()


def test_a_good_head_has_no_findings(reports):
    section = reports.section("page_meta", page(CONTENT), Format.PAGE)

    assert (section["score"], section["findings"]) == (100, [])
    assert section["metrics"]["title"] == "Bees & mills"
    assert section["metrics"]["json_ld"] == 1


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("<title>Bees &amp; mills</title>", "", ("title_missing", "")),
        ('content="About bees."', 'content=" "', ("description_missing", "")),
        ('<link rel="canonical" href="https://bees.example/mills">', "", ("canonical_missing", "")),
        (
            'href="https://bees.example/mills"',
            'href="/mills"',
            ("canonical_unclear", '<link rel="canonical" href="/mills">'),
        ),
        (
            "<title>",
            '<meta name=robots content="noindex, follow"><title>',
            ("noindex", '<meta name=robots content="noindex, follow">'),
        ),
        (' lang="en-GB"', "", ("language_missing", "")),
        ('property="og:image"', 'property="og:other"', ("open_graph_incomplete", "")),
        (
            '{"@type": "Article"}',
            "{'@type': 1}",
            ("json_ld_broken", '<script type="application/ld+json">'),
        ),
        (
            "<title>",
            '<link rel=alternate hreflang=english href="/e"><title>',
            ("hreflang_unclear", ""),
        ),
    ],
)
def test_faults_of_a_head_are_found(reports, old, new, found):
    assert old in HEAD
    source = page(CONTENT, HEAD.replace(old, new))

    name, excerpt = found
    assert reports.found("page_meta", source, Format.PAGE) == [(f"page_meta.{name}", excerpt)]


def test_a_page_tells_its_own_title_and_description(reports):
    checks = reports.section("seo_basics", page(CONTENT), Format.PAGE)["metrics"]["checks"]

    assert {check["id"] for check in checks} == {
        *("length", "title_width", "description_length"),
        *("single_h1", "internal_links", "external_links", "images"),
    }


def test_fragments_have_no_head_to_judge(reports):
    assert reports.section("page_meta", CONTENT, Format.HTML)["reason"] == "not_a_page"


def test_a_silent_heading_is_no_empty_heading(reports):
    source = f"<template><h2>Later</h2></template>{CONTENT}"

    assert reports.found("structure", source, Format.HTML) == []
