"""What is a document made of, apart from its words?"""

from dataclasses import dataclass
from enum import StrEnum

from analysis.engine.report import Span


class BlockKind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    CELL = "cell"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text without a break; `start` and `end` lie in the canonical text."""

    kind: BlockKind
    start: int
    end: int
    source: Span
    level: int = 0  # of a heading
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    href: str
    rel: str
    start: int
    end: int
    source: Span
    label: str = ""  # what screen readers say where there is no text


@dataclass(frozen=True, slots=True)
class Image:
    """`alt` is None when the attribute is missing, which is not the same as empty."""

    src: str
    alt: str | None
    position: int
    source: Span


@dataclass(frozen=True, slots=True)
class HeadTag:
    """A tag by which a page speaks of itself; `content` is the text of a script."""

    name: str
    attributes: dict[str, str]
    source: Span
    content: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What every reader of a format hands over."""

    text: str
    blocks: tuple[Block, ...]
    links: tuple[Link, ...]
    images: tuple[Image, ...]
    lists: int
    tables: int
    code_blocks: int
    title: str
    head: tuple[HeadTag, ...]
