"""Does the text sound friendly or harsh? An experiment: told, never scored.

Sentences are judged one by one, since the mood of a whole text drowns in its length.
"""

from collections import Counter

from analysis.engine.analyzers.analyzer import Analyzer, Outcome, Task
from analysis.engine.analyzers.skipping import without_sentences
from analysis.engine.document.document import Document, Sentence
from analysis.engine.report import Category
from analysis.engine.wordlists import words

POSITIVE = words("""
    admire admired adore amazing beautiful best better bliss brave bright brilliant calm
    celebrate charming cheer cheerful clever comfort comfortable cosy cozy delicious delight
    delighted delightful eager easy elegant enjoy enjoyable enjoyed excellent excited exciting
    fabulous fantastic favorite favourite flawless fortunate fresh friendly fun generous gentle
    glad good gorgeous grace grateful great happily happy harmony healthy helpful honest hope
    hopeful impressive improve improved inspiring joy joyful kind kindness laugh love loved
    lovely loyal lucky memorable nice outstanding perfect pleasant pleased pleasure positive
    praise precious pretty proud recommend recommended relaxed reliable remarkable rewarding
    safe satisfied smile smooth strong success successful superb support sweet tasty terrific
    thank thanks thrilled trust valuable warm welcome win winner wise wonderful worthy
""")
NEGATIVE = words("""
    abuse afraid angry annoying anxious awful awkward bad badly bitter blame bored boring broke
    broken burden cheat complain complaint confused corrupt cruel cry danger dangerous dead
    defeat desperate dirty disappointed disappointing disaster disgust disgusting dislike
    dreadful dull evil fail failed failure fake fear filthy fool frustrated frustrating greedy
    guilty harm harmful harsh hate hated hatred hopeless horrible hostile hurt ignorant ill
    inferior insult jealous lazy liar lonely lose loser lost mad miserable mistake nasty
    negative nervous overpriced pain painful panic pathetic poor punish rage regret reject
    ridiculous rubbish rude sad scared selfish shame sick slow sorry stupid suffer terrible
    threat tragic ugly unfair unfriendly unhappy unhealthy unreliable useless victim violent
    weak worry worse worst wrong
""")
NEGATIONS = words("""
    not no never none nobody nothing neither nor without hardly barely isn't aren't wasn't weren't
    don't doesn't didn't won't can't cannot couldn't shouldn't wouldn't hasn't haven't hadn't
""")
LOOK_BACK_WORDS = 3


def measure(task: Task) -> Outcome:
    document = task.document
    moods = Counter(_mood(document, s) for s in task.deadline.watch(document.sentences))
    total = len(document.sentences)
    endings = [document.text[max(s.start, s.end - 3) : s.end] for s in document.sentences]
    exclaimed = sum("!" in ending for ending in endings)
    asked = sum("?" in ending for ending in endings)
    addressed = sum(word in ("you", "your", "yours") for word in document.words.lower)
    return Outcome(
        metrics={
            "experimental": True,
            "positive_percent": round(100 * moods["positive"] / total, 2),
            "negative_percent": round(100 * moods["negative"] / total, 2),
            "neutral_percent": round(100 * moods["neutral"] / total, 2),
            "questions_percent": round(100 * asked / total, 2),
            "exclamations_percent": round(100 * exclaimed / total, 2),
            "address_per_1000_words": round(1000 * addressed / len(document.words), 2),
        }
    )


def _mood(document: Document, sentence: Sentence) -> str:
    """The balance of warm and cold words; a negation just before one turns it round."""
    lower = document.words.lower
    balance = 0
    for index in range(sentence.first, sentence.last):
        word = lower[index]
        weight = (word in POSITIVE) - (word in NEGATIVE)
        if weight and not (word == "kind" and lower[index + 1 : index + 2] == ["of"]):
            before = lower[max(sentence.first, index - LOOK_BACK_WORDS) : index]
            balance += -weight if any(word in NEGATIONS for word in before) else weight
    if balance == 0:
        return "neutral"
    return "positive" if balance > 0 else "negative"


ANALYZER = Analyzer(
    id="tone",
    version=2,
    category=Category.INFORMATION,
    title="Tone (experimental)",
    measure=measure,
    skip_reason=without_sentences,
    languages=frozenset(("en",)),
)
