"""How is Markdown read?"""

from dataclasses import dataclass, field
from typing import Any

from pyromark import Markdown, Options

from analysis.engine.document.blocks import BlockKind, Image, Link
from analysis.engine.document.budget import within_budget
from analysis.engine.document.builder import BLANKS, OBJECT, TextBuilder
from analysis.engine.document.byte_offsets import ByteOffsets
from analysis.engine.document.html import HtmlReader
from analysis.engine.report import Span

PARSER = Markdown(
    options=Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_GFM
    | Options.ENABLE_HEADING_ATTRIBUTES
    | Options.ENABLE_YAML_STYLE_METADATA_BLOCKS
    | Options.ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
)
LEVELS = {f"H{level}": level for level in range(1, 7)}
KINDS = {
    "Paragraph": BlockKind.PARAGRAPH,
    "Item": BlockKind.LIST_ITEM,
    "TableCell": BlockKind.CELL,
}


@dataclass(slots=True)
class Frame:
    """An element that has begun."""

    name: str
    details: Any
    start: int
    position: int
    alt: list[str] = field(default_factory=list)


class MarkdownReader:
    def __init__(self, builder: TextBuilder) -> None:
        self.builder = builder
        self.html = HtmlReader(builder)
        data = builder.source.encode()
        self._offsets = ByteOffsets(data, len(builder.source))
        self._open: list[Frame] = []
        self._silent = 0
        self._html_ranges: list[tuple[int, int]] = []

    def read(self) -> None:
        events = PARSER.events_with_range(self.builder.source)
        for event, place in within_budget(events):
            if isinstance(event, str):
                self._blank(event, place["start"], place["end"])
            else:
                ((kind, value),) = event.items()
                self._take(kind, value, place["start"], place["end"])
        self.html.close_all()

    def _take(self, kind: str, value: Any, start: int, end: int) -> None:
        match kind:
            case "Text":
                self._text(value, start, end)
            case "Start":
                name, details = _named(value)
                self._start(Frame(name, details, self._point(start), self.builder.position))
            case "End":
                self._end(self._open.pop(), self._point(end))
            case "Code" if not self._is_silent:
                self.builder.replace(OBJECT, self._point(start), self._point(end))
            case "Html":
                self._html_ranges.append((self._point(start), self._point(end)))
            case "InlineHtml" if not self._silent:
                self.html.feed(self._point(start), self._point(end))

    @property
    def _is_silent(self) -> bool:
        return self._silent > 0 or self.html.is_silent

    def _point(self, offset: int) -> int:
        return self._offsets.code_point(offset)

    def _blank(self, event: str, start: int, end: int) -> None:
        if self._is_silent:
            return
        if event == "SoftBreak":
            self.builder.replace(" ", self._point(start), self._point(end))
        elif event == "HardBreak":
            self.builder.line_break(self._point(start), self._point(end))

    def _text(self, text: str, start: int, end: int) -> None:
        if self._is_silent:
            if self._open and self._open[-1].name == "Image":
                self._open[-1].alt.append(text)
            return
        first, last = self._point(start), self._point(end)
        if self.builder.source[first:last] == text:
            self.builder.copy(first, last)
        else:
            self.builder.replace(text.translate(BLANKS), first, last)

    def _start(self, frame: Frame) -> None:
        match frame.name:
            case "Heading":
                self.builder.enter(BlockKind.HEADING, LEVELS[frame.details["level"]])
            case "Paragraph" | "Item" | "TableCell":
                self._enter_block(frame.name)
            case "BlockQuote":
                self.builder.enter(
                    BlockKind.PARAGRAPH, quoted=frame.details is None
                )  # a note is own text
            case "CodeBlock" | "MetadataBlock" | "Image":
                self._enter_silence(frame.name)
            case "List" | "Table" | "HtmlBlock" | "FootnoteDefinition":
                self.builder.close_block()
        self.builder.lists += frame.name == "List"
        self.builder.tables += frame.name == "Table"
        frame.position = self.builder.position
        self._open.append(frame)

    def _enter_block(self, name: str) -> None:
        """A paragraph in a list item is the item's text."""
        inside = self.builder.kind
        self.builder.enter(inside if inside is BlockKind.LIST_ITEM else KINDS[name])

    def _enter_silence(self, name: str) -> None:
        self._silent += 1
        if name != "Image":
            self.builder.close_block()
            self.builder.code_blocks += name == "CodeBlock"

    def _end(self, frame: Frame, end: int) -> None:
        source = Span(frame.start, end)
        match frame.name:
            case "Heading":
                self._end_heading(frame, source)
            case "Paragraph" | "Item" | "TableCell" | "BlockQuote":
                self.html.close_inline()
                self.builder.leave()
            case "CodeBlock" | "MetadataBlock":
                self._silent -= 1
            case "Image":
                self._end_image(frame, source)
            case "Link" if not self._is_silent:
                href = frame.details["dest_url"]
                self.builder.links.append(
                    Link(href, "", frame.position, self.builder.position, source)
                )
            case "HtmlBlock":
                self._end_html()

    def _end_heading(self, frame: Frame, source: Span) -> None:
        self.html.close_inline()
        if self.builder.position == frame.position:
            self.builder.empty_heading(LEVELS[frame.details["level"]], source)
        self.builder.leave()

    def _end_image(self, frame: Frame, source: Span) -> None:
        self._silent -= 1
        self.builder.images.append(
            Image(frame.details["dest_url"], "".join(frame.alt), frame.position, source)
        )

    def _end_html(self) -> None:
        """Lines that follow each other are one stretch, so that a tag may span them."""
        start, end = -1, -1
        for line_start, line_end in self._html_ranges:
            if line_start != end:
                self.html.feed(start, end)
                start = line_start
            end = line_end
        self.html.feed(start, end)
        self._html_ranges.clear()


def read_markdown(builder: TextBuilder) -> None:
    MarkdownReader(builder).read()


def _named(value: Any) -> tuple[str, Any]:
    if isinstance(value, str):
        return value, None
    ((name, details),) = value.items()
    return name, details
