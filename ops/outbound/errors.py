"""Why did a call to somebody else come to nothing?"""

from __future__ import annotations


class OutboundError(Exception):
    """Every way in which a call fails. `code` is for records, the message for people."""

    code = "failed"


class RefusedError(OutboundError):
    """We do not go there: the URL, its port or an address of its host is not allowed, or it leads
    on and on."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class UnreachableError(OutboundError):
    """Nobody there, or nobody whom we understand or trust."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class DeadlineError(OutboundError):
    code = "timeout"


class TooLargeError(OutboundError):
    code = "too_large"
