"""How is something named so that nobody guesses it?"""

import secrets
import string

_ALPHABET = string.ascii_letters + string.digits


def unguessable(prefix: str) -> str:
    """131 random bits."""
    return prefix + "".join(secrets.choice(_ALPHABET) for _ in range(22))
