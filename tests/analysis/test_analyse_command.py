import io
import json
import os
import pty
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from analysis.engine import InvalidOption, options_from_json
from tests.processes import ROOT

GOOD = "The bees fly home. They rest in the hive. Rain falls.\n"
# One sentence of very long words: hard to read, and as long as three.
BAD = "Institutional accountability necessitates comprehensive organizational evaluation " * 12


def analyse(*words):
    """What the command writes, and the code it ends with."""
    output, errors = io.StringIO(), io.StringIO()
    code = 0
    try:
        call_command("analyse", *map(str, words), stdout=output, stderr=errors)
    except SystemExit as ended:
        code = ended.code or 0
    except CommandError as error:
        return str(error), error.returncode
    return output.getvalue() + errors.getvalue(), code


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "good.md").write_text(f"# Bees\n\n{GOOD}")
    (tmp_path / "bad.txt").write_text(BAD)
    (tmp_path / "data.csv").write_text("a,b")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "draft.md").write_text(GOOD)
    return tmp_path


def test_a_file_is_told_with_its_sections_and_the_places_of_its_findings(folder):
    (folder / "seen.md").write_text("# Bees\n\nIt was seen. The honey was sold.\n")

    told, code = analyse(folder / "seen.md", "--include", "passive,statistics")

    assert "seen.md" in told
    assert "Passive voice" in told
    assert "3:4" in told
    assert "“was seen”" in told
    assert code == 2


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("good.md", "--include", "sentence_length"), 0),
        (("bad.txt", "--include", "sentence_length"), 2),
        ((".", "--include", "sentence_length"), 2),
        (("bad.txt", "--fail-under", "1"), 0),
        (("good.md", "--fail-under", "100.1"), 2),
        (("good.md", "bad.txt", "--include", "keywords"), 0),
        (("data.csv", "--include", "statistics"), 0),
        (("missing.md",), 64),
        (("good.md", "--include", "nonsense"), 3),
    ],
)
def test_the_exit_code_tells_the_worst_rating(folder, monkeypatch, words, code):
    monkeypatch.chdir(folder)

    assert analyse(*words)[1] == code


def test_a_file_that_cannot_be_analysed_does_not_hide_the_others(folder):
    (folder / "broken.txt").write_bytes(b"caf\xe9")
    (folder / "empty.txt").write_text("  \n")
    (folder / "huge.txt").write_text("bee " * 600_000)

    told, code = analyse(folder)

    assert code == 3
    assert "broken.txt: The content is not UTF-8 (byte 3)." in told
    assert "empty.txt: The content is empty." in told
    assert "huge.txt: The content has more than 2,000,000 bytes." in told
    assert "good.md" in told


def test_directories_and_patterns_stand_for_the_texts_in_them(folder):
    (folder / "deep").mkdir()
    (folder / "deep" / "page.HTML").write_text("<!DOCTYPE html><title>x</title><p>Bees fly.</p>")

    everything = json.loads(analyse(folder, "--json")[0])["files"]
    pattern = json.loads(analyse(folder / "**" / "*.md", folder / "good.md", "--json")[0])["files"]

    names = [entry["file"].removeprefix(f"{folder}/") for entry in everything]
    assert names == ["bad.txt", "deep/page.HTML", "good.md"]
    assert everything[1]["report"]["sections"]["page_meta"]["status"] == "ok"
    assert [entry["file"] for entry in pattern] == [str(folder / "good.md")]


def test_the_json_holds_the_report_as_the_api_gives_it(folder):
    told, code = analyse(folder / "good.md", "--json", "--profile", "quick", "--unit", "utf16")

    (entry,) = json.loads(told)["files"]
    assert entry["error"] is None
    assert entry["report"]["profile"] == "quick"
    assert code == 0


def test_options_are_read_from_a_file(folder):
    rules = {"house_rules": [{"name": "bees", "kind": "existence", "tokens": ["bees"]}]}
    (folder / "options.json").write_text(json.dumps(rules))

    told, _ = analyse(folder / "good.md", "--options", folder / "options.json", "--json")

    report = json.loads(told)["files"][0]["report"]
    assert report["sections"]["house_rules"]["findings_total"] == 2


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ([], "options must be an object"),
        ({"unit": 1}, "options has no member 'unit'"),
        ({"ignore": "abc"}, "options.ignore must be a list"),
        ({"terms": [{"text": 3}]}, "options.terms[0].text must be a text"),
        (
            {"terms": [{"minimum": True, "text": "a"}]},
            "options.terms[0].minimum must be a whole number",
        ),
        ({"house_rules": [{"name": "a"}]}, "options.house_rules[0] lacks the member 'kind'"),
        ({"offset_unit": "bytes"}, "options.offset_unit must be one of codepoint, utf16, utf8"),
        ({"house_rules": [{"name": "a", "kind": "existence", "swap": [["a"]]}]}, "2 parts"),
    ],
)
def test_options_that_do_not_fit_say_where(data, complaint):
    with pytest.raises(InvalidOption) as refused:
        options_from_json(data)

    assert complaint in str(refused.value)


def test_a_text_cannot_steer_the_terminal_of_its_reader(folder):
    (folder / "evil.txt").write_text("It was seen by \x1b[2J\x07nobody. " * 3)

    assert "\x1b" not in analyse(folder / "evil.txt")[0]


def on_a_terminal(*words, **environment):
    """What a person sees: both streams on one terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "analyse", *map(str, words)],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "contentcreate.settings"} | environment,
        stdin=subprocess.PIPE,
        stdout=theirs,
        stderr=theirs,
    )
    process.stdin.write(GOOD.encode())
    process.stdin.close()
    os.close(theirs)
    seen = b""
    with open(ours, "rb", buffering=0) as terminal:  # noqa: PTH123 - it has no path
        try:
            while piece := terminal.read(65_536):
                seen += piece
        except OSError:  # the other end is closed
            pass
    return seen.decode(), process.wait(30)


def test_a_terminal_gets_colours_and_a_bar_unless_it_wants_none(folder):
    coloured, _ = on_a_terminal(folder, "-", "--include", "sentence_length")
    plain, code = on_a_terminal(folder, "-", "--include", "sentence_length", NO_COLOR="1")

    assert "\x1b[31;1m" in coloured
    assert "0 of 3" in coloured
    assert "\x1b[31;1m" not in plain
    assert "-  100 good" in plain
    assert code == 2
