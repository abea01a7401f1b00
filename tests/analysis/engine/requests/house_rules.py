"""What must each kind of house rule find and leave alone?"""

from analysis.engine import AnalysisRequest, Format, HouseRule, Options, RuleKind
from analysis.engine.options import RuleSeverity
from tests.analysis.engine.rule_tables import RequestTable

TEXT = "The bees fly home. They rest now."


def judging(rule):
    def request(source, *changes):
        options = Options(house_rules=(HouseRule("Rule", *rule, **dict(changes)),))
        return AnalysisRequest(source, Format.TEXT, "en", options=options)

    return request


def bounding(token, minimum, maximum, source=TEXT):
    rule = HouseRule("Rule", RuleKind.METRIC, (token,), minimum=minimum, maximum=maximum)
    return AnalysisRequest(source, Format.MARKDOWN, "en", options=Options(house_rules=(rule,)))


PATTERN = ("is_pattern", True)
CASE = ("ignore_case", False)

TABLES = tuple(
    RequestTable("house_rules.rule", request, found, clean, note)
    for note, request, found, clean in (
        (
            "existence",
            judging((RuleKind.EXISTENCE, ("synergy", "very", "low-hanging fruit"))),
            (
                *("A synergy.", "SYNERGY!", "Very cold.", "It is very, very cold.", "(synergy)"),
                *("The synergy’s end.", "Low-hanging fruit.", "A «synergy» of bees.", "synergy"),
                *("No\nvery cold day.", "“Very”, she said.", "How very odd."),
            ),
            (
                *(
                    "Synergies.",
                    "Every day.",
                    "Verity.",
                    "A synergyX.",
                    "Low fruit.",
                    TEXT,
                    "1 2 3",
                ),
                *("The fruit, low-hanging.", "low hanging, fruit", "sy nergy", "verynice", "véry"),
            ),
        ),
        (
            "pattern",
            judging((RuleKind.EXISTENCE, (r"ABC-\d+", r"colou?r"))),
            tuple(
                (text, PATTERN)
                for text in (
                    *(
                        "See ABC-12.",
                        "abc-7",
                        "colour",
                        "A Color.",
                        "🐝 ABC-3",
                        "discolor",
                        "ABC-1.",
                    ),
                    *("colours", "x ABC-99 y", "COLOUR", "ABC-0", "recolour it"),
                )
            ),
            (
                *(
                    (text, PATTERN)
                    for text in ("ABC-", "ABC 12", "collar", TEXT, "AB-12", "colo r")
                ),
                *((text, PATTERN, CASE) for text in ("abc-7", "COLOR", "Colour", "aBC-1")),
                *((text,) for text in ("See ABC-12.", "colour")),
            ),
        ),
        (
            "substitution",
            judging(
                (RuleKind.SUBSTITUTION, (), (("log in to", "sign in to"), ("e-mail", "email")))
            ),
            (
                *(
                    "Log in to it.",
                    "log in to",
                    "Please LOG IN TO the mill.",
                    "An e-mail.",
                    "E-mail!",
                ),
                *("Send e-mail, please.", "You log in to it.", "(e-mail)", "e-mail’s", "“e-mail”"),
                *("Log  in to it.", "Read your e-mail\nnow."),
            ),
            (
                *("Sign in to it.", "Email us.", "Log in, to be sure.", "Log into it.", TEXT),
                *("Logged in to it.", "e mail", "emails", "Log out to it."),
                *("login to", "Mail", "Log it in to"),
            ),
        ),
        (
            "capitalization",
            judging((RuleKind.CAPITALIZATION, ("GitHub", "iPhone", "New York"))),
            (
                *("Github.", "GITHUB", "github", "gitHub", "An Iphone.", "IPHONE", "iphone"),
                *("new york", "NEW YORK", "New york", "Github’s", "GitHub and Github"),
            ),
            (
                *("GitHub.", "An iPhone.", "New York", "GitHub’s", "The New York mill.", TEXT),
                *("Githubs", "git hub", "iPhones", "York is new.", "New, York", "phone"),
            ),
        ),
        (
            "repetition",
            judging((RuleKind.REPETITION, ("bee", "the"))),
            (
                *("A bee bee.", "Bee bee", "the the", "The the end.", "BEE BEE", "bee  bee"),
                *("bee bee bee", "In the the mill.", "The\nthe end.", "bee\nbee", "a the the bee"),
                "Bee BEE!",
            ),
            (
                *(
                    "A bee.",
                    "bee, bee",
                    "bee. Bee.",
                    "bees bee",
                    "the bee the bee",
                    TEXT,
                    "bee-bee",
                ),
                *("A a", "the other the", "bee and bee", "thethe", "(bee) bee"),
            ),
        ),
        (
            "consistency",
            judging((RuleKind.CONSISTENCY, ("sign in", "log in", "enter"))),
            (
                *("Sign in here. Log in now.", "Log in. Log in. Sign in.", "Enter or sign in."),
                *("log in, enter", "SIGN IN, LOG IN", "Sign in. Enter.", "Enter. Enter. Log in."),
                *("You sign in; they log in.", "Log in, sign in, enter", "sign in log in"),
                *("(log in) [sign in]", "Log in and enter."),
            ),
            (
                *(
                    "Sign in here. Sign in there.",
                    "Log in.",
                    "Enter. Enter.",
                    TEXT,
                    "Sign it. Log in.",
                ),
                *("signing in, log in", "Logs in, sign in", "login, sign in", "sign. In. Log in."),
                *("entered, sign in", "The sign, in red.", "Signing and logging."),
            ),
        ),
        (
            "occurrence",
            judging((RuleKind.OCCURRENCE, ("bee",), (), "", RuleSeverity.WARNING, 1, 2)),
            (
                *(
                    "A wasp.",
                    "Bees.",
                    TEXT.replace("bees", "wasps"),
                    "bee bee bee",
                    "A bee, bee, bee.",
                ),
                *(
                    "bee " * 10,
                    "Beekeepers.",
                    "no",
                    "BEE Bee bee",
                    "bee’s bee bee",
                    "beet",
                    "Be e.",
                ),
            ),
            (
                *("A bee.", "bee bee", "A bee and a bee.", "BEE", "bee’s", "Bee, bees, bees."),
                *("the bee", "“bee”", "(bee)", "bee! Bee?", "beekeeper bee", "A bee flies."),
            ),
        ),
        (
            "metric",
            bounding,
            (
                *(("words", 9, None), ("words", 0, 5), ("sentences", 3, None), ("sentences", 0, 1)),
                *(("paragraphs", 2, None), ("headings", 1, None), ("links", 1, None)),
                *(("images", 1, None), ("words_per_sentence", 0, 3), ("reading_ease", 0, 10)),
                *(("links", 0, 0, "[a](/b)"), ("grade", 12, None), ("lix", 40, None)),
            ),
            (
                *(("words", 7, 7), ("words", 0, None), ("sentences", 2, 2), ("paragraphs", 1, 1)),
                *(
                    ("headings", 0, 0),
                    ("links", 0, 0),
                    ("images", 0, 0),
                    ("reading_ease", 60, None),
                ),
                *(("words_per_sentence", 3, 4), ("grade", 0, 8), ("lix", 0, 30)),
                *(("links", 1, 1, "[a](/b)"), ("images", 1, None, "x ![a](b.png)")),
            ),
        ),
    )
)
