"""Do the files for Prometheus and Grafana speak of what the service exposes?"""

import json
import re
from pathlib import Path

import pytest
import yaml

from ops.alerts.defaults import DEFAULTS
from ops.alerts.signals import SIGNALS
from ops.metrics.exposition import PREFIX, exposed_name
from ops.metrics.metric import Kind
from ops.metrics.register import METRICS
from ops.models import Comparison

DEPLOY = Path(__file__).resolve().parents[3] / "deploy"
RULES = yaml.safe_load((DEPLOY / "prometheus/contentcreate.rules.yml").read_text())
DASHBOARD = json.loads((DEPLOY / "grafana/contentcreate.json").read_text())

LABELS = {}
for metric in METRICS:
    endings = ("_bucket", "_sum", "_count") if metric.kind is Kind.HISTOGRAM else ("",)
    for ending in endings:
        own = {"le"} if ending == "_bucket" else set()
        LABELS[exposed_name(metric) + ending] = own | set(metric.labels)

THEIRS = {rule["alert"]: rule for rule in RULES["groups"][0]["rules"]}
RULE_EXPRESSIONS = [(rule["alert"], rule["expr"]) for rule in RULES["groups"][0]["rules"]]
PANEL_EXPRESSIONS = [
    (panel["title"], target["expr"]) for panel in DASHBOARD["panels"] for target in panel["targets"]
]
EXPRESSIONS = RULE_EXPRESSIONS + PANEL_EXPRESSIONS


@pytest.mark.parametrize(("title", "expression"), EXPRESSIONS)
def test_every_expression_names_metrics_that_exist_with_labels_that_they_carry(title, expression):
    named = re.findall(rf"({PREFIX}\w+)(?:{{([^}}]*)}})?", expression)

    assert named, title
    for name, selector in named:
        assert name in LABELS, name
        asked = set(re.findall(r"(\w+)\s*[=!]~?\s*\"", selector))
        assert asked <= LABELS[name], (name, asked)
    grouped = set(re.findall(r"\w+", " ".join(re.findall(r"by \(([^)]*)\)", expression))))
    assert grouped <= set().union(*(LABELS[name] for name, _ in named)), grouped


def test_legends_name_labels_that_are_there():
    for panel in DASHBOARD["panels"]:
        for target in panel["targets"]:
            named = re.findall(r"{{\s*(\w+)\s*}}", target["legendFormat"])
            grouped = re.findall(r"by \(([^)]*)\)", target["expr"])
            metric = re.search(rf"{PREFIX}\w+", target["expr"])[0]
            there = re.findall(r"\w+", " ".join(grouped)) if grouped else LABELS[metric]
            assert set(named) <= set(there), panel["title"]


@pytest.mark.parametrize(("title", "expression"), EXPRESSIONS)
def test_brackets_are_closed(title, expression):
    for opening, closing in ("()", "[]", "{}"):
        assert expression.count(opening) == expression.count(closing), title


def test_rates_are_taken_of_counters_only():
    for title, expression in EXPRESSIONS:
        for name in re.findall(rf"(?:rate|increase)\(({PREFIX}\w+)", expression):
            assert name.endswith(("_total", "_bucket", "_sum", "_count")), title


def test_prometheus_watches_whatever_the_service_watches_itself():
    ours, theirs = {default.name for default in DEFAULTS}, set(THEIRS)

    # That nobody answers at all only somebody outside can see.
    assert theirs == ours | {"NothingToRead"}


@pytest.mark.parametrize("default", DEFAULTS, ids=lambda default: default.name)
def test_a_rule_of_prometheus_is_as_strict_and_as_patient_as_ours(default):
    rule = THEIRS[default.name]
    sign, threshold = re.search(r"([<>]) (\d+)\s*$", rule["expr"]).groups()

    assert rule["annotations"]["summary"] == default.summary
    assert rule["labels"]["severity"] == default.severity
    assert seconds(rule["for"]) == default.for_seconds
    assert seconds(rule["keep_firing_for"]) == default.keep_firing_seconds
    assert float(threshold) == default.threshold
    assert sign == {Comparison.ABOVE: ">", Comparison.BELOW: "<"}[default.comparison]


@pytest.mark.parametrize("default", DEFAULTS, ids=lambda default: default.name)
def test_what_only_the_service_can_work_out_is_the_signal_of_that_very_rule(default):
    asked = re.findall(r'alert_signal\{signal="(\w+)"\}', THEIRS[default.name]["expr"])

    assert asked == ([default.signal] if SIGNALS[default.signal].is_exposed else [])


def seconds(text):
    return int(text[:-1]) * {"s": 1, "m": 60, "h": 3600}[text[-1]]


def test_the_dashboard_can_be_imported_as_it_is():
    ids = [panel["id"] for panel in DASHBOARD["panels"]]
    assert len(ids) == len(set(ids))
    assert DASHBOARD["uid"]
    places = [tuple(panel["gridPos"].values()) for panel in DASHBOARD["panels"]]
    assert len(places) == len(set(places))
    assert all(x + w <= 24 for x, _, w, _ in places)
    sources = {panel["datasource"]["uid"] for panel in DASHBOARD["panels"]}
    assert sources == {"${source}"}


def test_prometheus_knows_where_to_read():
    scraped = yaml.safe_load((DEPLOY / "prometheus/prometheus.yml").read_text())

    assert scraped["scrape_configs"][0]["metrics_path"] == "/metrics"
    assert (DEPLOY / "prometheus" / scraped["rule_files"][0]).is_file()
