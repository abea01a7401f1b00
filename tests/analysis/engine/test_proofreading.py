import json
import subprocess
import sys
from pathlib import Path

from analysis.engine import AnalysisRequest, Format, Options, Term, analyze

ROOT = Path(__file__).parents[3]


def found(section, source, language="en-US", **options):
    options = Options(include=(section,), **options)
    report = analyze(
        AnalysisRequest(source, Format.TEXT, language, options=options), deadline_seconds=60
    )
    assert str(report.sections[section].status) == "ok"
    return [finding.excerpt for finding in report.sections[section].findings]


def test_wanted_terms_are_no_mistakes():
    assert found("spelling", "The frobnik is small.") == ["frobnik"]
    assert found("spelling", "The frobnik is small.", terms=(Term("frobnik"),)) == []


def test_only_the_deep_profile_proofreads():
    def sections(profile):
        return analyze(AnalysisRequest("It rains.", Format.TEXT, "en", profile)).sections

    assert {"spelling", "grammar"} <= set(sections("deep"))
    assert not {"spelling", "grammar"} & set(sections("standard"))


def test_without_the_proofreader_its_sections_say_so():
    program = (
        "import sys; sys.modules['harper'] = None\n"
        "from analysis.engine import AnalysisRequest, Format, analyze\n"
        "report = analyze(AnalysisRequest('It rains.', Format.TEXT, 'en', 'deep'))\n"
        "sys.stdout.buffer.write(report.to_json())\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, cwd=ROOT
    )

    report = json.loads(done.stdout)
    assert report["complete"] is True
    assert report["sections"]["spelling"]["reason"] == "proofreader_not_installed"
