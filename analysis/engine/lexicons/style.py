"""Which English phrases can be shorter, fresher or surer?"""

from analysis.engine.phrases import Phrase, phrases

_WORDY = """
a large number of, a great number of, a vast number of, a large amount of = many | much
a majority of, the majority of, the vast majority of = most
a number of = some | several
a sufficient number of, a sufficient amount of, an adequate number of = enough
at this point in time, at the present time, at this moment in time = now
accordingly = so
additional = more | extra
adjacent to = next to
afford an opportunity, affords an opportunity = allow | let
along the lines of = like
are able to = can
is able to = can
as a consequence of, as a result of = because of
as a means of = to
as of yet = yet
as per = according to | as in
as regards, in regard to, with regard to, with respect to, in respect of, in reference to = about
as to whether, the question as to whether, the question of whether = whether
ascertain, ascertains, ascertained, ascertaining = find out
at all times = always
at an early date = soon
at your earliest convenience = soon
be cognizant of = know
by means of = by | with
by virtue of, by virtue of the fact that = by | because
cease and desist = stop
come to the conclusion, comes to the conclusion, reach the conclusion = conclude
came to the conclusion, reached the conclusion = concluded
commence, commences, commenced, commencing = start | begin
concerning the matter of = about
conduct an analysis, conducts an analysis, conducted an analysis = analyse
conduct an investigation, conducts an investigation, conducted an investigation = investigate
conduct a review, conducts a review, conducted a review = review
despite the fact that, in spite of the fact that, notwithstanding the fact that = although
due to the fact that, owing to the fact that, in light of the fact that = because
in view of the fact that = because
on account of the fact that, for the reason that, on the grounds that = because
during the course of, in the course of = during
each and every = each | every
endeavour to, endeavor to, endeavours to, endeavors to, endeavoured to, endeavored to = try to
expedite, expedites, expedited, expediting = speed up
facilitate, facilitates, facilitated, facilitating = help | ease
few in number = few
for all intents and purposes = in effect
for the duration of = during
for the most part = mostly
for the purpose of, for purposes of = for | to
for the simple reason that = because
from time to time = sometimes
gave consideration to, give consideration to, gives consideration to = consider
give rise to, gives rise to = cause
has a tendency to = tends to
have a tendency to, having a tendency to = tend to
had a tendency to = tended to
has the ability to, have the ability to, has the capacity to, have the capacity to = can
had the ability to, had the capacity to = could
has the opportunity to, have the opportunity to = can
if that were the case = if so
in a timely manner, in a timely fashion = on time | promptly
in a manner that, in such a way that = so that
in accordance with = by | under
in addition to = besides
in all likelihood = probably
in an effort to, in the effort to, in order to, so as to, with a view to, with the aim of = to
in close proximity to, in the vicinity of, in the neighborhood of = near
in connection with = about | with
in excess of = more than
in lieu of = instead of
in many cases, in many instances, in a lot of cases = often
in most cases, in most instances = mostly | usually
in some cases, in some instances = sometimes
in the absence of = without
in the amount of = for
in the event that, under circumstances in which = if
in the event of = if there is
in the final analysis = in the end
in the near future, in the not too distant future = soon
in the process of = now
in the same way that = as
in the very near future = soon
initiate, initiates, initiated, initiating = start | begin
is in possession of, are in possession of = has | have
is indicative of, are indicative of = shows | show
it is important to note that, it should be noted that, it is worth noting that, please note that =
it's important to note that, it's worth noting that, it is worth mentioning that =
it is interesting to note that, it must be remembered that, it goes without saying that =
it is necessary that, it is essential that = must
it is possible that, there is a possibility that, there is a chance that = may | might
it would appear that, it appears that, it seems that = apparently
leverage, leverages, leveraged, leveraging = use
made the decision to, make the decision to, came to a decision to = decided to | decide to
make an attempt to, made an attempt to, makes an attempt to = try to | tried to
make reference to, makes reference to, made reference to = refer to
make use of, makes use of, made use of, making use of = use
methodology = method
more often than not = usually
necessitate, necessitates, necessitated, necessitating = need | require
not unlike = like
notwithstanding = despite
numerous = many
of the opinion that = think that
on a daily basis, on a day to day basis = daily
on a regular basis = regularly
on a weekly basis = weekly
on a monthly basis = monthly
on an annual basis, on a yearly basis = yearly
on numerous occasions, on several occasions = often
on the basis of = by | from
on the occasion of = when
on the part of = by
optimum = best
over and above = beyond
over the duration of = during
pertaining to = about
prior to, previous to, in advance of = before
subsequent to = after
provide assistance to, provides assistance to, provided assistance to = help
providing assistance to = helping
provide assistance with = help
put an end to, puts an end to, putting an end to = end
reason why = reason
regardless of the fact that = although
remuneration = pay
render assistance to = help
set forth in = in
subsequently = later | then
sufficient = enough
take action to, takes action to, took action to = act
take into consideration, takes into consideration, took into consideration = consider
take into account, takes into account, taking into account = consider
taken into account, took into account = considered
terminate, terminates, terminated, terminating = end | stop
that being the case = then
the fact that = that
the manner in which = how
the reason is because = because
there are many people who = many people
there is no doubt but that, there is no doubt that = doubtless
through the use of, by the use of, with the use of = by | with
time and time again = often
to the extent that = as far as
to a certain extent, to some extent = partly
until such time as = until
up until = until
utilise, utilize, utilises, utilizes, utilising, utilizing, utilised, utilized = use
utilisation, utilization = use
via the use of = with
was of the opinion that, is of the opinion that = thought | thinks
whether or not = whether
with reference to, in relation to, in terms of = about | in
with the exception of = except
with the possible exception of = except perhaps
with the result that = so that
within the realm of possibility = possible
"""
_REDUNDANT = """
absolutely certain = certain
absolutely essential, absolutely necessary = essential | necessary
absolutely perfect = perfect
actual experience = experience
actual fact, actual facts = fact
add an additional, add additional = add
added bonus = bonus
advance notice = notice
advance planning = planning
advance preview = preview
advance reservations, advance reservation = reservations
advance warning = warning
all time record = record
alternative choice = alternative
and etc = etc.
anonymous stranger = stranger
armed gunman = gunman
ask the question = ask
assemble together, assembled together, assembling together = assemble
atm machine = ATM
basic essentials, basic fundamentals, basic necessities = essentials | basics
best ever = best
biography of his life, biography of her life = biography
brief moment = moment
brief summary = summary
careful scrutiny = scrutiny
close proximity = proximity
collaborate together, collaborates together, collaborated together = collaborate
collaborating together = collaborating
combine together, combines together, combined together, combining together = combine
connect together, connected together = connect
join together, joined together = join
compete with each other = compete
completely destroyed, totally destroyed = destroyed
completely eliminate, completely eliminated = eliminate
completely full = full
completely finished = finished
completely unanimous = unanimous
consensus of opinion, general consensus = consensus
continue on, continues on, continued on, continuing on = continue
cooperate together, cooperated together, cooperating together = cooperate
could possibly, might possibly, may possibly = could | might | may
current status quo = status quo
currently being = being
definite decision = decision
depreciate in value = depreciate
descend down = descend
different kinds of = kinds of
difficult dilemma = dilemma
drop down to = drop to
during the month of = in
during the year of = in
each individual = each
earlier in time = earlier
eliminate altogether = eliminate
emergency situation = emergency
empty void = void
enclosed herein = enclosed
end result, end results, final result = result
enter in to = enter
entirely eliminate = eliminate
estimated at about = estimated at
every single = every
exact same = same
face mask covering = mask
fellow colleague, fellow colleagues = colleague
few in number = few
final conclusion = conclusion
final end = end
final outcome = outcome
first and foremost = first
first began, first started = began | started
first of all = first
first priority = priority
foreign import, foreign imports = import
former graduate = graduate
free gift, free gifts = gift
frozen ice = ice
future plans = plans
future prospects = prospects
gather together, gathers together, gathered together, gathering together = gather
general public = public
hiv virus = HIV
hot water heater = water heater
important essentials = essentials
integrate together, integrate with each other = integrate
introduce a new, introduced a new, introduces a new = introduce a
invited guests = guests
isbn number = ISBN
joint collaboration = collaboration
joint cooperation = cooperation
lag behind = lag
later time = later
major breakthrough = breakthrough
may perhaps = may
merge together, merges together, merged together, merging together = merge
mix together, mixed together, mixing together = mix
mutual cooperation = cooperation
mutually interdependent = interdependent
natural instinct = instinct
new innovation, new innovations = innovation
new invention = invention
new recruit = recruit
none at all = none
null and void = void
old adage = adage
old cliche = cliché
one and the same = the same
originally created = created
over exaggerate = exaggerate
overused cliche = cliché
past experience, past history, past record = experience | history | record
period of time = period
personal friend = friend
personal opinion, own personal opinion = opinion
pick and choose = choose
pin number = PIN
plan ahead, plan in advance = plan
please rsvp = RSVP
polar opposites = opposites
positive benefits = benefits
postpone until later = postpone
present time = now
previously listed above = listed above
proceed ahead, proceeds ahead, proceeded ahead = proceed
quite unique, very unique, most unique, really unique = unique
reason is because = because
reason why = reason
refer back, refers back, referred back, referring back = refer
repeat again, repeated again, repeats again, repeating again = repeat
reply back, replied back, replies back, replying back = reply
return back, returned back, returns back, returning back = return
revert back, reverted back, reverts back, reverting back = revert
safe haven = haven
same exact = same
same identical = identical
serious danger = danger
share together, shared together, sharing together = share
shorter in length = shorter
sink down = sink
small in size, large in size = small | large
small speck = speck
spell out in detail = spell out
still persists, still remains = persists | remains
sudden impulse = impulse
sum total = sum | total
summarise briefly, summarize briefly = summarise
surrounded on all sides = surrounded
temporary reprieve = reprieve
terrible tragedy = tragedy
tiny little = tiny
top priority = priority
total of all = total
true fact, true facts = fact
twelve noon, twelve midnight = noon | midnight
ultimate goal = goal
unexpected surprise = surprise
unintentional mistake = mistake
unsolved mystery = mystery
usual custom = custom
usual habit = habit
very first = first
visible to the eye = visible
warn in advance = warn
whole entire = whole
"""
_CLICHES = """
a blessing in disguise, a drop in the ocean, a far cry from, a foregone conclusion
a matter of life and death, a no-brainer, a perfect storm, a picture is worth a thousand words
a sight for sore eyes, a step in the right direction, a taste of their own medicine
a whole new ball game, a win-win situation, a work in progress, acid test
actions speak louder than words, add insult to injury, added insult to injury
adding insult to injury, adds insult to injury, against all odds, all in a day's work
all walks of life, an uphill battle, as luck would have it, at a crossroads, at the drop of a hat
at the eleventh hour, at the end of the day, at this stage of the game, avoid like the plague
back to square one, back to the drawing board, bang for the buck, barking up the wrong tree
beat a dead horse, beat about the bush, beat around the bush, beating about the bush
beating around the bush, bed of roses, bells and whistles, bend over backwards
bending over backwards, bends over backwards, bent over backwards, best kept secret
best of both worlds, better late than never, better safe than sorry
between a rock and a hard place, bit the bullet, bite off more than you can chew, bite the bullet
biting the bullet, blood sweat and tears, bottom line, break the ice, bring to the table
bringing to the table, brings to the table, brought to the table, burn the midnight oil
burning the midnight oil, by leaps and bounds, by the skin of your teeth, call it a day
called it a day, calling it a day, calm before the storm, can of worms, clear as day, clear as mud
cold hard facts, crystal clear, cut and dried, cut corners, cutting corners, cutting edge
cutting-edge, dead as a doornail, diamond in the rough, dime a dozen
dot the i's and cross the t's, double-edged sword, down to earth, draw the line, drawing the line
dream come true, drew the line, drive a hard bargain, easier said than done, elephant in the room
every cloud has a silver lining, few and far between, first things first, fish out of water
fit as a fiddle, food for thought, for better or worse, from the bottom of my heart
from the get-go, game changer, game-changer, get the ball rolling, gets the ball rolling
getting the ball rolling, give 110 percent, give it a shot, go the extra mile, goes the extra mile
going forward, going the extra mile, gone the extra mile, got the ball rolling
grass is always greener, hands down, head over heels, hit the ground running, hit the jackpot
hit the nail on the head, hit the road, hits the ground running, hits the nail on the head
hitting the ground running, icing on the cake, if it ain't broke don't fix it, in a nutshell
in the blink of an eye, in the heat of the moment, in the nick of time, in the same boat
in this day and age, it goes without saying, it is what it is, jump on the bandwagon
jumped on the bandwagon, jumping on the bandwagon, keep an eye on the ball, keep your chin up
kill two birds with one stone, last but not least, leave no stone unturned
leaves no stone unturned, leaving no stone unturned, left no stone unturned
let the cat out of the bag, lets the cat out of the bag, level playing field
level the playing field, leveling the playing field, levelling the playing field
levels the playing field, light at the end of the tunnel, like a kid in a candy store
like clockwork, like the plague, little did i know, live and learn, long story short
look no further, low hanging fruit, low-hanging fruit, made ends meet, make ends meet
making ends meet, miss the boat, missed the boat, missing the boat, more than meets the eye
move the needle, moves the needle, moving the needle, needle in a haystack, needless to say
never a dull moment, new lease on life, nip it in the bud, no pain no gain, no stone unturned
nothing new under the sun, off the beaten path, off the beaten track, old as the hills
on the same page, on the same wavelength, once in a blue moon, once in a lifetime
one size fits all, only time will tell, open a can of worms, opened a can of worms
opens a can of worms, out of the blue, out of the box thinking, paid the price, par for the course
paradigm shift, pass the buck, passed the buck, passing the buck, pave the way, paved the way
paves the way, paving the way, pay the price, paying the price, pays the price, piece of cake
plain and simple, play it by ear, playing it by ear, plays it by ear, point of no return
practice makes perfect, pull out all the stops, pulled out all the stops
pulling out all the stops, push the envelope, pushed the envelope, pushing the envelope
put all your eggs in one basket, raining cats and dogs, raise the bar, raised the bar
raises the bar, raising the bar, read between the lines, reading between the lines
rise to the occasion, rising to the occasion, rome wasn't built in a day, rose to the occasion
rule of thumb, second to none, see the light, selling like hot cakes, shed light on
shedding light on, sheds light on, sick and tired, silver bullet, sink or swim, sky is the limit
slippery slope, stand the test of time, stands the test of time, state of the art
state-of-the-art, stay tuned, steep learning curve, stick to their guns, stick to your guns
sticking to their guns, stood the test of time, stuck to her guns, stuck to his guns
stuck to their guns, take it to the next level, take the bull by the horns, take the plunge
take to the next level, takes it to the next level, takes the plunge, taking the bull by the horns
taking the plunge, the ball is in your court, the best thing since sliced bread, the big picture
the bottom line, the devil is in the details, the fact of the matter, the icing on the cake
the last straw, the moment of truth, the name of the game, the other side of the coin
the powers that be, the tip of the iceberg, the whole nine yards, the writing is on the wall
think outside the box, thinking outside the box, thinks outside the box, thought outside the box
threw in the towel, through thick and thin, throw in the towel, throwing in the towel
tie the knot, tied the knot, time and tide, time is money, time will tell, tip of the iceberg
to each his own, took the bull by the horns, took the plunge, tried and true, turn a blind eye
turn over a new leaf, turned over a new leaf, turns over a new leaf, two sides of the same coin
tying the knot, under the radar, under the weather, unsung heroes, up in the air, uphill battle
viable alternative, vicious circle, wake-up call, walk on eggshells, walked on eggshells
walking on eggshells, water under the bridge, wear your heart on your sleeve, well-oiled machine
went the extra mile, when all is said and done, when it rains it pours, when push comes to shove
when the going gets tough, where the rubber meets the road, whole new level, win-win
with bated breath, without further ado, world class, world-class, worth its weight in gold
you can't judge a book by its cover
"""
_WEASEL = """
arguably, as everyone knows, as we all know, clearly, countless, everybody knows, everyone knows
experts agree, experts believe, experts claim, experts say, fairly, hugely, immensely, incredibly
interestingly, is said to be, it has been said, it is believed, it is claimed, it is known
it is often said, it is thought, it is widely believed, it turns out that, largely
literally, many believe, many experts, many people believe, many people say, mostly, obviously
of course, people say, pretty much, quite, rather, really, remarkably, relatively
research has shown, research shows, so to speak, some argue, some believe, some people say
some say, somewhat, studies have shown, studies show, surprisingly, it is well known
to be honest, tremendously, truly, undoubtedly, up to a point, various, vast, very, virtually
"""
_HEDGES = """
a bit, a bit of a, a little bit, apparently, as far as i know, as far as i can tell
basically, could be argued, for what it's worth, generally speaking, i believe, i feel that
i feel like, i guess, i suppose, i suspect, i think, i would argue, i would say
if i'm not mistaken, in general, in my opinion, in my humble opinion, in my view, in principle
in some ways, in some sense, it could be said, it may be that, it might be that, it would seem
kind of, maybe, more or less, perhaps, possibly, presumably, probably, seemingly, sort of
supposedly, tend to, tends to
"""
_JARGON = """
action item, action items = task
actionable insights = useful findings
adding value, value add, value-add, value added = helping
at scale =
bandwidth to = time to
best of breed, best-of-breed = best
blue sky thinking, blue-sky thinking = open thinking
boil the ocean = try too much
boots on the ground = people there
buy-in = support
circle back, circling back = return
close the loop, closing the loop = report back
core competency, core competencies = strength
deep dive, deep dives, deep-dive = close look
deliverable, deliverables = result
disambiguate = clear up
disruptive innovation = new way
drill down into = look closer at
drink the kool-aid = believe
ecosystem play =
empower, empowers, empowering, empowered = let | help
end to end solution, end-to-end solution = whole service
evangelise, evangelize = promote
frictionless = easy
fully leverage = use
future proof, future-proof = lasting
gain traction, gaining traction = grow
go-to-market strategy = sales plan
growth hacking = growing
headwinds = problems
holistic approach = whole view
hyperlocal = local
ideate, ideation = think up
impactful = effective
incentivise, incentivize, incentivizes, incentivises = encourage
key learnings, key takeaways, key takeaway = lessons
learnings = lessons
mission critical, mission-critical = vital
mindshare = attention
move the goalposts =
net-net =
operationalise, operationalize = run
pain point, pain points = problem
peel the onion =
ping me = write to me
pivot to, pivoting to = turn to
pre-plan = plan
proactively = early
reach out to, reaching out to = ask | write to
results-driven, results driven =
right-size, rightsizing = cut
robust solution = sound way
run it up the flagpole = try it
scalable solution = way that grows
seamless integration, seamlessly integrates, seamlessly integrate = fits
shift the paradigm =
solutioning = solving
stakeholder alignment = agreement
strategic alignment = agreement
synergise, synergize, synergy, synergies = working together
table stakes = basics
take it offline, take this offline = talk later
thought leader, thought leaders, thought leadership = expert
touch base, touching base = talk
touchpoint, touchpoints = contact
turnkey solution = ready service
upskill, upskilling = teach
value proposition = benefit
"""
_PROFANITY = """
arse, arsehole, ass, asshole, assholes, bastard, bastards, bitch, bitches, bloody hell, bollocks
bullshit, bullshitting, cunt, cunts, dumbasses, fuckers, motherfuckers, motherfucking, pricks, twats
wankers, crap, crappy, damn, damned, dickhead, dipshit, dumbass, fuck, fucked, fucker, fucking
fucks, goddamn, goddamned, horseshit, jackass, motherfucker, piss off, pissed off, piss, prick
shit, shits, shitty, son of a bitch, tits, twat, wanker, what the hell, wtf
"""
# They hold a word of the lists above, and are all right.
_NEUTRAL = """
rather than, the very, quite a few, quite the opposite, not quite, not really, in general terms
the damned, value added tax, gross value added, suicidal ideation, null terminated, zero terminated
it is known as, it is known for, it is known to, it is known by, it is known in
can't possibly, cannot possibly, could not possibly, couldn't possibly
"""

STYLE: tuple[Phrase, ...] = (
    *phrases("neutral", _NEUTRAL),
    *phrases("redundant", _REDUNDANT),
    *phrases("wordy", _WORDY),
    *phrases("cliche", _CLICHES),
    *phrases("weasel", _WEASEL),
    *phrases("hedge", _HEDGES),
    *phrases("jargon", _JARGON),
    *phrases("profanity", _PROFANITY),
)
