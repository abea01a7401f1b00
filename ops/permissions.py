"""May this key do this?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from ops.models import ApiKey, Scope
from ops.problems import ProblemError

if TYPE_CHECKING:
    # Named in the settings, this module is imported while rest_framework.views is.
    from rest_framework.views import APIView


class KeyHasScope(BasePermission):
    """A view names in `scopes` what each method needs; who shows no key is not limited here."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        scopes: dict[str, Scope] = getattr(view, "scopes", {})
        method = "GET" if request.method == "HEAD" else request.method
        needed = scopes.get(str(method))
        if needed and isinstance(request.auth, ApiKey) and needed not in request.auth.scopes:
            raise ProblemError("insufficient_scope", f"The key lacks the scope '{needed}'.")
        return True
