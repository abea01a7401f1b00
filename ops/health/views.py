"""How do probes and people hear about health? Plain answers, never cached, never logged."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from ops.health.readiness import Level, PartState, Readiness, readiness

_MARKS = {Level.OK: "[+]", Level.DEGRADED: "[~]", Level.DOWN: "[-]"}


def livez(_request: HttpRequest) -> HttpResponse:
    # Nothing behind this middleware measures the body, and without a length it goes in chunks.
    headers = _NO_STORE | {"Content-Length": "3"}
    return HttpResponse("ok\n", content_type="text/plain", headers=headers)


def readyz(request: HttpRequest) -> HttpResponse:
    found = readiness()
    status = 503 if found.level is Level.DOWN else 200
    headers = _NO_STORE | ({"Retry-After": "5"} if status == 503 else {})
    if "verbose" in request.GET:
        return HttpResponse(_text(found), status=status, content_type="text/plain", headers=headers)
    return JsonResponse(_document(found), status=status, headers=headers)


_NO_STORE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def _text(found: Readiness) -> str:
    lines = [f"{_MARKS[part.level]} {part.name}: {part.detail}" for part in found.parts]
    return "\n".join([*lines, found.level.word, ""])


def _document(found: Readiness) -> dict[str, object]:
    return {
        "status": found.level.word,
        "as_of": found.as_of.isoformat(),
        "checks": {part.name: _part(part) for part in found.parts},
    }


def _part(part: PartState) -> dict[str, object]:
    return {
        "status": part.level.word,
        "detail": part.detail,
        "duration_ms": part.duration_ms,
    }
