"""Which English words can be the verb of a passive, and which only look like one?"""

from analysis.engine.wordlists import words

IRREGULAR = words("""
    arisen awoken beaten begun bent bet bitten bled blown bought bound bred broken brought built
    burnt burst cast caught chosen clung cut dealt done drawn driven drunk dug dwelt eaten fed
    felt flung forbidden forecast foreseen forgiven forgotten forsaken fought found frozen ground
    given grown heard held hewn hidden hit hung hurt inlaid input kept knit known laid leant led
    leapt learnt left lent let lit lost made meant met misled mistaken mown offset outdone outgrown
    overcome overdone overheard overridden overseen overtaken overthrown paid proofread proven put
    quit read rebuilt redone repaid reset resold retold rewritten ridden rung run said sawn seen
    sent set sewn shaken shaved shed shone shot shown shrunk shut slain slit smitten sold sought
    sown sped spelt spent spilt split spoilt spoken spread spun stolen stricken stridden struck
    strung stuck stung sung sunk swept sworn swum swung taken taught thought thrown thrust told torn
    trodden understood undertaken undone upheld upset withdrawn withheld withstood woken won worn
    wound woven wrung written underwritten undercut overrun overwritten rethought remade unwound
    interwoven typeset handwritten ghostwritten babysat bespoken beset broadcast telecast wed rid
    relaid waylaid mislaid outsold undersold unsaid foretold shod clad
    beheld besought bestrewn bidden borne browbeaten cloven forborne forgone forsworn hamstrung
    miscast misheard misread misspelt misspent misunderstood outbid outdrawn outrun outshone
    outspent overdrawn overfed overlaid overspent prepaid recast redrawn regrown rehung relit resewn
    retaken retaught rewound shorn slung smelt strewn sublet typecast wrought
""")
# They end like participles, yet say what somebody is or feels; with "by" they are passives again.
STATES = words("""
    interested excited tired bored pleased delighted satisfied dissatisfied scared worried surprised
    amazed confused annoyed disappointed embarrassed frightened frustrated relaxed shocked thrilled
    concerned determined experienced inexperienced skilled talented gifted dedicated devoted
    committed convinced tempted inclined ashamed supposed accustomed opposed related complicated
    sophisticated advanced limited detailed crowded qualified educated motivated married engaged
    divorced retired deceased exhausted depressed stressed relieved terrified astonished stunned
    puzzled fascinated horrified outraged overwhelmed overjoyed intrigued impressed irritated upset
    ashamed agitated alarmed amused animated anticipated assured balanced biased blessed cultured
    distinguished diversified elated enthused esteemed established fatigued flawed furnished
    heated honoured honored hurried inspired isolated jaded mixed mistaken obsessed obliged
    packed preoccupied prepared privileged refined reserved rested sacred saddened seasoned
    skewed spirited spoiled strained stuck subdued suited tainted troubled varied worn
    acquainted affiliated blindfolded bound bent left lost clad rid wed located situated
    armed detached drunk dressed disabled enabled gone hidden involved focused
    overrated underrated deserted outdated understaffed overworked nuanced muted stilted bloated
    assorted
""") - words("established heated anticipated furnished hidden left lost enabled packed spoiled")
# Before "to" these say what somebody is ready for.
STATES_BEFORE_TO = words("disposed entitled destined poised prepared")
# Of these the ones that somebody does: «can be disabled», «has been isolated».
DEEDS = words("disabled detached isolated limited armed mixed balanced educated hurried spoiled")
# What is said in the passive about anything: «it's thought that».
SAID = words("""
    said thought believed known understood reported rumoured rumored claimed alleged assumed feared
    hoped expected estimated argued agreed recommended suggested accepted acknowledged
""")
# They end in -ed and are no verbs at all.
NOT_VERBS = words("""
    bed red need needs seed feed speed weed deed breed bleed creed greed indeed hundred kindred
    sacred naked wicked rugged ragged crooked wretched jagged beloved biped moped infrared shred
    sled shed fred ted ned ed med fed sped reed heed exceed proceed succeed embed misled tweed
    agreed hatred kilted aged newlywed steed bearded wooded striped spotted
    happened occurred existed arrived belonged consisted emerged vanished disappeared died
""") - words("fed shed sped misled agreed")
# Compounds that say what something has or is: «blue-eyed», «well-equipped», «old-fashioned».
TAILS = words("""
    minded hearted eyed handed headed sided fashioned legged haired tempered spirited lived blooded
    footed faced mannered natured skinned sized shaped coloured colored roofed winged toothed bodied
    armed based focused contained oriented mouthed necked nosed edged
    walled bearded breasted lipped limbed voiced witted willed
""")
NO_DEED_BEFORE = words("well ill half full old new long short high low bad good like")
# They belong to the verb before: «called off», «scared away».
PARTICLES = words("off out up away down over in on back along through around about aside")
UN_VERBS = words("""
    undermined underlined underestimated undercharged underpinned underfunded uncovered unveiled
    unlocked unloaded untangled unified united updated unleashed unearthed unpacked unplugged
    unmasked unsubscribed upgraded uploaded uprooted undeleted unblocked uninstalled unscrewed
    unwrapped untied
""")
# What one gets without anybody doing it.
GOT = words("""
    married divorced engaged started dressed lost stuck involved acquainted bored tired excited
    used accustomed rid drunk upset worried confused scared going done changed angry ready
    interested frustrated annoyed worn better worse
""") - words("done changed")
BE = words("""
    am is are was were be been being isn't aren't wasn't weren't ain't i'm we're you're they're
    who're what're there're
""")
# The short form of "is" or of "has": only some subjects are safe.
BE_OR_HAS = words("it's that's this's what's which's everything's nothing's")
GET = words("get gets got getting gotten")
BETWEEN = words("""
    not never always often also already just still now then soon once only ever even rarely seldom
    sometimes usually again all both either neither well badly further thereby thus therefore
    hence however indeed instead perhaps probably almost nearly twice thrice hereby later first
    finally long since best better partly wholly jointly yet being been ill last
""")
# Behind these an -ed word is an adjective.
DEGREES = words("very too so more most less least quite rather extremely fairly pretty somewhat as")
OBJECT_STARTS = words("""
    the a an my your his her its our their this that these those me him them us some any every
    each all another everything nothing something anything
""")
ADVERB_NOUNS = words("early daily weekly monthly only likely friendly family lonely lovely ugly")
