"""How is a move of staff done? Allowed, asked properly, done once, told, and back to the page."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from ops import events
from ops.console import rights
from ops.console.rights import Staff
from ops.models import Right


class CannotBeDoneError(Exception):
    """In a sentence for whoever pressed the button."""


class AskedForm(forms.Form):
    """Every move may say why and for how long."""

    reason = forms.CharField(max_length=200, required=False)
    minutes = forms.IntegerField(min_value=1, max_value=24 * 60, required=False)
    typed = forms.CharField(max_length=40, required=False)


class ReasonForm(AskedForm):
    reason = forms.CharField(
        max_length=200, error_messages={"required": "Say why: others will ask."}
    )


class TimedForm(ReasonForm):
    minutes = forms.IntegerField(
        min_value=1, max_value=24 * 60, error_messages={"required": "Say for how long."}
    )


@dataclass(frozen=True)
class Asked:
    """Who wants it, and what they said."""

    actor: str
    data: dict[str, Any]
    person: Staff

    def may(self, right: Right) -> bool:
        return rights.holds(self.person, right)

    @property
    def reason(self) -> str:
        return str(self.data["reason"])

    @property
    def typed(self) -> str:
        return str(self.data["typed"]).strip().lower()

    @property
    def lasts(self) -> timedelta | None:
        minutes = self.data["minutes"]
        return timedelta(minutes=minutes) if minutes else None

    @property
    def for_so_long(self) -> timedelta:
        """Of forms that insist on it."""
        return timedelta(minutes=int(self.data["minutes"]))


Route = tuple[str, Callable[..., HttpResponseBase], str]
"""Of a deed, below the console: address, view, name."""
Deed = Callable[..., str]
"""Does it and says what was done; raises CannotBeDoneError where it cannot."""


def deed(
    page: str, right: Right, form: type[AskedForm] = AskedForm
) -> Callable[[Deed], Callable[..., HttpResponseBase]]:
    """`page` is where the deed leads back to, unless the form names another page of ours."""

    def decorate(do: Deed) -> Callable[..., HttpResponseBase]:
        @rights.move(right)
        def view(request: HttpRequest, /, **words: Any) -> HttpResponse:
            asked = form(request.POST)
            if asked.is_valid():
                wish = Asked(events.author(request.user), asked.cleaned_data, request.user)
                _do(request, do, wish, words)
            else:
                messages.error(request, _complaint(asked))
            return back_to(request, page)

        return view

    return decorate


def back_to(request: HttpRequest, page: str) -> HttpResponse:
    """The page looks again: whoever just changed something wants to see it."""
    wanted = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, None) and wanted.startswith("/admin/")
    address = wanted if is_ours else reverse(page)
    mark = "&" if "?" in address else "?"
    return redirect(f"{address}{mark}since={time.time():.3f}")


def _do(request: HttpRequest, do: Deed, asked: Asked, words: dict[str, Any]) -> None:
    try:
        messages.success(request, do(asked, **words))
    except CannotBeDoneError as refused:
        messages.error(request, str(refused))


def _complaint(form: forms.Form) -> str:
    return " ".join(
        str(sentence) if name == "reason" else f"{name.capitalize()}: {sentence}"
        for name, sentences in form.errors.items()
        for sentence in sentences
    )
