"""Where do the tags, entities and texts of an HTML source begin and end?

Every scan either moves the position forward or is remembered to have failed, so that the time is
linear in the source whatever it holds. A pattern for whole tags with quoted alternatives would be
quadratic on a row of unclosed quotes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from html import unescape

# A bracket or an ampersand that begins nothing is text like any other.
MARKUP = re.compile(r"<(?=[A-Za-z/!?])|&(?=[#A-Za-z])")
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
OPENING = re.compile(r"<[A-Za-z][^\s/>\x00]{0,63}")
TAG_NAME = re.compile(r"[A-Za-z][^\s/>\x00]{0,63}")
ATTRIBUTE_NAME = re.compile(r"[\s/]*([^\s/>=][^\s/>=]*|=[^\s/>=]*)?[ \t\r\n\f]*(=?)[ \t\r\n\f]*")
UNQUOTED = re.compile(r"[^\s>]*")
# The rest of a tag whose attributes nobody asks for. A quoted value has a bound, since each failure
# of this pattern may cost that much; longer ones take the slow way. Nothing in it can be matched in
# two ways, so the outer group need not be possessive, which Pythons before 3.11.5 match wrongly.
REST_OF_TAG = re.compile(
    r"""(?:[^"'>=]*+=\s*+(?:"[^"]{0,300}"|'[^']{0,300}'|[^\s"'>]*+))*[^"'>=]*+>"""
)
WITH_ATTRIBUTES = frozenset(("a", "img", "html", "meta", "link", "script"))
RAW_END = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE | re.ASCII)
    for name in ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
}


class TagKind(Enum):
    TEXT = auto()
    ENTITY = auto()
    OPEN = auto()
    CLOSE = auto()
    RAW = auto()  # what stands between <script> and </script>


@dataclass(slots=True)
class Piece:
    kind: TagKind
    start: int
    end: int
    name: str = ""  # of a tag, in small letters; of an entity, what it stands for
    attributes: dict[str, str] | None = None  # only of tags in WITH_ATTRIBUTES

    def attribute(self, name: str) -> str | None:
        return self.attributes.get(name) if self.attributes else None


class TagScanner:
    def __init__(self, source: str, start: int, end: int) -> None:
        self.source = source
        self.position = start
        self.end = end
        self._missing: set[str] = set()

    def __iter__(self) -> Iterator[Piece]:
        while self.position < self.end:
            piece = self._next()
            if piece is None:
                continue
            yield piece
            if piece.kind is TagKind.OPEN and piece.name in RAW_END:
                yield self._raw(piece.name)

    def _next(self) -> Piece | None:
        start = self.position
        markup = MARKUP.search(self.source, start, self.end)
        run_end = markup.start() if markup else self.end
        if run_end > start:
            return self._piece(TagKind.TEXT, run_end)
        if self.source[start] == "&":
            return self._entity()
        if self.source.startswith("</", start, self.end):
            return self._close_tag()
        if self.source.startswith(("<!", "<?"), start, self.end):
            self._skip_declaration()
            return None
        return self._open_tag()

    def _piece(self, kind: TagKind, end: int, name: str = "") -> Piece:
        piece = Piece(kind, self.position, end, name)
        self.position = end
        return piece

    def _entity(self) -> Piece:
        if match := ENTITY.match(self.source, self.position, self.end):
            spelled = match.group()
            meaning = unescape(spelled)
            if (meaning != spelled and meaning.isprintable()) or meaning == "\xa0":
                return self._piece(TagKind.ENTITY, match.end(), meaning)
        return self._piece(TagKind.TEXT, self.position + 1)

    def _open_tag(self) -> Piece:
        start = self.position
        name = OPENING.match(self.source, start, self.end)
        if name is None:
            return self._piece(TagKind.TEXT, start + 1)
        self.position = name.end()
        tag = name.group()[1:].lower()
        if tag not in WITH_ATTRIBUTES:
            rest = REST_OF_TAG.match(self.source, self.position, self.end)
            if rest is not None:
                self.position = rest.end()
                return Piece(TagKind.OPEN, start, self.position, tag)
        attributes = self._attributes()
        return Piece(TagKind.OPEN, start, self.position, tag, attributes)

    def _attributes(self) -> dict[str, str]:
        """Reads on to behind the closing bracket; as in browsers the first of two equals wins."""
        found: dict[str, str] = {}
        while self.position < self.end:
            match = ATTRIBUTE_NAME.match(self.source, self.position, self.end)
            if match is None:
                break
            self.position = max(match.end(), self.position)
            name, equals = match.group(1), match.group(2)
            if name or equals:
                value = self._value() if equals else ""
                found.setdefault((name or "").lower(), value)
            if self.source.startswith(">", self.position):
                self.position += 1
                break
            if match.end() == match.start():
                self.position += 1
        self.position = min(self.position, self.end)
        return found

    def _value(self) -> str:
        quote = self.source[self.position : self.position + 1]
        if quote in ('"', "'") and quote not in self._missing:
            closing = self.source.find(quote, self.position + 1, self.end)
            if closing >= 0:
                value = self.source[self.position + 1 : closing]
                self.position = closing + 1
                return unescape(value)
            self._missing.add(quote)
        match = UNQUOTED.match(self.source, self.position, self.end)
        if match is None:
            return ""
        self.position = match.end()
        return unescape(match.group())

    def _close_tag(self) -> Piece | None:
        name = TAG_NAME.match(self.source, self.position + 2, self.end)
        closing = self._find(">", self.position + 2)
        if name is None:
            self.position = closing
            return None
        return self._piece(TagKind.CLOSE, closing, name.group().lower())

    def _skip_declaration(self) -> None:
        start = self.position
        if not self.source.startswith("<!--", start):
            self.position = self._find(">", start + 2)
        elif self.source.startswith((">", "->"), start + 4):
            self.position = self._find(">", start + 4)
        else:
            self.position = self._find("-->", start + 4)

    def _raw(self, name: str) -> Piece:
        match = RAW_END[name].search(self.source, self.position, self.end)
        return self._piece(TagKind.RAW, match.start() if match else self.end, name)

    def _find(self, closing: str, start: int) -> int:
        """The position behind `closing`; what is never closed reaches to the end."""
        found = self.source.find(closing, start, self.end)
        return self.end if found < 0 else found + len(closing)
