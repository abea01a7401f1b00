"""Is a remote model offered, and how is it called?"""

from __future__ import annotations

from django.conf import settings

from ops import outbound
from ops.clients import AnyClient
from ops.models import Tier
from ops.outbound import Answer, Call, OutboundError, Rules
from ops.overload import breakers
from ops.problems import ProblemError
from ops.queue import PermanentError, RetryLater

# The operator named the address: it may be a model on this machine or in our own network.
_RULES = Rules(
    deadline_seconds=20.0,
    connect_seconds=3.0,
    max_bytes=500_000,
    allowed_networks=("0.0.0.0/0", "::/0"),
)
_PATIENCE_SECONDS = 5.0


def is_offered() -> bool:
    return bool(settings.REMOTE_ANALYZER_URL and settings.REMOTE_ANALYZER_MODEL)


def check_offered(client: AnyClient) -> None:
    if not is_offered():
        raise ProblemError("analyzer_disabled", "No remote model is in service here.")
    if client.tier == Tier.ANONYMOUS:
        raise ProblemError("missing_key", "The remote model is asked for clients with an API key.")


def ask(body: bytes) -> bytes:
    """The answer's body. Raises RetryLater when it may help, else PermanentError."""
    try:
        answer = breakers.dependency("remote_analyzer").call(lambda: _sent(body))
    except breakers.Unavailable as error:
        words = "The remote model is not asked at present: it fails or is too slow."
        raise RetryLater(error.retry_after_seconds, words) from error
    except _FailedError as error:
        raise RetryLater(_PATIENCE_SECONDS, f"The remote model failed: {error}") from error
    if answer.status == 429:
        raise RetryLater(_patience(answer), "The remote model has no room for us at present.")
    if answer.status != 200:
        raise PermanentError(f"The remote model refuses the request with {answer.status}.")
    return answer.body


class _FailedError(Exception):
    pass


def _sent(body: bytes) -> Answer:
    """Silence, a broken line and 5xx are failures of the endpoint; what it refuses is ours."""
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if settings.REMOTE_ANALYZER_KEY:
        headers["Authorization"] = f"Bearer {settings.REMOTE_ANALYZER_KEY}"
    url = f"{settings.REMOTE_ANALYZER_URL.rstrip('/')}/chat/completions"
    try:
        answer = outbound.send(Call("POST", url, body, headers), _RULES)
    except OutboundError as error:
        raise _FailedError(str(error)) from error
    if answer.status >= 500 or answer.status < 200:
        raise _FailedError(f"it answers {answer.status}.")
    return answer


def _patience(answer: Answer) -> float:
    told = answer.header("Retry-After")
    seconds = float(told[:6]) if told.isascii() and told.isdigit() else _PATIENCE_SECONDS
    return min(max(seconds, 1.0), 300.0)
