"""How are rows added, changed, deleted and chosen for an action? Through the admin's own pages."""

from __future__ import annotations

from typing import Generic, TypeVar

from django.db.models import Model
from playwright.sync_api import Locator

from tests.ops.actions.hands import Hands

Row = TypeVar("Row", bound=Model)


class Table(Generic[Row]):
    def __init__(self, hands: Hands, model: type[Row]) -> None:
        self._hands, self._model = hands, model
        options = model._meta
        self._name = f"{options.app_label}_{options.model_name}"
        self._word = str(options.verbose_name)

    def add(self, **values: object) -> Row:
        known = set(self._model._default_manager.values_list("pk", flat=True))
        self._hands.go(f"admin:{self._name}_add")
        self._fill(values)
        self._press("Save")
        return self._model._default_manager.exclude(pk__in=known).get()

    def change(self, row: Row, *, button: str = "Save", **values: object) -> None:
        self._hands.go(f"admin:{self._name}_change", row.pk)
        self._fill(values)
        self._press(button)
        row.refresh_from_db()

    def delete(self, row: Row) -> None:
        self._hands.go(f"admin:{self._name}_change", row.pk)
        self._hands.page.get_by_role("link", name=f"Delete {self._word}").click()
        self._press("Yes, I’m sure")
        assert not self._model._default_manager.filter(pk=row.pk).exists()

    def run(self, action: str, *rows: Row) -> None:
        page = self._hands.page
        self._hands.go(f"admin:{self._name}_changelist")
        for row in rows:
            page.locator(f"input.action-select[value='{row.pk}']").check()
        page.locator("select[name=action]").select_option(action)
        self._press("Run")

    def delete_chosen(self, *rows: Row) -> None:
        self.run("delete_selected", *rows)
        self._press("Yes, I’m sure")
        assert not self._model._default_manager.filter(pk__in=[row.pk for row in rows]).exists()

    def _fill(self, values: dict[str, object]) -> None:
        for name, value in values.items():
            _fill(self._hands.page, self._hands.page.locator(f"#id_{name}"), value)

    def _press(self, text: str) -> None:
        self._hands.send(self._hands.page.get_by_role("button", name=text, exact=True))


def _fill(page, field: Locator, value: object) -> None:
    sort = field.evaluate(
        "field => field.className.includes('autocomplete') ? 'found' : field.type"
    )
    if sort == "found":
        field.locator("xpath=following-sibling::span").click()
        page.locator(".select2-search__field").last.fill(str(value))
        page.locator(".select2-results__option", has_text=str(value)).first.click()
    elif sort.startswith("select"):
        field.select_option(str(value))
    elif sort == "checkbox":
        field.set_checked(bool(value))
    else:
        field.fill(str(value))
