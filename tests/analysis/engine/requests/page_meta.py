"""What must the rules of a page's head find and leave alone? Each case changes a good head."""

from analysis.engine import AnalysisRequest, Format
from tests.analysis.engine.rule_tables import PROSE, RequestTable

PARTS = {
    "html": '<html lang="en-GB">',
    "title": "<title>Bees &amp; mills</title>",
    "description": '<meta name="description" content="About bees.">',
    "canonical": '<link rel="canonical" href="https://bees.example/mills">',
    "graph": '<meta property="og:title" content="Bees"><meta property="og:type" content="article">'
    '<meta property="og:image" content="https://bees.example/a.png">'
    '<meta property="og:url" content="https://bees.example/mills">',
    "more": "",
}


def page(body="", **parts):
    html, *head = (PARTS | parts).values()
    article = f"<main><h1>Bees</h1><p>{PROSE * 8}</p></main>"
    source = f"<!doctype html>{html}<head>{''.join(head)}</head><body>{article}{body}</body></html>"
    return AnalysisRequest(source, Format.PAGE, "en")


def with_part(name):
    return lambda value, body="": page(body, **{name: value})


def canonical(href):
    return f'<link rel="canonical" href="{href}">'


def robots(content, name="robots"):
    return f'<meta name="{name}" content="{content}">'


def alternate(*codes):
    links = (f'<link rel="alternate" hreflang="{code}" href="https://x.example">' for code in codes)
    return "".join(links)


def graph(*names, content="x"):
    return "".join(f'<meta property="{name}" content="{content}">' for name in names)


def json_ld(content, kind="application/ld+json"):
    return f'<script type="{kind}">{content}</script>'


GRAPH = ("og:title", "og:type", "og:image", "og:url")

TABLES = (
    RequestTable(
        "page_meta.title_missing",
        with_part("title"),
        found=(
            *(
                "",
                "<title></title>",
                "<title> </title>",
                "<title>&nbsp;</title>",
                "<titel>A</titel>",
            ),
            *("<!-- <title>Bees</title> -->", '<meta name="title" content="Bees">'),
            *("<title\n></title>", "<TITLE></TITLE>", "<title>\n\t</title>"),
            ("", "<svg><title>Bees</title></svg>"),
            ("<title></title>", "<h1>Bees</h1>"),
            '<meta property="og:title" content="Bees">',
        ),
        clean=(
            *(
                "<title>Bees</title>",
                "<TITLE>Bees</TITLE>",
                "<title> Bees </title>",
                "<title>1</title>",
            ),
            *("<title lang=en>Bees</title>", "<title>&amp;</title>", "<title>風車</title>"),
            *("<title>Bees</title><title>Mills</title>", "<title><b>Bees</b></title>"),
            *("<title\n>Bees</title\n>", "<title>🐝</title>"),
            ("<title>Bees</title>", "<svg><title>Logo</title></svg>"),
        ),
    ),
    RequestTable(
        "page_meta.description_missing",
        with_part("description"),
        found=(
            *("", '<meta name="description">', '<meta name="description" content="">'),
            *('<meta name="description" content=" ">', '<meta name="descriptions" content="a">'),
            *('<meta content="About bees.">', '<!-- <meta name="description" content="a"> -->'),
            *('<meta property="og:description" content="a">', '<meta name="keywords" content="a">'),
            *('<meta name="twitter:description" content="a">', "<description>About</description>"),
            '<meta name="dc.description" content="a">',
        ),
        clean=(
            *(
                '<meta name="description" content="About bees.">',
                "<meta name=description content=a>",
            ),
            *('<META NAME="Description" CONTENT="a">', '<meta content="a" name="description">'),
            *('<meta name="description" content="a" />', '<meta name=" description " content="a">'),
            *('<meta property="description" content="a">', "<meta name='description' content='a'>"),
            *(
                '<meta name="description" content="&amp;">',
                '<meta name="description" content="風">',
            ),
            '<meta name="description" content=""><meta name="description" content="a">',
            '<meta\nname="description"\ncontent="a">',
        ),
    ),
    RequestTable(
        "page_meta.canonical_missing",
        with_part("canonical"),
        found=(
            *("", "<link>", '<link rel="stylesheet" href="https://bees.example/a.css">'),
            *(
                '<link rel="canonicals" href="https://x.example">',
                '<link href="https://x.example">',
            ),
            *(f"<!-- {canonical('https://x.example')} -->", alternate("en"), "<base href=/>"),
            *(
                '<link rel="shortlink" href="https://x.example">',
                '<a rel="canonical" href="/a">a</a>',
            ),
            *('<meta name="canonical" content="https://x.example">', '<link rel="" href="/a">'),
        ),
        clean=(
            *(canonical("https://bees.example"), canonical("http://bees.example/a?b=c#d")),
            *('<LINK REL="Canonical" HREF="https://x.example">', canonical("/a"), canonical("")),
            *("<link rel=canonical href=https://x.example>", canonical("https://x.example") * 2),
            *('<link href="https://x.example" rel="canonical">', canonical(" https://x.example ")),
            *('<link rel="canonical shortlink" href="https://x.example">', canonical("a.html")),
            canonical("https://x.example") + canonical("https://y.example"),
        ),
    ),
    RequestTable(
        "page_meta.canonical_unclear",
        with_part("canonical"),
        found=(
            *map(
                canonical, ("/a", "a.html", "", " ", "//bees.example/a", "bees.example/a", "?a=b")
            ),
            *map(
                canonical, ("ftp://bees.example/a", "https://", "#top", "https:a", "http://[::1/a")
            ),
            '<link rel="canonical">',
            canonical("https://x.example") + canonical("https://y.example"),
            canonical("https://x.example/a") + canonical("https://x.example/a/"),
        ),
        clean=(
            *map(canonical, ("https://x.example", "http://x.example/a", "HTTPS://X.example/a")),
            *map(
                canonical, ("https://x.example/a?b=c", "https://x.example:8080/", " https://x.ie ")
            ),
            *map(
                canonical, ("https://bücher.example", "https://x.example/風車", "https://1.2.3.4/a")
            ),
            canonical("https://x.example") * 2,
            "",
            '<link rel="alternate" href="/a">',
        ),
    ),
    RequestTable(
        "page_meta.noindex",
        with_part("more"),
        found=(
            *map(robots, ("noindex", "NOINDEX", "noindex, follow", "noindex,nofollow", "none")),
            *map(
                robots,
                ("follow, noindex", "max-snippet:-1, noindex", " noindex ", "noindex follow"),
            ),
            robots("noindex", "googlebot"),
            robots("noindex", "Robots"),
            robots("index") + robots("noindex"),
            "<meta name=robots content=noindex>",
        ),
        clean=(
            *map(
                robots,
                ("index", "index, follow", "nofollow", "noarchive", "all", "", "noimageindex"),
            ),
            *map(
                robots,
                ("max-snippet:-1, max-image-preview:large", "nosnippet", "unavailable_after"),
            ),
            robots("noindex", "bingbots"),
            "<!-- <meta name=robots content=noindex> -->",
            "",
            '<meta name="description" content="noindex">',
        ),
    ),
    RequestTable(
        "page_meta.language_missing",
        with_part("html"),
        found=(
            *(
                "<html>",
                '<html lang="">',
                '<html lang=" ">',
                '<html lang="english">',
                "",
                "<html lang>",
            ),
            *('<html xml:lang="en">', '<html dir="ltr">', '<html lang="e">', '<html lang="en_GB">'),
            *('<html lang="en-">', '<html language="en">', '<html lang="12">', '<html lang="jp">'),
        ),
        clean=(
            *('<html lang="en">', "<html lang=en>", '<HTML LANG="EN">', '<html lang="en-GB">'),
            *('<html lang="zh-Hant-TW">', '<html class="a" lang="de">', '<html lang=" en ">'),
            *(
                '<html lang="pt-BR">',
                '<html lang="haw">',
                '<html lang="sr-Latn">',
                '<html lang="es-419">',
            ),
            *("<html lang='fr' dir='ltr'>", '<html lang="uk">', '<html lang="ca-valencia">'),
        ),
    ),
    RequestTable(
        "page_meta.hreflang_unclear",
        with_part("more"),
        found=tuple(
            alternate(*codes.split())
            for codes in (
                *(
                    "english",
                    "en_GB",
                    "en de en",
                    "en-GB en-gb",
                    "de fr english",
                    "e",
                    "x-standard",
                ),
                *(
                    "en-",
                    "12",
                    "en-UK",
                    "jp en",
                    "us",
                    "uk-english en",
                    "en de x-default x-default",
                    "en.GB",
                ),
            )
        ),
        clean=tuple(
            alternate(*codes.split())
            for codes in (
                *(
                    "",
                    "en",
                    "en de",
                    "en-GB en-US",
                    "en x-default",
                    "zh-Hant zh-Hans",
                    "pt-BR pt-PT",
                ),
                *("EN-gb de", "x-default", "uk ru", "zh-Hans-CN", "es-419 es", "sr-Latn", "haw en"),
            )
        ),
    ),
    RequestTable(
        "page_meta.open_graph_incomplete",
        with_part("graph"),
        found=(
            "",
            *(graph(*(name for name in GRAPH if name != missing)) for missing in GRAPH),
            *(graph(name) for name in GRAPH),
            graph(*GRAPH, content=""),
            graph(*GRAPH, content=" "),
            f"<!-- {graph(*GRAPH)} -->",
            graph("twitter:title", "twitter:card", "twitter:image", "twitter:url"),
        ),
        clean=(
            graph(*GRAPH),
            graph(*reversed(GRAPH)),
            graph(*GRAPH, "og:locale", "og:site_name"),
            graph(*GRAPH, *GRAPH),
            graph(*GRAPH).replace("property", "name"),
            graph(*GRAPH).upper().replace("OG:", "og:"),
            graph(*GRAPH).replace('"', "'"),
            graph(*GRAPH).replace('"', ""),
            graph(*GRAPH, content="風車"),
            graph(*GRAPH, "og:image"),
            graph(*GRAPH).replace(">", " />"),
            "\n".join(graph(name) for name in GRAPH),
        ),
    ),
    RequestTable(
        "page_meta.json_ld_broken",
        with_part("more"),
        found=(
            *map(
                json_ld, ("", " ", "{", "{'a': 1}", '{"a": 1,}', '{"a": 1}}', "{a: 1}", "undefined")
            ),
            *map(json_ld, ('// a\n{"a": 1}', '{"a": “b”}', '[{"a": 1}', '{"a": "b\nc"}')),
            json_ld("<!-- {} -->"),
            json_ld("{}") + json_ld("{"),
            json_ld("{", "Application/LD+JSON"),
        ),
        clean=(
            *map(
                json_ld, ("{}", "[]", '{"@type": "Article"}', ' \n{"a": [1, 2]}\n', '[{"a": null}]')
            ),
            *map(json_ld, ('{"a": "<\\/script>"}', '{"a": "\\u00e9"}', '{"a": "é"}')),
            json_ld("{", "text/javascript"),
            json_ld("{", "text/template"),
            "",
            "<script>var a = {</script>",
            json_ld("{}", "application/ld+json; charset=utf-8"),
        ),
    ),
)
