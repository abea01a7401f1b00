"""How is plain text read?"""

import re

from analysis.engine.document.blocks import BlockKind
from analysis.engine.document.builder import TextBuilder

LIST_MARKER = re.compile(r"[ \t]{0,8}(?:[-*+•–]|\d{1,3}[.)])[ \t]+(?=\S)")


def read_text(builder: TextBuilder) -> None:
    """A blank line ends a paragraph; a list marker at the start of a line begins an item."""
    position = 0
    in_list = False
    for line in builder.source.splitlines(keepends=True):
        end = position + len(line)
        if not line.strip():
            in_list = _leave_item(builder, in_list=in_list)
        elif marker := LIST_MARKER.match(line):
            _leave_item(builder, in_list=in_list)
            builder.lists += not in_list
            in_list = True
            builder.enter(BlockKind.LIST_ITEM)
            builder.copy(position + marker.end(), end)
        else:
            builder.copy(position, end)
        position = end
    _leave_item(builder, in_list=in_list)


def _leave_item(builder: TextBuilder, *, in_list: bool) -> bool:
    if in_list:
        builder.leave()
    else:
        builder.close_block()
    return False
