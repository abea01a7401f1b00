"""For which request does this thread work? Its lines and events carry the id."""

from __future__ import annotations

from contextvars import ContextVar

current: ContextVar[str] = ContextVar("request_id", default="")
"""Nothing where nobody has asked: in commands, workers and threads of our own."""
