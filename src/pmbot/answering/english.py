"""English word classes that question analysis and the mention grammar share.

Closed classes and common nouns only: nothing here is about a particular text. All words are folded (see `text.normalize.fold`).
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


AUXILIARIES = _words(
    "is are was were am be been being do does did has have had can could will would shall should may might must isn't aren't wasn't weren't"
    " don't doesn't didn't hasn't haven't hadn't can't couldn't won't wouldn't shouldn't"
)
OWNER = ("'s", "’s")
"""How a noun ends that owns what stands behind it."""
BE = _words("is are was were am be been being 's")
WH_WORDS = _words("who whom whose what which when where why how")
JOINERS = _words("and but while whereas which who where with because although when")
"""Words that open a new part of a sentence."""
NEGATIONS = _words(
    "not no never neither nor none nobody nothing nowhere without n't"
    " cannot can't didn't doesn't don't isn't aren't wasn't weren't hasn't haven't won't"
)
PRONOUNS = _words("it its he him his she her hers they them their theirs this that these those there such both here")
ARTICLES = _words("a an the")
PREPOSITIONS = _words(
    "of in on at by for to from with without into onto upon about over under between among through during before after above below against"
    " within across towards toward per via as than near since until till along around behind beyond despite except inside like off outside"
)
IRREGULAR_PASTS = _words(
    "ate became began begun bought broke broken brought built came caught chose chosen did done drawn drew driven drove eaten"
    " fallen fell felt forgot forgotten found froze frozen gave given gone grew grown heard held hidden hid kept knew known"
    " led lent lost made met paid ran ridden rode risen rose said sang saw seen sent shown sold spent spoke spoken stole"
    " stolen stood struck sung swore sworn taken taught threw thrown told took tore torn understood went withdrawn withdrew"
    " woke won wore worn written wrote"
)
"""Pasts and participles that do not end in -ed; without those that are everyday nouns or adjectives too (left, cut, thought)."""
CONJUNCTIONS = _words("and or but nor")

# Nouns that tell what a "what" or "which" question wants.
PERIOD_NOUNS = _words(
    "second seconds minute minutes hour hours day days night nights week weeks fortnight month months quarter season year years decade"
    " decades century centuries"
)
TIME_NOUNS = _words("year date day month decade century period time era season week hour weekday deadline anniversary")
PLACE_NOUNS = _words(
    "city country place location state region county continent town area river island nation street district village province territory"
    " ocean sea mountain building site venue room address capital neighbourhood neighborhood land"
)
PERSON_NOUNS = _words(
    "person man woman people author founder president minister leader director chairman chairwoman chair ceo king queen head scientist"
    " politician player inventor owner manager official member spokesperson engineer doctor artist writer speaker secretary treasurer"
    " mother father wife husband brother sister son daughter child teacher student colleague actor singer general"
)
CATEGORY_NOUNS = _words(
    "subject field activity occupation profession condition process procedure method technique approach technology term concept idea theory"
    " topic issue matter factor feature aspect element item object category class entity phenomenon quality property characteristic"
    " recognition title nickname situation way means reason change effect consequence step measure benefit advantage problem"
)
"""Nouns so broad that what is asked for by them is seldom called so: "in what *field* has progress been made"."""
ORGANISATION_NOUNS = _words("company organization organisation agency firm institution business magazine newspaper network publisher")
MONEY_NOUNS = _words(
    "turnover revenue revenues price cost costs budget salary investment profit income fee fees funding fund worth sum expense expenses"
    " debt wage"
    " payment fine grant money earnings sales dividend surplus deficit rent fare toll deposit subsidy bonus"
)
MONEY_UNITS = _words("euro euros dollar dollars eur usd gbp")
AMOUNT_NOUNS = _words(
    "amount value volume size number total figure quantity length height width depth weight area speed temperature capacity distance"
    " population"
    " attendance turnout"
    " pressure power age rate level score count diameter radius circumference altitude elevation thickness mass noise loudness"
)
PERCENT_NOUNS = _words("percentage percent share proportion portion fraction pct")
RANK_NOUNS = _words("rank ranks ranked ranking position")
REASON_NOUNS = _words("reason reasons purpose cause causes motive aim goal")
COMPARATIVES = _words(
    "larger bigger greater smaller higher lower more less fewer older younger longer shorter earlier later faster slower taller heavier"
    " cheaper richer better worse stronger difference compare compared comparison"
)
ORDINAL_WORDS = _words(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth"
    " seventeenth"
    " eighteenth nineteenth twentieth thirtieth hundredth last"
)
SUPERLATIVES = _words(
    "largest biggest smallest greatest oldest youngest newest longest shortest highest lowest tallest deepest widest best worst earliest"
    " latest fastest slowest strongest weakest richest poorest cheapest heaviest lightest nearest farthest furthest busiest fewest"
    " rarest commonest hottest coldest warmest loudest quietest safest simplest hardest steepest narrowest thickest thinnest brightest"
)
DEGREE_WORDS = _words(
    "big large great high tall wide long deep heavy far fast quickly hot cold old small strong thick broad expensive rich often"
    " frequently soon loud noisy warm low thin bright"
)

# Words of a question that only carry it: they say nothing about the subject, so their absence explains nothing.
SCAFFOLDING = _words(
    "kind type sort name names named call called refer term known know use used make made take took part give gave many much way happen"
    " happens happened happening occur include included including mention mentioned describe state said say consider main primary result"
    " purpose role thing things one find found work does think following different specific certain another else currently today nowadays"
    " various several list tell show explain please example examples define definition meaning mean means stand stands according text"
    " document documents"
    " article exactly actually really ever also held hold percentage percent share proportion portion fraction abroad overall"
    " altogether total dr prof mr mrs ms involved come comes came long located hold holds held value amount money worth big large volume"
    " considered describes described defined discussed characterized characterised regarded viewed featured given attempt attempted try"
    " tries tried trying able"
    " figure euros dollars get gets got getting gotten go goes going gone went want wants wanted need needs"
)
LIGHT_VERBS = tuple(
    (_words(verbs), _words(nouns))
    for verbs, nouns in (
        ("pay pays paid paying", "visit visits call attention heed tribute tributes homage respect respects compliment"),
        ("deliver delivers delivered delivering", "speech speeches lecture lectures address eulogy sermon talk verdict"),
        ("reach reaches reached reaching", "agreement agreements decision verdict compromise conclusion settlement deal"),
        ("put puts putting", "end stop question emphasis pressure blame"),
        ("lend lends lent lending", "support help hand weight"),
        ("set sets", "sail foot fire example"),
        ("undertake undertakes undertook", "journey journeys trip trips visit visits expedition study review"),
    )
)
"""Verbs that say little beside the noun they take: who "paid a *visit*" visited, and may as well have made it or led it."""
TITLES = _words(
    "president minister king queen prince princess emperor pope bishop chancellor chairman chairwoman director professor prof dr mr mrs"
    " ms sir"
    " lord lady governor mayor senator general colonel captain ambassador secretary doctor judge ceo manager coach treasurer chair saint st"
)
ADDRESSES = _words("dr prof mr mrs ms sir lady lord")
PLAIN_ADJECTIVES = DEGREE_WORDS | _words(
    "low late early open closed free ready new full empty good bad clear clean dry wet warm cool safe sure true wrong right dead alive ill"
    " sick well rare common young poor sweet bright dark loud quiet fine"
)
"""Adjectives that no ending shows."""
ROLE_NOUNS = TITLES | _words("head leader chief founder owner author inventor creator editor capital currency population language religion")
ORGANISATION_WORDS = _words(
    "university hospital institute ministry agency bank group council company corporation inc ltd llc plc gmbh ag oy ab sia as ae"
    " limited foundation"
    " association union committee commission party college school academy museum society club league office department board authority"
    " court church team network forum laboratory laboratories labs holding holdings partners trust federation organisation organization"
    " center centre pharma bio biotech technologies systems industries press orchestra parliament senate congress army police"
)
PLACE_WORDS = _words(
    "city river lake mount mountain mountains sea ocean island islands street road avenue square county province region republic"
    " kingdom states"
    " valley bay gulf peninsula desert forest park airport station bridge district village coast cape strait north south east west"
)
