"""How does a member of staff press buttons? As a person does; what was sent is remembered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.urls import resolve, reverse
from playwright.sync_api import Locator, Page, Response, expect

from ops import events
from ops.models import Event

SHOWN_AT_ONCE = {"ops.apikey add", "second-factor-setup", "second-factor-codes", "logout"}
"""What is shown only this once has no page of its own to be led to."""


def presses(*actions: str) -> Callable[[Any], Any]:
    """What the test below does in a browser. It fails when the browser sent anything else."""

    def mark(test: Any) -> Any:
        test.presses = set(actions)
        return test

    return mark


class Hands:
    """At a page of the console, signed in."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self._sent: list[tuple[int, str, str]] = []
        page.on("response", self._remember)

    def _remember(self, answer: Response) -> None:
        asked = answer.request
        if asked.method == "POST":
            self._sent.append((answer.status, asked.url, asked.post_data or ""))

    def did(self) -> set[str]:
        """Forms that came back with a complaint are not done."""
        done = [(status, action_of(url, form)) for status, url, form in self._sent]
        return {name for status, name in done if status == 302 or name in SHOWN_AT_ONCE}

    def go(self, name: str, *args: object) -> None:
        self.page.goto(self.address + reverse(name, args=args), wait_until="domcontentloaded")

    def block(self, name: str) -> Locator:
        return self.page.locator(f"[data-piece='{name}']")

    def row(self, block: str, key: object) -> Locator:
        return self.block(block).locator(f"[data-row='{key}']")

    def press(self, place: Locator, text: str, **answers: object) -> str:
        """Returns what the move had said that it would do."""
        place.get_by_text(f"{text} …", exact=True).click()
        opened = place.locator("details[open]")
        said = opened.locator("p").all_inner_texts()
        for name, answer in answers.items():
            _fill(opened.locator(f"[name={name}]"), str(answer))
        self.send(opened.get_by_role("button"))
        return " ".join(said)

    def press_at_once(self, place: Locator, text: str) -> None:
        self.send(place.get_by_role("button", name=text, exact=True))

    def send(self, button: Locator) -> None:
        with self.page.expect_navigation(wait_until="commit"):
            button.click()

    def hears(self, said: str) -> None:
        """At the top of the page, after the button."""
        expect(self.page.locator("ul", has_text=said).first).to_be_visible()

    def sees_in_the_events(self, *names: str, actor: str = "user:admin") -> None:
        """The newest last, all by the same author, on the page of events."""
        events.flush()
        self.go("console-events")
        rows = self.block("events").locator("tbody tr", has_text=actor)
        shown = [row.locator("td[data-label=What]").inner_text() for row in rows.all()]
        assert shown[::-1] == list(names), shown


def _fill(field: Locator, answer: str) -> None:
    if field.evaluate("field => field.tagName") == "SELECT":
        field.select_option(answer)
    else:
        field.fill(answer)


def action_of(url: str, form: str) -> str:
    """As `registered` names it."""
    found = resolve(urlsplit(url).path)
    name = found.view_name
    if name == "console-event-undo":
        return f"event-undo {Event.objects.get(pk=found.kwargs['event_id']).name}"
    if name.startswith("console-"):
        kind = found.kwargs.get("move") or found.kwargs.get("position") or ""
        return f"{name.removeprefix('console-')} {kind}".strip()
    if name == "admin:auth_user_password_change":
        return "auth.user password"
    if page := getattr(found.func, "model_admin", None):
        verb = _verb(name, f"{page.opts.app_label}_{page.opts.model_name}", form)
        return f"{page.opts.label_lower} {verb}"
    return name.removeprefix("admin:")


def _verb(name: str, table: str, form: str) -> str:
    """Which row action was chosen, or which button of a row's form was pressed."""
    verb, sent = name.rpartition("_")[2], parse_qs(form, keep_blank_values=True)
    if verb == "changelist":
        (verb,) = sent.get("action", ["?"])
        return verb
    own_buttons = (one.removeprefix(f"{table}_") for one in sent if one.startswith(f"{table}_"))
    return next(own_buttons, verb)
