import json

import pytest

from analysis.engine import AnalysisRequest, Format, Meta, Options, analyze


class Reports:
    """Analyses a text and hands back the JSON that clients see."""

    def of(
        self, source, form=Format.TEXT, *, language="en", profile="standard", include=(), **meta
    ):
        options = Options(include=include)
        request = AnalysisRequest(source, form, language, profile, Meta(**meta), options)
        return json.loads(analyze(request).to_json())

    def section(self, name, source, form=Format.TEXT, **wanted):
        return self.of(source, form, include=(name,), **wanted)["sections"][name]

    def found(self, name, source, form=Format.TEXT, **wanted):
        """The (id, excerpt) pairs of one section."""
        section = self.section(name, source, form, **wanted)
        assert section["status"] == "ok", section
        return [(finding["id"], finding["excerpt"]) for finding in section["findings"]]


@pytest.fixture(scope="session")
def reports():
    return Reports()
