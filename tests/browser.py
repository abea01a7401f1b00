"""What do all browser tests do? Sign in, watch for trouble, measure, take pictures."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.test import Client

Theme = Literal["light", "dark"]
WIDTHS = (390, 1280)
THEMES: tuple[Theme, ...] = ("light", "dark")
SETTLED = """Promise.allSettled(
    document.getAnimations()
        .filter(one => one.effect.getComputedTiming().endTime < Infinity)
        .map(one => one.finished))"""
"""Colours that change slowly, as those of Swagger UI, are judged when they have changed."""
IS_DARK = """() => {
  const grounds = [document.body, document.documentElement]
    .map(place => getComputedStyle(place).backgroundColor);
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  return grounds.some(ground => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = ground;
    pen.fillRect(0, 0, 1, 1);
    const [red, green, blue, solid] = pen.getImageData(0, 0, 1, 1).data;
    return solid && Math.max(red, green, blue) < 64;
  });
}"""


@dataclass
class Trouble:
    """What nobody should ever see: errors, refused content, requests to other hosts."""

    found: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, page: Page) -> Trouble:
        """Call before the first visit."""
        trouble = cls()
        page.on("pageerror", lambda error: trouble.found.append(f"error: {error}"))
        page.on("console", lambda line: trouble.hear(line.type, line.text))
        page.on("request", lambda request: trouble.see(request.url, page.url))
        page.on("response", lambda answer: trouble.weigh(answer.status, answer.url))
        return trouble

    def hear(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.found.append(f"console {kind}: {text}")

    def see(self, asked: str, page: str) -> None:
        host, home = urlsplit(asked).hostname, urlsplit(page).hostname
        if home and host and host != home:
            self.found.append(f"asked another host: {asked}")

    def weigh(self, status: int, address: str) -> None:
        if status >= 400:
            self.found.append(f"{status}: {address}")


def let_in(page: Page, address: str, client: Client, user: User) -> None:
    """To the console of the tests' own server, without the form."""
    client.force_login(user)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": address}])


def sign_in(page: Page, address: str, *, name: str, password: str) -> None:
    """To the console of the installation at this address, by its own form."""
    page.goto(f"{address}/admin/login/")
    page.locator("input[name=username]").fill(name)
    page.locator("input[name=password]").fill(password)
    page.get_by_role("button", name="Log in").click()
    expect(page.locator("[data-live]")).to_be_visible()


def dress(page: Page, *, width: int, theme: Theme) -> None:
    """The console and the public pages follow the colours that the system prefers."""
    page.set_viewport_size({"width": width, "height": 844 if width < 600 else 900})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")


def picture(page: Page, file: Path, *, width: int, theme: Theme) -> None:
    dress(page, width=width, theme=theme)
    page.evaluate("document.fonts.ready")
    page.screenshot(path=file, full_page=True, animations="disabled")


def seriously_wrong(
    page: Page, *, within: str = "html", theirs: Collection[str] = ()
) -> list[str]:  # fmt: skip
    """What axe-core calls serious or worse: all of it in light, contrast again in the dark.

    `theirs` are rules that somebody else's widget breaks. Run past the page's policy for scripts.
    """
    page.evaluate(f"window.axe || (() => {{ {_axe()} }})()")
    found = [f"{page.url} {one}" for one in _violations(page, within, {}, theirs)]
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    _wait_until_dark(page)
    page.evaluate(SETTLED)
    only = {"runOnly": ["color-contrast"]}
    found += [f"{page.url} in the dark {one}" for one in _violations(page, within, only, theirs)]
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return found


def _wait_until_dark(page: Page) -> None:
    """A script tells the console: a look that comes too soon judges the colours of the day."""
    for _ in range(250):
        if page.evaluate(IS_DARK):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"{page.url} does not turn dark.")


def _violations(
    page: Page, within: str, options: dict[str, object], theirs: Collection[str]
) -> list[str]:
    found = page.evaluate(
        """([within, options]) => axe.run(within, {
            ...options, resultTypes: ["violations"], preload: false, elementRef: false,
        })""",
        [within, options],
    )
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:120]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical") and one["id"] not in theirs
    ]


@cache
def _axe() -> str:
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


def sideways_overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
