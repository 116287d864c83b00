"""A guard on words that exclude each other: what is asked of the green lamp is not told by what is so of the red one.

Two tables of sets, one set a line, its sides parted by "|". Words of the first exclude each other wherever they stand, those of the second
only before the same noun: "a *mild* winter" says nothing of "a *cold* winter", but a cold hall may be heated in a mild month.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache

from pmbot.answering import english
from pmbot.answering.case import Case, Refusal
from pmbot.answering.lexicon import SYNONYM
from pmbot.text.analyzer import Token

_ANYWHERE = """
start started starts starting begin began begins begun beginning | end ended ends ending finish finished finishes
open opened opens reopen reopens reopened | close closed closes shut
buy bought buys | sell sold sells
win won wins | lose lost loses
import imported imports | export exported exports
increase increased increases increasing rise rose rises risen rising grow grew grows grown growing \
| decrease decreased decreases decreasing fall fell falls fallen falling shrink shrank shrinks shrunk shrinking drop dropped drops dropping
arrive arrived arrives arrival | leave left leaves depart departed departure
lend lent lends lender lenders | borrow borrowed borrows borrower borrowers
hire hired hires | dismiss dismissed dismisses fired
appear appeared appears | disappear disappeared disappears
accept accepted accepts | reject rejected rejects refuse refused refuses
born | died
north northern | south southern
east eastern | west western
men man male | women woman female
boys boy | girls girl
maximum | minimum
before | after
violin violins | viola violas | cello cellos
summer summers | winter winters
morning mornings | evening evenings | afternoon afternoons | night nights
weekday weekdays | weekend weekends
tenant tenants | landlord landlords
buyer buyers | seller sellers
winner winners | loser losers
debtor debtors | creditor creditors
deposit deposits | withdrawal withdrawals
entrance | exit
input inputs | output outputs
income | expenditure
revenue revenues | expenses
profit profits | loss losses
surplus | deficit
assets | liabilities
credit | debit
supply | demand
strengths | weaknesses
advantages | disadvantages drawbacks
odd | even
husband | wife
father | mother
son sons | daughter daughters
brother brothers | sister sisters
uncle uncles | aunt aunts
nephew nephews | niece nieces
grandfather | grandmother
king kings | queen queens
widow | widower
singular | plural
vertical vertically | horizontal horizontally
clockwise | anticlockwise counterclockwise
upstream | downstream
indoors | outdoors
victory victories | defeat defeats
attack attacks | defence defense
landing | take-off
sunrise | sunset
breakfast | lunch | dinner supper
proton protons | neutron neutrons | electron electrons
artery arteries | vein veins
predator predators | prey
acid acids | alkali alkalis
solid solids | liquid liquids | gas gases
copper | gold | silver | bronze | iron | tin | zinc | aluminium aluminum
"""
_BEFORE_A_NOUN = """
red | green | blue | yellow | orange | purple violet | brown | black | white | grey gray | pink | silver | golden gold
adult adults adult's | paediatric pediatric child child's children's infant | elderly
full-time full | part-time part
first | second | third | fourth | fifth
first opening initial earliest | last final closing latest
mild warm hot | cold cool | average temperate
low lower lowest | medium middle | high higher highest upper
small smaller smallest | large larger largest big bigger biggest | medium
short shorter | long longer | medium
light lighter | heavy heavier
left | right
front | rear back
inner internal inside interior | outer external outside exterior
upper top | lower bottom
old older former | new newer current
young younger | old older
early earlier | late later
male | female
single | double | triple
annual yearly | monthly | weekly | daily | quarterly
hard | soft
wet | dry
thick | thin
wide | narrow
deep | shallow
strong | weak
fast | slow
public | private
national | regional | local | international
domestic | foreign
urban | rural
indoor | outdoor
northern north | southern south | eastern east | western west
primary | secondary | tertiary
temporary | permanent
positive | negative
active | passive
direct | indirect
acute | chronic
oral | intravenous
frozen | fresh | dried | tinned canned
raw | cooked
direct | indirect
gross | net
fixed | variable
paid | unpaid
voluntary | compulsory mandatory obligatory
civil | criminal
military | civilian
solar | lunar
manual | automatic
electric | diesel | petrol | hybrid
empty | full
minor | major
simple | compound
partial | total
absolute | relative
incoming | outgoing
inbound | outbound
northbound | southbound | eastbound | westbound
domestic | commercial | industrial
morning | midday | afternoon | evening | night
summer | autumn | winter | spring
weekday | weekend
outward | return
wholesale | retail
written | oral spoken
hot | cold
salt | fresh
half | full
junior | senior
amateur | professional
home | away
bow | stern
starboard | port
maternal | paternal
undergraduate | postgraduate graduate
standard | premium deluxe
ordinary | preference
"""
_STOPS = english.PREPOSITIONS | english.ARTICLES
_SEEN = 2  # words from a word of the second table to its noun: "a *flashing red* light"

_Sides = dict[str, list[tuple[int, int]]]


@cache
def _sides(table: str) -> _Sides:
    """For each word of a table the sets it is in, and on which side."""
    found: _Sides = defaultdict(list)
    for number, line in enumerate(table.split("\n")):
        for side, words in enumerate(line.split("|")):
            for word in words.split():
                found[word].append((number, side))
    return dict(found)


def _against(asked: AbstractSet[str], here: AbstractSet[str], table: str) -> Iterator[tuple[str, AbstractSet[str]]]:
    """The words `asked` that others `here` exclude, with those: of their sets, no side that is asked is told, and another is."""
    sides = _sides(table)
    told = {(group, side): word for word in here for group, side in sides.get(word, ())}
    wanted = {place for word in asked for place in sides.get(word, ())}
    for word in sorted(asked):
        for group, side in sides.get(word, ()):
            others = {other for place, other in told.items() if place[0] == group and place not in wanted}
            if (group, side) not in told and others:
                yield word, others


def opposite_told(case: Case) -> Refusal | None:
    """The opposite is told, or another of a set: "a *red* light" where "a *green* light" is asked, or when something starts, not ends."""
    view, query = case.candidate.view, case.query
    if view.row is not None:
        return None
    here = {token.norm for token in view.tokens}
    asked = {token.norm for token in query.tokens if token.text[0].islower()} & _sides(_ANYWHERE).keys()
    found = list(_against(asked, here, _ANYWHERE)) if asked else []
    qualified = _qualified(query.tokens) if not _sides(_BEFORE_A_NOUN).keys().isdisjoint(query.norms) else ()
    for noun, before in qualified:
        excluding = before & _sides(_BEFORE_A_NOUN).keys()
        told = [words for other, words in _qualified(view.tokens) if other == noun] if excluding and here.isdisjoint(excluding) else ()
        if told:
            found += _against(before, frozenset().union(*told), _BEFORE_A_NOUN)
    word = next((word for word, others in found if not _said(case, word, others)), None)
    return Refusal("relation_apart", (word,)) if word is not None else None


def _qualified(tokens: Sequence[Token]) -> Iterator[tuple[str, AbstractSet[str]]]:
    """Each word with those in small letters, or first in the sentence, that stand right before it."""
    for at in range(1, len(tokens)):
        before = set()
        for back in range(at - 1, max(-1, at - 1 - _SEEN), -1):
            token = tokens[back]
            if tokens[back + 1].start - token.end != 1 or token.norm in _STOPS:
                break
            if token.text[0].islower() or not back:
                before.add(token.norm)
        if before:
            yield tokens[at].term, frozenset(before)


def _said(case: Case, word: str, others: AbstractSet[str]) -> bool:
    """Whether the sentence says this word of the question by one that means the same, which is none of those that exclude it."""
    place = next((case.query.place_of(at) for at, token in enumerate(case.query.tokens) if token.norm == word), None)
    stands = case.matcher.stands_for(place, least=SYNONYM) if place is not None else frozenset()
    return any(token.term in stands and token.norm not in others for token in case.candidate.view.tokens)
