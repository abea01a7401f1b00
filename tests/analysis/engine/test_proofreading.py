import json
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.engine import AnalysisRequest, Format, Options, Term, analyze

ROOT = Path(__file__).parents[3]


def found(section, source, language="en-US", **options):
    options = Options(include=(section,), **options)
    report = analyze(
        AnalysisRequest(source, Format.TEXT, language, options=options), deadline_seconds=60
    )
    assert str(report.sections[section].status) == "ok"
    return [finding.excerpt for finding in report.sections[section].findings]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("She recieved the letter.", ["recieved"]),
        ("It was definately late.", ["definately"]),
        ("🐝 The goverment fell and the bees slept.", ["goverment"]),
        ("They seperated the eggs.", ["seperated"]),
        ("An occured error.", ["occured"]),
        ("The wether was untill then fine.", ["wether", "untill"]),
        ("A neccessary step.", ["neccessary"]),
        ("The adress is wrong.", ["adress"]),
        ("We beleive it.", ["beleive"]),
        ("It is wierd.", ["wierd"]),
        ("Tommorow it rains.", ["Tommorow"]),
        ("The begining was slow.", ["begining"]),
        ("She received the letter.", []),
        ("Kazimir Wrzesniewski came to Zyxburg.", []),
        ("The colour of the harbor.", ["colour"]),
        ("Run npm2 in foo_bar now.", []),
        ("A frobnik is a frobnik, and every frobnik is small.", []),
        ("See https://recieved.example now.", []),
        ("The NASA and HTML pages.", []),
        ("It isn't late, and they've gone.", []),
        ("A well-known, high-quality mill.", []),
        ("The bees fly home in the evening.", []),
        ("He lives in Berlin.", []),
        ("We parse JSON.", []),
    ],
)
def test_misspelt_words_are_found_and_names_left_alone(source, words):
    assert found("spelling", source) == words


def test_the_declared_dialect_decides_how_words_are_spelt():
    assert found("spelling", "The colour of the harbour.", "en-GB") == []


def test_wanted_terms_are_no_mistakes():
    assert found("spelling", "The frobnik is small.") == ["frobnik"]
    assert found("spelling", "The frobnik is small.", terms=(Term("frobnik"),)) == []


@pytest.mark.parametrize(
    ("source", "places"),
    [
        ("It was an mistake.", 1),
        ("She could of gone.", 1),
        ("It did not rained.", 1),
        ("Their is no bread.", 1),
        ("He should of known.", 1),
        ("It is more better now.", 1),
        ("It was the 2th day.", 1),
        ("The mill is bigger then the house.", 1),
        ("I is late.", 1),
        ("They was late.", 1),
        ("There dog barks at they're cat.", 1),
        ("It was a honest mistake.", 1),
        ("He payed the bill.", 1),
        ("It was a mistake.", 0),
        ("She could have gone.", 0),
        ("You're welcome to stay, since your mother is here.", 0),
        ("An honest man is a useful friend.", 0),
        ("It is better now.", 0),
        ("It was the 2nd day.", 0),
        ("We used to live here.", 0),
        ("I am late and they were late.", 0),
        ("Their dog barks at them.", 0),
        ("He paid the bill.", 0),
        ("Its roof is red, and it's old.", 0),
        ("An hour in a university.", 0),
    ],
)
def test_slips_of_grammar_are_found(source, places):
    assert bool(found("grammar", source)) == bool(places)


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
