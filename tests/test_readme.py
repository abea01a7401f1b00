"""The README tells the truth: every command in it is run, and prints what it says."""

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from tests.answers import seconds_until_all_answer
from tests.processes import ROOT
from tests.readme import BLOCKS, README, STARTS, fits, here, steps


@pytest.mark.parametrize("block", [b for b in BLOCKS if b not in STARTS])
def test_a_command_prints_what_the_readme_says(installation, key, block):
    for command, said in steps(block):
        done = subprocess.run(
            ["/bin/bash", "-o", "pipefail", "-c", here(command, installation.base_url)],
            cwd=ROOT,
            env=installation.env | {"KEY": key, "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )

        assert done.returncode == 0, done.stdout + done.stderr
        assert fits(here(said, installation.base_url), done.stdout), done.stdout

    # Others share the installation: what a command opened again must be open in each process.
    seconds_until_all_answer(installation, 200)


def test_the_two_commands_exist():
    for block in STARTS:
        for command, _ in steps(block):
            subprocess.run([*command.split(), "--dry-run"], cwd=ROOT, check=True)


def test_every_file_the_readme_names_is_there():
    links = re.findall(r"\]\(([^)#:]+)\)|(?:src|srcset)=\"([^\":]+)\"", README)

    for link in filter(None, (name for pair in links for name in pair)):
        assert Path(ROOT, link).is_file(), link


def test_every_variable_of_the_environment_is_in_the_table_and_no_other():
    rows = re.findall(r"^\| ((?:`[A-Z_]+`(?:, )?)+) \|", README, re.MULTILINE)
    told = {name for row in rows for name in re.findall(r"[A-Z_]+", row)}

    commands = re.findall(r"\$\{([A-Z_]+)", (ROOT / "Procfile").read_text())

    # Each program says by itself what it is.
    assert told == (settings.SETTINGS_READ.keys() | commands) - {"PROCESS_ROLE"}
