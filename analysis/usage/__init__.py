"""How much does a client use? Counted in each process, kept by day, read back by the client."""

from analysis.usage.counting import Use, flush, note
from analysis.usage.reading import GROUPS, Question, usage_of

__all__ = ["GROUPS", "Question", "Use", "flush", "note", "usage_of"]
