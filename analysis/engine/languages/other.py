"""What does the engine know about languages other than English?"""

import re
from collections.abc import Callable
from functools import lru_cache

from analysis.engine.languages.facts import LanguageFacts
from analysis.engine.remembering import REMEMBERED_WORDS
from analysis.engine.wordlists import words


def _vowel_groups(pattern: str, silent: str = "") -> Callable[[str], int]:
    """Counts the vowel groups of a word; `silent` endings are taken away first."""
    groups = re.compile(pattern)
    ending = re.compile(silent) if silent else None

    @lru_cache(maxsize=REMEMBERED_WORDS)
    def count(word: str) -> int:
        spoken = ending.sub("", word) if ending else word
        return max(1, len(groups.findall(spoken)))

    return count


GERMAN = LanguageFacts(
    code="de",
    name="German",
    words_per_minute=179,
    stemmer="german",
    syllables=_vowel_groups(r"[aeiouyäöü]+"),
    function_words=words("""
        der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner
        dieser diese dieses diesen diesem jeder jede jedes jeden jedem welche welcher welches
        ich du er sie es wir ihr mich dich sich uns euch ihm ihn ihnen mir dir mein dein sein
        unser euer meine deine seine unsere eure ihre ihrem ihren ihrer ihres seinen seinem seiner
        und oder aber denn doch sondern weil dass daß wenn als ob obwohl während bis bevor nachdem
        damit sodass wie wo wann warum wer was wen wem wessen
        in im an am auf aus bei beim mit nach seit von vom zu zum zur durch für gegen ohne um über
        unter vor hinter neben zwischen wegen trotz ab
        ist sind war waren bin bist sei wäre wären gewesen hat haben hatte hatten habe hast hätte
        wird werden wurde wurden worden würde würden kann können konnte könnte könnten muss müssen
        musste soll sollen sollte sollten will wollen wollte darf dürfen mag möchte möchten
        nicht auch nur noch schon so sehr mehr dann da dort hier nun jetzt immer wieder etwa
        man alle alles allem allen aller viele viel einige etwas nichts andere anderen anderer
        selbst beide mal eben ganz
    """),
    titles=words("""
        z.b d.h u.a o.ä u.u bzw ca dr prof hr fr st vgl sog ggf evtl inkl exkl zzgl abs s.o
    """),
    number_words=words("nr abb bd kap s art abs ziff"),
    abbreviations=words("""
        usw etc jh mio mrd tel str bspw z.t jan feb apr jun jul aug sep sept okt nov dez
    """),
    sentence_starters=words("""
        der die das ein eine er sie es wir ihr ich du man dies diese dieser dieses wenn als weil
        da dann doch aber und oder in im an am auf aus bei mit nach seit von vor zu zum zur für
        durch über unter auch so wie was wer wo hier dort jetzt es
    """),
    ordinals_have_dots=True,
)
FRENCH = LanguageFacts(
    code="fr",
    name="French",
    words_per_minute=195,
    stemmer="french",
    syllables=_vowel_groups(
        r"[aeiouyàâäéèêëîïôöùûüœæ]+", silent=r"(?<=[^aeiouyàâäéèêëîïôöùûü])(?:es?|ent)$"
    ),
    function_words=words("""
        le la les un une des du de d l au aux ce cet cette ces mon ma mes ton ta tes son sa ses
        notre nos votre vos leur leurs quel quelle quels quelles chaque tout toute tous toutes
        je tu il elle on nous vous ils elles me te se lui eux moi toi soi y en que qui quoi dont où
        et ou mais donc or ni car si comme quand lorsque puisque parce afin ainsi alors
        à dans par pour sur avec sans sous vers chez entre depuis pendant avant après contre dès
        est sont était étaient être été suis es sommes êtes sera seront serait a ont avait avaient
        avoir ai as avons avez aura auront aurait fait faire peut peuvent pouvoir doit doivent
        ne pas plus moins très bien aussi encore déjà toujours jamais même autre autres peu
        beaucoup trop cela ça ceci celui celle ceux celles c'est qu'il qu'elle qu'on n'est d'un
        d'une l'on s'il
    """),
    titles=words("m mm mme mlle dr pr st ste cf env p.ex"),
    number_words=words("n no art fig p pp vol chap"),
    abbreviations=words("av bd tél janv févr avr juil sept oct nov déc"),
    sentence_starters=words("""
        le la les un une des ce cet cette ces il elle on nous vous ils elles je tu mais et ou donc
        car si comme quand lorsque dans par pour sur avec sans en à au aux cela c'est après avant
    """),
)
SPANISH = LanguageFacts(
    code="es",
    name="Spanish",
    words_per_minute=218,
    long_sentence_words=25,
    stemmer="spanish",
    syllables=_vowel_groups(r"[iuü]?[aeoáéó][iuy]?|[íú]|[iuüy]+"),
    function_words=words("""
        el la los las un una unos unas lo al del de a en con por para sin sobre entre hasta desde
        hacia según contra durante tras ante bajo y e o u pero sino ni que si como cuando donde
        porque aunque mientras pues así yo tú él ella usted nosotros vosotros ellos ellas ustedes
        me te se nos os le les mi mis tu tus su sus nuestro nuestra nuestros nuestras este esta
        esto estos estas ese esa eso esos esas aquel aquella es son era eran fue fueron ser sido
        siendo está están estaba estar ha han había haber hay tiene tienen tener puede pueden
        poder debe deben hace hacer no sí más menos muy también ya aún todavía siempre nunca todo
        toda todos todas otro otra otros otras cada mismo misma tan tanto mucho muchos poco qué
        quién cuál cómo cuándo dónde algo alguien nada nadie alguno alguna algunos algunas
    """),
    titles=words("sr sra srta dr dra prof d dña ud uds ej p.ej"),
    number_words=words("núm n art fig pág págs vol cap"),
    abbreviations=words("av avda tel ee.uu"),
    sentence_starters=words("""
        el la los las un una este esta esto es en con por para si no y pero se lo al su sus cuando
        como porque también hay
    """),
)
ITALIAN = LanguageFacts(
    code="it",
    name="Italian",
    words_per_minute=188,
    long_sentence_words=25,
    stemmer="italian",
    syllables=_vowel_groups(r"[iu]?[aeoàèéò][iu]?|[ìù]|[iuy]+"),
    function_words=words("""
        il lo la i gli le un uno una di a da in con su per tra fra del dello della dei degli delle
        al allo alla ai agli alle dal dallo dalla dai dagli dalle nel nello nella nei negli nelle
        sul sullo sulla sui sugli sulle e ed o od ma però se che chi cui come quando dove perché
        anche non più meno molto poco tutto tutta tutti tutte ogni altro altra altri altre questo
        questa questi queste quello quella quelli quelle io tu lui lei noi voi loro mi ti si ci vi
        ne suo sua suoi sue mio mia nostro nostra è sono era erano essere stato stata stati ha
        hanno aveva avere può possono deve devono fa fare già ancora sempre mai così poi quindi
    """),
    titles=words("sig sig.ra dott dott.ssa prof ing avv"),
    number_words=words("n art fig p pag vol cap"),
    abbreviations=words("ecc tel es"),
    sentence_starters=words("""
        il lo la i gli le un una questo questa è in con per se non e ma si quando come
    """),
)
DUTCH = LanguageFacts(
    code="nl",
    name="Dutch",
    words_per_minute=202,
    stemmer="dutch",
    syllables=_vowel_groups(r"(?:ij|[aeo]{2}|[aeo]u|ui|ie|oe|ei|eu|[aeiouyéèëïöü])[iu]?"),
    function_words=words("""
        de het een van in op te aan met voor bij naar uit door over om tot tegen onder zonder
        tussen en of maar want dus dat die dit deze als dan toen omdat hoewel terwijl ik jij je
        hij zij ze wij we jullie u mij me hem haar ons hen hun mijn jouw zijn onze is was waren
        ben bent wordt worden werd werden geworden heeft hebben had hadden heb kan kunnen kon zal
        zullen zou zouden moet moeten moest mag wil willen niet geen ook nog al wel zo er hier
        daar nu meer veel alle alles andere iets niets wat wie waar hoe wanneer waarom zich zelf
    """),
    titles=words("dhr mevr mw dr prof drs ir ing bijv d.w.z o.a m.b.t"),
    number_words=words("nr art fig blz p"),
    abbreviations=words("tel"),
    sentence_starters=words("""
        de het een dit dat deze die hij zij ze wij we ik je er in op als maar en of
    """),
)
PORTUGUESE = LanguageFacts(
    code="pt",
    name="Portuguese",
    words_per_minute=181,
    long_sentence_words=25,
    stemmer="portuguese",
    syllables=_vowel_groups(r"[iu]?[aeoáâãàéêóôõ][iuo]?|[íú]|[iuy]+"),
    function_words=words("""
        o a os as um uma uns umas de do da dos das em no na nos nas ao aos à às por pelo pela
        pelos pelas para com sem sobre entre até desde e ou mas se que como quando onde porque
        embora enquanto eu tu ele ela nós vós eles elles elas você vocês me te se lhe lhes meu
        minha seu sua seus suas nosso nossa este esta isto estes estas esse essa isso esses essas
        aquele aquela é são era eram foi foram ser sido está estão estava estar há tem têm tinha
        ter pode podem deve devem faz fazer não sim mais menos muito também já ainda sempre nunca
        todo toda todos todas outro outra outros outras cada mesmo mesma qual quais quem
    """),
    titles=words("sr sra dr dra prof eng exmo exma p.ex"),
    number_words=words("n nº art fig pág vol cap"),
    abbreviations=words("av tel"),
    sentence_starters=words("""
        o a os as um uma este esta isto é em com por para se não e mas quando como
    """),
)
RUSSIAN = LanguageFacts(
    code="ru",
    name="Russian",
    words_per_minute=184,
    long_sentence_words=15,
    stemmer="russian",
    syllables=_vowel_groups(r"[аеёиоуыэюя]"),
    function_words=words("""
        и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее
        мне было вот от меня еще нет о из ему теперь когда даже ну ли если уже или ни быть был
        него до вас нибудь опять уж вам ведь там потом себя ничего ей может они тут где есть надо
        ней для мы тебя их чем была сам чтоб без будто чего раз тоже себе под будет ж тогда кто
        этот того потому этого какой совсем ним здесь этом один почти мой тем чтобы нее были куда
        зачем всех можно при об другой хоть после над больше тот через эти нас про них какая много
        это эта
    """),
    abbreviations=words("т.е т.к т.д т.п др пр гг г в руб тыс млн млрд"),
)
UNSPACED = tuple(
    LanguageFacts(code=code, name=name, words_per_minute=speed, is_spaced=False)
    for code, name, speed in (("ja", "Japanese", 357), ("zh", "Chinese", 255))
)
OTHERS = tuple(
    LanguageFacts(code=code, name=name, words_per_minute=speed, stemmer=stemmer)
    for code, name, speed, stemmer in (
        ("ar", "Arabic", 138, "arabic"),
        ("ca", "Catalan", 190, None),
        ("cs", "Czech", 190, "czech"),
        ("da", "Danish", 190, "danish"),
        ("el", "Greek", 190, "greek"),
        ("fi", "Finnish", 161, "finnish"),
        ("he", "Hebrew", 187, None),
        ("hu", "Hungarian", 190, "hungarian"),
        ("id", "Indonesian", 190, "indonesian"),
        ("no", "Norwegian", 190, "norwegian"),
        ("pl", "Polish", 166, "polish"),
        ("ro", "Romanian", 190, "romanian"),
        ("sl", "Slovenian", 180, None),
        ("sv", "Swedish", 199, "swedish"),
        ("tr", "Turkish", 166, "turkish"),
    )
)
