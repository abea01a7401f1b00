"""A language model is asked from the report: it is slow, answers, fails, and is asked again."""

import json
import re
import threading

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.analysis.playground.visitor import Visitor
from tests.browser import THEMES, dress
from tests.processes import Installation
from tests.receivers import answers, receiving

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("own_installation", ["embedded"], indirect=True),
]
HARD = "It was by the harbour master that the ledger of the many ships was written every day."
SUMMARY = {"summary": "A ledger of <b>ships</b>."}
REWRITES = {
    "rewrites": [
        {"quote": HARD, "suggestion": "The harbour master wrote the ledger.", "reason": "Active."},
        {"quote": "The ferry exploded.", "suggestion": "It did not.", "reason": "Invented."},
    ]
}


class Model:
    """Answers each task when it is told to go on."""

    def __init__(self) -> None:
        self.may_answer = threading.Event()

    def __call__(self, peer, received) -> None:
        self.may_answer.wait(30)
        task = json.loads(received.body)["response_format"]["json_schema"]["name"]
        told = json.dumps({"summary": SUMMARY, "rewrites": REWRITES}[task])
        body = {"choices": [{"message": {"content": told}}]}
        answers(200, json.dumps(body).encode())(peer, received)


@pytest.fixture
def model():
    with receiving(Model()) as endpoint:
        yield endpoint


@pytest.fixture
def asker(page, own_installation: Installation, model):
    named = {"REMOTE_ANALYZER_URL": model.url.removesuffix("/hook"), "REMOTE_ANALYZER_MODEL": "m-1"}
    own_installation.start_web(**named)
    own_installation.start_worker(**named)
    words = ("apikey", "create", "--tier", "premium", "--name", "Asker", "--json")
    key = json.loads(own_installation.manage(*words).stdout)["secret"]
    page.add_init_script(f"sessionStorage.setItem('key', {json.dumps(json.dumps(key))})")
    somebody = Visitor.at(page, own_installation.base_url)
    yield somebody
    assert somebody.unexpected_trouble() == []


def test_answers_come_while_one_reads_on(asker, model):
    page = asker.page
    asker.analyses(f"A line. {HARD}")
    page.get_by_role("tab", name="Model").click()
    panel = page.get_by_role("tabpanel", name="Model")

    panel.get_by_role("button", name="Summarise it").click()
    panel.get_by_role("button", name="Suggest rewrites").click()
    expect(panel.locator('[aria-busy="true"]')).to_have_count(2)
    for theme in THEMES:
        dress(page, width=390, theme=theme)
        assert Axe().run(page).response["violations"] == [], theme
    model.behave.may_answer.set()

    expect(panel).to_contain_text("A ledger of <b>ships</b>.", timeout=30_000)
    rewrite = panel.get_by_role("button", name="Try The harbour master wrote the ledger.")
    expect(rewrite).to_be_visible(timeout=30_000)
    expect(panel.get_by_role("button")).to_have_count(1)  # what does not stand there is not shown
    expect(page.locator("[data-model-live]")).to_have_text(re.compile("there"))
    rewrite.click()
    expect(page.locator("mark.active").first).to_be_in_viewport()
    assert "".join(page.locator("mark.active").all_inner_texts()) == HARD
    assert asker.downloaded()["remote"]["summary"]["status"] == "succeeded"


def test_a_refusal_is_told_and_the_model_can_be_asked_again(asker, model):
    page, answering = asker.page, model.behave
    answering.may_answer.set()
    model.behave = answers(401)
    asker.analyses(f"Another line. {HARD}")
    page.get_by_role("tab", name="Model").click()
    panel = page.get_by_role("tabpanel", name="Model")

    panel.get_by_role("button", name="Summarise it").click()
    expect(panel).to_contain_text("refuses the request with 401", timeout=30_000)
    model.behave = answering
    panel.get_by_role("button", name="Ask again").click()

    expect(panel).to_contain_text("A ledger of", timeout=30_000)


def test_a_refused_call_is_told_where_it_was_made(asker, model):
    model.behave.may_answer.set()
    asker.expects_trouble("429")
    asker.analyses("A line that is enough.")
    asker.page.get_by_role("tab", name="Model").click()
    panel = asker.page.get_by_role("tabpanel", name="Model")
    asker.is_answered(429, {"title": "Limited", "detail": "Ten texts a minute."})

    panel.get_by_role("button", name="Summarise it").click()

    expect(panel).to_contain_text("Ten texts a minute.")
    asker.reaches_the_service_again()
    panel.get_by_role("button", name="Ask again").click()
    expect(panel).to_contain_text("A ledger of", timeout=30_000)


def test_a_page_is_not_fetched_again_for_the_model(asker, model):
    model.behave.may_answer.set()
    with receiving(answers(200, f"<p>{HARD}</p>".encode(), Content_Type="text/html")) as site:
        asker.analyses(site.url, "Address")
        asker.page.get_by_role("tab", name="Model").click()
        panel = asker.page.get_by_role("tabpanel", name="Model")

        panel.get_by_role("button", name="Suggest rewrites").click()

        better = panel.get_by_role("button", name="Try The harbour master wrote the ledger.")
        expect(better).to_be_visible(timeout=30_000)
        assert len(site.got) == 1
