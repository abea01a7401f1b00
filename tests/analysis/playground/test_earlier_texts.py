"""What a visitor with a key sees of the texts sent before, and what one without is told."""

import json
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.analysis.playground.visitor import Visitor
from tests.browser import THEMES, WIDTHS, dress, sideways_overflow
from tests.demo import ask

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("installation", ["production"], indirect=True),
]
SHARED = (
    "The harbour master counts every ship that comes in before noon, writes its name and its load "
    "into the ledger, and sends a boy to the mill with a list of all that has to be weighed."
)
OWN = (
    "Nobody has ever written about the painter who lived above the sail loft, who mixed tar into "
    "her colours, and who sold one picture each winter to a ferryman from the other side."
)


@pytest.fixture
def newcomer(page, installation) -> Visitor:
    """With a key that nobody has used."""
    words = ("apikey", "create", "--tier", "premium", "--name", f"New {uuid4()}", "--json")
    key = json.loads(installation.manage(*words).stdout)["secret"]
    page.add_init_script(f"sessionStorage.setItem('key', {json.dumps(json.dumps(key))})")
    somebody = Visitor.at(page, installation.base_url)
    somebody.sent = lambda wish: ask(  # type: ignore[attr-defined]
        f"{installation.base_url}/api/v1/analyses", wish, key, prefer="wait=20"
    )
    yield somebody
    assert somebody.unexpected_trouble() == []


def panel(visitor, name="Earlier texts"):
    visitor.page.get_by_role("tab", name=name).click()
    return visitor.page.get_by_role("tabpanel", name=name)


def test_the_first_text_has_nothing_to_be_compared_with(newcomer):
    newcomer.analyses(SHARED)

    expect(panel(newcomer)).to_contain_text("the first text you sent")


def test_a_passage_that_stood_before_is_shown_in_the_text(newcomer):
    newcomer.sent({"content": f"# The ledger\n\n{SHARED}", "format": "markdown"})
    page = newcomer.page

    newcomer.analyses(f"🐝 {OWN}\n\n{SHARED}")
    expect(page.get_by_role("tab", name="Earlier texts 1")).to_be_visible()
    earlier = panel(newcomer)
    expect(earlier).to_contain_text("stood in an earlier text of yours")
    expect(earlier.get_by_role("heading", name="The ledger")).to_be_visible()
    earlier.get_by_role("button", name="The harbour master counts").click()

    expect(page.locator("mark.active").first).to_be_in_viewport()
    marked = "".join(page.locator("mark.active").all_inner_texts())
    assert SHARED.startswith(marked.rstrip("."))
    newcomer.marks.first.click()
    expect(page.get_by_role("tab", name="Findings")).to_have_attribute("aria-selected", "true")


def test_a_passage_is_reached_and_left_by_keyboard(newcomer):
    newcomer.sent({"content": SHARED})
    page, keyboard = newcomer.page, newcomer.page.keyboard
    newcomer.analyses(f"{OWN}\n\n{SHARED}")

    page.get_by_role("tab", name="Findings").focus()
    keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Earlier texts")).to_be_focused()
    keyboard.press("Tab")
    keyboard.press("Tab")
    keyboard.press("Enter")
    expect(page.locator("mark.active:focus")).to_have_count(1)
    keyboard.press("Escape")

    expect(page.get_by_role("button", name="The harbour master counts")).to_be_focused()


def test_texts_worth_a_link_and_uses_of_the_keyphrase_are_named(newcomer):
    evil = "javascript:document.title='taken'"
    titled = {"content": SHARED * 2, "meta": {"title": "<i>Ships</i>", "keyphrase": "ledger"}}
    about = {"url": "https://harbour.example/ships", "slug": "ships"}
    newcomer.sent(titled | {"meta": titled["meta"] | about})
    newcomer.sent({"content": f"{SHARED} {OWN}", "meta": {"url": evil}})

    page = newcomer.page
    page.get_by_label("Keyphrase").fill("ledger")
    newcomer.analyses(
        "A ledger of ships is kept by the harbour master. Each ship has a line, and each load has "
        "a weight. The mill keeps a list of its own, and the boy carries both. A harbour without "
        "a ledger would not know what came before noon."
    )
    earlier = panel(newcomer)

    link = earlier.get_by_role("link", name="<i>Ships</i>")
    expect(link).to_have_attribute("href", "https://harbour.example/ships")
    assert earlier.get_by_role("link").count() == 1
    expect(earlier).to_contain_text("One earlier text was written for it.")


def test_without_a_key_one_is_led_to_where_it_is_given(stranger):
    stranger.analyses("A text that is compared with nobody's.")
    earlier = panel(stranger)
    expect(earlier).to_contain_text("With an API key")

    earlier.get_by_role("button", name="Give a key").click()

    expect(stranger.page.get_by_label("API key", exact=True)).to_be_focused()
    expect(stranger.text_field).to_have_value("A text that is compared with nobody's.")


def test_what_a_busy_service_left_out_can_be_asked_for_again(visitor):
    visitor.analyses(f"{OWN} {uuid4()}")
    whole = visitor.downloaded()
    left_out = whole["corpus"]["originality"] | {"status": "skipped", "reason": "service_busy"}
    busy = whole | {"corpus": whole["corpus"] | {"originality": left_out, "earlier_texts": 3}}
    visitor.page.get_by_role("button", name="Edit text").click()
    visitor.is_answered(200, busy)
    visitor.presses_analyse()
    earlier = panel(visitor)
    expect(earlier).to_contain_text("busy")
    visitor.reaches_the_service_again()

    earlier.get_by_role("button", name="Try again").click()

    expect(earlier).not_to_contain_text("busy")


@pytest.mark.parametrize("width", [320, *WIDTHS])
def test_the_panels_are_readable_at_each_width_and_in_both_colours(newcomer, width):
    newcomer.sent({"content": f"{SHARED} {OWN}", "meta": {"keyphrase": "ledger"}})
    newcomer.analyses(f"{SHARED} {OWN} And more.")

    for tab in ("Earlier texts", "Model", "Findings"):
        panel(newcomer, tab)
        for theme in THEMES:
            dress(newcomer.page, width=width, theme=theme)
            assert sideways_overflow(newcomer.page) <= 0, (tab, theme)
            assert Axe().run(newcomer.page).response["violations"] == [], (tab, theme)


def test_where_no_model_is_in_service_it_is_said(visitor):
    visitor.analyses("A text for no machine.")

    model = panel(visitor, "Model")
    expect(model).to_contain_text("No language model is in service here")
    expect(model.get_by_role("button")).to_have_count(0)
