"""What does the engine say of these files? The report in a terminal, and an exit code for CI."""

from __future__ import annotations

import sys
from argparse import ArgumentTypeError
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import CommandError, CommandParser

from analysis.engine import (
    PROFILES,
    AnalysisRequest,
    EngineError,
    Format,
    Meta,
    OffsetUnit,
    Options,
    Rating,
    Report,
    analyze,
    options_from_json,
)
from analysis.management.inputs import NothingFoundError, Source, files_meant, read
from analysis.management.progress import Bar
from analysis.management.telling import Depth, Paint, headline, lines_of, printable
from ops.health.readiness import Level
from ops.management.base import USAGE, OpsCommand, json_option

_EXIT = {None: 0, Rating.GOOD: 0, Rating.OK: 1, Rating.BAD: 2}
_FAILED = 3
_FINDINGS_OF_ONE, _FINDINGS_OF_MANY = 20, 5
_META = ("keyphrase", "title", "description", "slug", "url")
_HELP = """Analyse files in the shell: text, Markdown and HTML, by the endings of their names.

Exit codes: the worst rating decides: 0 good, 1 ok, 2 bad; with --fail-under N, 0 when every file
scores at least N, else 2. 3: a file could not be analysed. 64: wrong usage."""


@dataclass(frozen=True)
class Done:
    """What came of one file: a report, or why there is none."""

    name: str
    report: Report | None = None
    source: Source | None = None
    error: str = ""

    def ended(self, paint: Paint) -> Ended:
        if self.report is None:
            return Ended(has_failed=True)
        overall = self.report.scores["overall"]
        return Ended(False, overall.score, overall.rating, headline(self.name, self.report, paint))


@dataclass(frozen=True)
class Ended:
    """What is remembered of a file: the texts and findings of thousands would fill the memory."""

    has_failed: bool
    score: float | None = None
    rating: Rating | None = None
    headline: str = ""


class Command(OpsCommand):
    help = _HELP

    def add_words(self, parser: CommandParser) -> None:
        parser.add_argument(
            "files", nargs="+", metavar="FILE", help="a file, a directory, a pattern, or - "
        )
        json_option(parser)
        parser.add_argument("--profile", choices=PROFILES, default="standard")
        parser.add_argument("--format", choices=[form.value for form in Format])
        parser.add_argument("--language", help="such as en or de-CH; detected when absent")
        for name in _META:
            parser.add_argument(f"--{name}", default="", help=f"the content's {name}")
        for name in ("include", "exclude", "ignore"):
            what = "keys of findings" if name == "ignore" else "analyzers"
            parser.add_argument(f"--{name}", type=_names, default=(), help=f"{what}, a,b,c")
        parser.add_argument("--unit", choices=[unit.value for unit in OffsetUnit])
        parser.add_argument("--options", type=_options, default=Options(), metavar="JSON_FILE",
                            help="house rules, terms, synonyms: the API's `options`")  # fmt: skip
        parser.add_argument("--findings", type=int, metavar="N", help="how many are told of a file")
        parser.add_argument("--fail-under", type=float, metavar="N", help="the least score")

    def answer(self, **options: Any) -> Level:
        try:
            files = files_meant(options["files"])
        except NothingFoundError as error:
            raise CommandError(str(error), returncode=USAGE) from error
        wish = _wish(options)
        done = self._each(files, wish, options["format"])
        ended = self._tell_json(done) if options["json"] else self._tell(done, files, options)
        sys.exit(_exit_code(ended, options["fail_under"]))

    def _each(self, files: list[str], wish: AnalysisRequest, form: str | None) -> Iterator[Done]:
        bar = Bar(sys.stderr, len(files))
        for number, name in enumerate(files):
            bar.show(number, name)
            done = _analysed(name, wish, Format(form) if form else None)
            bar.clear()
            yield done

    def _tell(self, done: Iterator[Done], files: list[str], options: dict[str, Any]) -> list[Ended]:
        alone = len(files) == 1
        usual = _FINDINGS_OF_ONE if alone else _FINDINGS_OF_MANY
        wanted = options["findings"]
        depth = Depth(usual if wanted is None else max(0, wanted), sections=alone)
        ended = []
        for each in done:
            self._tell_one(each, depth)
            ended.append(each.ended(self._paint))
        if not alone:
            self._tell_worst(ended)
        return ended

    def _tell_one(self, each: Done, depth: Depth) -> None:
        if each.report is None or each.source is None:
            self.stderr.write(f"{printable(each.name)}: {each.error}")
            return
        self.say(lines_of(each.source, each.report, depth, self._paint))

    def _tell_worst(self, ended: list[Ended]) -> None:
        scores = {each.headline: each.score for each in ended if each.score is not None}
        mean = sum(scores.values()) / len(scores) if scores else 0.0
        self.say(["", f"{len(ended):,} files, {mean:.1f} on average"])
        if scores:
            self.say([f"The worst: {min(scores, key=scores.__getitem__)}"])

    def _tell_json(self, done: Iterator[Done]) -> list[Ended]:
        """One document, written piece by piece: thousands of reports need not fit the memory."""
        ended = []
        self.stdout.write('{"files":[', ending="")
        for number, each in enumerate(done):
            body = orjson.Fragment(each.report.to_json()) if each.report else None
            told = {"file": each.name, "error": each.error or None, "report": body}
            self.stdout.write("," if number else "", ending="")
            self.stdout.write(orjson.dumps(told).decode(), ending="")
            ended.append(each.ended(self._paint))
        self.stdout.write("]}")
        return ended

    def _paint(self, what: str | None, text: str) -> str:
        paint = {
            "good": self.style.SUCCESS,
            "ok": self.style.WARNING,
            "bad": self.style.ERROR,
            "error": self.style.ERROR,
            "warning": self.style.WARNING,
        }.get(what or "")
        return str(paint(text)) if paint else text


def _exit_code(ended: list[Ended], fail_under: float | None) -> int:
    if any(each.has_failed for each in ended):
        return _FAILED
    if fail_under is not None:
        scores = [each.score for each in ended if each.score is not None]
        return 2 if any(score < fail_under for score in scores) else 0
    return max((_EXIT[each.rating] for each in ended), default=0)


def _wish(options: dict[str, Any]) -> AnalysisRequest:
    """What holds for all files; each brings its own source and format."""
    chosen: Options = options["options"]
    for name in ("include", "exclude", "ignore"):
        if options[name]:
            chosen = replace(chosen, **{name: options[name]})
    if options["unit"]:
        chosen = replace(chosen, offset_unit=OffsetUnit(options["unit"]))
    meta = Meta(**{name: options[name] for name in _META})
    return AnalysisRequest("", Format.TEXT, options["language"], options["profile"], meta, chosen)


def _analysed(name: str, wish: AnalysisRequest, form: Format | None) -> Done:
    try:
        source = read(name, sys.stdin.buffer, form)
        report = analyze(replace(wish, source=source.text, format=source.format))
    except (EngineError, OSError) as error:
        return Done(name, error=str(error))
    return Done(name, report, source)


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _options(name: str) -> Options:
    try:
        return options_from_json(orjson.loads(Path(name).read_bytes()))
    except (OSError, ValueError) as error:
        raise ArgumentTypeError(f"{name}: {error}") from error
