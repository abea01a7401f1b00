"""How much of an answer is read? So much as came, and so much as it unfolds to."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable

from ops.outbound.errors import OutboundError, TooLargeError, UnreachableError
from ops.outbound.rules import Excess, Rules

Unfold = Callable[[bytes, int], bytes]
"""What a piece unfolds to, and at most how many bytes of it are wanted."""


def read_bounded(pieces: Iterable[bytes], encoding: str, rules: Rules) -> tuple[bytes, bool]:
    """The body, and whether it was cut. Stops reading at the bound; never unfolds past it."""
    body = bytearray()
    try:
        _read(pieces, _unfolding(encoding), body, rules.max_bytes)
    except OutboundError:
        # Who wants but a sample has the status, whatever happens to the rest.
        if rules.excess is Excess.REFUSE:
            raise
        return bytes(body[: rules.max_bytes]), True
    return bytes(body), False


def _read(pieces: Iterable[bytes], unfold: Unfold, body: bytearray, max_bytes: int) -> None:
    came = 0
    for piece in pieces:
        came += len(piece)
        # One byte more than allowed tells a full answer from one that goes on.
        body += unfold(piece, max_bytes + 1 - len(body))
        if max(came, len(body)) > max_bytes:
            raise TooLargeError(f"The answer is longer than {max_bytes:,} bytes.")


def _unfolding(encoding: str) -> Unfold:
    if encoding.lower() in {"", "identity"}:
        return lambda piece, at_most: piece[:at_most]
    if encoding.lower() not in {"gzip", "x-gzip"}:
        raise UnreachableError("protocol", f"The answer is encoded as '{encoding[:40]}'.")
    inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)

    def unfold(piece: bytes, at_most: int) -> bytes:
        try:
            return inflater.decompress(piece, at_most)
        except zlib.error as error:
            raise UnreachableError("protocol", "The answer cannot be unfolded.") from error

    return unfold
