"""What does the engine know about English?"""

from analysis.engine.languages.english_inflection import base_form
from analysis.engine.languages.english_syllables import count_syllables
from analysis.engine.languages.facts import LanguageFacts
from analysis.engine.wordlists import words

FUNCTION_WORDS = words("""
a an the this that these those each every either neither some any no all both half several such
same other another few many much more most less least enough own
i me my mine myself you your yours yourself yourselves he him his himself she her hers herself it
its itself we us our ours ourselves they them their theirs themselves one ones oneself who whom
whose which what whatever whichever whoever someone somebody something anyone anybody anything
everyone everybody everything nobody nothing none
and or but nor so yet for if then else because although though while whereas unless until since
when whenever where wherever whether why how as than once after before
about above across against along among around at behind below beneath beside besides between
beyond by despite down during except from in inside into like near of off on onto out outside over
past per through throughout to toward towards under underneath unlike up upon via with within
without
am is are was were be been being have has had having do does did doing done will would shall
should can could may might must ought
mr mrs ms
not never very too also just only even still already again ever quite rather really almost always
often sometimes usually perhaps maybe here there now today however therefore thus hence moreover
furthermore instead otherwise meanwhile well much yes no etc eg ie vs
i'm you're he's she's it's we're they're i've you've we've they've i'd you'd he'd she'd we'd they'd
i'll you'll he'll she'll it'll we'll they'll isn't aren't wasn't weren't hasn't haven't hadn't
doesn't don't didn't won't wouldn't shan't shouldn't can't cannot couldn't mustn't let's that's
who's what's here's there's when's where's why's how's it'd that'd there'll that'll needn't
get gets got getting go goes going went gone make makes made making use uses used using want wants
wanted need needs needed know knows knew known say says said see sees saw seen take takes took
taken come comes came give gives gave given let lets put puts thing things lot lots way ways
""")

ENGLISH = LanguageFacts(
    code="en",
    name="English",
    words_per_minute=228,
    long_sentence_words=20,
    stemmer="english",
    base_form=base_form,
    syllables=count_syllables,
    function_words=FUNCTION_WORDS,
    titles=words("""
        mr mrs ms mx dr prof rev hon sen rep gov gen col maj capt cpt lt sgt cpl cmdr adm pres
        supt insp messrs mmes st mt ft hr vs viz cf al e.g eg i.e ie approx est dept univ assn
        bros fr sr. jr. mlle mme
    """)
    - words("hr"),
    number_words=words("no nos fig figs vol vols ch chap sec art eq p pp pg par ed eds nr ref"),
    abbreviations=words("""
        inc ltd co corp plc llc jr sr ph.d m.d b.a m.a b.sc m.sc d.c u.s u.k u.n e.u a.m p.m
        jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat
        sun ave blvd rd hwy ext tel min max misc dist ed esq op govt intl natl orig rev
    """)
    - words("sun sat may mar"),
    speech_verbs=words("""
        said says asked asks replied replies answered answers cried cries shouted whispered
        exclaimed called remarked added muttered repeated returned demanded inquired enquired
        laughed snapped wondered wonders explained recalled recalls wrote writes observed
        continued interrupted confirmed
    """),
    sentence_starters=words("""
        the a an this that these those he she it we you they i there here his her its our your
        their my what when where why who how which if in on at for from with by to as but and or
        so yet then after before because although though while since until once no not yes
        however therefore thus also another some many most all each every one two both let do
        does did is are was were can could will would should may might please
    """),
)
