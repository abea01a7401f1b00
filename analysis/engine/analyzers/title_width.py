"""How many pixels wide does a search engine show a title?

Results set titles in Arial at 20 px. Its advance widths, in thousandths of the size, are those of
Helvetica as the Adobe Font Metrics files tell them.
"""

import unicodedata

FONT_PIXELS = 20
DEFAULT_WIDTH = 556
WIDE = 1000
BY_WIDTH = {
    191: "'",
    222: "ijl‘’",
    260: "|",
    278: " !,./:;I[\\]ft·\xa0",
    333: "()-`r“”¡",
    334: "{}",
    350: "•",
    355: '"',
    389: "*",
    400: "°",
    469: "^",
    500: "Jcksvxyz",
    556: "#$0123456789?L_abdeghnopqu–€£ß«»¿",
    584: "+<=>~±×",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    737: "©®",
    778: "GOQ",
    833: "Mm",
    889: "%æ",
    944: "W",
    1000: "—…Æ™",
    1015: "@",
}
WIDTHS = {character: width for width, members in BY_WIDTH.items() for character in members}


def width_in_pixels(title: str) -> float:
    # Accents stand above their letters and add no width.
    plain = unicodedata.normalize("NFD", title)
    return round(sum(map(_width, plain)) * FONT_PIXELS / 1000, 1)


def _width(character: str) -> int:
    if character in WIDTHS:
        return WIDTHS[character]
    if unicodedata.combining(character):
        return 0
    return WIDE if unicodedata.east_asian_width(character) in "WF" else DEFAULT_WIDTH
