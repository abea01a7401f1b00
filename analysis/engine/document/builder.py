"""How do readers of different formats build one canonical text that remembers its source?"""

from collections.abc import Iterable

from analysis.engine.document.blocks import Block, BlockKind, HeadTag, Image, Link, Parsed
from analysis.engine.document.source_map import SourceMap
from analysis.engine.report import Span

# One placeholder stands for code and other things that are no prose: it is no word, and it
# keeps the sentence around it whole.
OBJECT = "\ufffc"
BLANKS = str.maketrans("\n\r\t\f\v", "     ")


class TextBuilder:
    def __init__(self, source: str) -> None:
        self.source = source
        self.map = SourceMap()
        self.lists = 0
        self.tables = 0
        self.code_blocks = 0
        self.title = ""
        self.head: list[HeadTag] = []
        self.links: list[Link] = []
        self.images: list[Image] = []
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._block_start = -1
        self._source_start = 0
        self._source_end = 0
        self._contexts: list[tuple[BlockKind, int, bool]] = [(BlockKind.PARAGRAPH, 0, False)]

    @property
    def position(self) -> int:
        return self._length

    @property
    def in_block(self) -> bool:
        return self._block_start >= 0

    @property
    def kind(self) -> BlockKind:
        return self._contexts[-1][0]

    def copy(self, start: int, end: int) -> None:
        """Prose that stands in the source as it is; line ends and tabs become spaces."""
        piece = self.source[start:end]
        if not self.in_block:
            stripped = piece.lstrip()
            start += len(piece) - len(stripped)
            piece = stripped
        if piece:
            self._append(piece.translate(BLANKS), start, end, exact=True)

    def replace(self, text: str, start: int, end: int) -> None:
        """Prose that the source spells otherwise, such as an entity."""
        if text.isspace() and not self.in_block:
            return
        if text:
            self._append(text, start, end, exact=len(text) == end - start)

    def line_break(self, start: int, end: int) -> None:
        if self.in_block:
            self._append("\n", start, end, exact=False)

    def enter(self, kind: BlockKind, level: int = 0, *, quoted: bool = False) -> None:
        self.close_block()
        self._contexts.append((kind, level, quoted or self._contexts[-1][2]))

    def leave(self) -> None:
        self.close_block()
        if len(self._contexts) > 1:
            self._contexts.pop()

    def empty_heading(self, level: int, source: Span) -> None:
        self._blocks.append(
            Block(BlockKind.HEADING, self._length, self._length, source, level=level)
        )

    def close_block(self) -> None:
        """Ends the run of text; a run of nothing but white space was no block."""
        if not self.in_block:
            return
        start, self._block_start = self._block_start, -1
        kind, level, quoted = self._contexts[-1]
        source = Span(self._source_start, self._source_end)
        self._blocks.append(Block(kind, start, self._length, source, level, quoted))
        self._parts.append("\n")
        self._length += 1

    def finish(self) -> Parsed:
        self.close_block()
        text = "".join(self._parts)
        return Parsed(
            text=text,
            blocks=tuple(_trimmed(self._blocks, text)),
            links=tuple(self.links),
            images=tuple(self.images),
            lists=self.lists,
            tables=self.tables,
            code_blocks=self.code_blocks,
            title=self.title,
            head=tuple(self.head),
        )

    def _append(self, text: str, start: int, end: int, *, exact: bool) -> None:
        if not self.in_block:
            self._block_start = self._length
            self._source_start = start
        self._parts.append(text)
        self.map.add(self._length, start, end, exact=exact)
        self._length += len(text)
        self._source_end = end


def _trimmed(blocks: Iterable[Block], text: str) -> Iterable[Block]:
    for block in blocks:
        start, end = block.start, block.end
        while end > start and text[end - 1].isspace():
            end -= 1
        while start < end and text[start].isspace():
            start += 1
        if (start, end) == (block.start, block.end):
            yield block
        elif start < end or block.kind is BlockKind.HEADING:
            yield Block(block.kind, start, end, block.source, block.level, block.quoted)
