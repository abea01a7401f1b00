"""How does this service call others? Through one door that never leads into our own network.

    answer = send(Call("GET", "https://example.com/post"), Rules(redirects=5))

A name is resolved once, each of its addresses must be public, and the connection goes to an address
that was vetted: a name that changes its mind in between gains nothing. TLS is verified against the
name. Time and bytes are bounded as a whole, redirects are followed only where the rules say so.
"""

from ops.outbound.call import send
from ops.outbound.errors import (
    DeadlineError,
    OutboundError,
    RefusedError,
    TooLargeError,
    UnreachableError,
)
from ops.outbound.network import Network
from ops.outbound.rules import Answer, Call, Excess, Rules
from ops.outbound.targets import Target, read
from ops.outbound.vetting import vet, vet_spelling

__all__ = [
    "Answer",
    "Call",
    "DeadlineError",
    "Excess",
    "Network",
    "OutboundError",
    "RefusedError",
    "Rules",
    "Target",
    "TooLargeError",
    "UnreachableError",
    "read",
    "send",
    "vet",
    "vet_spelling",
]
