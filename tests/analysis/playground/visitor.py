"""What does somebody do at the playground, and what do they see?"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Literal

from playwright.sync_api import Locator, Page, Route, expect

from tests.browser import Trouble

SUBMISSIONS = "**/api/v1/analyses"
Format = Literal["Text", "Markdown", "HTML", "Address"]

# What stands under the marks of each finding that the list shows.
_MARKED_TEXTS = """() => [...document.querySelectorAll(".finding")].map(({dataset: {index}}) =>
    [...document.querySelectorAll(`mark[data-findings~="${index}"]`)]
        .map((mark) => mark.textContent).join(""))"""


@dataclass
class Visitor:
    page: Page
    trouble: Trouble
    expected: list[str] = field(default_factory=list)

    @classmethod
    def at(cls, page: Page, base_url: str) -> Visitor:
        somebody = cls(page, Trouble.of(page))
        page.goto(base_url)
        return somebody

    def expects_trouble(self, *signs: str) -> None:
        self.expected.extend(signs)

    def unexpected_trouble(self) -> list[str]:
        return [t for t in self.trouble.found if not any(sign in t for sign in self.expected)]

    # --- Doing -----------------------------------------------------------------------------

    def gives(self, text: str, form: Format = "Text") -> None:
        self.page.get_by_role("radio", name=form).check(force=True)
        self.text_field.fill(text)

    def presses_analyse(self) -> None:
        self.page.get_by_role("button", name="Analyse").click()

    def analyses(self, text: str, form: Format = "Text") -> None:
        self.gives(text, form)
        self.presses_analyse()
        self.sees_a_report()

    def sees_a_report(self) -> None:
        expect(self.page.get_by_role("heading", name="Your text", exact=True)).to_be_visible(
            timeout=30_000
        )

    def shows_key(self, key: str) -> None:
        self.page.get_by_text("for longer texts and more of them").click()
        self.page.get_by_label("API key", exact=True).fill(key)

    # --- Seeing ----------------------------------------------------------------------------

    @property
    def text_field(self) -> Locator:
        return self.page.locator("#content-input")

    @property
    def findings(self) -> Locator:
        return self.page.locator(".finding")

    @property
    def marks(self) -> Locator:
        return self.page.locator(".text mark")

    def marked_texts(self) -> list[str]:
        return list(self.page.evaluate(_MARKED_TEXTS))

    def downloaded(self) -> dict[str, Any]:
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name="Download JSON").click()
        return dict(json.loads(download.value.path().read_text()))

    # --- The network between ---------------------------------------------------------------

    def is_answered(self, status: int, body: dict[str, Any], **headers: str) -> None:
        """The next submissions meet this answer instead of the service."""
        names = {name.replace("_", "-"): value for name, value in headers.items()}

        def answer(route: Route) -> None:
            route.fulfill(status=status, headers=names, json=body)

        self.page.route(SUBMISSIONS, answer)

    def loses_the_network(self) -> None:
        self.page.route(SUBMISSIONS, lambda route: route.abort("connectionrefused"))

    def reaches_the_service_again(self) -> None:
        self.page.unroute(SUBMISSIONS)
