"""From the pasted text to its report, in a real browser against real processes."""

import os
import re
import subprocess
from collections import Counter

import pytest
from playwright.sync_api import expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("installation", ["production"], indirect=True),
]

LONG = (
    "🙂 This sentence was written with the one and only intention that it should go on and on "
    "until every reader has lost sight of where it began, of what it was about, and of whoever "
    "is supposed to do something about it 🚲 in the end."
)
TEXTS = {
    "Text": f"First 🙂 line.\n\n{LONG}\n\nA short end. 👩‍👩‍👧\n",
    "Markdown": f"# Notes 🙂\n\nSome *emphasis* first.\n\n#### Too deep 🚲\n\n> {LONG}\n\n{LONG}\n",
    "HTML": f"<h1>Notes &amp; 🙂</h1>\n<p>An <em>emphasis</em>.</p>\n<h4>Deep</h4><p>{LONG}</p>",
}


@pytest.mark.parametrize("form", list(TEXTS))
def test_every_finding_is_marked_at_its_exact_place(visitor, form):
    text = TEXTS[form]
    visitor.analyses(text, form)

    sections = visitor.downloaded()["results"]["sections"].values()
    findings = [finding for section in sections for finding in section["findings"]]
    expected = ["".join(text[s["start"] : s["end"]] for s in f["spans"]) for f in findings]

    assert any(expected)
    assert Counter(visitor.marked_texts()) == Counter(expected)
    assert visitor.page.locator(".text").inner_text().strip() == text.strip()
    for finding, marked in zip(findings, expected, strict=True):
        assert marked.startswith(finding["excerpt"])


def test_a_sample_is_two_clicks_away_from_its_report(visitor):
    visitor.page.get_by_role("button", name="a Markdown article").click()
    expect(visitor.text_field).to_have_value(re.compile("release notes"))
    visitor.presses_analyse()
    visitor.sees_a_report()

    expect(visitor.page.locator(".report-facts")).to_contain_text("English")
    expect(visitor.page.get_by_role("button", name=re.compile("^Search "))).to_be_visible()


def test_a_severity_that_is_switched_off_disappears_from_list_and_text(visitor):
    visitor.analyses(TEXTS["Markdown"], "Markdown")
    all_findings = visitor.findings.count()
    suggestions = visitor.page.locator(".finding:has(.sign-suggestion)").count()
    assert 0 < suggestions < all_findings

    visitor.page.get_by_role("button", name=re.compile("^Suggestion")).click()

    expect(visitor.findings).to_have_count(all_findings - suggestions)
    expect(visitor.page.locator(".line-suggestion, .tint-suggestion")).to_have_count(0)
    visitor.page.get_by_role("button", name="Show all").click()
    expect(visitor.findings).to_have_count(all_findings)


def test_a_click_leads_from_finding_to_mark_and_from_mark_to_finding(visitor):
    visitor.analyses("A line.\n\n" * 80 + TEXTS["Markdown"], "Markdown")

    visitor.findings.nth(1).click()
    expect(visitor.page.locator("mark.active").first).to_be_in_viewport()
    visitor.marks.first.click()

    lit = visitor.page.locator('.finding[aria-current="true"]')
    expect(lit).to_be_in_viewport()
    index = lit.get_attribute("data-index")
    assert index in visitor.marks.first.get_attribute("data-findings").split()


def test_the_whole_way_can_be_gone_by_keyboard(visitor):
    keyboard, focused = visitor.page.keyboard, visitor.page.locator(":focus")
    visitor.gives(TEXTS["Markdown"], "Markdown")
    visitor.text_field.press("Control+Enter")
    visitor.sees_a_report()
    expect(focused).to_have_id("report-title")

    visitor.findings.first.focus()
    keyboard.press("ArrowDown")
    expect(focused).to_have_class("finding")
    expect(focused).to_have_attribute("data-index", "1")
    keyboard.press("Enter")
    expect(focused).to_have_class(re.compile("active"))
    keyboard.press("Escape")

    expect(focused).to_have_class("finding")
    expect(focused).to_have_attribute("data-index", "1")


def test_going_back_leads_to_the_text_and_forward_to_the_report(visitor):
    visitor.analyses(TEXTS["Text"])

    visitor.page.go_back()
    expect(visitor.text_field).to_be_visible()
    expect(visitor.text_field).to_have_value(TEXTS["Text"])
    visitor.page.go_forward()

    visitor.sees_a_report()


def test_a_reload_keeps_the_draft(visitor):
    visitor.gives("A draft that is not finished yet", "Markdown")
    visitor.page.get_by_label("Keyphrase").fill("unfinished drafts")
    visitor.analyses("A draft that is not finished yet", "Markdown")

    visitor.page.reload()

    expect(visitor.text_field).to_have_value("A draft that is not finished yet")
    expect(visitor.page.get_by_role("radio", name="Markdown")).to_be_checked()
    expect(visitor.page.get_by_label("Keyphrase")).to_have_value("unfinished drafts")


def test_the_shown_shell_line_works_when_pasted(visitor, key):
    visitor.analyses("It's a \"quoted\" text, isn't it? $HOME `pwd` \\ 🙂")
    visitor.page.get_by_role("button", name="Copy as curl").click()

    line = visitor.page.locator("[data-call-text]").inner_text()
    shell = {"PATH": os.environ["PATH"], "CONTENTCREATE_KEY": key}
    answer = subprocess.run(
        ["bash", "-c", line], env=shell, capture_output=True, text=True, check=True
    )

    assert '"status":"succeeded"' in answer.stdout.replace(": ", ":")


def test_pasting_chooses_the_format_that_the_text_has(visitor):
    paste = """(text) => {
        const data = new DataTransfer();
        data.setData("text/plain", text);
        document.querySelector("#content-input")
            .dispatchEvent(new ClipboardEvent("paste", { clipboardData: data }));
    }"""
    for text, form in [
        ("<p>A paragraph</p>", "HTML"),
        ("# A heading\n\nA text", "Markdown"),
        ("1. - a line < another", "Text"),
    ]:
        visitor.page.evaluate(paste, text)

        expect(visitor.page.get_by_role("radio", name=form)).to_be_checked()
