"""Who may look, who may steer, who may close the doors? Every page and move asks here.

A page of the console (`BlockPage`) asks for `Right.VIEW` by itself; what it needs beyond that it
names in `permission`. A move, something that a button does, is a function with

    @move(Right.OPERATE)                 # POST only; Right.EMERGENCY where doors are closed
    def end_pause(request, pause_id): ...

and any other view takes `@needs(Right.VIEW)`. Templates show a button with
`{% if perms.ops.operate %}` or `{% if perms.ops.emergency %}`. An admin of rows inherits
`ActsByRight` and writes `@admin.action(permissions=["operate"])`; Django's own permissions go on
deciding who may see and edit rows. Whoever lacks a right gets a page that names it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.contrib import admin
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, PermissionsMixin
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from ops.models import Right

Staff = PermissionsMixin | AbstractBaseUser | AnonymousUser
Rest = ParamSpec("Rest")
Answer = TypeVar("Answer", bound=HttpResponseBase)
View = Callable[Concatenate[HttpRequest, Rest], Answer]
AskedView = Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]


def holds(person: Staff, permission: str) -> bool:
    return cast(PermissionsMixin, person).has_perm(permission)


def needs(right: Right) -> Callable[[View[Rest, Answer]], AskedView[Rest]]:
    def asking(view: View[Rest, Answer]) -> AskedView[Rest]:
        @wraps(view)
        def asked(
            request: HttpRequest, /, *args: Rest.args, **names: Rest.kwargs
        ) -> HttpResponseBase:
            if not holds(request.user, right):
                return refused(request, right)
            return view(request, *args, **names)

        return asked

    return asking


def move(right: Right) -> Callable[[View[Rest, Answer]], AskedView[Rest]]:
    """Something that changes the service: never by following a link."""

    def asking(view: View[Rest, Answer]) -> AskedView[Rest]:
        return require_POST(needs(right)(view))

    return asking


def refused(request: HttpRequest, permission: str) -> HttpResponse:
    lacking = describe(permission)
    if "now" in request.GET:
        return JsonResponse({"detail": f"This is for people who {lacking}."}, status=403)
    context = {
        **admin.site.each_context(request),
        "title": "This is not open to you",
        "lacking": lacking,
        "permission": permission,
    }
    return TemplateResponse(request, "admin/console/refused.html", context, status=403)


def describe(permission: str) -> str:
    """What people may do who hold it: in words where the right is one of the console's own."""
    if permission in Right.values:
        return Right(permission).label.lower()
    return f"hold the right {permission}"


def withheld(person: Staff) -> list[str]:
    """What else one might do here: whoever misses a button learns what to ask for."""
    return [
        describe(right) for right in (Right.OPERATE, Right.EMERGENCY) if not holds(person, right)
    ]


class ActsByRight:
    """For admins of rows: actions with `permissions=["operate"]` or `["emergency"]`."""

    def has_operate_permission(self, request: HttpRequest, *_: Any) -> bool:
        return holds(request.user, Right.OPERATE)

    def has_emergency_permission(self, request: HttpRequest, *_: Any) -> bool:
        return holds(request.user, Right.EMERGENCY)
