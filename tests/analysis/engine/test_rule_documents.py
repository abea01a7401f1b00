"""Rules that need more than a sentence, each against what it must find and what it must not."""

import re
from pathlib import Path

import pytest

from analysis.engine import Format

DATA = Path(__file__).with_name("data") / "rule_documents.txt"
FEWEST_OF_EACH = 12


def tables():
    rules = {}
    for line in DATA.read_text().splitlines():
        if line.startswith("[") and line.endswith(("text]", "markdown]", "html]")):
            rules[line.strip("[]")] = rows = []
        elif line and not line.startswith("//"):
            rows.append(line)
    return rules


RULES = tables()
CASES = [(rule, row) for rule, rows in RULES.items() for row in dict.fromkeys(rows)]


@pytest.mark.parametrize("rule", RULES)
def test_a_table_has_enough_documents_of_both_kinds(rule):
    marked = sum("«" in row for row in RULES[rule])

    assert marked >= FEWEST_OF_EACH
    assert len(RULES[rule]) - marked >= FEWEST_OF_EACH


@pytest.mark.parametrize(("rule", "row"), CASES)
def test_a_rule_finds_what_it_should_and_nothing_else(reports, rule, row):
    name, form = rule.split()
    marked = row.replace("\\n", "\n").replace("\\t", "\t")
    source = marked.replace("«", "").replace("»", "")

    section = reports.section(name.split(".")[0], source, Format(form))
    spans = [s for f in section["findings"] if f["id"] == name for s in f["spans"]]

    found = [source[span["start"] : span["end"]] for span in spans]
    assert found == re.findall("«(.*?)»", marked, re.DOTALL)
