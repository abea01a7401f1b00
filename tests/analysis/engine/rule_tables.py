"""Which cases must each rule find and leave alone, and what does it say of them?

A file in `data/rules` holds the tables of one analyzer. `[rule format language]` begins a table;
format and language may be left out for English text. Each line is a case: «…» stands around every
place that the rule must find, so a line without such marks must be left alone. `\\n` is a new line,
`{160}` stands for prose of 160 words. Lines that begin with // are remarks.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from analysis.engine import AnalysisRequest, Format

FOLDER = Path(__file__).with_name("data") / "rules"
HEADER = re.compile(
    r"\[(?P<rule>[a-z_]+(?:\.\w+)?)(?: (?P<form>text|markdown|html|page))?"
    r"(?: (?P<language>[a-z]{2}(?:-[A-Z]{2})?))?\]"
)
PROSE = "The bees fly home and rest in the warm hive. "


@dataclass(frozen=True)
class Case:
    line: str

    @property
    def marked(self) -> str:
        text = self.line.replace("\\n", "\n").replace("\\t", "\t")
        return re.sub(r"\{(\d+)\}", lambda match: prose(int(match.group(1))), text)

    @property
    def source(self) -> str:
        return self.marked.replace("«", "").replace("»", "")

    @property
    def places(self) -> list[str]:
        return re.findall("«(.*?)»", self.marked, re.DOTALL)


@dataclass(frozen=True)
class PlaceTable:
    rule: str
    form: Format = Format.TEXT
    language: str = "en"
    cases: list[Case] = field(default_factory=list)

    @property
    def analyzer(self) -> str:
        return self.rule.split(".")[0]

    def __str__(self) -> str:
        return f"{self.rule} {self.form} {self.language}"

    def request_for(self, case: Case) -> AnalysisRequest:
        return _alone(AnalysisRequest(case.source, self.form, self.language), self.analyzer)


def prose(words: int) -> str:
    repeated = PROSE.split() * (words // 10 + 1)
    return " ".join(repeated[:words])


def place_tables() -> list[PlaceTable]:
    return [table for path in sorted(FOLDER.glob("*.txt")) for table in _tables_in(path)]


def _tables_in(path: Path) -> Iterator[PlaceTable]:
    table = None
    for line in path.read_text().splitlines():
        if header := HEADER.fullmatch(line):
            if table:
                yield table
            form, language = header["form"] or "text", header["language"] or "en"
            table = PlaceTable(header["rule"], Format(form), language)
        elif table and line and not line.startswith("//"):
            table.cases.append(Case(line))
    if table:
        yield table


@dataclass(frozen=True)
class RequestTable:
    """A rule that judges more than a text, or no place in it: each case makes one request."""

    rule: str
    request: Callable[..., AnalysisRequest]
    found: tuple
    clean: tuple
    note: str = ""

    def __str__(self) -> str:
        return f"{self.rule} {self.note}".strip()

    @property
    def analyzer(self) -> str:
        return self.rule.split(".")[0]

    def request_for(self, case) -> AnalysisRequest:
        arguments = case if isinstance(case, tuple) else (case,)
        return _alone(self.request(*arguments), self.analyzer)


def _alone(request: AnalysisRequest, analyzer: str) -> AnalysisRequest:
    return replace(request, options=replace(request.options, include=(analyzer,)))
