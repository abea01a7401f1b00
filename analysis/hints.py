"""What is said of a name that is not part of the contract? The nearest one that is."""

from collections.abc import Iterable
from difflib import get_close_matches

from ops.problems import ProblemError


def hint(wrong: str, known: Iterable[str]) -> str:
    names = list(known)
    near = get_close_matches(wrong[:100], names, n=1)
    return f"Did you mean '{near[0]}'?" if near else f"Known: {', '.join(names)}."


def check_parameters(wanted: Iterable[str], known: Iterable[str]) -> None:
    """A typing error in the address must not be silently without effect."""
    for name in wanted:
        if name not in known:
            raise bad_parameter(name, hint(name, known))


def bad_parameter(name: str, what_helps: str) -> ProblemError:
    return ProblemError("bad_parameter", f"The parameter '{name[:60]}' is not valid. {what_helps}")
