"""What must the rules that judge a text as a whole find and leave alone?"""

from analysis.engine import AnalysisRequest, Format, Options
from tests.analysis.engine.rule_tables import RequestTable, prose

EASY = (
    "The bees fly home. They rest in the warm hive until the sun comes back.",
    "I went to the shop to buy bread and milk. It was shut, so I went home.",
    "Turn the tap to the left. Wait until the water runs clear. Then turn it off.",
    "The boy saw a dog. The dog saw the boy. They ran to the sea and swam.",
    "Mix the flour and the salt. Add the eggs one by one. Bake it for an hour.",
    "We met at noon. She had a red hat, and he had a stick. It rained.",
)
PLAIN = (
    "Our library opens at nine every day except Sunday. Members can borrow six books at a time.",
    "Water the plants in the morning, before the sun gets strong. Remove dead leaves as you go.",
    "The ferry leaves from the old harbour. Tickets are sold on board, and children travel free.",
    "You can change your password in the settings. We will send you a short message to confirm it.",
    "The team lost its first three games. After that it won every match until the end of May.",
    "Slice the onions thinly and fry them in butter. Stir often, or they will burn at the edges.",
)
HARD = (
    "Institutional accountability necessitates comprehensive evaluation of organizational "
    "performance.",
    "The aforementioned considerations notwithstanding, contractual obligations remain "
    "enforceable irrespective of subsequent legislative modifications.",
    "Pharmacological interventions demonstrating statistically significant efficacy require "
    "longitudinal verification across heterogeneous populations.",
    "Macroeconomic stabilization presupposes coordinated fiscal consolidation accompanied by "
    "credible monetary accommodation.",
    "Epistemological considerations regarding intersubjective verification complicate "
    "phenomenological interpretation of experiential narratives.",
    "Interoperability specifications facilitate bidirectional synchronization between "
    "geographically distributed infrastructure components.",
)
DENSE = (
    "Applicants must demonstrate sufficient understanding of applicable regulations before "
    "authorization is granted by the responsible department.",
    "The committee recommended several organizational improvements following extensive "
    "consultation with representatives of participating institutions.",
    "Consumers increasingly appreciate transparent information concerning environmental "
    "implications of their purchasing decisions.",
    "Successful implementation depends upon continuous communication between management, "
    "employees and external consultants.",
    "Atmospheric temperature measurements indicate considerable seasonal variability throughout "
    "the northern territories.",
    "Participants received individualized instructions describing experimental procedures and "
    "possible complications.",
)
GERMAN = "Die Inanspruchnahme steuerrechtlicher Vergünstigungen erfordert Nachweisbescheinigungen. "
LINKED = "However, the rain fell on the town. "
BARE = "The rain fell on the old town. "


def repeated(text, language="en", words=120):
    times = words // len(text.split()) + 1
    return AnalysisRequest(" ".join([text] * times), Format.TEXT, language)


def read_at(grade, text):
    request = repeated(text)
    return AnalysisRequest(request.source, Format.TEXT, "en", options=Options(audience_grade=grade))


def declared(language, text):
    return AnalysisRequest(text, Format.TEXT, language)


def connected(linked, bare):
    return AnalysisRequest(LINKED * linked + BARE * bare, Format.TEXT, "en")


ENGLISH = "The bees fly home in the evening and rest until the sun comes back in the morning."
GERMAN_TEXT = "Die Bienen fliegen am Abend nach Hause und ruhen, bis die Sonne am Morgen kommt."
FRENCH = "Les abeilles rentrent le soir et se reposent jusqu'au lever du soleil le lendemain matin."
SPANISH = "Las abejas vuelven a casa por la tarde y descansan hasta el amanecer del día siguiente."
DANISH = "Bierne flyver hjem om aftenen og hviler, indtil solen kommer tilbage igen i morgen."
JAPANESE = "ミツバチは夕方に家に帰り、太陽が戻るまで休みます。とても静かです。"
RUSSIAN = "Пчёлы возвращаются домой вечером и отдыхают до восхода солнца на следующее утро."

TABLES = (
    RequestTable(
        "readability.difficult",
        repeated,
        found=(*HARD, *DENSE, (GERMAN, "de")),
        clean=(*EASY, *PLAIN, ("今日は雨です。", "ja"), ("Die Biene ruht im Stock.", "de")),
    ),
    RequestTable(
        "readability.above_audience",
        read_at,
        found=(
            *((8, text) for text in HARD),
            *((6, text) for text in DENSE),
            *((1, text) for text in PLAIN[:3]),
        ),
        clean=(
            *((4, text) for text in EASY),
            *((12, text) for text in PLAIN),
            (18, PLAIN[0]),
        ),
    ),
    RequestTable(
        "language.mismatch",
        declared,
        found=(
            *(("de", text) for text in (ENGLISH, FRENCH, SPANISH, RUSSIAN)),
            *(("en", text) for text in (GERMAN_TEXT, FRENCH, JAPANESE)),
            ("en-US", SPANISH),
            ("fr", ENGLISH),
            ("fr-CA", GERMAN_TEXT),
            ("es_MX", ENGLISH),
            ("ja", ENGLISH),
            ("xx", ENGLISH),
        ),
        clean=(
            *(("en", ENGLISH), ("en-GB", ENGLISH), ("EN_us", ENGLISH), ("de-AT", GERMAN_TEXT)),
            *(("fr", FRENCH), ("es-419", SPANISH), ("ja", JAPANESE), ("ru", RUSSIAN)),
            *(("no", DANISH), ("nb-NO", DANISH), ("sv", DANISH)),
            ("de", "Ja nein"),
            ("de", "2024 – 42"),
            ("en", f"{ENGLISH} {ENGLISH} {ENGLISH} He said « bonjour » and « au revoir »."),
            (None, GERMAN_TEXT),
        ),
    ),
    RequestTable(
        "transitions.too_few",
        connected,
        found=(
            *((0, 40), (1, 40), (2, 40), (5, 40), (10, 40), (10, 30), (12, 30), (16, 40)),
            *((0, 200), (20, 100), (29, 71), (14, 36)),
        ),
        clean=(
            *((40, 0), (20, 20), (15, 25), (12, 28), (30, 70), (13, 30), (18, 40)),
            *((0, 1), (0, 10), (0, 20), (1, 20), (0, 28)),
        ),
    ),
    RequestTable(
        "duplication.sentence",
        lambda text: AnalysisRequest(text, Format.TEXT, "en"),
        found=tuple(f"{text} {prose(10)} {text}" for text in (*PLAIN, *DENSE)),
        clean=(*PLAIN, *DENSE),
    ),
)
