"""Which analyzers run, how much does each weigh, and where do their scores begin and end?"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.engine.errors import UnknownProfile
from analysis.engine.scoring import Band, Scale, Steps
from analysis.engine.wordlists import words

BANDS: dict[str, Band] = {
    "readability.flesch": Band(full=60, none=20),
    "readability.lix": Band(full=45, none=65),
    "sentence_length.long_percent": Band(full=25, none=50),
    "paragraph_length.long_percent": Band(full=0, none=40),
    "structure.section_words": Band(full=300, none=500),
    "keyphrase.gap": Band(full=0.3, none=0.7),
    "passive.percent": Band(full=10, none=25),
    "transitions.percent": Band(full=30, none=10),
    "sentence_beginnings.runs": Band(full=0, none=4),
    "style_lexicon.per_1000_words": Band(full=5, none=35),
    "adverbs.percent": Band(full=3, none=8),
    "repeated_words.per_1000_words": Band(full=0, none=8),
    "typography.per_1000_words": Band(full=1, none=20),
    "consistency.per_1000_words": Band(full=0, none=20),
    "duplication.unique_percent": Band(full=98, none=60),
    "inclusive.per_1000_words": Band(full=0, none=6),
    "spelling.per_1000_words": Band(full=0, none=15),
    "grammar.per_1000_words": Band(full=0, none=10),
    "house_rules.per_1000_words": Band(full=0, none=15),
    "seo_basics.words": Band(full=300, none=100),
}
WEIGHTS: dict[str, float] = {
    "readability": 2.0,
    "sentence_length": 2.0,
    "seo_basics": 1.0,
    "keyphrase": 2.0,
}


# Too dear for an answer while a client waits: these run when `deep` or `include` asks for them.
PROOFREADING = words("spelling grammar")


@dataclass(frozen=True, slots=True)
class Profile:
    """Raise `version` with every change: reports are cached under it. `only` None means all.

    With `judges_absent` the checks count what the author did not tell as missing; without
    `knows_forms` a keyphrase is found only in the forms in which it is written.
    """

    name: str
    version: int
    only: frozenset[str] | None = None
    without: frozenset[str] = frozenset()
    bands: Mapping[str, Scale] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)
    soft_deadline_seconds: float = 2.0
    judges_absent: bool = False
    knows_forms: bool = True

    def runs(self, analyzer_id: str) -> bool:
        if self.only is not None and analyzer_id not in self.only:
            return False
        return analyzer_id not in self.without

    def weight(self, analyzer_id: str) -> float:
        return self.weights.get(analyzer_id, 1.0)

    def band(self, name: str) -> Scale:
        return self.bands.get(name) or BANDS[name]


_PROFILES = (
    Profile(name="standard", version=4, without=PROOFREADING),
    Profile(name="deep", version=2, soft_deadline_seconds=15.0),
    Profile(
        name="quick",
        version=1,
        only=words("""
            statistics language readability sentence_length paragraph_length structure
        """),
    ),
    Profile(
        name="docs",
        version=1,
        without=PROOFREADING | words("seo_basics keyphrase terms tone adverbs sentence_beginnings"),
        bands={
            # Manuals speak of systems: who acts often does not matter.
            "passive.percent": Band(full=20, none=45),
            "transitions.percent": Band(full=15, none=0),
            "readability.flesch": Band(full=45, none=5),
            "style_lexicon.per_1000_words": Band(full=8, none=45),
        },
    ),
    Profile(
        name="fiction",
        version=1,
        without=PROOFREADING
        | words("""
            passive adverbs transitions style_lexicon seo_basics keyphrase terms links images
            inclusive sentence_beginnings
        """),
        bands={
            "sentence_length.long_percent": Band(full=35, none=70),
            "structure.section_words": Band(full=3_000, none=10_000),
        },
    ),
    Profile(
        name="yoast-compat",
        version=3,
        judges_absent=True,
        knows_forms=False,
        only=words("""
            statistics language readability sentence_length paragraph_length structure passive
            transitions sentence_beginnings inclusive keywords seo_basics keyphrase links images
            page_meta
        """),
        bands={
            "readability.flesch": Steps(good=60, ok=50),
            "sentence_length.long_percent": Steps(good=25, ok=30),
            "paragraph_length.long_percent": Steps(good=0, ok=20),
            "structure.section_words": Steps(good=300, ok=350),
            "passive.percent": Steps(good=10, ok=15),
            "transitions.percent": Steps(good=30, ok=20),
            "sentence_beginnings.runs": Steps(good=0, ok=0),
            "seo_basics.words": Steps(good=300, ok=250),
            "keyphrase.gap": Steps(good=0.3, ok=0.5),
        },
    ),
)
BY_NAME = {profile.name: profile for profile in _PROFILES}
PROFILES = tuple(BY_NAME)


def profile_named(name: str) -> Profile:
    try:
        return BY_NAME[name]
    except KeyError:
        known = ", ".join(PROFILES)
        raise UnknownProfile(f"There is no profile {name!r}; there are {known}.") from None
