"""What stands at an address? Its text and format, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from analysis.addresses import RULES
from analysis.engine import MAX_BYTES, Format
from analysis.fetching.charsets import decoded
from ops import outbound
from ops.outbound import Answer, Call, OutboundError, RefusedError, TooLargeError
from ops.overload import breakers
from ops.queue import PermanentError, RetryLater

_HEADERS = {
    "Accept": "text/html, application/xhtml+xml, text/markdown, text/plain;q=0.9",
    "User-Agent": "ContentCreate (fetches single pages that its users ask for)",
}
_FORMATS = {
    "text/html": Format.PAGE,
    "application/xhtml+xml": Format.PAGE,
    "text/plain": Format.TEXT,
    "text/markdown": Format.MARKDOWN,
    "text/x-markdown": Format.MARKDOWN,
}
_BUSY = {408, 425, 429, 500, 502, 503, 504}
_PATIENCE_SECONDS = 5.0
_LONGEST_PATIENCE_SECONDS = 120.0


@dataclass(frozen=True)
class Page:
    text: str
    format: Format
    url: str
    """Where it came from in the end."""


def fetch(url: str) -> Page:
    """Raises PermanentError when it would be in vain to try again, RetryLater when it may help."""
    found = breakers.dependency("url_fetch").call(lambda: _from_host(url))
    if isinstance(found, RefusedError | TooLargeError):
        raise PermanentError(f"The page was not fetched: {found}") from found
    if isinstance(found, breakers.Unavailable):
        words = "The page was not fetched: its host fails at present."
        raise RetryLater(found.retry_after_seconds, words) from found
    if isinstance(found, OutboundError):
        words = f"The page could not be fetched: {found}"
        raise RetryLater(_PATIENCE_SECONDS, words) from found
    return _page(found)


class _HostFailedError(Exception):
    def __init__(self, answer: Answer) -> None:
        self.answer = answer


def _from_host(url: str) -> Answer | OutboundError | breakers.Unavailable:
    """Behind a breaker of the host's own: one dead site must not keep others from being read, so
    that its failures are answers to the breaker of all fetching, which staff may open."""
    guarded = breakers.dependency(f"url_fetch:{urlsplit(url).hostname}")
    try:
        return guarded.call(lambda: _sent(url))
    except _HostFailedError as error:
        return error.answer
    except (OutboundError, breakers.Unavailable) as error:
        return error


def _sent(url: str) -> Answer | OutboundError:
    try:
        answer = outbound.send(Call("GET", url, headers=_HEADERS), RULES)
    except (RefusedError, TooLargeError) as error:
        return error  # the submission is at fault, not the host
    if answer.status >= 500:
        raise _HostFailedError(answer)
    return answer


def _page(answer: Answer) -> Page:
    if answer.status in _BUSY:
        raise RetryLater(_patience(answer), f"The page answers {answer.status} at present.")
    if answer.status != 200:
        raise PermanentError(f"The page answers {answer.status}, not 200.")
    told = answer.header("Content-Type")
    form = _FORMATS.get(told.partition(";")[0].strip().lower())
    if form is None:
        known = ", ".join(sorted(_FORMATS))
        raise PermanentError(f"The page is {told[:80] or 'of no type'}; this can be read: {known}.")
    # No text has NUL, and PostgreSQL keeps none.
    text = decoded(answer.body, told).replace("\x00", "\ufffd")
    if len(text.encode()) > MAX_BYTES:
        raise PermanentError(f"The page has more than {MAX_BYTES:,} bytes of text.")
    if not text.strip():
        raise PermanentError("The page is empty.")
    return Page(text, form, answer.url)


def _patience(answer: Answer) -> float:
    told = answer.header("Retry-After")
    seconds = float(told) if told.isascii() and told.isdigit() else _PATIENCE_SECONDS
    return min(max(seconds, 1.0), _LONGEST_PATIENCE_SECONDS)
