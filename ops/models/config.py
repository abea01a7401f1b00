"""Which rows do staff edit while the service runs? Every edit of one is counted in one place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction
from django.db.models import F

from ops import config

_THE_ROW = 1


class ConfigVersion(models.Model):
    """One row. Its number grows with every edit, in the transaction of that edit."""

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)


@contextmanager
def edit() -> Iterator[None]:
    """What is written inside is obeyed by all processes within a second, here at the commit."""
    with transaction.atomic():
        yield
        rows = ConfigVersion.objects.filter(pk=_THE_ROW)
        if not rows.update(number=F("number") + 1):
            ConfigVersion.objects.create(pk=_THE_ROW, number=1)
        config.edited()


class StaffEditedQuerySet(models.QuerySet[Any]):
    def update(self, **values: Any) -> int:
        with edit():
            return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        with edit():
            return super().delete()

    def bulk_create(self, *rows: Any, **options: Any) -> list[Any]:
        with edit():
            return super().bulk_create(*rows, **options)


class StaffEdited(models.Model):
    """A row that stands in a snapshot of `ops.config`."""

    objects = StaffEditedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, **options: Any) -> None:
        with edit():
            super().save(**options)

    def delete(
        self, using: str | None = None, keep_parents: bool = False
    ) -> tuple[int, dict[str, int]]:
        with edit():
            return super().delete(using=using, keep_parents=keep_parents)
