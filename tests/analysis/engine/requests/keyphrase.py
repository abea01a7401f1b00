"""What must the rules of the keyphrase, mostly «roof garden», find and leave alone?"""

from analysis.engine import AnalysisRequest, Format, Meta, Options
from tests.analysis.engine.rule_tables import RequestTable, prose

PHRASE = "roof garden"
ABOUT = "The roof garden is warm and dry and has views. "
LONG = "how small paid bands practise loud marching songs near quiet mountain lakes"


def text_of(source, keyphrase=PHRASE, synonyms=(), language="en"):
    meta, options = Meta(keyphrase=keyphrase), Options(synonyms=synonyms)
    return AnalysisRequest(source, Format.TEXT, language, meta=meta, options=options)


def phrased(keyphrase):
    return text_of("The bees fly home.", keyphrase)


def times(count, words, keyphrase=PHRASE):
    """So many mentions in so many words."""
    return text_of(ABOUT * count + prose(words - 10 * count), keyphrase)


def told(member):
    def request(value, keyphrase=PHRASE):
        meta = Meta(keyphrase=keyphrase, **{member: value})
        return AnalysisRequest("The bees fly home.", Format.TEXT, "en", meta=meta)

    return request


def markdown(source, keyphrase=PHRASE):
    return AnalysisRequest(source, Format.MARKDOWN, "en", meta=Meta(keyphrase=keyphrase))


def spread(marks):
    """A sentence about the keyphrase for each x, another one for each dot."""
    other = "Rain fell on the old town. "
    return text_of("".join(ABOUT if mark == "x" else other for mark in marks))


def headed(*headings):
    return markdown("\n\n".join(f"## {heading}\n\nx" for heading in headings))


def pictured(*texts):
    return markdown("\n\n".join(["x", *(f"![{text}](a.png)" for text in texts)]))


TABLES = (
    RequestTable(
        "keyphrase.too_long",
        phrased,
        found=(
            "bees bread boats mills lakes",
            "cheap red wool winter socks",
            "best small roof garden ideas",
            "keeping honey bees in small city gardens",
            "where to buy cheap blue wooden kitchen chairs",
            "plant based high protein breakfast recipes",
            LONG,
            "one-pot lentil soup with carrots, celery and leeks",
            "repair broken laptop screen hinge at home",
            "solar panel battery storage cost comparison",
            '"cheap red wool winter socks"',
            "café bar hotel restaurant pub",
        ),
        clean=(
            "roof",
            "roof garden",
            "roof garden ideas",
            "small roof garden ideas",
            "the cost of keeping bees in the city",
            "how to bake bread at home",
            "what is the best of all the roof gardens",
            "to be or not to be",
            "one-pot lentil soup",
            "Roof Garden Ideas 2024",
            "is it ever too late for the piano",
            "bees and boats and mills",
        ),
    ),
    RequestTable(
        "keyphrase.too_rare",
        times,
        found=(
            (0, 300),
            (1, 300),
            (1, 500),
            (2, 600),
            (3, 1_000),
            (4, 1_000),
            (5, 1_200),
            (0, 30),
            (0, 60),
            (0, 120),
            (1, 120),
            (3, 300, "roof gardener"),
        ),
        clean=(
            (1, 50),
            (1, 90),
            (2, 120),
            (2, 300),
            (2, 450),
            (3, 600),
            (5, 1_000),
            (6, 1_200),
            (3, 300, "roof gardens"),
            (3, 300, "garden roof"),
            (3, 300, "the roof garden"),
            (3, 300, '"roof garden"'),
        ),
    ),
    RequestTable(
        "keyphrase.too_often",
        times,
        found=(
            (2, 50),
            (3, 60),
            (4, 90),
            (5, 100),
            (6, 120),
            (12, 300),
            (15, 300),
            (20, 300),
            (20, 500),
            (40, 1_000),
            (60, 1_000),
            (12, 300, "roof"),
        ),
        clean=(
            (1, 50),
            (2, 90),
            (3, 120),
            (2, 300),
            (10, 300),
            (17, 500),
            (35, 1_000),
            (0, 300),
            (20, 300, "balcony"),
            (20, 300, "roof gardener"),
            (20, 300, '"garden roof"'),
            (1, 1_000),
        ),
    ),
    RequestTable(
        "keyphrase.introduction",
        text_of,
        found=(
            "Rain fell.\n\nA roof garden grows.",
            "A roof. Rain fell.",
            "A roof. A garden.",
            "A garden grows here.",
            "The gardener is on the roof.",
            "- A roof garden grows.\n\nRain fell.",
            ("A garden is on the roof.", '"roof garden"'),
            ("A roof garden grows.", "roof gardening tips"),
            ("The roofer came.", "roof"),
            ("The balcony is small.", PHRASE, ("terrace",)),
            ("Cod is a fish.", "code"),
            ("The cars are red.", "care"),
            ("Im Garten regnet es.", "Dachgarten", (), "de"),
        ),
        clean=(
            "A roof garden grows. Rain fell.",
            "Rain fell. Roof gardens hold water.",
            "A garden is on the roof.",
            "Gardens grow on roofs here.",
            "ROOF GARDENS, AT LAST.",
            "The roof garden’s soil is dry.",
            ("Bake the bread.", "baking breads"),
            ("We care.", "caring"),
            ("The terrace is small.", PHRASE, ("terrace",)),
            ("My favourite cookie.", "cookies"),
            ("Im Dachgarten regnet es.", "Dachgärten", (), "de"),
            "- Only a list.",
        ),
    ),
    RequestTable(
        "keyphrase.uneven",
        spread,
        found=(
            "xx" + "." * 18,
            "x" + "." * 18 + "x",
            "." * 18 + "xx",
            "xxx" + "." * 20,
            "xx" + "." * 14 + "xx",
            "x" * 5 + "." * 10,
            "." * 10 + "x" * 5,
            "x.x" + "." * 15,
            "x" + "." * 40 + "x.x.x",
            "x.." * 3 + "." * 12,
            "." * 30 + "x.x",
            "x" + "." * 8 + "x" + "." * 8,
        ),
        clean=(
            "x..." * 5,
            "x.x." * 5,
            "...x" * 5,
            "x" * 20,
            "x" + "." * 20,
            "." * 30,
            "x" + "." * 10 + "x",
            "xx....",
            ".x..x..x..x..x.",
            "x....x....x....x....",
            "..x...x...x...x..",
            "x.....x.....x.....x.....x",
        ),
    ),
    RequestTable(
        "keyphrase.title",
        told("title"),
        found=(
            "Balcony ideas",
            "Ideas for a roof garden",
            "A garden on the roof",
            "Cheap roof garden ideas",
            "Roof gardens",
            "Roof and garden",
            "Gardens",
            "Balcony or roof garden",
            "Roofing and gardening",
            ("How to bake", "bake bread"),
            ("Coding tips", "code"),
            ("Garden roofs", '"roof garden"'),
        ),
        clean=(
            "Roof garden ideas",
            "roof garden",
            "ROOF GARDEN IDEAS",
            "The roof garden",
            "A roof garden: ten ideas",
            "Why you want a roof garden",
            "Your roof garden",
            "Ten roof garden ideas",
            "Beautiful roof garden",
            "",
            " ",
            "«Roof garden» for beginners",
            ("How to bake bread", "how to bake bread"),
            ("To be or not", "to be"),
        ),
    ),
    RequestTable(
        "keyphrase.description",
        told("description"),
        found=(
            "All about balconies.",
            "All about roofs.",
            "A garden, a garden!",
            "Roof garden. Roof garden. Roof garden.",
            "Roofs and gardens, roofs and gardens, gardens and roofs.",
            "The roofer and the gardener.",
            ("A garden on a roof.", '"roof garden"'),
            ("Take good cars.", "care"),
            ("We bake.", "bake bread"),
            ("Bees, bees, bees.", "bee"),
            ("Nothing here.", "keeping bees"),
            "x",
        ),
        clean=(
            "All about the roof garden.",
            "Roof gardens, and more roof gardens.",
            "A garden on the roof.",
            "ROOF GARDEN!",
            "",
            " ",
            "Rain on roofs helps gardens.",
            ("A roof garden.", '"roof garden"'),
            ("We care.", "caring"),
            ("Baked breads.", "baking bread"),
            ("Keep a bee.", "keeping bees"),
            ("A bee, a bee.", "bees"),
        ),
    ),
    RequestTable(
        "keyphrase.slug",
        told("slug"),
        found=(
            *("roof", "garden", "balcony", "roof-ideas", "gardener-on-roofers", "2024", "x"),
            ("bread", "baking bread"),
            ("ideas", "small roof garden ideas"),
            ("small-ideas", "small roof garden ideas"),
            ("coding", "codes of law"),
            ("roofgarden", PHRASE),
        ),
        clean=(
            *(
                "roof-garden",
                "roof-gardens",
                "garden-roof",
                "the-roof-garden",
                "roof_garden",
                "",
                " ",
            ),
            ("bake-bread", "baking bread"),
            ("small-roof-garden", "small roof garden ideas"),
            ("roof-garden", "Roof-Garden"),
            ("blog/roof-garden", PHRASE),
            ("cookies", "cookie"),
        ),
    ),
    RequestTable(
        "keyphrase.subheadings_rare",
        headed,
        found=(
            ("Rain",),
            ("Rain", "Sun"),
            ("Roof", "Garden"),
            ("Rain", "Sun", "Roof garden", "Snow"),
            ("Roofers", "Gardeners"),
            ("Rain", "Sun", "Wind", "Snow"),
            ("Roof garden", "Rain", "Sun", "Wind"),
            ("Rain", "Sun", "Wind", "Snow", "Ice", "Hail", "Roof garden"),
            ("Garden", "Garden", "Garden"),
            ("The old roof",),
            ("A view", "A roof", "A garden", "A town"),
            ("1", "2", "3"),
        ),
        clean=(
            ("Roof garden",),
            ("Roof garden", "Rain"),
            ("Roof gardens", "Rain", "Sun"),
            ("The garden on the roof", "Rain"),
            ("Rain", "Your roof garden"),
            ("Roof garden", "Roof gardens"),
            ("Roof garden", "Roof gardens", "Rain"),
            ("ROOF GARDEN", "Rain"),
            ("What is a roof garden?", "Rain", "Sun"),
            ("Roof garden", "Rain", "Roof garden", "Sun"),
            ("Gardens need roofs", "Rain"),
            ("Rain", "Sun", "A garden for your roof"),
        ),
    ),
    RequestTable(
        "keyphrase.subheadings_often",
        headed,
        found=tuple(
            ("Roof garden",) * many + ("Rain",) * few
            for many, few in (
                *((2, 0), (3, 0), (4, 0), (4, 1), (5, 0), (5, 1)),
                *((6, 0), (6, 1), (7, 1), (7, 2), (8, 0), (8, 2)),
            )
        ),
        clean=tuple(
            ("Roof garden",) * many + ("Rain",) * few
            for many, few in (
                *((1, 0), (1, 1), (2, 1), (3, 1), (2, 2), (3, 2)),
                *((0, 1), (0, 3), (1, 3), (6, 2), (5, 5), (3, 7)),
            )
        ),
    ),
    RequestTable(
        "keyphrase.images",
        pictured,
        found=(
            ("rain",),
            ("",),
            ("rain", "sun"),
            ("a balcony",),
            ("roofer at work",),
            ("gardener",),
            ("IMG_2041",),
            ("rain",) * 5,
            ("the roof garden",) * 5,
            ("the roof garden", *("rain",) * 4),
            ("the roof garden", *("rain",) * 9),
            (*("roof garden",) * 9, "rain"),
        ),
        clean=(
            ("a roof garden",),
            ("roof gardens in May",),
            ("the roof",),
            ("a garden",),
            ("rain", "a roof garden"),
            ("rain", "sun", "a roof garden"),
            ("ROOF",),
            (*("roof garden",) * 2, *("rain",) * 4),
            (*("roof garden",) * 3, *("rain",) * 2),
            (*("roof garden",) * 4, *("rain",) * 6),
            ("rain", "sun", "wind", "roofs"),
            ("a garden on a roof", ""),
        ),
    ),
    RequestTable(
        "keyphrase.competing_link",
        markdown,
        found=(
            "Read [roof garden](/a) now.",
            "Read [the roof garden](/a) now.",
            "Read [Roof gardens](https://bees.example) now.",
            "Read [garden roofs](/a) now.",
            "Read [a garden on the roof](/a) now.",
            "Read [*roof* garden](/a) now.",
            "[Roof garden](/a), [rain](/b)",
            "<a href=/a>Roof garden</a>",
            ("Read [roof garden](/a).", '"roof garden"'),
            ("Read [bees](/a).", "bee"),
            ("Read [baked bread](/a).", "baking bread"),
            ("Read [the cookies](/a).", "cookie"),
        ),
        clean=(
            "Read [roof garden ideas](/a) now.",
            "Read [roof](/a) now.",
            "Read [garden](/a) and [roof](/b) now.",
            "Read [the gardener](/a) now.",
            "A roof garden and [rain](/a).",
            "The roof garden.",
            "Read [here](/a) about the roof garden.",
            "Read [how to plan a roof garden](/a).",
            "[![roof garden](a.png)](/a)",
            ("Read [garden roof](/a).", '"roof garden"'),
            ("Read [baker](/a).", "bake"),
            ("Read [win](/a).", "wine"),
        ),
    ),
)
