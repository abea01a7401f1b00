"""Rules that judge more than a text, each against requests that it must mind and must not."""

import pytest

from tests.analysis.engine.requests import (
    house_rules,
    keyphrase,
    page_meta,
    seo_basics,
    terms,
    whole_texts,
)

FEWEST_OF_EACH = 12
MODULES = (house_rules, keyphrase, page_meta, seo_basics, terms, whole_texts)
TABLES = [table for module in MODULES for table in module.TABLES]


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_a_rule_has_enough_requests_of_both_kinds(table):
    assert len(set(table.found)) >= FEWEST_OF_EACH
    assert len(set(table.clean)) >= FEWEST_OF_EACH


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_a_rule_minds_what_it_should_and_nothing_else(table):
    missed = [case for case in table.found if not table.judged(case)]
    alarms = [case for case in table.clean if table.judged(case)]

    assert (missed, alarms) == ([], [])
