"""Is every action of the console and the admin pressed in a browser by some test here?"""

from importlib import import_module
from pathlib import Path

import pytest

from tests.ops.actions import registered

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def pressed_somewhere() -> set[str]:
    """What the tests of this folder say that they press; each of them is held to it."""
    files = Path(__file__).parent.glob("test_*.py")
    modules = [import_module(f"{__package__}.{file.stem}") for file in files]
    return {
        name
        for module in modules
        for test in vars(module).values()
        for name in getattr(test, "presses", ())
    }


def test_every_action_is_pressed_in_a_browser():
    assert pressed_somewhere() == registered.actions()
