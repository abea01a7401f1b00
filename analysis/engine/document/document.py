"""What do all analyzers share? One document, parsed once, each of its layers made at most once."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property

from analysis.engine.document.blocks import Block, BlockKind, Image, Link, Parsed
from analysis.engine.document.language import language_of
from analysis.engine.document.page_meta import PageMeta, page_meta
from analysis.engine.document.sentences import has_mark, split_block
from analysis.engine.document.source_map import SourceMap
from analysis.engine.document.words import Words, find_words, parts_of
from analysis.engine.languages.facts import LanguageFacts
from analysis.engine.languages.register import facts_for
from analysis.engine.languages.stems import stemmer_of
from analysis.engine.report import Language, Span

LABEL_WORDS = 2


@dataclass(frozen=True, slots=True)
class Sentence:
    """Text range and word range; the words are `document.words` from `first` to before `last`."""

    start: int
    end: int
    first: int
    last: int
    block: int

    @property
    def word_count(self) -> int:
        return self.last - self.first


class Document:
    def __init__(self, source: str, parsed: Parsed, places: SourceMap, declared: str | None):
        self.source = source
        self.text = parsed.text
        self.parsed = parsed
        self.declared_language = declared
        self._places = places

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self.parsed.blocks

    @property
    def links(self) -> tuple[Link, ...]:
        return self.parsed.links

    @property
    def images(self) -> tuple[Image, ...]:
        return self.parsed.images

    @cached_property
    def page(self) -> PageMeta:
        return page_meta(self.parsed.title, self.parsed.head)

    def to_source(self, start: int, end: int) -> Span:
        return self._places.to_source(start, end)

    def word_range(self, span: Span) -> tuple[int, int]:
        """The indexes of the words that begin inside the span."""
        starts = self.words.starts
        return bisect_left(starts, span.start), bisect_left(starts, span.end)

    def images_in(self, place: Span) -> tuple[Image, ...]:
        """The images whose source begins inside the place."""
        starts = self._image_starts
        return self.images[bisect_left(starts, place.start) : bisect_left(starts, place.end)]

    @cached_property
    def _image_starts(self) -> list[int]:
        return [image.source.start for image in self.images]

    def sentence_at(self, position: int) -> Sentence | None:
        index = bisect_right(self._sentence_starts, position) - 1
        if index < 0 or self.sentences[index].end <= position:
            return None
        return self.sentences[index]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def language(self) -> Language:
        return language_of(self.text, self.declared_language)

    @cached_property
    def facts(self) -> LanguageFacts:
        return facts_for(self.language.code)

    @cached_property
    def quoted(self) -> frozenset[int]:
        """The indexes of the blocks that quote others: they are neither counted nor judged."""
        quoted = frozenset(i for i, block in enumerate(self.blocks) if block.quoted)
        return quoted if len(quoted) < len(self.blocks) else frozenset()

    @cached_property
    def own_links(self) -> tuple[Link, ...]:
        """Those outside of quotations."""
        starts = [block.start for block in self.blocks]
        return tuple(
            link for link in self.links if bisect_right(starts, link.start) - 1 not in self.quoted
        )

    @cached_property
    def words(self) -> Words:
        return find_words(self.text, without=[self.blocks[i] for i in sorted(self.quoted)])

    @cached_property
    def quoted_words(self) -> int:
        return sum(
            len(find_words(self.text[block.start : block.end]))
            for block in (self.blocks[index] for index in self.quoted)
        )

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(self._split())

    @cached_property
    def full_sentences(self) -> tuple[Sentence, ...]:
        """Those that are counted: without labels, unless there is nothing else. Shares of sentences
        are of all, for their thresholds come from those who count labels too."""
        full = tuple(sentence for sentence in self.sentences if not self._is_label(sentence))
        return full or self.sentences

    def _is_label(self, sentence: Sentence) -> bool:
        """A heading, item, cell or line of one or two words that no mark ends."""
        if sentence.word_count > LABEL_WORDS:
            return False
        return not has_mark(self.text, sentence.start, sentence.end)

    @cached_property
    def block_words(self) -> list[tuple[int, int]]:
        """The word range of every block."""
        starts = self.words.starts
        return [
            (bisect_left(starts, block.start), bisect_left(starts, block.end))
            for block in self.blocks
        ]

    @cached_property
    def stems(self) -> list[str]:
        """The stem of every word; in languages without a stemmer the word itself."""
        return self.stem(self.words.lower)

    def stem(self, words: Sequence[str]) -> list[str]:
        if not self.facts.stemmer:
            return list(words)
        return list(map(stemmer_of(self.facts.stemmer), words))

    @cached_property
    def bases(self) -> list[str]:
        """The base form of every word: forms of one word are equal, relatives are not."""
        return self.base(self.words.lower) if self.facts.base_form else self.stems

    def base(self, words: Sequence[str]) -> list[str]:
        return list(map(self.facts.base_form, words)) if self.facts.base_form else self.stem(words)

    @cached_property
    def part_bases(self) -> list[tuple[int, str]]:
        """The base form of each word or, of a compound, of each part, behind the word's index."""
        lower, bases = self.words.lower, self.bases
        found: list[tuple[int, str]] = []
        following = 0
        for index in (i for i, word in enumerate(lower) if not word.isalpha()):
            found.extend(enumerate(bases[following:index], following))
            found.extend((index, part) for part in self.base(parts_of(lower[index])))
            following = index + 1
        found.extend(enumerate(bases[following:], following))
        return found

    def without_forms(self) -> "Document":
        """The same document, but each form of a word is a word of its own."""
        twin = copy(self)
        for layer in ("stems", "bases", "part_bases"):
            vars(twin).pop(layer, None)
        twin.facts = replace(self.facts, stemmer=None, base_form=None)
        return twin

    @cached_property
    def content_words(self) -> list[bool]:
        """Whether each word carries meaning: no function word, no number, no single letter."""
        function_words = self.facts.function_words
        return [
            len(word) > 1 and word not in function_words and not word[0].isdigit()
            for word in self.words.lower
        ]

    @cached_property
    def capitals(self) -> frozenset[int]:
        """The indexes of the words that have a capital without beginning a sentence: names mostly,
        and words of headings in title case."""
        beginnings = {sentence.first for sentence in self.sentences}
        return frozenset(
            index
            for index, word in enumerate(self.words.surface)
            if word[0].isupper() and index not in beginnings
        )

    @cached_property
    def names(self) -> frozenset[str]:
        """Words of running text among `capitals`, in small letters."""
        return frozenset(
            self.words.lower[index]
            for block, (first, last) in zip(self.blocks, self.block_words, strict=True)
            if block.kind is BlockKind.PARAGRAPH
            for index in range(first, last)
            if index in self.capitals
        )

    @cached_property
    def syllables(self) -> list[int]:
        """Of every word; empty in languages whose syllables nobody counts here."""
        count = self.facts.syllables
        return [count(word) for word in self.words.lower] if count else []

    @cached_property
    def headings(self) -> list[int]:
        """The indexes of the heading blocks."""
        return [i for i, block in enumerate(self.blocks) if block.kind is BlockKind.HEADING]

    def _split(self) -> Iterator[Sentence]:
        """Only stretches that hold a word are sentences."""
        starts = self.words.starts
        total = len(starts)
        position = 0
        for index, block in enumerate(self.blocks):
            if index in self.quoted:
                continue
            for start, end in split_block(self.text, block, self.facts):
                while position < total and starts[position] < start:
                    position += 1
                first = position
                while position < total and starts[position] < end:
                    position += 1
                if position > first:
                    yield Sentence(start, end, first, position, index)
