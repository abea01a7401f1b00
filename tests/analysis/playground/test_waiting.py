"""What a visitor sees while the text waits for a worker."""

import pytest
from playwright.sync_api import expect

from tests.analysis.playground.visitor import Visitor

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("own_installation", ["embedded"], indirect=True)
def test_the_visitor_sees_the_queue_move_until_the_report_appears(page, own_installation):
    own_installation.start_web()
    visitor = Visitor.at(page, own_installation.base_url)
    visitor.gives("A text that waits until somebody comes to work.")
    visitor.presses_analyse()
    expect(page.get_by_text("Waiting for a free worker", exact=False).first).to_be_visible(
        timeout=15_000
    )
    expect(page.locator("[data-waiting-more]")).to_contain_text("Next in the queue")

    own_installation.start_worker()

    visitor.sees_a_report()
    assert visitor.unexpected_trouble() == []


@pytest.mark.parametrize("own_installation", ["embedded"], indirect=True)
def test_waiting_can_be_given_up_with_the_text_intact(page, own_installation):
    own_installation.start_web()
    visitor = Visitor.at(page, own_installation.base_url)
    visitor.gives("A text that nobody will read.")
    visitor.presses_analyse()
    expect(page.locator("[data-waiting]")).to_be_visible()

    page.get_by_role("button", name="Cancel").click()

    expect(page.locator("[data-waiting]")).to_be_hidden()
    expect(visitor.text_field).to_be_focused()
    expect(visitor.text_field).to_have_value("A text that nobody will read.")
    assert visitor.unexpected_trouble() == []


@pytest.mark.parametrize("installation", ["production"], indirect=True)
def test_polls_wait_as_told_and_ask_only_for_what_is_new(visitor):
    polls = []
    queued = {
        "id": "an_1",
        "status": "queued",
        "queue": {"position": 7, "eta_seconds": 3},
        "urls": {"self": "http://another.name/api/v1/analyses/an_1"},
    }
    visitor.is_answered(202, queued, ETag='"first"', Retry_After="1")

    def poll(route):
        polls.append(route.request.headers.get("if-none-match"))
        if len(polls) == 1:
            route.fulfill(status=304)
        else:
            route.fulfill(status=404, json={"title": "There is nothing here", "detail": "Gone."})

    visitor.page.route("**/api/v1/analyses/an_1", poll)
    visitor.expects_trouble("404")
    visitor.gives("A text.")
    visitor.presses_analyse()

    expect(visitor.page.locator("[data-waiting-more]")).to_contain_text("Number 7 in the queue")
    expect(visitor.page.get_by_role("alert")).to_contain_text("Gone.")
    assert polls == ['"first"', '"first"']
