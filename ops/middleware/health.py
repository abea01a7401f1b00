"""Is anybody there? Answered before anything that can be slow, refuse, redirect or log."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed

from ops.health import views

_ANSWERS: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/livez": views.livez,
    "/readyz": views.readyz,
    "/healthz": views.readyz,
}


class HealthMiddleware:
    """Stands before the host check and the HTTPS redirect: probes know only an address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = _ANSWERS.get(request.path_info)
        if answer is None:
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return answer(request)
