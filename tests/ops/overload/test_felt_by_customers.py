"""What do customers feel of what staff press? Each level and each profile, on real processes.

One browser is the staff's, at the console; another one is a customer's, without a key; beside them
programs ask with and without one.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from itertools import count

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.answers import until
from tests.browser import sign_in
from tests.ops.actions.hands import Hands
from tests.processes import Installation

pytestmark = pytest.mark.browser

PASSWORD = "only for this installation"
MAKE_STAFF = f"""
from django.contrib.auth.models import User
User.objects.create_superuser("ada", password={PASSWORD!r})
"""
NUMBERS = count()
ASKED_IN_A_ROW = 8  # so many, and both processes have answered


@dataclass(frozen=True)
class Heard:
    status: int
    body: dict
    headers: Message

    @property
    def code(self) -> str:
        return str(self.body.get("code", ""))


@dataclass(frozen=True)
class Felt:
    """What becomes of new work, and of somebody who only looks."""

    level: str
    anonymous: str = ""
    """The code of the refusal; nothing where it is taken."""
    with_key: str = ""
    deep: str = ""
    """With a key, in the dearest profile."""
    waits: bool = False
    sees: str = "a report"


LEVELS = {
    "normal": Felt("normal", waits=True),
    "busy": Felt("busy"),
    "saving": Felt("saving", deep="load_shed"),
    "shedding": Felt("shedding", anonymous="load_shed", deep="load_shed", sees="a refusal"),
    "lockdown": Felt("lockdown", anonymous="load_shed", deep="load_shed", sees="a closed door"),
}
PROFILES = {
    "spike": LEVELS["busy"],
    "read-only": Felt(
        "normal", anonymous="read_only", with_key="read_only", deep="read_only", sees="a refusal"
    ),
    "lockdown": LEVELS["lockdown"],
}


def ask(installed: Installation, path: str, body: dict | None = None, **headers: str) -> Heard:
    request = urllib.request.Request(
        installed.base_url + path,
        data=json.dumps(body).encode() if body else None,
        headers={"Content-Type": "application/json", **headers},
    )
    try:
        answer = urllib.request.urlopen(request, timeout=20)
    except urllib.error.HTTPError as refused:
        answer = refused
    with answer:
        return Heard(answer.status, json.loads(answer.read()), answer.headers)


def submit(installed: Installation, key: str = "", **members: str) -> Heard:
    text = f"The ferry number {next(NUMBERS)} was expected by nobody."
    shown = {"Authorization": f"Bearer {key}"} if key else {}
    return ask(
        installed, "/api/v1/analyses", {"content": text, **members}, Prefer="wait=20", **shown
    )


def visit(customer: Page, installed: Installation, path: str = "/") -> Response:
    """As somebody who was never here: browsers keep pages for a while."""
    answer = customer.goto(f"{installed.base_url}{path}?{next(NUMBERS)}")
    assert answer
    return answer


def is_everywhere(installed: Installation, level: str, profile: str | None) -> bool:
    """Each process says so, when a new connection asks it."""
    for _ in range(ASKED_IN_A_ROW):
        service = ask(installed, "/api/v1/limits").body["service"]
        engaged = service["emergency"] and service["emergency"]["profile"]
        if (service["level"], engaged) != (level, profile):
            return False
    return True


@pytest.fixture
def staff(page: Page, installation: Installation) -> Iterator[Hands]:
    # Shared by other tests: somebody may have been there.
    installation.manage("shell", "--no-imports", "--command", MAKE_STAFF, check=False)
    sign_in(page, installation.base_url, name="ada", password=PASSWORD)
    hands = Hands(page, installation.base_url)
    hands.go("console-overload")
    yield hands
    installation.manage("emergency", "engage", "normal", "--reason", "the test is over")


@pytest.fixture
def customer(browser: Browser, installation: Installation) -> Iterator[Page]:
    with browser.new_context() as context:
        context.set_default_timeout(10_000)
        yield context.new_page()


def check(installed: Installation, customer: Page, key: str, felt: Felt) -> None:
    anonymous, known = submit(installed), submit(installed, key)
    for heard, code in ((anonymous, felt.anonymous), (known, felt.with_key)):
        assert heard.code == code, felt
        assert heard.status == (503 if code else 200 if felt.waits else 202), felt
        assert int(heard.headers.get("Retry-After", 0)) >= (1 if code else 0)
        assert ("Preference-Applied" in heard.headers) is (felt.waits and not code)
    assert submit(installed, key, profile="deep").code == felt.deep, felt
    look(installed, customer, felt)


def look(installed: Installation, customer: Page, felt: Felt) -> None:
    answer = visit(customer, installed)
    if felt.sees == "a closed door":
        assert answer.status == 503
        expect(customer.get_by_role("heading")).to_have_text("Very busy right now")
        return
    customer.locator("textarea").first.fill(f"The ferry number {next(NUMBERS)} came late.")
    customer.get_by_role("button", name="Analyse").click()
    if felt.sees == "a report":
        expect(customer.get_by_role("heading", name="Your text", exact=True)).to_be_visible(
            timeout=30_000
        )
    else:
        expect(customer.get_by_role("alert")).to_contain_text("Trying again in")


def test_each_level_that_staff_hold_is_felt_as_it_says(staff, customer, installation, key):
    for level, felt in LEVELS.items():
        staff.press(staff.row("levels", level), f"Hold {level}", reason="a drill", minutes=5)
        until(lambda level=level: is_everywhere(installation, level, None))
        check(installation, customer, key, felt)
    staff.press_at_once(staff.block("overrides"), "End")

    until(lambda: is_everywhere(installation, "normal", None))
    look(installation, customer, LEVELS["normal"])


def test_each_profile_that_staff_engage_is_felt_and_undone(staff, customer, installation, key):
    usual = ask(installation, "/api/v1/limits").body["policies"][0]["limit"]
    for name, felt in PROFILES.items():
        typed = {"typed": name} if name == "lockdown" else {}
        row = staff.row("profiles", name)
        staff.press(row, "Engage", reason=f"a drill of {name}", minutes=5, **typed)
        until(lambda name=name, felt=felt: is_everywhere(installation, felt.level, name))
        check(installation, customer, key, felt)
        limit = ask(installation, "/api/v1/limits").body["policies"][0]["limit"]
        assert limit == (usual if name == "read-only" else usual // 2)

        staff.go("console-events")
        event = staff.block("events").locator("tr", has_text=f"a drill of {name}")
        staff.press_at_once(event, "Undo")
        staff.hears("Undone: emergency.engaged.")
        until(lambda: is_everywhere(installation, "normal", None))
        staff.go("console-overload")


@pytest.mark.parametrize("installation", ["production"], indirect=True)
def test_an_emergency_and_a_level_end_by_themselves(customer, installation):
    for words in (
        ("emergency", "engage", "lockdown", "--reason", "a drill", "--for", "4s"),
        ("overload", "level", "lockdown", "--reason", "a drill", "--for", "4s"),
    ):
        installation.manage(*words, check=False)  # its exit code says that all is not well
        for status in (503, 200):
            until(lambda status=status: visit(customer, installation).status == status)
