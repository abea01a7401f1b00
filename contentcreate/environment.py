"""What did the environment say? Every setting that was asked for is remembered, with its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import environ


@dataclass(frozen=True)
class Reading:
    name: str
    value: Any
    usual: Any
    is_given: bool


class Environment(environ.Env):
    """Reads like django-environ, and can tell afterwards what it read."""

    def __init__(self) -> None:
        super().__init__()
        self.read: dict[str, Reading] = {}

    def get_value(
        self, var: str, cast: Any = None, default: Any = environ.Env.NOTSET,
        parse_default: bool = False,
    ) -> Any:  # fmt: skip
        value = super().get_value(var, cast, default, parse_default)
        usual = "" if default is self.NOTSET else default
        self.read[var] = Reading(var, value, usual, var in self.ENVIRON)
        return value
