"""Which texts does somebody at a terminal mean?"""

import glob
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from analysis.engine import MAX_BYTES, ContentNotText, ContentTooLong, Format

STDIN = "-"
FORMATS = {
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
}
_PAGE_BEGINNINGS = ("<!doctype", "<html", "<?xml")


@dataclass(frozen=True)
class Source:
    name: str
    text: str
    format: Format


class NothingFoundError(Exception):
    """A name stands for no file."""


def files_meant(names: Iterable[str]) -> list[str]:
    """Each file once, in the order told: `-` is standard input, a directory all its texts."""
    found: dict[str, None] = {}
    for name in names:
        found.update(dict.fromkeys(_files_of(name)))
    return list(found)


def read(name: str, stdin: BinaryIO, wanted: Format | None) -> Source:
    """Raises an EngineError or an OSError when there is no text to be had."""
    if name == STDIN:
        data = stdin.read(MAX_BYTES + 1)
    else:
        with Path(name).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ContentTooLong(f"The content has more than {MAX_BYTES:,} bytes.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ContentNotText(f"The content is not UTF-8 (byte {error.start:,}).") from error
    return Source(name, text, wanted or _format_of(name, text))


def _files_of(name: str) -> Iterator[str]:
    path = Path(name)
    if name == STDIN or path.is_file():
        yield name
    elif path.is_dir():
        yield from _texts_in(path)
    elif matches := sorted(glob.glob(name, recursive=True)):  # noqa: PTH207 - any pattern
        for match in matches:
            yield from _files_of(match)
    elif path.exists():
        yield name  # a pipe, such as a shell's <(…)
    else:
        raise NothingFoundError(f"There is no file {name}.")


def _texts_in(folder: Path) -> Iterator[str]:
    """Files whose names say that they are texts; hidden ones are nobody's articles."""
    inside = sorted(folder.rglob("*"))
    texts = [path for path in inside if path.suffix.lower() in FORMATS and path.is_file()]
    for path in texts:
        if not any(part.startswith(".") for part in path.relative_to(folder).parts):
            yield str(path)


def _format_of(name: str, text: str) -> Format:
    """By the name's ending; a whole HTML document is a page."""
    form = FORMATS.get(Path(name).suffix.lower(), Format.TEXT)
    if form is Format.HTML and text.lstrip()[:10].lower().startswith(_PAGE_BEGINNINGS):
        return Format.PAGE
    return form
