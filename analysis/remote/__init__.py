"""What does a language model elsewhere add, if an operator named one and a client asks for it?

Any OpenAI-compatible endpoint. Texts leave this machine for it, so it is off by default, twice. It
is asked by jobs of their own kind, behind a breaker; its answers are data that is checked, never a
part of the report or of a score, and are shown beside it once they are there.

    place_orders(content_key)     asks for what is wished and not known; joins the transaction
    answers_for(analysis)         as clients see it
"""

from analysis.remote.asking import place_orders, run_remote
from analysis.remote.service import check_offered, is_offered
from analysis.remote.showing import RemoteView, answers_for
from analysis.remote.tasks import TASKS

__all__ = [
    "TASKS",
    "RemoteView",
    "answers_for",
    "check_offered",
    "is_offered",
    "place_orders",
    "run_remote",
]
