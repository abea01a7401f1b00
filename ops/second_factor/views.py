"""How is a second factor shown, set up, and kept from being lost?"""

from __future__ import annotations

from typing import Any, cast

import django_otp
import segno
from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django_otp.plugins.otp_totp.models import TOTPDevice
from unfold.widgets import UnfoldAdminTextInputWidget

from ops.second_factor import devices
from ops.second_factor.standing import has_shown


class CodeForm(forms.Form):
    code = forms.CharField(
        max_length=20,
        widget=UnfoldAdminTextInputWidget(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )


@sensitive_post_parameters()
def show(request: HttpRequest) -> HttpResponse:
    """Asks for a code, of the authenticator or a spare one."""
    person = cast(User, request.user)
    if has_shown(request) or not devices.has_one(person):
        return _onward(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = devices.check(person, form.cleaned_data["code"])
        if answer.device is not None:
            _let_in(request, answer.device)
            return _onward(request)
        form.add_error("code", _why_not(answer))
    return _page(request, "show", {"form": form, "title": "Is it you?"})


@sensitive_post_parameters()
def set_up(request: HttpRequest) -> HttpResponse:
    person = cast(User, request.user)
    if devices.has_one(person) and not has_shown(request):
        # Or else a stolen password would be enough to put one's own in its place.
        return redirect(reverse("second-factor", query={"next": request.get_full_path()}))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if device := devices.confirm(person, form.cleaned_data["code"]):
            _let_in(request, device)
            return _spare_codes(request, person)
        form.add_error("code", "This is not the code that it shows now. Is your clock right?")
    return _page(request, "set_up", _facts_of_setup(person, form))


@require_POST
def new_codes(request: HttpRequest) -> HttpResponse:
    person = cast(User, request.user)
    if not has_shown(request):
        return redirect(reverse("second-factor", query={"next": reverse("second-factor-setup")}))
    return _spare_codes(request, person)


def _facts_of_setup(person: User, form: CodeForm) -> dict[str, Any]:
    device: TOTPDevice = devices.pending(person)
    picture = segno.make(device.config_url, error="m").svg_inline(
        scale=5, border=3, light="#fff", title="QR code for your authenticator", omitsize=True
    )
    secret = device.config_url.partition("secret=")[2].partition("&")[0]
    return {
        "form": form,
        "title": "Set up a second factor",
        # Its only variable part is what the code encodes, drawn as a path.
        "picture": mark_safe(picture),  # noqa: S308
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "replaces": devices.has_one(person),
        "left": devices.spare_left(person),
        "is_required": settings.OPS_SECOND_FACTOR_REQUIRED,
    }


def _let_in(request: HttpRequest, device: Any) -> None:
    # A session that was known before must not be worth more afterwards.
    request.session.cycle_key()
    django_otp.login(request, device)


def _spare_codes(request: HttpRequest, person: User) -> HttpResponse:
    codes = devices.new_spare_codes(person)
    return _page(request, "codes", {"codes": codes, "title": "Your spare codes"})


def _why_not(answer: devices.Answer) -> str:
    if answer.wait_seconds:
        unit = "second" if answer.wait_seconds == 1 else "seconds"
        return f"That was not it. The next code is looked at in {answer.wait_seconds} {unit}."
    return "That was not it. Take the code that is shown now, or a spare one."


def _page(request: HttpRequest, name: str, facts: dict[str, Any]) -> HttpResponse:
    context = {**admin.site.each_context(request), **facts, "next": _next(request)}
    return TemplateResponse(request, f"admin/second_factor/{name}.html", context)


def _onward(request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(_next(request))


def _next(request: HttpRequest) -> str:
    """Where they wanted to go; never to another host."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    return reverse("admin:index")
