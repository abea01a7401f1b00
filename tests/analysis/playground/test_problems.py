"""What a visitor reads when something is refused or broken, and how they get out of it."""

import pytest
from playwright.sync_api import expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("installation", ["production"], indirect=True),
]

BUSY = {"title": "Busy", "status": 503, "code": "queue_full", "detail": "Too many texts wait."}


def alert(visitor):
    return visitor.page.get_by_role("alert")


def test_an_empty_text_is_told_at_its_field_without_asking_the_service(visitor):
    visitor.presses_analyse()

    expect(visitor.page.locator("#content-error")).to_contain_text("Paste a text first")
    expect(visitor.text_field).to_be_focused()
    expect(visitor.text_field).to_have_attribute("aria-invalid", "true")


def test_a_text_that_is_too_long_without_a_key_is_told_before_and_after(stranger):
    stranger.expects_trouble("413")
    stranger.gives("word " * 2001)
    expect(stranger.page.locator("#content-count")).to_contain_text("5 more than go without")

    stranger.presses_analyse()

    expect(stranger.page.locator("#content-error")).to_contain_text("10,000")
    expect(stranger.text_field).to_be_focused()


def test_a_key_opens_the_way_for_a_longer_text(stranger, key):
    stranger.shows_key(key)

    stranger.analyses("A sentence of six short words. " * 400)

    stranger.page.get_by_role("button", name="Copy as curl").click()
    shown = stranger.page.locator("[data-call-text]").inner_text()
    assert "$CONTENTCREATE_KEY" in shown
    assert key not in stranger.page.locator("body").inner_text()


def test_a_wrong_key_is_told_at_its_field(stranger):
    stranger.expects_trouble("401")
    stranger.shows_key("cc_mistyped")
    stranger.gives("A text.")

    stranger.presses_analyse()

    expect(stranger.page.locator("#api-key-error")).to_be_visible()
    expect(stranger.page.get_by_label("API key", exact=True)).to_be_focused()


def test_a_refused_member_is_told_at_its_field(visitor):
    visitor.expects_trouble("413", "422")
    visitor.page.get_by_text("keyphrase, title, description").click()
    visitor.page.get_by_text("keyphrase, title, description").click()
    visitor.page.get_by_label("Keyphrase").fill("many words " * 300)
    visitor.gives("A text.")

    visitor.presses_analyse()

    expect(visitor.page.locator("#keyphrase-error")).to_be_visible()
    expect(visitor.page.get_by_label("Keyphrase")).to_be_focused()


def test_a_busy_service_is_asked_again_after_the_seconds_it_named(visitor):
    visitor.expects_trouble("503")
    visitor.is_answered(503, BUSY, Retry_After="2")
    visitor.gives("A text that comes through in the end.")
    visitor.presses_analyse()
    expect(alert(visitor)).to_contain_text("Too many texts wait.")
    expect(alert(visitor)).to_contain_text("Trying again in")

    visitor.reaches_the_service_again()

    visitor.sees_a_report()


def test_trying_again_can_be_stopped(visitor):
    visitor.expects_trouble("429")
    refusal = {"title": "Limited", "code": "rate_limited", "detail": "Ten texts a minute."}
    visitor.is_answered(429, refusal, Retry_After="60")
    visitor.gives("A text.")
    visitor.presses_analyse()
    expect(alert(visitor)).to_contain_text("Ten texts a minute.")

    alert(visitor).get_by_role("button", name="Stop").click()

    expect(alert(visitor).get_by_role("button", name="Try again")).to_be_visible()
    expect(alert(visitor)).not_to_contain_text("Trying again in")


def test_a_lost_network_is_told_and_trying_again_works(visitor):
    visitor.expects_trouble("ERR_CONNECTION_REFUSED")
    visitor.loses_the_network()
    visitor.gives("A text that was safe all the time.")
    visitor.presses_analyse()
    expect(alert(visitor)).to_contain_text("cannot be reached")

    visitor.reaches_the_service_again()
    alert(visitor).get_by_role("button", name="Try again").click()

    visitor.sees_a_report()


def test_an_answer_that_is_no_problem_document_is_told_as_well(visitor):
    visitor.expects_trouble("502")
    visitor.page.route(
        "**/api/v1/analyses", lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>")
    )
    visitor.gives("A text.")

    visitor.presses_analyse()

    expect(alert(visitor)).to_contain_text("HTTP status 502")


def test_a_failed_analysis_is_told_with_its_reason(visitor):
    error = {"title": "The analysis failed", "detail": "It was tried three times."}
    failed = {"id": "an_1", "status": "failed", "error": error, "urls": {"self": "/x"}}
    visitor.is_answered(200, failed)
    visitor.gives("A text.")

    visitor.presses_analyse()

    expect(alert(visitor)).to_contain_text("It was tried three times.")
