"""How is a whole web page read: which part is its content, and what does its head say?

The content is what stands in <main>, or in the only <article>, or in the body without navigation,
header and footer.
"""

import re

from analysis.engine.document.blocks import HeadTag
from analysis.engine.document.builder import TextBuilder
from analysis.engine.document.html import HtmlReader
from analysis.engine.document.tags import Piece, TagKind
from analysis.engine.report import Span
from analysis.engine.wordlists import words

MAIN = re.compile(r"<main[\s>]", re.IGNORECASE | re.ASCII)
ARTICLE = re.compile(r"<article[\s>]", re.IGNORECASE | re.ASCII)
FRAME = words("nav aside footer form dialog menu")
HEAD_TAGS = frozenset(("html", "meta", "link", "script"))
JSON_LD = "application/ld+json"
FEWEST_CHARACTERS = 200
MAX_HEAD_TAGS = 1_000


def read_page(source: str) -> TextBuilder:
    builder = TextBuilder(source)
    root = _root_of(source)
    _read(builder, root)
    if root and builder.position < FEWEST_CHARACTERS:
        builder = TextBuilder(source)  # an empty <main> is filled by a script: take what is there
        _read(builder, "")
    return builder


def _root_of(source: str) -> str:
    if MAIN.search(source):
        return "main"
    articles = ARTICLE.finditer(source)
    return "article" if next(articles, None) and next(articles, None) is None else ""


def _read(builder: TextBuilder, root: str) -> None:
    reader = PageReader(builder, root)
    reader.feed(0, len(builder.source))
    reader.close_all()


class PageReader(HtmlReader):
    def __init__(self, builder: TextBuilder, root: str) -> None:
        super().__init__(builder)
        self._root = root
        self._frame = FRAME if root else FRAME | {"header"}
        self._silent = 1 if root else 0
        self._script: Piece | None = None

    def _take(self, piece: Piece) -> None:
        if piece.kind is TagKind.RAW and piece.name == "script" and self._script is not None:
            self._remember(self._script, self.builder.source[piece.start : piece.end])
            self._script = None
        super()._take(piece)

    def _start(self, piece: Piece) -> None:
        if piece.name in HEAD_TAGS:
            self._head_tag(piece)
        if piece.name == self._root or piece.name in self._frame:
            self.builder.close_block()
            self._silent += -1 if piece.name == self._root else 1
            self._track(piece)
        else:
            super()._start(piece)

    def _pop(self, end: int) -> str:
        name = super()._pop(end)
        if name == self._root or name in self._frame:
            self.builder.close_block()
            self._silent += 1 if name == self._root else -1
        return name

    def _head_tag(self, piece: Piece) -> None:
        if piece.name != "script":
            self._remember(piece)
        elif (piece.attribute("type") or "").partition(";")[0].strip().lower() == JSON_LD:
            self._script = piece

    def _remember(self, piece: Piece, content: str = "") -> None:
        if len(self.builder.head) < MAX_HEAD_TAGS:
            attributes = dict(piece.attributes or {})
            span = Span(piece.start, piece.end)
            self.builder.head.append(HeadTag(piece.name, attributes, span, content))
