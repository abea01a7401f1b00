"""What must the rules of search basics find and leave alone?"""

from analysis.engine import AnalysisRequest, Format, Meta
from tests.analysis.engine.rule_tables import RequestTable, prose


def text_of(source, language="en"):
    return AnalysisRequest(source, Format.TEXT, language)


def titled(title):
    return AnalysisRequest("A bee.", Format.TEXT, "en", meta=Meta(title=title))


def described(description):
    length = description if isinstance(description, int) else None
    text = "x" * length if length is not None else description
    return AnalysisRequest("A bee.", Format.TEXT, "en", meta=Meta(description=text))


def slugged(slug):
    return AnalysisRequest("A bee.", Format.TEXT, "en", meta=Meta(slug=slug))


def html(source, url="https://mill.example/post"):
    return AnalysisRequest(source, Format.HTML, "en", meta=Meta(url=url))


def markdown(source):
    return AnalysisRequest(source, Format.MARKDOWN, "en")


INTERNAL = ('<a href="/a">a</a>', '<a href="b.html">b</a>', '<a href="https://mill.example">c</a>')
EXTERNAL = ('<a href="https://bees.example">a</a>', '<a href="//bees.example/x">b</a>')

TABLES = (
    RequestTable(
        "seo_basics.too_short",
        text_of,
        found=(
            *(prose(words) for words in (1, 10, 50, 99, 100, 150, 199, 200, 250, 299)),
            f"{prose(100)}\n\n{prose(150)}",
            "The bees fly home.",
        ),
        clean=(
            *(prose(words) for words in (300, 301, 400, 1_000)),
            f"{prose(150)}\n\n{prose(150)}",
            f"- {prose(150)}\n- {prose(150)}",
            "Mills\n\n" + prose(299),
            prose(290) + " https://mill.example/a re-use 1,000 3.5 p.m. don't one two three four",
            ("bee " * 300, None),
            ("abeja " * 300, "es"),
            ("今日は雨です。" * 50, "ja"),
            ("Die Biene ruht. " * 100, "de"),
        ),
    ),
    RequestTable(
        "seo_basics.title_too_wide",
        titled,
        found=(
            "How to Keep Bees on the Roof of a Small House in the Middle of a Large City",
            "W" * 32,
            "M" * 37,
            "m" * 40,
            "The complete guide to sourdough bread: flour, water, salt, time and patience",
            "MILL & QUAY: ALL OUR OPENING HOURS, PRICES AND DIRECTIONS",
            "風" * 31,
            "🐝" * 31,
            "Ferry timetable, fares and luggage rules for the summer of 2025 – Mill & Quay",
            "@" * 30,
            "What to do when your laptop will not start: twelve things to try before repair",
            "Ä" * 46,
        ),
        clean=(
            "Bees",
            "How to keep bees on a roof: a guide for beginners",
            "W" * 31,
            "i" * 135,
            "l'" * 60,
            "風" * 30,
            "Ferry timetable for summer 2025 | Mill & Quay",
            "I will till it still: fifty little tips for filling tiny windowsill tubs",
            "",
            " ",
            "Les abeilles du toit : un guide pour débutants",
            "e\u0301" * 53,
        ),
    ),
    RequestTable(
        "seo_basics.description_too_short",
        described,
        found=(
            *(1, 10, 50, 80, 100, 110, 119, 120),
            "All about bees.",
            "How to keep bees on a roof, what it costs, and why your neighbours may like it.",
            " padded " + " " * 200,
            "蜂" * 60,
        ),
        clean=(
            *(0, 121, 130, 140, 150, 156, 157, 300),
            " ",
            "How to keep bees on a roof in the city, what it costs, which tools you need, and why "
            "your neighbours may like it more than you think.",
            "x" * 120 + " y",
            "é" * 121,
        ),
    ),
    RequestTable(
        "seo_basics.description_too_long",
        described,
        found=(
            *(157, 158, 160, 180, 200, 250, 320, 500, 1_000, 2_000),
            "How to keep bees on a roof in the city, what it costs, which tools you need, and why "
            "your neighbours may like it more than you think, with pictures of many hives.",
            "é" * 157,
        ),
        clean=(
            *(0, 1, 100, 120, 121, 140, 155, 156),
            " ",
            "x" * 156 + "   ",
            "  " + "x" * 150,
            "🐝" * 156,
        ),
    ),
    RequestTable(
        "seo_basics.slug_not_plain",
        slugged,
        found=(
            *("Bees", "bees_on_roofs", "bees on roofs", "bees--roofs", "-bees", "bees-", "bees!"),
            *("blog/Bees", "bees&honey", "what?", "Äpfel-kuchen", "bees,roofs", "blog//bees"),
        ),
        clean=(
            *("bees", "bees-on-roofs", "2024-05-03", "a", "/bees/", "blog/bees", "blog/2024/bees"),
            *("café", "äpfel-kuchen", "風車", "", " ", "top-10-bees", "x" * 80),
        ),
    ),
    RequestTable(
        "seo_basics.slug_too_long",
        slugged,
        found=(
            *("x" * length for length in (76, 77, 80, 100, 200, 1_000)),
            "how-to-keep-bees-on-the-roof-of-a-small-house-in-the-middle-of-a-large-noisy-city",
            "blog/" + "bees-" * 15 + "fly",
            "/" + "x" * 76 + "/",
            "é" * 76,
            "-".join(["bee"] * 20),
            "-".join(["roof", "garden"] * 7 + ["x"]),
        ),
        clean=(
            *("x" * length for length in (1, 10, 50, 74, 75)),
            "how-to-keep-bees-on-the-roof-of-a-small-house-in-the-city",
            "/" + "x" * 75 + "/",
            "blog/bees",
            "",
            "-".join(["bee"] * 18),
            "é" * 75,
            " " * 90,
        ),
    ),
    RequestTable(
        "seo_basics.many_titles",
        html,
        found=(
            "<h1>a</h1><h1>b</h1>",
            "<h1>a</h1><p>x</p><h1>b</h1>",
            "<h1>a</h1><h2>b</h2><h1>c</h1>",
            "<h1>a</h1>" * 5,
            "<section><h1>a</h1></section><section><h1>b</h1></section>",
            "<H1>a</H1><h1>b</h1>",
            "<h1></h1><h1>b</h1>",
            "<h1><img src=a alt=a></h1><h1>b</h1>",
            "<article><h1>a</h1><aside><h1>b</h1></aside></article>",
            "<h1>a<h1>b",
            "<h1 class='x'>a</h1><h1 id='y'>b</h1>",
            "<header><h1>a</h1></header><h1>b</h1>",
        ),
        clean=(
            "<h1>a</h1>",
            "<p>x</p>",
            "<h2>a</h2><h2>b</h2>",
            "<h1>a</h1><h2>b</h2><h2>c</h2>",
            "<!-- <h1>a</h1> --><h1>b</h1>",
            "<pre><h1>a</h1></pre><h1>b</h1>",
            "<template><h1>a</h1></template><h1>b</h1>",
            "&lt;h1&gt;a&lt;/h1&gt;<h1>b</h1>",
            "<script>'<h1>a</h1>'</script><h1>b</h1>",
            "<h1>a",
            "<h10>a</h10><h1>b</h1>",
            "<hgroup><h1>a</h1><p>b</p></hgroup>",
        ),
    ),
    RequestTable(
        "seo_basics.no_internal_links",
        html,
        found=(
            "<p>x</p>",
            *EXTERNAL,
            '<a href="#top">a</a>',
            '<a href="mailto:a@mill.example">a</a>',
            '<a href="tel:+4512345678">a</a>',
            "<a>a</a>",
            '<a name="x">a</a>',
            '<a href="javascript:x()">a</a>',
            '<a href="">a</a>',
            '<a href="https://mill.example.org/x">a</a>',
            '<a href="https://notmill.example/x">a</a>',
            "<!-- <a href='/a'>a</a> -->x",
            "<p>mill.example/a</p>",
            "<p>x</p><blockquote><a href='/a'>a</a></blockquote>",
            "<blockquote><p>They <a href='/a'>said so</a>.</p></blockquote><p>x</p>",
        ),
        clean=(
            *INTERNAL,
            '<a href="https://www.mill.example/x">a</a>',
            '<a href="?page=2">a</a>',
            '<a href="../x">a</a>',
            "<a href=/a>a</a>",
            '<a href="/a#b">a</a>',
            '<a href="//mill.example/x">a</a>',
            '<a href="HTTPS://MILL.example/x">a</a>',
            '<a rel="nofollow" href="/a">a</a>',
            '<a href="/a" rel="nofollow">a</a><a href="/b">b</a>',
            '<blockquote>x</blockquote><p>So <a href="/a">said</a> they.</p>',
            '<p><a href="/a">a</a></p><blockquote>x</blockquote>',
            '<blockquote><a href="/a">a</a></blockquote>',
        ),
    ),
    RequestTable(
        "seo_basics.no_external_links",
        html,
        found=(
            "<p>x</p>",
            *INTERNAL,
            '<a href="#top">a</a>',
            '<a href="mailto:a@bees.example">a</a>',
            "<a>a</a>",
            '<a href="javascript:x()">a</a>',
            '<a href="https://">a</a>',
            '<a href="https://www.mill.example">a</a>',
            "<p>https://bees.example</p>",
            "<!-- <a href='https://bees.example'>a</a> -->x",
        ),
        clean=(
            *EXTERNAL,
            '<a href="http://bees.example:8080/x">a</a>',
            '<a href="https://blog.mill.example/x">a</a>',
            '<a href="https://mill.example.org">a</a>',
            '<a rel="noopener" href="https://bees.example">a</a>',
            '<a rel="sponsored" href="https://bees.example">a</a>',
            '<a rel="nofollow" href="https://bees.example">a</a>',
            '<a href="/a">a</a><a href="https://bees.example">b</a>',
            "<p><a href=https://bees.example>a</a></p>",
            '<a href="https://bees.example"><img src=a alt=a></a>',
            ('<a href="https://mill.example">a</a>', ""),
        ),
    ),
    RequestTable(
        "seo_basics.external_links_nofollow",
        html,
        found=tuple(
            f'<a href="https://bees.example" rel="{rel}">a</a>{more}'
            for rel in ("nofollow", "NoFollow", "nofollow noopener", "ugc nofollow")
            for more in ("", '<a href="/a">b</a>', '<a href="//x.example" rel="nofollow">c</a>')
        ),
        clean=(
            *EXTERNAL,
            *INTERNAL,
            "<p>x</p>",
            '<a href="https://bees.example" rel="noopener">a</a>',
            '<a href="https://bees.example" rel="ugc">a</a>',
            '<a href="https://bees.example" rel="">a</a>',
            '<a href="/a" rel="nofollow">a</a>',
            '<a href="https://bees.example" class="nofollow">a</a>',
            '<a href="https://bees.example" rel="nofollow">a</a><a href="//x.example">b</a>',
        ),
    ),
    RequestTable(
        "seo_basics.internal_links_nofollow",
        html,
        found=tuple(
            f'<a href="{href}" rel="{rel}">a</a>'
            for rel in ("nofollow", "nofollow noopener", "NOFOLLOW")
            for href in ("/a", "b.html", "https://mill.example/x", "?page=2")
        ),
        clean=(
            *EXTERNAL,
            *INTERNAL,
            "<p>x</p>",
            '<a href="/a" rel="noopener">a</a>',
            '<a href="/a" rel="nofollow">a</a><a href="/b">b</a>',
            '<a href="https://bees.example" rel="nofollow">a</a>',
            '<a href="#x" rel="nofollow">a</a>',
            '<a href="/a" class="nofollow">a</a>',
            '<a rel="nofollow">a</a>',
        ),
    ),
    RequestTable(
        "seo_basics.no_images",
        markdown,
        found=(
            *("x", "# A\n\nx", "[a](b.png)", "`![a](b.png)`", "\\![a](b.png)", "a.png"),
            *("```\n![a](b.png)\n```", "<!-- <img src=a> -->x", "!a", "<video src=a></video>x"),
            *("&lt;img src=a&gt;", "- x\n- y"),
        ),
        clean=(
            *("![a](b.png)", "x ![a](b.png) y", "![](b.png)", "<img src=a.png>", "# ![a](b.png)"),
            *(
                "[![a](b.png)](/c)",
                "- ![a](b.png)",
                "<p><img src=a alt=b></p>",
                "![a][b]\n\n[b]: c",
            ),
            *("<picture><source srcset=a><img src=b></picture>", "> ![a](b.png)\n\nx"),
            "| a |\n|---|\n| ![a](b.png) |",
        ),
    ),
)
