"""Each rule against its table of what it must find and what it must leave alone."""

from collections import Counter

import pytest

from analysis.engine import AnalysisRequest, Format
from analysis.engine.analyzers.transitions import connected_sentences
from analysis.engine.document.parse import parse
from tests.analysis.engine.rule_tables import tables

FEWEST_OF_EACH = 12
SHOWN = 60
TABLES = tables()
RULES = sorted({table.rule for table in TABLES})
# Its cases are sentences that hold a connecting word; a finding speaks of a whole text.
CONNECTED = "transitions"


def named(table):
    return f"{table.rule} {table.form} {table.language}"


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_enough_cases_of_both_kinds(rule):
    cases = {case.line: bool(case.places) for t in TABLES if t.rule == rule for case in t.cases}

    counts = Counter(cases.values())

    assert min(counts[True], counts[False]) >= FEWEST_OF_EACH


@pytest.mark.parametrize("table", [t for t in TABLES if t.rule != CONNECTED], ids=named)
def test_a_rule_finds_what_it_should_and_nothing_else(reports, table):
    found = {case: places_found(reports, table, case) for case in table.cases}

    wrong = [
        f"{case.line} {[place[:SHOWN] for place in places]}"
        for case, places in found.items()
        if places != case.places
    ]
    assert not wrong, "\n".join(wrong)


def places_found(reports, table, case):
    section = reports.section(table.analyzer, case.source, table.form, language=table.language)
    findings = [f for f in section["findings"] if f"{f['id']}.".startswith(f"{table.rule}.")]
    spans = [span for finding in findings for span in joined(finding["spans"])]
    return [case.source[start:end] for start, end in spans]


def joined(spans):
    """Very long spans come in pieces of a thousand characters."""
    places = []
    for span in spans:
        if places and places[-1][1] == span["start"]:
            places[-1] = (places[-1][0], span["end"])
        else:
            places.append((span["start"], span["end"]))
    return places


@pytest.mark.parametrize("table", [t for t in TABLES if t.rule == CONNECTED], ids=named)
def test_a_connected_sentence_is_known(table):
    documents = {
        case: parse(AnalysisRequest(case.source, Format.TEXT, table.language))
        for case in table.cases
    }

    wrong = [
        case.line
        for case, document in documents.items()
        if bool(connected_sentences(document)) != bool(case.places)
    ]
    assert not wrong, "\n".join(wrong)
