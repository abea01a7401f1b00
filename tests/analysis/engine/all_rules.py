"""Which rules are held to which tables?"""

from tests.analysis.engine.requests import (
    house_rules,
    keyphrase,
    page_meta,
    seo_basics,
    terms,
    whole_texts,
)
from tests.analysis.engine.rule_tables import place_tables

MODULES = (house_rules, keyphrase, page_meta, seo_basics, terms, whole_texts)
PLACES = place_tables()
REQUESTS = [table for module in MODULES for table in module.TABLES]
RULES = frozenset(table.rule for table in (*PLACES, *REQUESTS))
ANALYZERS = frozenset(table.analyzer for table in (*PLACES, *REQUESTS))
