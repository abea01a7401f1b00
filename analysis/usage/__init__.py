"""How much does a client use? Counted in each process, kept by day, read back by the client."""

from analysis.usage.counting import Asked, Use, asked_for, flush, note
from analysis.usage.reading import GROUPS, Question, usage_of

__all__ = ["GROUPS", "Asked", "Question", "Use", "asked_for", "flush", "note", "usage_of"]
