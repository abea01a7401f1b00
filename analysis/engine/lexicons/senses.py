"""Which words of the style and inclusive lists are innocent in some company, and in which?

`phrase, phrase | clue | words`; the clues are those of `analysis.engine.senses`.
"""

from analysis.engine.senses import Senses, senses

STYLE_SENSES: Senses = senses("""
clearly, fairly, quite, rather, mostly, largely, virtually, relatively, truly, really | leaning
literally, remarkably, hugely, immensely, incredibly, tremendously | leaning
fairly | not before | treated priced paid distributed divided shared judged compensated traded
clearly | not before | marked defined labelled labeled visible written stated explained shown
clearly | not before | indicated separated documented audible legible printed
rather | not after | or would i'd you'd he'd she'd we'd they'd
i think | not before | of about
truly | not after | yours
very | not before | own same nature moment reason fact idea act existence essence heart core
very | not before | beginning bottom edge least definition foundation foundations fabric thought
people say | not before | hello goodbye yes no please thank
kind of, sort of | after | is are was were be been being am it's that's he's she's they're we're
kind of, sort of | after | i'm you're it'd that'd i you he she it we they and or but just only still
kind of, sort of | after | also really feel feels felt look looks looked seem seems seemed sound
kind of, sort of | after | sounds sounded get gets got
kind of, sort of | not before | you him her them me us his their
a bit | not before | of
a bit | not near | byte bytes bits register binary bitwise mask xor flag processor encoded
i believe | not before | in you him her them
continue on, continues on, continued on, continuing on | not before | the my his her our their its
tend to, tends to | not before | the my his her our their its a patients wounds livestock
whether or not | after | know knows known knew decide decides decided deciding determine determines
whether or not | after | see tell check ask asks asked wonder wonders wondered unsure sure unclear
whether or not | after | clear of say doubt consider discuss debate
leverage | verb
pivot to | after | to will would can could should shall may might must we they you i let
leveraged | not after | highly overly heavily
leveraged | not before | buyout buyouts loan loans fund funds etf etfs
on the same page | not near | link links url heading headings anchor scroll printed photo photos
on the same page | not near | website html widget browser form image images advert chapter button
piece of cake | not near | ate eat eats eating eaten tea coffee bake baked slice plate birthday
piece of cake | not near | wedding chocolate sponge bakery lemon carrot fork crumbs
icing on the cake, the icing on the cake | not near | bake baked oven sugar butter sponge fondant
bed of roses | not near | garden gardener gardens plant planted prune pruned soil bloom lawn
headwinds | not near | cyclist cyclists cycling wind flight pilot pilots sail sailing bike plane
touch base, touching base | not near | runner inning innings baseball pitcher infield
deep dive, deep dives, deep-dive | not near | diver divers diving scuba submarine reef wreck oxygen
table stakes | not near | poker casino chips
buy-in | not near | poker casino tournament
tie the knot, tied the knot, tying the knot | not near | rope thread string yarn ribbon lace laces
tie the knot, tied the knot, tying the knot | not near | cord twine scarf loop needle
miss the boat, missed the boat, missing the boat | not near | ferry harbour harbor island pier quay
miss the boat, missed the boat, missing the boat | not near | dock sails timetable
see the light | not before | on of in at from through coming shining behind under switch
wake-up call | not near | hotel reception hostel lobby
break the ice | not near | ship icebreaker hull frozen pond bucket arctic
cut corners, cutting corners | not near | scissors fabric paper fold
draw the line, drew the line, drawing the line | not before | from between through with
draw the line, drew the line, drawing the line | not near | ruler pencil chart graph axis plot
draw the line, drew the line, drawing the line | not near | canvas pen
pay the price, pays the price, paid the price, paying the price | not before | of on in shown listed
pay the price, pays the price, paid the price, paying the price | not before | displayed marked
raise the bar, raises the bar, raised the bar, raising the bar | not before | of on
down to earth | not after | back fell fall falling came come drop dropped floated brought crashed
up in the air | not near | balloon threw thrown throw ball tossed kite flew jump jumped plane drone
at a crossroads | not near | road roads inn signpost lane highway traffic chapel
in the same boat | not near | rowed row oars sail sailed harbour harbor lake fishing crew anglers
the last straw | not near | hay hat drink bale
out of the blue | not before | sky sea water box bag room car
hands down | not after | your her his their my our both
bandwidth to | not near | network mbit gbit mbps gbps server ethernet upload
reach out to | not near | hand hands arm arms grab touch
close the loop, closing the loop | not near | thread yarn ring wire cord string rope
peel the onion | not near | chop dice slice garlic knife pan oil carrot carrots potatoes soup
at scale | not near | map drawing ruler
prick | not near | fork needle finger fingers potato potatoes skin thorn sausages pastry dough
tits | not near | bird birds feeder blue coal great nest robin robins finches willow marsh
bitch, bitches | not near | puppies pups litter breeder kennel dog dogs stud breeding
ass | not near | donkey donkeys mule ox wild samson jawbone
crap | not near | dice casino
""")
INCLUSIVE_SENSES: Senses = senses("""
man the, man a | after | to will must should can could would may might shall they we volunteers
man up | after | to and should must just can could need please
grow a pair | not before | of
lifestyle choice | near | gay lesbian homosexual homosexuality bisexual orientation sexuality queer
a transgender, an epileptic, a diabetic, an alcoholic, a schizophrenic | alone
transgendered, transsexual, paraplegic, quadriplegic, spastic, albino, fatty, bum | alone
dwarf | after | a an the this that old angry little
dwarf | alone
dwarf | not near | elf elves hobbit wizard axe goblin fantasy planet star rabbit hamster forge
savage | after | a an the that like noble
savage, oriental, pygmy, convict, tramp | alone
tramp | after | a an the old this
convict, convicts | after | a an the escaped former these those ex two
afflicted with | not near | drought flood floods famine
afflicted by, stricken by | not near | drought flood floods famine grief war storm storms frost
dyke, dykes | not near | sea water flood floods flooded dutch river embankment polder coast fields
fag, fags | not near | cigarette cigarettes smoke smoked smoking ash lighter
faggot, faggots | not near | gravy peas pork liver meatballs sticks bundle firewood fire wood
chink, chinks | not before | in of
coon, coons | not before | cat cats
retard, retards, retarded | not near | growth flame fire ignition timing spread spark corrosion
lame | not near | horse horses mare hoof vet stable dog limp limped limping leg farrier cow cattle
handicap, handicaps, handicapped | not near | golf golfer golfers course tee race races racing horse
handicap, handicaps, handicapped | not near | betting odds jockey chess match strokes
hooker, hookers | not near | rugby scrum prop props lineout try pack
vegetative state | not near | plant plants growth flowering seed seeds shoots
high functioning, low functioning | near | autism autistic asperger's neurodivergent spectrum
savages | not near | reviews
aborted, abort, aborts, aborting | not near | pregnancy fetus foetus embryo
slave, slaves | near | node nodes server servers database databases replica replicas replication
dummy value, dummy data, dummy values | not near | mannequin
housekeeping job | near | cron server database script scheduler background nightly cleanup
black hat, black hats, white hat, white hats | near | hacker hackers hacking seo security attackers
first-class citizen, first-class citizens | near | language languages function functions type types
demilitarized zone, dmz | not near | korea korean border troops soldiers treaty ceasefire armistice
death march | not near | prisoners soldiers war nazi bataan camp camps guards
ninja, ninjas | not near | japan japanese samurai feudal shuriken martial warrior
white glove | near | service support delivery onboarding
caste | not near | hindu india indian brahmin dalit ants bees termites workers queen
ghetto, ghettos | not near | jewish jews nazi nazis holocaust warsaw venice deported synagogue
guru, gurus | not near | hindu sikh buddhist disciple disciples ashram yoga meditation temple
voodoo | not near | haiti haitian priest priestess religion ritual rituals ceremony orleans benin
powwow, powwows, pow wow | not near | nation tribe tribal dancers drums native indigenous regalia
black sheep | not near | flock wool farm farmer lambs grazing pasture fleece ewes field fields
first world, third world | not before | war wars cup title record championship championships series
first world, third world | not before | tour premiere champion congress conference final
caucasian, caucasians | not before | languages language mountains mountain shepherd region
gypsy, gypsies | not near | traveller travellers caravan
eskimo, eskimos | not before | aleut languages roll
off the reservation | not near | navajo tribal tribe lakota native nation housing
going native, go native | not near | plants plant garden gardening species app apps ios android
got clean | near | drugs heroin addiction alcohol sober rehab cocaine
geriatric | not before | medicine care ward wards patient patients nurse nursing psychiatry unit
geriatric | not before | hospital clinic services specialist assessment department
elderly | not before | horse horse's dog cat oak tree car bus computer laptop engine boiler building
fat cat | not near | vet diet litter kitten pet food purr
even your mother | near | use understand easy simple click
pull the trigger, pulled the trigger | not near | gun pistol rifle weapon shot shots finger hunter
scorched earth | not near | army troops retreat war soldiers fire drought
take a shot at | not near | goal ball basket camera target
the blind, the disabled, the deaf, the poor, the elderly, the aged, the homeless | alone
the needy, the obese, the handicapped, the mentally ill, the visually impaired | alone
the uneducated | alone
""")
