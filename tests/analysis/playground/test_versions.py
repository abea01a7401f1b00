"""A second version of a text is compared with the first; a profile is chosen."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser import THEMES, dress, sideways_overflow

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("installation", ["production"], indirect=True),
]
BEFORE = "The ledger was written by the harbour master. The the ferry left early today."
AFTER = "The ledger was written by the harbour master. The ferry left at this point in time."


def test_the_second_version_tells_what_was_fixed_and_what_is_new(visitor):
    page = visitor.page
    dress(page, width=390, theme="light")
    page.get_by_label("Read as").select_option("docs")
    visitor.analyses(BEFORE)
    expect(page.locator("[data-comparison]")).to_be_hidden()
    expect(page.locator("[data-facts]")).to_contain_text("Docs profile")

    page.get_by_role("button", name="Edit text").click()
    visitor.analyses(AFTER)

    section = page.get_by_role("region", name="Since your last version")
    expect(section.get_by_role("status")).to_contain_text("1 fixed")
    section.locator("summary").click()
    expect(section.locator("details li")).to_contain_text("the")
    assert sideways_overflow(page) <= 0
    for theme in THEMES:
        dress(page, width=390, theme=theme)
        assert Axe().run(page).response["violations"] == [], theme
    everything = visitor.findings.count()
    section.get_by_role("button", name="Show only new").click()
    expect(visitor.findings.filter(has_text="New")).to_have_count(visitor.findings.count())
    assert 0 < visitor.findings.count() < everything
    page.get_by_role("button", name="Show all").click()
    expect(visitor.findings).to_have_count(everything)


def test_a_refused_profile_is_shown_at_its_field(visitor):
    problem = {
        "code": "validation_failed",
        "title": "The request does not fit the contract",
        "detail": "/profile: no such profile.",
        "errors": [
            {"pointer": "/profile", "code": "invalid_choice", "message": "No such profile."}
        ],
    }
    visitor.expects_trouble("422")
    visitor.is_answered(422, problem, Content_Type="application/problem+json")

    visitor.gives(BEFORE)
    visitor.presses_analyse()

    expect(visitor.page.get_by_label("Read as")).to_have_attribute("aria-invalid", "true")
    expect(visitor.page.get_by_text("No such profile.")).to_be_visible()
