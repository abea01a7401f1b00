"""How does the service say what went wrong?"""

from ops.problems.catalogue import CATALOGUE, ErrorKind
from ops.problems.documents import ProblemError, Violation, absolute_url, problem_response

__all__ = [
    "CATALOGUE",
    "ErrorKind",
    "ProblemError",
    "Violation",
    "absolute_url",
    "problem_response",
]
