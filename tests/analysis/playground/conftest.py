import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.analysis.playground.visitor import Visitor
from tests.processes import Installation

MINT = """
from ops import keys
from ops.models import Client, Tier
print(keys.mint(Client.objects.create(name="playground", tier=Tier.PREMIUM)).secret)
"""


@pytest.fixture(scope="session")
def key(installation: Installation) -> str:
    return installation.manage("shell", "--no-imports", "--command", MINT).stdout.strip()


@pytest.fixture
def visitor(page: Page, installation: Installation, key: str) -> Iterator[Visitor]:
    """Somebody with a key, who must not meet any trouble that the test does not name."""
    page.add_init_script(f"sessionStorage.setItem('key', {json.dumps(json.dumps(key))})")
    yield from _watched(Visitor.at(page, installation.base_url))


@pytest.fixture
def stranger(page: Page, installation: Installation) -> Iterator[Visitor]:
    """Somebody without a key, who may ask little."""
    yield from _watched(Visitor.at(page, installation.base_url))


def _watched(somebody: Visitor) -> Iterator[Visitor]:
    yield somebody
    assert somebody.unexpected_trouble() == []


@pytest.fixture
def scriptless_page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(java_script_enabled=False) as context:
        yield context.new_page()
