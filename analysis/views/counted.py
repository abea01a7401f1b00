"""Which submissions count as use of the service?"""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from analysis import usage
from analysis.usage import Asked, Use
from ops.models import Client


class CountedView(APIView):
    """Each POST of a client with a key counts as a call, refused or not."""

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        answered = super().finalize_response(request, response, *args, **kwargs)
        # Not `request.user`: what was refused before anybody asked for a key must not ask now.
        client = request.__dict__.get("_user")
        if request.method == "POST" and isinstance(client, Client):
            for asked, use in _uses(request, answered.status_code).items():
                usage.note(client.key, asked, use)
        return answered


def counts_as(request: Request, uses: dict[Asked, Use]) -> None:
    """Once the answer is known to be no refusal."""
    request._request.__dict__["uses"] = uses


def _uses(request: Request, status: int) -> dict[Asked, Use]:
    if status >= 400:
        return {Asked(): Use(errors=1)}
    # Dry runs and repeated answers are calls that analysed nothing.
    return request._request.__dict__.get("uses") or {Asked(): Use()}
