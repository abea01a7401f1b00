import itertools
import json
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from analysis.engine import (
    AnalysisRequest,
    ContentEmpty,
    ContentNotText,
    ContentTooLong,
    Format,
    Meta,
    UnknownProfile,
    analyze,
    analyze_timed,
    report_key,
    report_schema,
)
from tests.analysis.engine.rule_tables import place_tables

ROOT = Path(__file__).parents[3]
SCHEMA = Path(__file__).with_name("report.schema.json")
ARTICLE = """---
title: Never counted
---

# Keeping bees on a roof

A hive on a roof needs *shade*, water &amp; a fence against the wind. Bees fly far 🐝, so the
garden below matters less than people think.

## Tools

- a smoker
- a [veil](https://bees.example/veil)

| tool | price |
|------|-------|
| veil | 20 €  |

```sh
echo not prose
```
"""


def report_of(source, form=Format.MARKDOWN, **options):
    return json.loads(analyze(AnalysisRequest(source, form, **options)).to_json())


def test_a_report_tells_words_scores_and_outline_of_an_article():
    report = report_of(ARTICLE)

    assert report["complete"] is True
    assert report["language"]["code"] == "en"
    assert report["sections"]["statistics"]["metrics"]["words"] == 39
    assert report["scores"]["overall"]["rating"] == "good"
    outline = report["sections"]["structure"]["metrics"]["outline"]
    assert [(entry["level"], entry["text"]) for entry in outline] == [
        (1, "Keeping bees on a roof"),
        (2, "Tools"),
    ]


def test_every_report_obeys_the_schema():
    report = report_of(ARTICLE)

    Draft202012Validator(report_schema()).validate(report)


def test_the_schema_is_frozen():
    """When this fails on purpose, write the new schema to the file and tell the clients."""
    assert report_schema() == json.loads(SCHEMA.read_text())


def test_the_same_request_gives_the_same_bytes_in_every_process():
    program = (
        "import sys; from analysis.engine import AnalysisRequest, Format, Meta, analyze;"
        "meta = Meta(keyphrase='old mill', title='Mills', description='Old mills', slug='Mills');"
        "request = AnalysisRequest(sys.stdin.read(), Format.MARKDOWN, 'en', meta=meta);"
        "sys.stdout.buffer.write(analyze(request).to_json())"
    )
    # The sentences of all tables together set off nearly every rule.
    source = "\n\n".join(case.source for table in place_tables() for case in table.cases)

    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=source.encode(),
            capture_output=True,
            check=True,
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"},
        ).stdout
        for seed in ("0", "1", "4242")
    }

    assert len(outputs) == 1
    sections = json.loads(outputs.pop())["sections"].values()
    assert len({finding["id"] for section in sections for finding in section["findings"]}) > 50


def test_the_engine_runs_without_django():
    program = (
        "import sys\n"
        "class Blocked:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] in ('django', 'rest_framework', 'ops', 'contentcreate'):\n"
        "            raise ImportError(name)\n"
        "sys.meta_path.insert(0, Blocked())\n"
        "from analysis.engine import AnalysisRequest, Format, analyze\n"
        "print(analyze(AnalysisRequest('A text.', Format.TEXT)).complete)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert done.stdout == "True\n"


@pytest.mark.parametrize("source", ["", " \n\t ", "\u3000"])
def test_blank_content_is_refused(source):
    with pytest.raises(ContentEmpty):
        analyze(AnalysisRequest(source, Format.TEXT))


def test_content_over_the_byte_budget_is_refused():
    with pytest.raises(ContentTooLong):
        analyze(AnalysisRequest("é" * 1_000_001, Format.TEXT))


def test_content_over_the_word_budget_is_refused():
    with pytest.raises(ContentTooLong):
        analyze(AnalysisRequest("a b " * 100_001, Format.TEXT))


def test_long_metadata_is_refused():
    with pytest.raises(ContentTooLong):
        analyze(AnalysisRequest("A text.", Format.TEXT, meta=Meta(title="x" * 2_001)))


def test_lone_surrogates_are_refused():
    with pytest.raises(ContentNotText):
        analyze(AnalysisRequest("a \ud800 b", Format.TEXT))


def test_an_unknown_profile_is_refused():
    with pytest.raises(UnknownProfile):
        analyze(AnalysisRequest("A text.", Format.TEXT, profile="loud"))


@pytest.mark.parametrize("source", ["!!!", "<p></p>", "<!-- nothing -->", "🐝", "```\ncode\n```"])
@pytest.mark.parametrize("form", list(Format))
def test_content_without_words_still_gets_a_report(source, form):
    report = report_of(source, form)

    assert report["complete"] is True


def test_analyzers_that_run_out_of_time_cost_only_their_sections():
    ticks = iter(range(1_000))

    report = analyze_timed(
        AnalysisRequest(ARTICLE, Format.MARKDOWN),
        clock=lambda: float(next(ticks)),
        deadline_seconds=8.0,
    ).report

    statuses = [str(section.status) for section in report.sections.values()]
    assert report.complete is False
    assert statuses[0] == "ok"
    assert "timeout" in statuses
    assert report.scores["overall"].coverage < 1


def test_an_analyzer_that_raises_costs_only_its_section():
    readings = itertools.count()

    def clock():
        """Breaks once, inside the first analyzer."""
        if next(readings) == 3:
            raise ZeroDivisionError
        return 0.0

    report = analyze(AnalysisRequest(ARTICLE, Format.MARKDOWN), clock=clock)

    failed, *others = report.sections.values()
    assert (str(failed.status), failed.reason) == ("error", "ZeroDivisionError")
    assert all(str(section.status) in ("ok", "skipped") for section in others)
    assert report.complete is False


def test_keys_differ_with_whatever_changes_the_report():
    base = AnalysisRequest("A text.", Format.TEXT)
    others = [
        AnalysisRequest("A text. ", Format.TEXT),
        AnalysisRequest("A text.", Format.MARKDOWN),
        AnalysisRequest("A text.", Format.TEXT, language="en"),
        AnalysisRequest("A text.", Format.TEXT, profile="quick"),
        AnalysisRequest("A text.", Format.TEXT, meta=Meta(title="A")),
        AnalysisRequest("A text.", Format.TEXT, meta=Meta(keyphrase="A")),
    ]

    keys = {report_key(request) for request in [base, *others]}

    assert len(keys) == 1 + len(others)
    assert report_key(base) == report_key(AnalysisRequest("A text.", Format.TEXT))
