"""What can a handler say about a failure?"""

from __future__ import annotations


class PermanentError(Exception):
    """The work cannot succeed however often it is tried. The message is shown to clients."""


class NotYet(Exception):  # noqa: N818 - it names what to do
    """Others of its kind are at work: back in line, as if it had not been started, and not before
    `seconds` have passed."""

    def __init__(self, seconds: float = 0.0) -> None:
        super().__init__(f"Not before {seconds:g} s have passed")
        self.seconds = seconds


class RetryLater(Exception):  # noqa: N818 - it names what to do, like Django's Http404
    """The other side asked for patience: try again, but not before `seconds` have passed. After the
    last attempt the message is shown to clients."""

    def __init__(self, seconds: float, message: str = "") -> None:
        super().__init__(message or f"Try again in {seconds:g} s")
        self.seconds = seconds
