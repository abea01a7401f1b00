"""Is a word of a text a part of an address, a path or a name in code: `node.gyp`, `really_long`?"""

import re

NAME_CHARACTERS = 40
# Signs that prose does not hold inside its words.
SIGNS = re.compile(r"[@_\\#=]|^[./]|://|\w/\w+/|\w\.\w")
SPACES = re.compile(r"\s")


def is_in_code(text: str, start: int, end: int) -> bool:
    """Looks at what stands around without white space, in a bounded stretch."""
    before = SPACES.split(text[max(0, start - NAME_CHARACTERS) : start])[-1]
    behind = SPACES.split(text[end : end + NAME_CHARACTERS])[0]
    return SIGNS.search(before + text[start:end] + behind) is not None
