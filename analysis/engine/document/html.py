"""How is HTML from an editor read, also when it stands inside Markdown?"""

from collections import Counter
from html import unescape

from analysis.engine.document.blocks import BlockKind, Image, Link
from analysis.engine.document.budget import within_budget
from analysis.engine.document.builder import OBJECT, TextBuilder
from analysis.engine.document.tags import Piece, TagKind, TagScanner
from analysis.engine.report import Span
from analysis.engine.wordlists import words

HEADINGS = {f"h{level}": level for level in range(1, 7)}
KINDS = {
    **dict.fromkeys(HEADINGS, BlockKind.HEADING),
    **dict.fromkeys(("li", "dt", "dd"), BlockKind.LIST_ITEM),
    **dict.fromkeys(("td", "th"), BlockKind.CELL),
    **dict.fromkeys(("figcaption", "caption", "summary"), BlockKind.CAPTION),
    **dict.fromkeys(("blockquote", "p"), BlockKind.PARAGRAPH),
}
BREAKING = words("""
    address article aside body center details dialog dir div dl fieldset figure footer form header
    hgroup hr html legend main menu nav ol optgroup option section table tbody tfoot thead tr ul
""")
LISTS = frozenset(("ul", "ol", "dl", "menu"))
# No prose: what stands in these is neither counted nor checked.
SILENT_BLOCKS = words("""
    head template noscript svg math object canvas audio video map select datalist pre button
""")
SILENT_INLINE = words("code kbd samp var tt")
# A start tag of the same group ends the element: the end tags of these may be left out.
SELF_ENDING = {
    "p": ("p",),
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "td": ("td", "th"),
    "th": ("td", "th"),
}
TRACKED = frozenset(KINDS) | SILENT_BLOCKS | SILENT_INLINE | {"a"}
INLINE = SILENT_INLINE | {"a"}
ENDS_PARAGRAPH = BREAKING | (frozenset(KINDS) - {"p"})
LABELS = ("aria-label", "aria-labelledby")


class HtmlReader:
    """Keeps the open elements between feeds, since Markdown hands its HTML over in pieces."""

    def __init__(self, builder: TextBuilder) -> None:
        self.builder = builder
        self._open: list[tuple[str, int, Piece]] = []
        self._counts: Counter[str] = Counter()
        self._silent = 0

    @property
    def is_silent(self) -> bool:
        return self._silent > 0

    @property
    def _is_wanted_title(self) -> bool:
        """The first of the page; a drawing has titles of its own."""
        return not self.builder.title and not self._counts["svg"]

    def feed(self, start: int, end: int) -> None:
        for piece in within_budget(TagScanner(self.builder.source, start, end)):
            self._take(piece)

    def close_all(self) -> None:
        while self._open:
            self._pop(self._open[-1][2].end)

    def close_inline(self) -> None:
        """Ends what a paragraph of Markdown left open, such as a lone <code>."""
        while self._open and self._open[-1][0] in INLINE:
            self._pop(self._open[-1][2].end)

    def _take(self, piece: Piece) -> None:
        match piece.kind:
            case TagKind.TEXT if not self.is_silent:
                self.builder.copy(piece.start, piece.end)
            case TagKind.ENTITY if not self.is_silent:
                self.builder.replace(piece.name, piece.start, piece.end)
            case TagKind.OPEN:
                self._start(piece)
            case TagKind.CLOSE:
                self._end(piece)
            case TagKind.RAW if piece.name == "title" and self._is_wanted_title:
                title = self.builder.source[piece.start : piece.end]
                self.builder.title = " ".join(unescape(title).split())

    def _start(self, piece: Piece) -> None:
        name = piece.name
        if name in ENDS_PARAGRAPH and self._counts["p"]:
            self._close_until(("p",), piece.start)
        if name == "a":
            # Links never nest, and a row of open ones would cost more with each.
            self._close_until(("a",), piece.start)
        elif name in SELF_ENDING and not self._inside_nested_list(name):
            self._close_until(SELF_ENDING[name], piece.start)
        self.builder.lists += name in LISTS and not self.is_silent
        self.builder.tables += name == "table" and not self.is_silent
        if name in BREAKING:
            self._break(piece)
        elif name == "br":
            self.builder.line_break(piece.start, piece.end)
        elif name == "img" and not self.is_silent:
            self._image(piece)
        elif name in TRACKED:
            self._push(piece)

    def _break(self, piece: Piece) -> None:
        self.builder.close_block()
        if piece.name in LISTS or piece.name == "table":
            self._track(piece)

    def _inside_nested_list(self, name: str) -> bool:
        """A list or table opened since the last item holds the new one as a child."""
        for open_name, *_ in reversed(self._open[-8:]):
            if open_name in SELF_ENDING[name]:
                return False
            if open_name in LISTS or open_name == "table":
                return True
        return False

    def _push(self, piece: Piece) -> None:
        name = piece.name
        if name in KINDS:
            self.builder.enter(self._kind(name), HEADINGS.get(name, 0), quoted=name == "blockquote")
        elif name in SILENT_BLOCKS:
            self.builder.close_block()
            self.builder.code_blocks += name == "pre" and not self.is_silent
        elif name in SILENT_INLINE and not self.is_silent:
            self.builder.replace(OBJECT, piece.start, piece.end)
        self._silent += name in SILENT_BLOCKS or name in SILENT_INLINE
        self._track(piece)

    def _kind(self, name: str) -> BlockKind:
        """A paragraph in a list item or a caption is its text."""
        inside = self.builder.kind
        keeps = name == "p" and inside in (BlockKind.LIST_ITEM, BlockKind.CAPTION)
        return inside if keeps else KINDS[name]

    def _track(self, piece: Piece) -> None:
        self._open.append((piece.name, self.builder.position, piece))
        self._counts[piece.name] += 1

    def _end(self, piece: Piece) -> None:
        if piece.name in BREAKING:
            self.builder.close_block()
        self._close_until((piece.name,), piece.end)

    def _close_until(self, names: tuple[str, ...], end: int) -> None:
        """Closes the innermost element of these names with all inside it, if one is open."""
        if not any(self._counts[name] for name in names):
            return
        while self._pop(end) not in names:
            pass

    def _pop(self, end: int) -> str:
        name, position, piece = self._open.pop()
        self._counts[name] -= 1
        if name in SILENT_BLOCKS or name in SILENT_INLINE:
            self._silent -= 1
        if name in HEADINGS and position == self.builder.position and not self.is_silent:
            self.builder.empty_heading(HEADINGS[name], Span(piece.start, max(piece.end, end)))
        if name == "a" and not self.is_silent:
            self._link(piece, position, end)
        if name in KINDS:
            self.builder.leave()
        return name

    def _link(self, piece: Piece, position: int, end: int) -> None:
        href, rel = piece.attribute("href"), piece.attribute("rel") or ""
        if href is None:
            return
        span = Span(piece.start, max(piece.end, end))
        label = _label(piece, *LABELS, "title")
        place = (position, self.builder.position, span)
        self.builder.links.append(Link(href.strip(), rel, *place, label))

    def _image(self, piece: Piece) -> None:
        self.builder.images.append(
            Image(
                src=piece.attribute("src") or "",
                alt=_alternative(piece),
                position=self.builder.position,
                source=Span(piece.start, piece.end),
            )
        )


def _label(piece: Piece, *names: str) -> str:
    return next((text for name in names if (text := (piece.attribute(name) or "").strip())), "")


def _alternative(piece: Piece) -> str | None:
    """Also by the other ways to name an image, or to say that it is a decoration."""
    alt = piece.attribute("alt")
    if alt is not None:
        return alt
    is_decoration = (piece.attribute("role") or "").strip().lower() in ("presentation", "none")
    if is_decoration or (piece.attribute("aria-hidden") or "").strip().lower() == "true":
        return ""
    return _label(piece, *LABELS) or None


def read_html(builder: TextBuilder) -> None:
    reader = HtmlReader(builder)
    reader.feed(0, len(builder.source))
    reader.close_all()
