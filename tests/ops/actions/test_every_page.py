"""Does every page of the console and the admin open, with something in every table?

Where rows are edited, their pages and lists are opened by the tests that edit them.
"""

from __future__ import annotations

import pytest
from django.contrib import admin
from playwright.sync_api import expect

from tests.ops.actions import one_of_each, registered

pytestmark = [pytest.mark.browser, pytest.mark.storage, pytest.mark.django_db(transaction=True)]


EDITING = (" change", " delete")


@pytest.fixture
def something_in_every_table(as_installed) -> None:
    one_of_each.fill()


def test_every_page_of_the_console(hands, something_in_every_table):
    for name in {"admin:index", *registered.console_pages()} - {"console-overview"}:
        hands.go(name)
        expect(hands.page.locator("[data-piece]").first).to_be_visible()


def test_every_list_and_row_that_nobody_edits(hands, something_in_every_table):
    request = registered.request_of_somebody_who_may_everything()
    edited = {name.partition(" ")[0] for name in registered.edits() if name.endswith(EDITING)}
    for model, page in admin.site._registry.items():
        if model._meta.label_lower in edited:
            continue
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        row = page.get_queryset(request).first()
        hands.go(f"{name}_changelist")
        expect(hands.page.locator("#result_list tbody tr").first).to_be_visible()
        hands.go(f"{name}_change", row.pk)
        expect(hands.page.locator(f"#{model._meta.model_name}_form")).to_be_visible()
