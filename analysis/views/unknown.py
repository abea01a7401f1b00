"""What is said where there is nothing?"""

from rest_framework.request import Request
from rest_framework.views import APIView

from ops.problems import ProblemError


class UnknownEndpointView(APIView):
    """Every other address under the API: a problem document, also while debugging."""

    schema = None

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        hint = "Addresses have no slash at the end." if request.path.endswith("/") else "See /docs."
        raise ProblemError("not_found", f"There is no endpoint {request.path}. {hint}")
