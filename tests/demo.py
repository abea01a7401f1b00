"""What does the service say of three real documents? `python tests/demo.py URL KEY` shows it."""

import json
import sys
import textwrap
import time
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

# The playground offers the same ones.
DOCUMENTS = Path(__file__).resolve().parent.parent / "contentcreate/static/site/samples"
PATIENCE_SECONDS = 60
TRIES = 30
EXAMPLES = {"article.md": "markdown", "page.html": "html", "essay.txt": "text"}


def ask(
    url: str, body: dict[str, Any] | None = None, key: str = "", prefer: str = ""
) -> tuple[int, dict, dict]:
    """Status, JSON body and headers of one request; comes back later when asked to."""
    headers = {"Content-Type": "application/json", "Prefer": prefer}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    data = None if body is None else json.dumps(body).encode()
    for _ in range(TRIES):
        try:
            with urlopen(Request(url, data, headers), timeout=60) as answer:
                return answer.status, json.load(answer), dict(answer.headers)
        except HTTPError as refusal:
            with refusal:
                if refusal.code not in {429, 503}:
                    raise
                wait = int(refusal.headers["Retry-After"])
                if wait > PATIENCE_SECONDS:
                    told = refusal.read().decode()
                    raise TimeoutError(f"Told to wait {wait} s: {told}") from refusal
                time.sleep(wait)
    raise TimeoutError(f"{url} refused {TRIES} times")


def read(url: str, key: str = "") -> dict[str, Any]:
    """The analysis when it is finished."""
    for _ in range(TRIES):
        _, analysis, headers = ask(f"{url}?wait=25", key=key)
        if "retry-after" not in headers:
            return analysis
        time.sleep(int(headers["retry-after"]))
    raise TimeoutError(f"{url} is not finished")


def example(name: str) -> dict[str, Any]:
    return {"content": (DOCUMENTS / name).read_text(), "format": EXAMPLES[name]}


def main(base_url: str, key: str) -> None:
    for name in EXAMPLES:
        _, analysis, _ = ask(f"{base_url}/api/v1/analyses", example(name), key)
        print(summary(name, read(analysis["urls"]["self"], key)))


def summary(name: str, analysis: dict[str, Any]) -> str:
    """Words, score and findings, and the two fixes that gain most."""
    report = analysis["results"]
    score = report["scores"]["overall"]
    total = sum(section["findings_total"] for section in report["sections"].values())
    first = f"{name}: {analysis['input']['words']:,} words, {total} findings, "
    fixes = [textwrap.shorten(fix["message"], 90, placeholder=" …") for fix in report["top_fixes"]]
    rated = f"{score['score']:.0f} of 100 ({score['rating']})"
    return "\n  ".join([first + rated, *fixes[:2]])


if __name__ == "__main__":
    main(*sys.argv[1:3])
