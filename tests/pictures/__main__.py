"""Take the README's pictures: `.venv/bin/python -m tests.pictures`, with Chromium on PATH.

From a fresh installation with sample content, so that anybody can take them again.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests import bed
from tests.browser import THEMES, Theme, sign_in
from tests.demo import DOCUMENTS
from tests.processes import Installation

FOLDER = Path(__file__).parent
WINDOW = {"width": 1280, "height": 860}
LARGEST_BYTES = 300_000
ESSAY = DOCUMENTS / "essay.txt"
LET_IN = """
import json
from dataclasses import asdict
from ops.launch.first_start import let_in
print(json.dumps(asdict(let_in())))
"""


def main() -> None:
    with _installation() as installation, _browser() as browser:
        secrets = json.loads(
            installation.manage("shell", "--no-imports", "--command", LET_IN).stdout
        )
        installation.manage("demo", "traffic", "--days", "8")
        _fill(installation.base_url, secrets["premium_key"])
        for theme in THEMES:
            with browser.new_context(viewport=WINDOW, color_scheme=theme) as context:
                _take(context.new_page(), installation.base_url, theme, secrets["password"])


@contextmanager
def _installation() -> Iterator[Installation]:
    with tempfile.TemporaryDirectory(prefix="contentcreate-pictures-") as shared:
        os.environ[bed.SHARED_FOLDER] = shared
        with Installation.on(bed.EMBEDDED) as installation:
            installation.start_web()
            installation.start_worker()
            yield installation


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox"],
        )


def _fill(address: str, key: str) -> None:
    """An office hands in its paragraphs, so that the console has something to show."""
    for paragraph in ESSAY.read_text().split("\n\n"):
        body = json.dumps({"content": paragraph, "format": "text"}).encode()
        headers = {
            "Authorization": f"Bearer {key}",
            "Content-Type": "application/json",
            "Prefer": "wait=10",
        }
        urlopen(Request(f"{address}/api/v1/analyses", body, headers), timeout=30).close()


def _take(page: Page, address: str, theme: Theme, password: str) -> None:
    _show_a_report(page, address)
    _keep(page, f"playground-{theme}")
    page.goto(f"{address}/status")
    _keep(page, f"status-{theme}")
    sign_in(page, address, name="admin", password=password)
    page.wait_for_load_state("networkidle")
    _keep(page, f"console-{theme}")


def _show_a_report(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="a Markdown article").click()
    expect(page.locator("#content-input")).to_have_value(re.compile("release notes"))
    page.get_by_role("button", name="Analyse").click()
    page.locator("mark", has_text="is copied").click()
    page.mouse.move(0, 0)
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")


def _keep(page: Page, name: str) -> None:
    file = FOLDER / f"{name}.png"
    page.screenshot(path=file, animations="disabled")
    if file.stat().st_size > LARGEST_BYTES:
        raise SystemExit(f"{file.name} is larger than {LARGEST_BYTES} bytes.")


if __name__ == "__main__":
    main()
