import pytest
from playwright.sync_api import expect

from ops.status_page import telling
from ops.status_page.parts import Impact
from tests.browser import THEMES, WIDTHS, Trouble, dress, seriously_wrong, sideways_overflow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def incident():
    return telling.open_incident(
        "Reports come late", "We look at it. " * 30, impact=Impact.MAJOR, parts=["api"], actor="x"
    )


def test_the_page_fits_every_width_in_both_themes(page, live_server, incident):
    trouble = Trouble.of(page)
    for width in WIDTHS:
        for theme in THEMES:
            dress(page, width=width, theme=theme)
            page.goto(f"{live_server.url}/status")

            assert sideways_overflow(page) <= 0, (width, theme)
            expect(page.get_by_role("img", name="API, the last 90 days")).to_be_visible()
        assert seriously_wrong(page) == []
    assert trouble.found == []


def test_everything_is_there_without_scripts(browser, live_server, incident):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{live_server.url}/status")

        expect(page.get_by_role("heading", name="Partly out of service")).to_be_visible()
        page.get_by_text("1 day with trouble").click()
        expect(page.locator("#part-api .troubled li")).to_contain_text("partial outage")
        page.get_by_role("link", name="Reports come late").click()
        expect(page.get_by_role("heading", name="Reports come late")).to_be_visible()
