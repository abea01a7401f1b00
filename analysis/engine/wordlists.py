"""How is a set of words written down so that it stays pleasant to read?"""


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())
