"""Each rule against its tables of what it must find and what it must leave alone."""

from collections import defaultdict

import pytest

import analysis.engine
from analysis.engine import AnalysisRequest, Format, RuleKind, analyze
from analysis.engine.analyzers.transitions import connected_sentences
from analysis.engine.document.parse import parse
from tests.analysis.engine.all_rules import ANALYZERS, PLACES, REQUESTS, RULES
from tests.analysis.engine.requests import house_rules

FEWEST_OF_EACH = 12
SHOWN = 60
# Its cases are sentences that hold a connecting word; a finding speaks of a whole text.
CONNECTED = "transitions"
# One table is for whatever the proofreader sees.
JUDGED_TOGETHER = "grammar"
# They find no faults; test_measures.py tries what they measure.
MEASURES = {"statistics", "keywords", "tone"}


def test_every_analyzer_is_held_to_tables():
    assert {analyzer.id for analyzer in analysis.engine.ANALYZERS} == ANALYZERS | MEASURES


def test_every_kind_of_house_rule_is_tried():
    assert {str(kind) for kind in RuleKind} <= {table.note for table in house_rules.TABLES}


def test_every_rule_has_enough_cases_of_both_kinds():
    found, clean = defaultdict(set), defaultdict(set)
    for table in PLACES:
        for case in table.cases:
            (found if case.places else clean)[str(table.rule)].add(case.line)
    for table in REQUESTS:
        found[str(table)].update(table.found)
        clean[str(table)].update(table.clean)

    rules = {*found, *clean}
    short = [rule for rule in rules if min(len(found[rule]), len(clean[rule])) < FEWEST_OF_EACH]

    assert short == []


@pytest.mark.parametrize("table", [t for t in PLACES if t.rule != CONNECTED], ids=str)
def test_a_rule_finds_its_places_and_nothing_else(table):
    places = {case: places_found(table, case) for case in table.cases}

    wrong = [
        f"{case.line} {[place[:SHOWN] for place in found]}"
        for case, found in places.items()
        if found != case.places
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("table", [t for t in PLACES if t.rule == CONNECTED], ids=str)
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


@pytest.mark.parametrize("table", REQUESTS, ids=str)
def test_a_rule_minds_what_it_should_and_nothing_else(table):
    missed = [case for case in table.found if not is_minded(table, case)]
    alarms = [case for case in table.clean if is_minded(table, case)]

    assert (missed, alarms) == ([], [])


def is_minded(table, case):
    return any(finding.id == table.rule for finding in findings_for(table, case))


def places_found(table, case):
    findings = [f for f in findings_for(table, case) if f"{f.id}.".startswith(f"{table.rule}.")]
    spans = [span for finding in findings for span in joined(finding.spans)]
    return [case.source[start:end] for start, end in spans]


def findings_for(table, case):
    section = analyze(table.request_for(case), deadline_seconds=60).sections[table.analyzer]
    ids = {finding.id for finding in section.findings}
    if table.analyzer != JUDGED_TOGETHER:
        assert ids <= RULES, "Each finding needs a table of its own."
    return section.findings


def joined(spans):
    """Very long spans come in pieces of a thousand characters."""
    places = []
    for span in spans:
        if places and places[-1][1] == span.start:
            places[-1] = (places[-1][0], span.end)
        else:
            places.append((span.start, span.end))
    return places
