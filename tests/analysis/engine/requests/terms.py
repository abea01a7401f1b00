"""What must the rules of wanted terms find and leave alone?"""

from analysis.engine import AnalysisRequest, Format, Options, Term
from tests.analysis.engine.rule_tables import RequestTable

LEARNING = "machine learning"


def wanting(source, text=LEARNING, minimum=1, maximum=None, language="en"):
    options = Options(terms=(Term(text, minimum, maximum),))
    return AnalysisRequest(source, Format.TEXT, language, options=options)


TABLES = (
    RequestTable(
        "terms.missing",
        wanting,
        found=(
            "The bees fly home.",
            "The machine is loud.",
            "Learning takes time.",
            "The learning curve of the machine is steep.",
            "The machine. Learning is hard.",
            "The machine, learning to bake, broke.",
            "Machines and learning.",
            ("We bake.", "bake bread"),
            ("The gardener came.", "garden"),
            ("Win a prize.", "wine"),
            ("The cost is living.", "cost of living"),
            ("Roof gardens grow.", '"roof garden"'),
            ("Im Garten.", "Dachgarten", 1, None, "de"),
        ),
        clean=(
            "Machine learning is hard.",
            "We like machine-learning".replace("-", " ") + ".",
            "MACHINE LEARNING!",
            "The machine learns, and machine learning helps.",
            "Machines learning to bake.",
            ("We bake bread.", "baking breads"),
            ("My cookies.", "cookie"),
            ("Costs of living rise.", "cost of living"),
            ("The bees fly.", "rain", 0),
            ("A roof garden grows.", '"roof garden"'),
            ("The city’s walls.", "city"),
            ("Die Dachgärten.", "Dachgarten", 1, None, "de"),
        ),
    ),
    RequestTable(
        "terms.too_rare",
        wanting,
        found=(
            ("A bee.", "bee", 2),
            ("A bee, a bee.", "bee", 3),
            ("A bee. Bees. A bee’s wing.", "bee", 4),
            ("Machine learning.", LEARNING, 2),
            ("Machine learning and learning machines.", LEARNING, 2),
            ("Machine learning. The machine. Learning.", LEARNING, 2),
            ("The roof garden.", "roof garden", 5),
            ("We bake bread.", "baking bread", 2),
            ("A roof garden. Roof gardens.", '"roof garden"', 2),
            ("A beekeeper and a bee.", "bee", 2),
            ("Wine, and a win.", "wine", 2),
            ("Care for the car.", "care", 2),
        ),
        clean=(
            ("A bee.", "bee", 1),
            ("A bee, a bee.", "bee", 2),
            ("Bees. A bee’s wing. Bee!", "bee", 3),
            ("Nothing.", "bee", 2),
            ("A bee.", "bee", 0),
            ("Machine learning. Machine learning.", LEARNING, 2),
            ("Machine learning machines. Machine learning.", LEARNING, 2),
            ("The roof garden, a roof garden.", "roof garden", 2),
            ("A roof garden. A roof garden.", '"roof garden"', 2),
            ("Bake bread. Baked bread.", "baking bread", 2),
            ("Cookies and a cookie.", "cookie", 2),
            ("A bee, a bee, a bee.", "bee", 2, 2),
        ),
    ),
    RequestTable(
        "terms.too_often",
        wanting,
        found=(
            ("A bee, a bee.", "bee", 0, 1),
            ("A bee. Bees. A bee’s.", "bee", 1, 2),
            ("A bee.", "bee", 0, 0),
            ("Machine learning. Machine learning.", LEARNING, 1, 1),
            ("A cookie, cookies.", "cookies", 0, 1),
            ("Bake bread. Baked bread. Baking bread.", "bake bread", 1, 2),
            ("very " * 20, "very", 0, 5),
            ("Roof gardens. A roof garden.", "roof garden", 1, 1),
            ("A roof garden, a roof garden.", '"roof garden"', 1, 1),
            ("BEE Bee bee.", "bee", 1, 2),
            ("The cost of living, the costs of living.", "cost of living", 0, 1),
            ("Kinder und Kinder.", "Kinder", 0, 1, "de"),
        ),
        clean=(
            ("A bee.", "bee", 0, 1),
            ("A bee, a bee.", "bee", 1, 2),
            ("Nothing.", "bee", 0, 0),
            ("A bee, a bee, a bee.", "bee", 1),
            ("The machine. Learning. Machines, learning.", LEARNING, 0, 0),
            ("Beekeepers keep.", "bee", 0, 0),
            ("Roof gardens.", '"roof garden"', 0, 0),
            ("Gardens and roofs.", "roof garden", 0, 0),
            ("A win, a win.", "wine", 0, 0),
            ("Living costs of it.", "cost of living", 0, 0),
            ("A bee.", "bee", 2, 3),
            ("Ein Kind.", "Kinder", 0, 1, "de"),
        ),
    ),
)
