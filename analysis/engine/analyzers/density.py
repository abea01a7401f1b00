"""How often does something happen in a thousand words?"""

from analysis.engine.document.document import Document

# In a very short text one remark would look like a flood.
FEWEST_WORDS = 200


def per_thousand_words(count: int, document: Document) -> float:
    return round(1000 * count / max(FEWEST_WORDS, len(document.words)), 2)
