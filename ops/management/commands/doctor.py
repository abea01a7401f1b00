"""What is wrong with this installation, and what helps?"""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser

from ops.health.examinations import Result, examine
from ops.health.readiness import Level
from ops.management.base import OpsCommand, json_option
from ops.management.watching import watch, watch_option

_MARKS = {Level.OK: "✓", Level.DEGRADED: "!", Level.DOWN: "✗"}


class Command(OpsCommand):
    help = "Examine settings, database, Redis, disk, clock, static files and workers."

    def add_words(self, parser: CommandParser) -> None:
        json_option(parser)
        watch_option(parser)

    def answer(self, **options: Any) -> Level:
        return watch(self.stdout, lambda: self._look(options), options["watch"])

    def _look(self, options: dict[str, Any]) -> Level:
        results = list(examine())
        worst = max(result.level for result in results)
        if options["json"]:
            self.say_json({"status": worst.word, "results": [_facts(one) for one in results]})
        else:
            for result in results:
                self.say(self._lines(result))
        return worst

    def _lines(self, result: Result) -> Iterable[str]:
        yield f"{self.colored(result.level, _MARKS[result.level])} {result.name}: {result.found}"
        if result.remedy:
            yield f"    → {result.remedy}"


def _facts(result: Result) -> dict[str, Any]:
    return asdict(result) | {"level": result.level.word}
