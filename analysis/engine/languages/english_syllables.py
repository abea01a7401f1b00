"""How many syllables has an English word?

Vowel groups are counted, then corrected by rules for vowels that are silent and for neighbours that
are spoken apart. A dictionary of pronunciations would be larger than everything else here together;
the rules agree with one for more than nine words of ten.
"""

import re
from functools import lru_cache

from analysis.engine.remembering import REMEMBERED_WORDS

LETTERS = re.compile(r"[a-z]+")
VOWELS = re.compile(r"[aeiouy]+")
GLIDE = re.compile(r"(?<=[aeou])y(?=[aeiou])")
MAX_SPELLED_LETTERS = 5

# Each match takes a syllable away.
SILENT = re.compile(
    r"(?<=[^aeiouy])e$(?<![^aeiouylr]le)(?<!thre)"  # name, whole; but table
    r"|(?<=[^aeiouyscgxz])es$(?<!ches)(?<!shes)(?<![^aeiouylr]les)"  # names; but boxes, tables
    r"|(?<=[^aeiouytd])ed$(?<![^aeiouylr]led)"  # marked; but wanted, settled
    r"|(?<=[gq])ues?$"  # unique
    r"|(?<=[aeiouy])(?:[^aeiouy]|[cst]h|ng|st|nc|rc|dg|rs|ns)e(?=(?:ly|less|ments?|ful|fully|ness)$)"
    r"|ical(?=ly$)"
    r"|(?<=^ev)ery(?=[bdtw])"
    r"|^(?:some|where|there|file|home|life|time|side|base|frame|name|safe|space|place|house"
    r"|store|stone|note|fore|line|code|type|white|wide|whole|wire|make|care|love|face|game|gate"
    r"|date|state|smoke|square|cheese|grape|rose|blue|free|live|like|here|guide|wine|ware|horse"
    r"|stage|judge|edge|bride|trade|take|tale|hope|price)(?=[bcdfghklmnpqstvw][a-z]{2})(?<=e)"
    r"(?<!blue)(?<!free)"
)
# Each match adds one.
APART = re.compile(
    r"(?<![cstgl])ia(?!ge)|(?<=[cstgl])ia(?=[st])|(?<=[^l]l)ia(?=$|ble|r?s$)|(?<=b)ia|gia$"
    r"|(?<![cgtx])iou|(?<=[bdmprvkh])ion(?<!shion)|io(?![nu])|(?<=[bdlmnrptv])iu|iu(?=m)"
    r"|(?<!g)eou|(?<=[bcdghlnrt])eo(?=[lgmd]|ri|gr)(?<!pleo)|(?<=[dr])eo(?=$|s$)|(?<=n)eon$"
    r"|creat(?!ure)|idea|area|linear|nuclear|^rea(?=ct|l[il]|lt|r[rm]|ss|ff|pp|d[jm])|theat"
    r"|preac|korea|panacea|ean(?=s?$)(?<=[prbl]ean)(?<=[aeiou][^aeiou]ean)"
    r"|(?<=[a-z]{3})ie(?=r$|st$|rs$)(?<!shie)(?<!ldie)|(?<!c)iet(?=[^a-z]|[yieae]|$|s$)|ciet"
    r"|(?<![cty])ien(?=[ct])|^scien|(?<=[^ct])ienn"
    r"|(?<![qgs])ua(?!$)|(?<=[iua])sua|gua[lr]d?i|gua(?=l)"
    r"|(?<![qg])ue(?=n[ct]|l$|ls$|lt)|(?<![qg])uou|guou|(?<!q)uit[yi]|ruin|fluid|suici|genuin"
    r"|poe[mt]|^coe[xdf]|^goer|(?<=[aeoui])ing|(?<=[^aeou]y)ing|^coop[ei]|^coor|^zool|chao|oasi|koal"
    r"|eum|leus|^reu[sn]|^rein[a-fh-z][a-z]{2}|^reo[a-z]{2}|^pree|^prei|^biom|aï"
    r"|(?:[iy]sm|(?:[crghnpt]|si)asm|thm)s?$|^mc(?=[^aeiouy])|aor|oem|yi(?!e|ng?$)"
)
SPOKEN = {
    1: """
        been clothes hm hmm mm ms nd psst rd real shh st th vs
    """,
    2: """
        acne adobe argue awesome being bio business cafe cafes carriage cashier cement
        client clients colonel diet dr duo elsewhere evening evenings eyebrow eyebrows
        farewell forest forests giant giants headache headaches hundred ideal ideals io
        junior juniors largely lion lions marriage maybe milestone milestones mr mrs
        naked neon ninety ok opera people pipeline pipelines psyche really riot sacred
        safety science senior seniors soldier soldiers talent talents thereby timeout
        trio via wednesday wicked wretched
    """,
    3: """
        anyone apache api area areas behavior behaviors behaviour behaviours beloved
        businesses ceo compliance compliant composite convenience coyote cpu decrement
        definite element elements epitome excrement favorite finale gui hideous idea
        ideally ideas imagery increment increments involvement karate opposite opposites
        preference recipe recipes shareholder shareholders stakeholder stakeholders
        tenement theatre theatres valuable vehement wherever
    """,
    4: """
        apostrophe california catastrophe etc facsimile hyperbole initiative
        simultaneous
    """,
}
EXCEPTIONS = {word: count for count, listed in SPOKEN.items() for word in listed.split()}


@lru_cache(maxsize=REMEMBERED_WORDS)
def count_syllables(word: str) -> int:
    """At least one for every word, also for numbers and words of other scripts."""
    word = word.lower().replace("’", "'")
    extra = 0
    if word.endswith(("dn't", "sn't")):
        extra = 1
    elif word.endswith("'s"):
        word = word[:-2]
        extra = word.endswith(("s", "x", "z", "ch", "sh", "ce", "ge"))
    parts = LETTERS.findall(word.replace("'", ""))
    return max(1, sum(map(_count_part, parts)) + extra)


def _count_part(part: str) -> int:
    known = EXCEPTIONS.get(part)
    if known is not None:
        return known
    spoken = GLIDE.sub("j", part)
    count = len(VOWELS.findall(spoken))
    if count == 0:
        return min(len(part), MAX_SPELLED_LETTERS)  # HTML is spelled out
    count += len(APART.findall(part)) - len(SILENT.findall(spoken))
    return max(1, count)
