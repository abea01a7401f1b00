"""Which English words leave people out or hurt them, and what can be said instead?

The list is our own. Its judgements follow guides that are free to read: the APA's guidelines for
bias-free language, the UN's for gender-inclusive language, the disability language style guide of
the National Center on Disability and Journalism, GLAAD's media reference guide, the Inclusive
Naming Initiative's word lists and the Google developer documentation style guide.
"""

from dataclasses import dataclass

from analysis.engine.phrases import Phrase, phrases
from analysis.engine.report import Severity


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    severity: Severity
    reason: str
    listing: str


_CONDITIONS = (
    *("autism", "depression", "anxiety", "cancer", "diabetes", "epilepsy", "dementia", "arthritis"),
    *("asthma", "migraines", "dyslexia", "ADHD", "schizophrenia", "Parkinson's", "Alzheimer's"),
    *("addiction", "deafness", "blindness"),
)
_SUFFERING = "\n".join(
    f"suffers from {name} = has {name} | lives with {name}\n"
    f"suffer from {name} = have {name} | live with {name}\n"
    f"suffered from {name} = had {name} | lived with {name}\n"
    f"suffering from {name} = with {name} | living with {name}"
    for name in _CONDITIONS
)
GROUPS = (
    Group(
        "gender",
        Severity.SUGGESTION,
        "names one gender where all are meant",
        """
airman, airmen = aviator | pilot
alderman, aldermen = council member
anchorman, anchormen, anchorwoman = anchor | presenter
barman, barmen, barmaid, barmaids = bartender
batsman, batsmen = batter
bellboy, bellboys, bellman = porter
best man for the job, right man for the job = best person for the job
brotherhood of man = humanity
businessman, businessmen, businesswoman, businesswomen = business person | executive
cameraman, cameramen = camera operator
career woman, career girl = professional
cattleman, cattlemen = rancher
chairman, chairmen, chairwoman, chairwomen = chair | chairperson
chambermaid, chambermaids, maidservant = room attendant | cleaner
cleaning lady, cleaning ladies, cleaning woman, charwoman = cleaner
clergyman, clergymen = member of the clergy
committeeman, committeemen = committee member
common man, man in the street, man on the street = average person
congressman, congressmen, congresswoman = member of congress | representative
councilman, councilmen, councilwoman, councilwomen = councillor | council member
assemblyman, assemblymen, assemblywoman = assembly member
crewman, crewmen = crew member
milkman, milkmen = milk deliverer
craftsman, craftsmen = artisan | craftsperson
craftsmanship = artisanship | skill
dairyman, dairymen = dairy farmer
deliveryman, deliverymen, delivery man, delivery boy = courier | delivery driver
doorman, doormen = doorkeeper
draftsman, draftsmen, draughtsman, draughtsmen = drafter
fatherland = homeland
fireman, firemen = firefighter
fisherman, fishermen = fisher
foreman, foremen = supervisor
forefathers = ancestors
founding fathers = founders
freshman, freshmen = first-year student
frontman, frontmen = lead singer
forewoman, forewomen = supervisor
garbageman, garbage man, dustman, dustmen, binman, binmen = refuse collector
gentleman's agreement, gentlemen's agreement = handshake agreement
girl friday, man friday = assistant
handyman, handymen = repairer
he or she, she or he, he/she, s/he = they
his or her, her or his, his/her, her/his = their
him or her, her or him, him/her = them
himself or herself, himself/herself = themselves
heroine, heroines = hero
housewife, housewives = homemaker
ladies and gentlemen = everyone | honoured guests
lady doctor, woman doctor, female doctor, lady lawyer, woman lawyer = doctor | lawyer
landlady, landladies = landlord | owner
layman, laymen, layman's terms, laymen's terms = layperson | plain words
like a girl, throws like a girl = weakly
longshoreman, longshoremen = dock worker
mailman, mailmen, postman, postmen = mail carrier | postal worker
male nurse, male nurses = nurse
maintenance man, repairman, repairmen = technician | repairer
man a = staff a | operate a
man the = staff the | operate the
manned the = staffed the | operated the
manning the = staffing the | operating the
manned by = staffed by | operated by
man hours, man-hours, man hour, man-hour = person hours | work hours
man days, man-days, man day, man-day = person days
man months, man-month, man-months = person months
man up, manning up, grow a pair, man enough = be brave
man made, man-made, manmade = artificial | synthetic
manhole, manholes = utility hole | maintenance hole
manhunt = search
mankind = humankind | humanity
manpower = workforce | staff
manservant, menservants = servant
meter maid = parking attendant
middleman, middlemen = intermediary
prehistoric man, early man, neanderthal man = modern humans | early humans
mother tongue = first language
mothering instinct = caring instinct
newsman, newsmen, newspaperman, newspapermen, pressman = journalist
ombudsman, ombudsmen = ombuds | ombudsperson
old wives' tale, old wives tale, old wives' tales = myth | folk tale
one man show, one-man show, one man band = solo show
penman, penmanship = handwriting
poetess, authoress = poet | author
sculptress = sculptor
comedienne = comedian
aviatrix = aviator
policeman, policemen, policewoman, policewomen = police officer
salesman, salesmen, saleswoman, salesgirl, salesgirls = salesperson
salesmanship = selling skills
schoolmaster, schoolmarm = teacher
seaman, seamen = sailor
stuntman, stuntmen = stunt performer
taxman, taxmen = tax collector | tax office
yachtsman, yachtsmen = sailor
serviceman, servicemen, servicewoman = service member
spaceman, spacemen = astronaut
spinster, spinsters, old maid = single woman
spokesman, spokesmen, spokeswoman, spokeswomen = spokesperson
sportsman, sportsmen = athlete
sportsmanship = fair play
statesman, statesmen = political leader
stewardess, stewardesses, air hostess = flight attendant
strongman, strongmen = dictator
tradesman, tradesmen = trader | skilled worker
trashman, trash man = refuse collector
unmanned = crewless | uncrewed
waitress, waitresses = server
watchman, watchmen = guard
weatherman, weathermen, weather girl = forecaster
workman, workmen = worker
workmanlike = skilful
workmanship = work quality
working mother, working mothers = working parent
you guys, hey guys, hi guys, guys and gals = everyone | folks | you all
""",
    ),
    Group(
        "lgbtq",
        Severity.WARNING,
        "is inaccurate or hurtful to lesbian, gay, bisexual and transgender people",
        """
admitted homosexual, avowed homosexual = openly gay
biologically female, biologically male, born a man, born a woman = assigned at birth
gay agenda, homosexual agenda = gay rights
gay lifestyle, homosexual lifestyle = gay people's lives
hermaphrodite, hermaphrodites = intersex person
homosexuals, homosexual couple, homosexual relations = gay people | same-sex couple
lifestyle choice = identity
opposite sex, the opposite sex, opposite gender = another gender
preferred pronouns, preferred pronoun = pronouns
sex change, sex-change operation, sex change operation = transition | gender-affirming surgery
sexual preference, sexual preferences = sexual orientation
shemale, she-male, tranny, trannies = transgender woman
that's so gay, that is so gay = uncool
transgendered = transgender
transgenders = transgender people
a transgender = a transgender person
transsexual, transsexuals = transgender person
transvestite, transvestites = cross-dresser
dyke, dykes, faggot, faggots, fag, fags, homo, homos =
""",
    ),
    Group(
        "disability",
        Severity.WARNING,
        "reduces people to a condition or pities them",
        """
able bodied, able-bodied = non-disabled
afflicted with, afflicted by, stricken with, stricken by = living with
albino, albinos = person with albinism
an epileptic = a person with epilepsy
epileptics = people with epilepsy
asylum inmates, inmates of the asylum = patients
birth defect, birth defects = congenital condition
blind as a bat = unable to see
blind leading the blind = guided by nobody who knows
blind spot to = gap in
turn a blind eye to, turns a blind eye to, turned a blind eye to = ignore
turning a blind eye to = ignoring
turn a blind eye, turns a blind eye, turned a blind eye = look away
brain damaged, brain-damaged = person with a brain injury
bound to a wheelchair, confined to a wheelchair, wheelchair bound = uses a wheelchair
wheelchair-bound = uses a wheelchair
cancer victim, cancer victims = person with cancer
aids victim, aids victims = person with AIDS
crip, cripple, cripples = disabled person
crippled = physically disabled | damaged
crippling = severe
deaf and dumb, deaf-mute, deaf mute, deafmute = deaf
falls on deaf ears = is ignored
fell on deaf ears = was ignored
fall on deaf ears, deaf ears = be ignored
differently abled, differently-abled, handi-capable, handicapable = disabled
diabetics = people with diabetes
a diabetic = a person with diabetes
dumb down, dumbed down, dumbing down = simplify
dwarf, midget, midgets = person of short stature
feeble minded, feeble-minded, mentally retarded, retarded = intellectually disabled
retard, retards = person with an intellectual disability
handicap, handicaps = disability
handicapped = disabled
the handicapped = disabled people
handicapped parking, handicap parking = accessible parking
handicapped toilet, disabled toilet, handicapped bathroom = accessible toilet
harelip, hare lip = cleft lip
hearing impaired, hearing-impaired = deaf or hard of hearing
the deaf = deaf people
high functioning, low functioning = with specific support needs
imbecile, imbeciles, moron, morons, moronic, idiot, idiots, idiotic, cretin, cretins = foolish
invalids, shut-ins, shut-in, bedridden = housebound person
lame = dull | weak
lame duck = outgoing
learning disabled = with learning disabilities
leper, lepers = person with leprosy | outcast
mongoloid, mongol child = person with Down syndrome
normal people, normal person, normal child = people without disabilities
paraplegic, paraplegics = person with paraplegia
quadriplegic, quadriplegics = person with quadriplegia
paralyzed by fear, paralysed by fear = frozen with fear
physically challenged, mentally challenged, visually challenged, vertically challenged = disabled
sanity check, sanity checks, sanity test = quick check | confidence check
spastic, spastics, spaz, spazz = person with cerebral palsy
special needs, special-needs = disabled | with support needs
stutterer, stutterers = person who stutters
the blind = blind people
the disabled = disabled people
the visually impaired = people with low vision
tone deaf, tone-deaf = insensitive
vegetative state, human vegetable = unresponsive state
victim of polio = person who had polio
victim of stroke = person who had a stroke
stroke victim, stroke victims = person who had a stroke
overcame her disability, overcame his disability = succeeded
"""
        + _SUFFERING,
    ),
    Group(
        "mental_health",
        Severity.SUGGESTION,
        "makes light of mental illness",
        """
addict, addicts, drug addict, drug addicts, junkie, junkies, crackhead = person with an addiction
drunkard, drunkards = person with alcohol use disorder
an alcoholic = a person with alcohol use disorder
alcoholics = people with alcohol use disorder
batshit, batshit crazy, stark raving mad = absurd
bipolar weather, so bipolar = changeable
clean and sober, got clean = in recovery
commit suicide = die by suicide
commits suicide = dies by suicide
committed suicide = died by suicide
failed suicide = suicide attempt
completed suicide, successful suicide = death by suicide
crazy, crazier, craziest, crazily = wild | surprising | absurd
demented, senile = person with dementia
deranged = disturbed
drug abuse, substance abuse = substance use
drug abuser, drug abusers, substance abuser = person who uses drugs
drug habit = addiction
hysterical, hysterics, hysterically = frantic | very funny
insane = extreme
insanely = extremely
insanity = folly
loony, loonies, looney, loony bin, nut house, nuthouse, madhouse, funny farm = psychiatric hospital
lunatic, lunatics, lunacy = reckless | absurd
maniac, maniacs, maniacal = fanatic
mental case, mental patient, nut job, nutjob, nutcase, nutter = person with a mental illness
nutters = person with a mental illness
mentally ill person = person with a mental illness
the mentally ill = people with a mental illness
neurotic about = anxious about
ocd about, so ocd, a little ocd = careful about
off his meds, off her meds, off their meds = irrational
paranoid about = worried about
psycho, psychos = dangerous person
psychopath, psychopaths, sociopath, sociopaths = ruthless person
ptsd from that, gave me ptsd = shocked me
schizo, schizophrenic about, schizophrenics, a schizophrenic = person with schizophrenia
straightjacket, straitjacket = restriction
wacko, whacko, weirdo, weirdos = eccentric person
""",
    ),
    Group(
        "race_and_origin",
        Severity.WARNING,
        "belittles people for their origin or rests on a stereotype",
        """
aborigine, aborigines = Aboriginal people
indian giver = one who takes back a gift
indian givers = people who take back a gift
indian giving = taking back a gift
arab terrorist, muslim terrorist, islamic terrorist, islamist terrorist = terrorist
articulate black = articulate
basket case = hopeless
bushman, bushmen = San people
black market, black markets = illegal market
black mark = blot
black sheep = outcast
go native = adopt local ways
going native = adopting local ways
gone native = adopted local ways
caste = group
caucasian, caucasians = white person
on the warpath, going on the warpath = angry
chinaman, chinamen, chinaman's chance = Chinese person
chinese whispers = telephone game
chinese fire drill = confusion
circle the wagons, circling the wagons = close ranks
civilised nations, civilized nations = industrialised nations
uncivilised, uncivilized = rough
colored people, coloured people, negroes = Black people | people of colour
colored person, coloured person, negro = Black person | person of colour
negroid = Black
cotton picking, cotton-picking = annoying
dark continent, darkest africa = Africa
eskimo, eskimos = Inuit
exotic looking, exotic-looking, exotic beauty = striking
first world problem, first world problems, first-world problem = minor problem
first world = developed countries
third world, third-world = developing countries
ghetto, ghettos = neighbourhood
grandfather clause, grandfather clauses = legacy clause
grandfathered in, grandfathered = exempted
grandfathering = exempting
gypped = cheated
gypping = cheating
gyp = cheat
gypsy, gypsies = Roma
half breed, half-breed, half breeds, half-caste, mulatto, mulattos, octoroon = of mixed heritage
hold down the fort, hold the fort = keep watch
illegal alien, illegal aliens, illegal immigrant, illegal immigrants = undocumented immigrant
illegals = undocumented immigrant
inner city youth, inner-city youth = young people in cities
inscrutable oriental, oriental, orientals = Asian
jap, japs, chink, chinks, gook, gooks, wetback, wetbacks, spic, spics, kike, kikes =
jew down, jewed down = haggle
jewing down, jewing = haggling
jipped = cheated
jip = cheat
long time no see = it has been a while
no can do = I cannot
low man on the totem pole, low on the totem pole = lowest rank
top of the totem pole = highest rank
non-white, nonwhite, non-whites = people of colour
mohammedan, mohammedans, muhammadan = Muslim
mumbo jumbo, mumbo-jumbo = nonsense
savage tribe, savages, savage = Indigenous people
nigger, niggers, nigga, coon, coons, darkie, darkies, redskin, redskins, squaw, squaws, injun =
injuns =
off the reservation, went off the reservation = out of line
paddy wagon, paddy wagons = police van
peanut gallery = hecklers
pow wow, pow-wow, powwow, powwows = meeting
primitive people, primitive peoples, primitive tribe, primitive culture = Indigenous people
pygmy, pygmies = people of the rainforest
shuck and jive = evade
uppity = proud
sold down the river, sell down the river = betrayed
spade a spade, call a spade a spade = speak plainly
spirit animal, spirit animals = kindred spirit
guru, gurus = expert
tribal knowledge = unwritten knowledge
voodoo economics, voodoo = magical
welfare queen, welfare queens, welfare mother = person on benefits
white trash, redneck, rednecks, hillbilly, hillbillies = rural people
yellow peril =
""",
    ),
    Group(
        "technology",
        Severity.SUGGESTION,
        "carries an image of slavery, violence or race into technology",
        """
abort, aborts, aborted, aborting = stop | cancel
black box testing, black-box testing = closed box testing
white box testing, white-box testing = open box testing
black hat, black hats, black-hat, white hat, white hats, white-hat = malicious | ethical
blackball, blackballed = exclude
blacklist, blacklists, blacklisted, blacklisting, black list, black-list = denylist | blocklist
whitelist, whitelists, whitelisted, whitelisting, white list, white-list = allowlist
brown bag lunch, brown bag session, brown bag seminar, brown bag meeting = lunch talk
cakewalk = easy task
hung process = unresponsive process
demilitarized zone, dmz = perimeter network
dummy value, dummy data, dummy variable, dummy values = placeholder | sample data
female connector, male connector, female plug, male plug = socket | plug
greybeard, graybeard, greybeards, graybeards = veteran
kill chain = attack path
housekeeping job = maintenance job
master and slave, master-slave, master/slave, master slave = primary and replica
master branch, master server, master node, master database, master copy, master key = main | primary
master password = main password
webmaster, webmasters = site administrator
scrum master = team lead
scrummaster = main password | site administrator
mob programming = ensemble programming
monkey test, monkey testing = random testing
code monkey, code monkeys = programmer
first-class citizen, first class citizen, first-class citizens, first class citizens = built-in
ninja, ninjas, rockstar developer, rock star developer, coding ninja = expert
war room, war rooms = situation room
death march = overwork
segregation of duties = separate
slave node, slave server, slave database, slave replica, slave drive, slaves = replica | secondary
slave = replica | secondary
stonith, shoot the other node in the head = fence failed nodes
zombie process, orphan process = defunct process
white glove, white-glove = premium
yes man, yes-man, yes men = one who agrees
""",
    ),
    Group(
        "age_and_body",
        Severity.SUGGESTION,
        "judges people by age or body",
        """
silver tsunami, grey tsunami, gray tsunami = ageing population
ok boomer = older generation
biddy, old biddy, old hag, hag, crone, crones = older woman
codger, old codger, geezer, geezers, old geezer, coot, old coot, old fogey, old fogy = older man
digital native, digital natives, digital immigrant, digital immigrants = at home with technology
elderly, the elderly, the aged, senior citizens, senior citizen = older people
fat cat, fatso, fatty, obese people, the obese, morbidly obese = larger people | people with obesity
geriatric = older
grandma could use, even your grandmother, even your mother = anyone can use
juvenile delinquent, juvenile delinquents = young offender
over the hill, past their prime, past her prime, past his prime = experienced
mutton dressed as lamb = overdressed
senior moment, senior moments = lapse
snowflake generation = young people
young and energetic, recent graduates only = enthusiastic
man child, manchild = immature person
""",
    ),
    Group(
        "status",
        Severity.SUGGESTION,
        "reduces people to their situation",
        """
bum, bums, hobo, hobos, tramp, vagrant, vagrants, the homeless, homeless people = unhoused people
convict, convicts, ex-con, ex-cons, ex-convict, felon, felons, inmate = person who was in prison
inmates = person who was in prison
culture fit, cultural fit = shared values
deadbeat, deadbeats, deadbeat dad = parent who owes support
illegitimate child, illegitimate children, love child = child of unmarried parents
born out of wedlock = child of unmarried parents
broken home, broken homes, fatherless home = single-parent family
the poor, poor people, the needy = people with low incomes
poverty-stricken, poverty stricken = poor
underprivileged = with low incomes
prostitute, prostitutes, hooker, hookers, whore, whores = sex worker
slum, slums = informal settlement
slumlord, slumlords = bad landlord
unwed mother, unwed mothers = single parent
trailer trash = people in mobile homes
unskilled labour, unskilled labor, unskilled workers = workers
unskilled worker = worker
uneducated = without formal schooling
the uneducated = people without formal schooling
blue collar, blue-collar = manual
""",
    ),
    Group(
        "violence",
        Severity.SUGGESTION,
        "uses a violent image where a plain word would do",
        """
beat a dead horse, beating a dead horse, flog a dead horse = repeat oneself
bite the bullet = accept it
killer app, killer feature = outstanding feature
bury the hatchet = make peace
drop dead date, drop-dead date = final date
hit list, hit lists = list
jump the gun, jumped the gun = start too early
kill two birds with one stone = solve two problems at once
overkill = too much
pull the trigger, pulled the trigger = decide
rape and pillage = exploit
raped by, got raped by = exploited by
roll with the punches = adapt
shoot the messenger = blame the messenger
shoot from the hip = speak too soon
shotgun approach, scorched earth = unfocused approach
take a stab at, taking a stab at, take a shot at = try
trigger happy, trigger-happy = rash
trigger warning, trigger warnings = content warning
under the gun = under pressure
""",
    ),
)
# Senses of the words above that hurt nobody: they are looked for first.
_EXCEPTIONS = """
master's degree, masters degree, master's thesis, master's program, master's programme, a master's
chess grandmaster, master of arts, master of science, black box theatre, old english sheepdog
blacksmith, black tie, black hole, black pepper, black bear, white paper, white wine, white noise
white dwarf, dwarf planet, dwarf planets, dwarf star, red dwarf, brown dwarf, dwarf tree
crazy paving, crazy quilt, crazy golf, crazy horse, crazy ants
handicap race, golf handicap, handicap stakes, handicap of, asian handicap, uneducated guess
lame horse, lame leg, lame foot, went lame
abort button, spontaneous abortion, slave trade, slave ship, slave ships, slave labour, slave labor
slave owner, slave owners, former slave, former slaves, freed slaves, enslaved, slave narrative
slaves were, slaves from, escaped slave, escaped slaves, african slaves, anti-slave
warsaw ghetto, venice ghetto, ghetto uprising, venetian ghetto
caste system, indian caste, hindu caste, caste discrimination
psycho by alfred hitchcock, hitchcock's psycho, alfred hitchcock's psycho, psycho analysis
guru nanak, guru granth sahib, sikh guru, sikh gurus, ninja turtle, ninja turtles
japanese ninja, ninja warrior, ninja creami, voodoo priest, haitian voodoo, louisiana voodoo
gypsy moth, gypsy moths, insanity defense, insanity defence, insanity plea, plea of insanity
tramp steamer, the tramp, homo sapiens, homo erectus, homo habilis, homo naledi, homo economicus
homo ludens, homo neanderthalensis, homo faber, spic and span, alcoholics anonymous, maine coon
oriental rug, oriental rugs, oriental carpet, oriental carpets, oriental shorthair
ghetto blaster, prostitute oneself, crippling debt, crippling cost
"""
NEUTRAL = "neutral"
INCLUSIVE: tuple[Phrase, ...] = (
    *phrases(NEUTRAL, _EXCEPTIONS),
    *(phrase for group in GROUPS for phrase in phrases(group.name, group.listing)),
)
BY_NAME = {group.name: group for group in GROUPS}
