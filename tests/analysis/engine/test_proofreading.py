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


def test_a_long_paragraph_is_read_to_its_end():
    sentence = "The bees rest in the hive and wait for the warm sun of May. "

    assert found("spelling", sentence * 100 + "They recieved it.") == ["recieved"]
    assert found("spelling", "bees, " * 1_000 + "recieved honey") == ["recieved"]


def test_time_is_looked_at_within_a_long_paragraph():
    times = []

    def clock():
        times.append(0.0)
        return 0.0

    def looks(repetitions):
        times.clear()
        source = "The bees fly home. " * repetitions
        options = Options(include=("grammar",))
        analyze(AnalysisRequest(source, Format.TEXT, "en", options=options), clock=clock)
        return len(times)

    assert looks(1_000) >= looks(1) + 18


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
