"""The README tells the truth: every command in it is run, and prints what it says."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.newcomer import Copy
from tests.processes import ROOT

README = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
STARTS = [block for block in BLOCKS if block.startswith("$ make ")]


def steps(block: str) -> list[tuple[str, str]]:
    """Each command with the output it is said to have."""
    parts = re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def fits(said: str, printed: str) -> bool:
    """`…` stands for anything."""
    pattern = ".*".join(re.escape(part) for part in said.strip().split("…"))
    return re.fullmatch(pattern, printed.strip(), re.DOTALL) is not None


@pytest.mark.parametrize("block", [b for b in BLOCKS if b not in STARTS])
def test_a_command_prints_what_the_readme_says(installation, key, block):
    for command, said in steps(block):
        done = subprocess.run(
            ["/bin/bash", "-o", "pipefail", "-c", _here(command, installation.base_url)],
            cwd=ROOT,
            env=installation.env | {"KEY": key, "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )

        assert done.returncode == 0, done.stdout + done.stderr
        assert fits(_here(said, installation.base_url), done.stdout), done.stdout


def test_the_first_start_prints_what_the_readme_says(tmp_path):
    (said,) = [said for block in STARTS for command, said in steps(block) if "run" in command]
    copy = Copy.at(tmp_path)
    try:
        printed = copy.make_run().banner()
    finally:
        copy.close()

    # What was installed before is not installed again, and not spoken of.
    said, printed = (re.sub(r"^Installing .*\n", "", text) for text in (said, printed))
    assert fits(_here(said, f"http://127.0.0.1:{copy.port}"), printed), printed


def test_the_two_commands_exist():
    for block in STARTS:
        for command, _ in steps(block):
            subprocess.run([*command.split(), "--dry-run"], cwd=ROOT, check=True)


def test_every_file_the_readme_names_is_there():
    links = re.findall(r"\]\(([^)#:]+)\)|(?:src|srcset)=\"([^\":]+)\"", README)

    for link in filter(None, (name for pair in links for name in pair)):
        assert Path(ROOT, link).is_file(), link


def _here(text: str, base_url: str) -> str:
    return text.replace("http://127.0.0.1:8000", base_url)
