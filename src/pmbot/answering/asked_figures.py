"""Which mentions of a sentence a question can be answered with: of an expected kind, new, of a unit that fits, of the noun counted."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from pmbot.answering import english
from pmbot.answering.clauses import gaps
from pmbot.answering.mentions import NAMES
from pmbot.answering.naming_spans import name_asked, told_of
from pmbot.answering.query import SAME, Matcher, Query
from pmbot.answering.short import NAME_KINDS
from pmbot.answering.units import another_side, is_unit
from pmbot.answering.views import View
from pmbot.answering.word_classes import word_class
from pmbot.models import MentionKind, QuestionType
from pmbot.text.figures.finding import Mention

_SIZED = frozenset({MentionKind.QUANTITY, MentionKind.NUMBER})
_COUNTING_REACH = 4  # words from a number to the noun that it counts ("two newly built ships")
_PASSED = english.ARTICLES | {"of", "these", "those", "its", "their", "all", "our", "his", "her"}
_STOPS = (english.PREPOSITIONS | english.AUXILIARIES | english.CONJUNCTIONS | english.JOINERS | english.PRONOUNS) - _PASSED
_LABELLED = frozenset(
    "phase block room line bus tram page chapter section article paragraph number no stage type version step level grade class part volume"
    " platform gate floor table figure route flight unit building house apartment flat lot item rule appendix annex highway".split()
)
_OF_THE = re.compile(r"\bof\s(?:(?:the|its|all|these|those|their)\s){0,2}$", re.IGNORECASE)
_OF_STUFF = re.compile(r"(?:\s\([^()]{1,30}\))?\sof\s(?:the\s)?")
_IN_ALL = frozenset({"total", "altogether", "overall", "exist", "there"})
_PEOPLE = frozenset({"people", "men", "women", "children", "staff", "police"})


def new_mentions(query: Query, view: View, kinds: Sequence[MentionKind]) -> list[Mention]:
    """Mentions of the kinds that say something the question does not; of two that overlap the likelier kind."""
    asked = query.term_set
    found: list[Mention] = []
    for mention in view.mentions:
        if mention.kind in kinds:
            terms = [token.term for token in view.tokens_in(mention.start, mention.end) if token.term not in view.stops]
            fresh = [term for term in terms if term not in asked]
            if fresh and (mention.kind not in NAME_KINDS or len(fresh) == len(terms) or mention.kind is MentionKind.ORGANISATION):
                found.append(mention)
    rank = {kind: at for at, kind in enumerate(kinds)}
    return [m for m in found if not any(o.start < m.end and m.start < o.end and rank[o.kind] < rank[m.kind] for o in found)]


def count_typed(query: Query, view: View) -> int:
    """How many mentions of an expected kind the sentence has that the question does not already hold.

    Where only a name is asked about, whether it is told what that is; for "why", in other languages than English: whether a reason is told.
    """
    if query.reading.type is QuestionType.WHY and not query.language.is_english:
        return int(query.language.cues.because_told.search(view.sentence.text) is not None)
    name = name_asked(query)
    if name:
        return int(bool(told_of(view, name).slices))
    expects = query.reading.expects
    if not expects:
        return 0
    asked = query.term_set
    count = 0
    for mention in view.figures if NAMES.isdisjoint(expects) else view.mentions:
        if mention.kind in expects:
            terms = [token.term for token in view.tokens_in(mention.start, mention.end) if token.term not in view.stops]
            count += bool(terms) and not all(term in asked for term in terms) and can_measure(query, view, mention)
    return count


def can_measure(query: Query, view: View, mention: Mention) -> bool:
    """Whether a figure has a unit of the measure asked for ("how heavy"), or none, and is no age, where things are counted ("how many")."""
    if mention.kind not in _SIZED or not query.language.is_english:
        return True
    if query.reading.type is QuestionType.HOW_MANY:
        if _is_label(view, mention) or any(o.kind is MentionKind.AGE and o[1:] == mention[1:] for o in view.mentions):
            return False
        return mention.kind is MentionKind.NUMBER or query.reading.focus is None or _of_unit_asked(query, view, mention)
    measure = query.measure
    if measure is None:
        return True
    if measure.excludes(view.sentence.text[mention.start : mention.end], bare=mention.kind is MentionKind.NUMBER):
        return False
    if mention.kind is MentionKind.NUMBER and not measure.counts and _counts_things(view, mention):
        return False
    behind = [token.norm for token in view.tokens if token.start >= mention.end][:2]
    told = behind[1] if behind[:1] == ["in"] and len(behind) > 1 else behind[0] if behind else ""
    return not another_side(query.norms, told)


def _counts_things(view: View, mention: Mention) -> bool:
    """Whether a bare number stands right before a noun in the plural that is no unit ("5,200 *signatures*")."""
    noun = next((token for token in view.tokens if token.start >= mention.end), None)
    if noun is None or noun.start - mention.end != 1 or is_unit(noun.norm):
        return False
    return word_class(noun) in {"plural", "noun"} and noun.norm.endswith("s")


def _is_label(view: View, mention: Mention) -> bool:
    """Whether the number only names a thing ("phase *2*", "room *12*")."""
    place = view.token_place.get(mention.start, 0)
    return place > 0 and view.tokens[place - 1].norm in _LABELLED and view.sentence.text[mention.start].isdigit()


def _of_unit_asked(query: Query, view: View, mention: Mention) -> bool:
    """Whether a unit is counted ("how many *tonnes*"), or what the quantity is of ("two litres of *milk*")."""
    focus = query.reading.focus
    noun = next((token.norm for token in query.tokens if token.term == focus), "")
    if is_unit(noun) or any(token.term == focus for token in view.tokens_in(mention.start, mention.end)):
        return True
    after = [token for token in view.tokens if token.start >= mention.end][:_COUNTING_REACH]
    return bool(after) and after[0].norm == "of" and any(token.term == focus for token in after)


def fitting(query: Query, view: View, matcher: Matcher, mentions: Iterable[Mention]) -> list[Mention]:
    """Those of the mentions whose unit fits, and which count the noun asked for where any does."""
    found = measuring(query, view, matcher, mentions)
    stands = _noun_counted(query, view, matcher)
    if stands is None:
        return found
    counts = {mention: counts_noun(view, mention, stands) for mention in found}
    counting = [mention for mention in found if counts[mention]]
    if counting:
        return _of_a_whole(query, view, counting)
    if any(token.term in stands for token in view.tokens):
        return [mention for mention in found if counts[mention] is None]
    return found


def elliptical(query: Query, view: View, matcher: Matcher, mentions: Iterable[Mention]) -> list[Mention]:
    """The numbers that count the noun asked for, with those that leave their noun out ("of 46 clocks, *31* work"), where there are both."""
    stands = _noun_counted(query, view, matcher)
    if stands is None:
        return []
    counts = {mention: counts_noun(view, mention, stands) for mention in measuring(query, view, matcher, mentions)}
    whole = any(known and _OF_THE.search(view.sentence.text, 0, mention.start) for mention, known in counts.items())
    return [m for m, known in counts.items() if known is not False] if whole and None in counts.values() else []


def unfit(query: Query, view: View, matcher: Matcher) -> list[Mention]:
    """The figures of an expected kind that cannot answer: of another unit, or counting something else."""
    every = new_mentions(query, view, query.reading.expects)
    fit = {*fitting(query, view, matcher, every), *elliptical(query, view, matcher, every)}
    return [mention for mention in every if mention not in fit]


def _noun_counted(query: Query, view: View, matcher: Matcher) -> frozenset[str] | None:
    """What stands for the noun that an English "how many" counts: itself where written, else the words most like it; None for no noun."""
    if query.reading.type is not QuestionType.HOW_MANY or not query.language.is_english:
        return None
    place = query.focus_place
    if place is None:
        return None
    match = matcher.match(place, view.word_set)
    return frozenset({query.terms[place].term}) if match is SAME else matcher.stands_for(place, least=match.quality)


def measuring(query: Query, view: View, matcher: Matcher, mentions: Iterable[Mention]) -> list[Mention]:
    """Those of the mentions whose unit fits; none where the sentence speaks of another stuff than the question."""
    found = [mention for mention in mentions if can_measure(query, view, mention)]
    found = _in_unit_asked(query, view, found) or _of_stuff_asked(query, view, matcher, found) or _without_conversions(view, found)
    if any(_of_other_stuff(query, view, matcher, mention) for mention in found):
        return []
    measure = query.measure
    return ([m for m in found if measure.fits(view.sentence.text[m.start : m.end])] or found) if measure is not None else found


def _in_unit_asked(query: Query, view: View, mentions: list[Mention]) -> list[Mention]:
    """The figures in the unit that the question names ("how tall *in feet*")."""
    units = {token.term for token in query.tokens if is_unit(token.norm)} if mentions else set()
    return [m for m in mentions if any(token.term in units for token in view.tokens_in(m.start, m.end))] if units else []


def _of_stuff_asked(query: Query, view: View, matcher: Matcher, mentions: list[Mention]) -> list[Mention]:
    """The figures of the stuff that "how much" asks for, where its word stands behind them ("3 kg (6 lb) *of sand*, worth €7")."""
    place = query.focus_place
    if query.reading.type is not QuestionType.HOW_MUCH or place is None:
        return []
    stands, text = matcher.stands_for(place), view.sentence.text
    starts = {mention: stuff.end() for mention in mentions if (stuff := _OF_STUFF.match(text, mention.end))}
    return [m for m, start in starts.items() if start in view.token_place and view.tokens[view.token_place[start]].term in stands]


def _without_conversions(view: View, mentions: list[Mention]) -> list[Mention]:
    """The figures without those that repeat the one before in another unit ("2 acres *(8,100 m²)*")."""
    text = view.sentence.text
    ends = {mention.end: mention for mention in mentions}
    return [m for m in mentions if (one := ends.get(_before_bracket(text, m.start))) is None or one.kind is not m.kind]


def _before_bracket(text: str, start: int) -> int:
    """Where the text ends before the bracket that opens right before `start`; -1 when none does."""
    before = text[:start]
    return len(before[:-1].rstrip()) if before.endswith("(") else -1


def _of_other_stuff(query: Query, view: View, matcher: Matcher, mention: Mention) -> bool:
    """Whether the quantity is of something else than the question's ("tonnes *of grain*" where these are "tonnes of cargo")."""
    asked = query.norms
    focus = next((at for at, token in enumerate(query.tokens) if token.term == query.reading.focus), len(asked))
    place = query.place_of(focus + 2) if asked[focus + 1 : focus + 2] == ["of"] and focus + 2 < len(asked) else None
    if place is None or mention.kind is not MentionKind.QUANTITY:
        return False
    after = [token for token in view.tokens if token.start >= mention.end][: _COUNTING_REACH + 1]
    told = [token.term for token in after[1:] if token.term not in view.stops]
    return len(told) > 0 and after[0].norm == "of" and matcher.stands_for(place).isdisjoint(told)


def counts_noun(view: View, mention: Mention, stands: frozenset[str]) -> bool | None:
    """Whether the number counts one of the nouns; False when it counts another, None when it counts none that can be told."""
    if any(token.term in stands for token in view.tokens_in(mention.start, mention.end)):
        return True
    between, counted = gaps(view), None
    after = [at for at, token in enumerate(view.tokens) if token.start >= mention.end][:_COUNTING_REACH]
    for step, at in enumerate(after):
        token = view.tokens[at]
        if between[at].strip() not in {"", "-"} or token.norm in _STOPS:
            return counted
        if token.term in stands:
            return True
        if token.norm in _PASSED or token.text[0].isdigit():
            if counted is False:
                return False
        elif token.norm in _PEOPLE or (token.norm.endswith("s") and not token.norm.endswith("ss")):
            counted = False
        elif step == 0 and token.norm.endswith("ed"):
            continue
    return counted


def _of_a_whole(query: Query, view: View, counting: list[Mention]) -> list[Mention]:
    """Of "47 of 68 members" the part, where the question says more of them than the noun; else the whole. Never the "one" of "one of"."""
    text, kept = view.sentence.text, list(counting)
    behind = max(at for at, token in enumerate(query.tokens) if token.term == query.reading.focus)
    said = {token.term for token in query.tokens[behind + 1 :] if token.norm not in english.AUXILIARIES | english.PREPOSITIONS | _IN_ALL}
    names = {term.term for term in query.terms if term.is_name}
    tells = bool((said - names) & ({term.term for term in query.terms} | view.word_set))
    for part, whole in itertools.pairwise(counting):
        if text[part.end : whole.start].strip() in {"of", "of the", "out of", "out of the"}:
            kept.remove(whole if tells and text[part.start : part.end].lower() != "one" else part)
    return kept
