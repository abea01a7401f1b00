"""What of a block does this person see? Blocks without their right are left out, and so are moves.

Whoever may only look sees no column for buttons that are not there, and no card made of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ops.console.blocks import Block, Card, Gauges, Table
from ops.console.moves import Move
from ops.console.rights import Staff, holds


def blocks_for(person: Staff, blocks: Iterable[Block]) -> list[Block]:
    visible = (one for one in blocks if not one.permission or holds(person, one.permission))
    return [kept for one in visible if (kept := _of(person, one)) is not None]


def _of(person: Staff, block: Block) -> Block | None:
    if isinstance(block, Table):
        rows = tuple(replace(row, moves=_moves(person, row.moves)) for row in block.rows)
        return replace(block, rows=rows, moves=_moves(person, block.moves))
    if isinstance(block, Card | Gauges):
        kept = _moves(person, block.moves)
        is_all_gone = isinstance(block, Card) and not kept and block.moves and not block.sentences
        return None if is_all_gone else replace(block, moves=kept)
    return block


def _moves(person: Staff, moves: Iterable[Move]) -> tuple[Move, ...]:
    return tuple(move for move in moves if holds(person, move.permission))
