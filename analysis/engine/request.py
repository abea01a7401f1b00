"""What does a client want analysed, and does it fit the budgets?"""

from dataclasses import dataclass, field, fields
from enum import StrEnum

from analysis.engine.errors import ContentEmpty, ContentNotText, ContentTooLong
from analysis.engine.options import Options, check_options, texts_of

MAX_BYTES = 2_000_000
MAX_WORDS = 200_000
MAX_META_CHARACTERS = 2_000
MAX_KEYPHRASE_CHARACTERS = 200


class Format(StrEnum):
    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"  # a fragment, as an editor holds it
    PAGE = "page"  # a whole document, of which only the content is judged


@dataclass(frozen=True, slots=True)
class Meta:
    """What the author says about the content; an empty string means "not told"."""

    keyphrase: str = ""
    title: str = ""
    description: str = ""
    slug: str = ""
    url: str = ""  # where the content is published; tells internal links from external ones


@dataclass(frozen=True, slots=True)
class AnalysisRequest:
    source: str
    format: Format
    language: str | None = None
    profile: str = "standard"
    meta: Meta = field(default_factory=Meta)
    options: Options = field(default_factory=Options)


def check_budget(request: AnalysisRequest) -> None:
    """Everything that can be told without parsing; the word budget is checked by `analyze`."""
    if len(utf8(request.source)) > MAX_BYTES:
        raise ContentTooLong(f"The content has more than {MAX_BYTES:,} bytes.")
    if not request.source.strip():
        raise ContentEmpty("The content is empty.")
    check_options(request.options)
    for text in (*texts_of(request.options), request.language or ""):
        utf8(text)
    for member in fields(request.meta):
        value = getattr(request.meta, member.name)
        utf8(value)
        most = MAX_KEYPHRASE_CHARACTERS if member.name == "keyphrase" else MAX_META_CHARACTERS
        if len(value) > most:
            raise ContentTooLong(f"The {member.name} has more than {most:,} characters.")


def utf8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise ContentNotText("The content holds lone surrogates, which no text has.") from error
