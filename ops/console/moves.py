"""What can be done from a page? Each move says what it will do, asks why, and for how long."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class Ask:
    """One question of the form."""

    name: str
    label: str
    kind: str = "text"
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    is_required: bool = True
    pattern: str = ""
    """What must be typed, as it stands: for what hurts most."""
    highest: int = 0


@dataclass(frozen=True)
class Move:
    text: str
    address: str
    permission: str
    effect: str = ""
    """What it will do, said before it is done."""
    asks: tuple[Ask, ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()
    is_danger: bool = False

    @property
    def is_at_once(self) -> bool:
        """Nothing to ask and nothing to fear: one press."""
        return not self.asks and not self.effect


REASON = Ask("reason", "Why")
OPTIONAL_REASON = Ask("reason", "Why", is_required=False)


def minutes(value: int = 60, label: str = "Minutes") -> Ask:
    return Ask("minutes", label, kind="number", value=str(value), highest=24 * 60)


def typed(word: str) -> Ask:
    return Ask("typed", f"Type “{word}”", pattern=word)


def to(name: str, *args: object) -> str:
    return reverse(f"console-{name}", args=args)
