"""What do the readability formulas compute?

Each takes counts and returns a number; the docstring names the paper that defines it.
"""

from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True, slots=True)
class Counts:
    sentences: int
    words: int
    letters: int  # letters and digits
    syllables: int
    polysyllables: int  # words of three syllables or more
    complex_words: int  # polysyllables that Fog counts as hard
    long_words: int  # more than six letters

    @property
    def words_per_sentence(self) -> float:
        return self.words / self.sentences

    @property
    def syllables_per_word(self) -> float:
        return self.syllables / self.words


def flesch_reading_ease(counts: Counts) -> float:
    """Flesch, R. (1948). A new readability yardstick. Journal of Applied Psychology 32(3)."""
    return 206.835 - 1.015 * counts.words_per_sentence - 84.6 * counts.syllables_per_word


def flesch_kincaid_grade(counts: Counts) -> float:
    """Kincaid, J. P. et al. (1975). Derivation of new readability formulas for Navy enlisted
    personnel. Naval Technical Training Command, Research Branch Report 8-75."""
    return 0.39 * counts.words_per_sentence + 11.8 * counts.syllables_per_word - 15.59


def gunning_fog(counts: Counts) -> float:
    """Gunning, R. (1952). The Technique of Clear Writing. McGraw-Hill."""
    return 0.4 * (counts.words_per_sentence + 100 * counts.complex_words / counts.words)


def smog(counts: Counts) -> float:
    """McLaughlin, G. H. (1969). SMOG grading: a new readability formula. Journal of Reading
    12(8). Defined for 30 sentences; other lengths are scaled."""
    return 1.0430 * sqrt(counts.polysyllables * 30 / counts.sentences) + 3.1291


def coleman_liau(counts: Counts) -> float:
    """Coleman, M. and Liau, T. L. (1975). A computer readability formula designed for machine
    scoring. Journal of Applied Psychology 60(2)."""
    letters_per_100 = 100 * counts.letters / counts.words
    sentences_per_100 = 100 * counts.sentences / counts.words
    return 0.0588 * letters_per_100 - 0.296 * sentences_per_100 - 15.8


def automated_readability_index(counts: Counts) -> float:
    """Senter, R. J. and Smith, E. A. (1967). Automated Readability Index. Aerospace Medical
    Research Laboratories, AMRL-TR-66-220."""
    return 4.71 * counts.letters / counts.words + 0.5 * counts.words_per_sentence - 21.43


def lix(counts: Counts) -> float:
    """Björnsson, C. H. (1968). Läsbarhet. Liber."""
    return counts.words_per_sentence + 100 * counts.long_words / counts.words


def amstad(counts: Counts) -> float:
    """German. Amstad, T. (1978). Wie verständlich sind unsere Zeitungen? Zürich."""
    return 180 - counts.words_per_sentence - 58.5 * counts.syllables_per_word


def fernandez_huerta(counts: Counts) -> float:
    """Spanish. Fernández Huerta, J. (1959). Medidas sencillas de lecturabilidad. Consigna 214,
    with the sentence term read as words per sentence."""
    return 206.84 - 1.02 * counts.words_per_sentence - 60 * counts.syllables_per_word


def kandel_moles(counts: Counts) -> float:
    """French. Kandel, L. and Moles, A. (1958). Application de l'indice de Flesch à la langue
    française. Cahiers d'Études de Radio-Télévision 19."""
    return 207 - 1.015 * counts.words_per_sentence - 73.6 * counts.syllables_per_word


def vacca(counts: Counts) -> float:
    """Italian. Franchina, V. and Vacca, R. (1986). Adaptation of Flesch readability index on a
    bilingual text. Linguaggi 3."""
    return 217 - 1.3 * counts.words_per_sentence - 60 * counts.syllables_per_word


def douma(counts: Counts) -> float:
    """Dutch. Douma, W. H. (1960). De leesbaarheid van landbouwbladen. Wageningen."""
    return 206.84 - 0.93 * counts.words_per_sentence - 77 * counts.syllables_per_word


def martins(counts: Counts) -> float:
    """Portuguese. Martins, T. B. F. et al. (1996). Readability formulas applied to textbooks in
    Brazilian Portuguese. USP São Carlos."""
    return 248.835 - 1.015 * counts.words_per_sentence - 84.6 * counts.syllables_per_word


def oborneva(counts: Counts) -> float:
    """Russian. Oborneva, I. V. (2006). Automated estimation of the complexity of teaching texts.
    Moscow."""
    return 206.835 - 1.3 * counts.words_per_sentence - 60.1 * counts.syllables_per_word


READING_EASE = {
    "en": flesch_reading_ease,
    "de": amstad,
    "es": fernandez_huerta,
    "fr": kandel_moles,
    "it": vacca,
    "nl": douma,
    "pt": martins,
    "ru": oborneva,
}
GRADES = {
    "flesch_kincaid_grade": flesch_kincaid_grade,
    "gunning_fog": gunning_fog,
    "smog": smog,
    "coleman_liau": coleman_liau,
    "automated_readability_index": automated_readability_index,
}
