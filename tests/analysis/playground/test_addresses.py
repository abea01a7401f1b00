"""The address of a page is given instead of its text."""

import pytest
from playwright.sync_api import expect

from tests.receivers import answers, receiving

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("installation", ["production"], indirect=True),
]
PAGE = (
    "<!doctype html><title>Boats</title><nav>Home</nav>\n<main><h1>Boats 🐝</h1>\n"
    "<p>The boat was sold by nobody. The the ferry left.</p></main>"
)
HTML = {"Content_Type": "text/html; charset=utf-8"}


def test_a_page_is_fetched_and_shown_with_its_findings(visitor):
    with receiving(answers(200, PAGE.encode(), **HTML)) as site:
        visitor.analyses(site.url, "Address")

    expect(visitor.page.locator("[data-text]")).to_have_text(PAGE, use_inner_text=True)
    expect(visitor.marks.filter(has_text="was sold")).to_be_visible()
    report = visitor.downloaded()
    assert report["input"]["format"] == "page"
    assert report["results"]["sections"]["page_meta"]["status"] == "ok"


def test_a_page_that_cannot_be_had_is_told_with_its_reason(visitor, installation):
    with receiving(answers(404)) as site:
        visitor.gives(site.url, "Address")
        visitor.presses_analyse()

        expect(visitor.page.get_by_role("alert")).to_contain_text("The page answers 404, not 200.")

    # Others look whether anything failed for good.
    assert "jobs: 1" in installation.manage("queue", "discard", "--yes").stdout


def test_without_a_key_one_is_told_that_addresses_take_one(stranger):
    stranger.expects_trouble("401")
    stranger.gives("https://example.org/", "Address")
    expect(stranger.page.locator("#content-count")).to_contain_text("with an API key")

    stranger.presses_analyse()

    expect(stranger.page.locator("#api-key-error")).to_contain_text("Addresses are fetched for")
    expect(stranger.page.get_by_label("API key", exact=True)).to_be_focused()


def test_a_whole_page_that_is_pasted_is_analysed_as_a_page(visitor):
    visitor.analyses(PAGE, "HTML")

    assert visitor.downloaded()["input"]["format"] == "page"
    visitor.page.get_by_role("button", name="Edit text").click()
    expect(visitor.page.get_by_role("radio", name="HTML")).to_be_checked()
