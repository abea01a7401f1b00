"""Which parts of an answer does the client want (`?fields=`)?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ops.problems import ProblemError

_MOST = 50
_DEEPEST = 6


@dataclass
class Selection:
    """A tree of wanted members; a leaf wants all below it."""

    members: dict[str, Selection] = field(default_factory=dict)

    def wants(self, name: str) -> bool:
        return not self.members or name in self.members

    def of(self, value: Any) -> Any:
        """The wanted members that are there. Lists are passed through, item by item."""
        if not self.members:
            return value
        if isinstance(value, list):
            return [self.of(item) for item in value]
        if not isinstance(value, dict):
            return value
        return {name: part.of(value[name]) for name, part in self.members.items() if name in value}


def selection(text: str, known: tuple[str, ...]) -> Selection:
    """`id,results.scores.overall`: dotted paths, of which the first step must be known."""
    wanted = Selection()
    paths = [path.strip() for path in text.split(",") if path.strip()]
    if len(paths) > _MOST:
        raise ProblemError("bad_parameter", f"'fields' takes at most {_MOST} paths.")
    for path in paths:
        steps = path.split(".")
        if steps[0] not in known or len(steps) > _DEEPEST:
            raise ProblemError(
                "bad_parameter",
                f"'fields' cannot name '{path[:60]}'. It takes paths such as 'status' or"
                f" 'results.scores', separated by commas. Known: {', '.join(known)}.",
            )
        _add(wanted, steps)
    return wanted


def _add(into: Selection, steps: list[str]) -> None:
    """The wider of two wishes wins: `results,results.scores` is all results."""
    for position, step in enumerate(steps):
        is_new = step not in into.members
        below = into.members.setdefault(step, Selection())
        is_whole = not is_new and not below.members
        if is_whole:
            return
        if position == len(steps) - 1:
            below.members.clear()
        into = below
