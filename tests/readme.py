"""Which commands does the README show, and what does it say they print?"""

from __future__ import annotations

import re

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


def first_start_is(printed: str, base_url: str) -> bool:
    """Whether `make run` printed what is promised to newcomers."""
    (said,) = [said for block in STARTS for command, said in steps(block) if "run" in command]
    # What was installed before is not installed again, and not spoken of.
    said, printed = (re.sub(r"^Installing .*\n", "", text) for text in (said, printed))
    return fits(here(said, base_url), printed)


def here(text: str, base_url: str) -> str:
    return text.replace("http://127.0.0.1:8000", base_url)
