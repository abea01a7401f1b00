"""How the public pages look: widths, colours, large reports, no scripts."""

import time

import pytest
from playwright.sync_api import expect

from tests.browser import THEMES, WIDTHS, Trouble, dress, sideways_overflow

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("installation", ["production"], indirect=True),
]

PAGES = ["/", "/docs", "/errors", "/errors/text_too_long", "/no/such/page"]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", [320, *WIDTHS])
def test_no_page_is_wider_than_the_window(page, installation, width, theme):
    trouble = Trouble.of(page)
    dress(page, width=width, theme=theme)

    for address in PAGES:
        page.goto(installation.base_url + address)
        page.wait_for_load_state("networkidle")
        assert sideways_overflow(page) <= 0, address

    assert [t for t in trouble.found if "404" not in t] == []


@pytest.mark.parametrize("width", [320, *WIDTHS])
def test_a_report_is_not_wider_than_the_window(visitor, width):
    dress(visitor.page, width=width, theme="light")
    visitor.analyses("# Word\n\n" + "uninterrupted" * 40 + "\n\n" + "and so on " * 60, "Markdown")

    assert sideways_overflow(visitor.page) <= 0
    assert visitor.page.evaluate("window.scrollY") == 0


def test_the_chosen_colours_outlast_a_reload(visitor):
    page = visitor.page
    dress(page, width=1280, theme="light")
    switch = page.get_by_role("button", name="Colours")
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)

    switch.click()
    switch.click()
    page.reload()

    assert page.evaluate(background) != light
    expect(switch).to_have_accessible_name("Colours: Dark. Change")


def test_without_scripts_the_page_says_what_it_needs(scriptless_page, installation):
    scriptless_page.goto(installation.base_url)

    # Playwright's search for texts leaves out what stands in noscript.
    expect(scriptless_page.locator("noscript h2")).to_have_text("This page needs JavaScript")
    expect(scriptless_page.locator("noscript code")).to_contain_text(
        f"curl {installation.base_url}"
    )
    expect(scriptless_page.get_by_role("button", name="Analyse")).to_be_hidden()


def test_a_large_report_answers_a_click_at_once(visitor):
    text = "The quick brown fox jumps over dogs. " * 270
    findings = [finding(number, text) for number in range(300)]
    visitor.is_answered(200, analysis_with(findings))
    visitor.gives(text)
    visitor.presses_analyse()
    visitor.sees_a_report()
    expect(visitor.findings).to_have_count(300)

    started = time.perf_counter()
    visitor.page.get_by_role("button", name="Suggestions").click()
    expect(visitor.findings).to_have_count(150)
    visitor.findings.last.click()
    expect(visitor.page.locator("mark.active").first).to_be_in_viewport()

    # No figure of speed: what takes seconds is broken, what takes milliseconds is not.
    assert time.perf_counter() - started < 5


def finding(number: int, text: str) -> dict:
    start = number * len(text) // 300
    end = min(len(text), start + (120 if number % 10 == 0 else 12))
    return {
        "id": f"made.up_{number % 7}",
        "severity": "suggestion" if number % 2 else "warning",
        "message": f"Remark number {number}.",
        "params": {},
        "spans": [{"start": start, "end": end}],
        "excerpt": text[start:end],
        "replacements": ["slow", "lazy"] if number % 5 == 0 else [],
        "impact": 0.1,
        "key": str(number),
    }


def analysis_with(findings: list[dict]) -> dict:
    score = {"score": 55.0, "rating": "ok", "coverage": 1.0}
    section = {
        "id": "made",
        "version": 1,
        "category": "style",
        "title": "Made up",
        "status": "ok",
        "reason": None,
        "score": 55.0,
        "rating": "ok",
        "metrics": {},
        "findings_total": len(findings),
        "findings": findings,
    }
    report = {
        "schema": 1,
        "engine": "0",
        "profile": "standard",
        "content_hash": "",
        "language": {"code": "en", "confidence": 1.0, "source": "declared"},
        "scores": {"overall": score, "style": score},
        "sections": {"made": section},
        "top_fixes": [],
        "complete": True,
    }
    return {"id": "an_1", "status": "succeeded", "results": report, "urls": {"self": "/x"}}
