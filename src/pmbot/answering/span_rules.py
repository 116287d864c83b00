"""Short answers by rule: the typed mention nearest the matched words, enumerations, definitions, reasons, manners."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pmbot.answering import english
from pmbot.answering.asked_figures import elliptical, fitting, new_mentions
from pmbot.answering.clauses import segments
from pmbot.answering.date_spans import beside_asked, part_asked, precise, whole_date
from pmbot.answering.evidence import Candidate
from pmbot.answering.language import Cues
from pmbot.answering.layout import bound_by_layout
from pmbot.answering.listed_spans import listed
from pmbot.answering.phrases import DETERMINERS
from pmbot.answering.query import Matcher, Query
from pmbot.answering.said import said_by
from pmbot.answering.short import NAME_KINDS, NO_SHORT, Short, is_nobody
from pmbot.answering.stretches import of_own_words
from pmbot.answering.views import View
from pmbot.models import MentionKind, QuestionType
from pmbot.text.figures.finding import Mention
from pmbot.text.lazy_pattern import LazyPattern, Pattern

NEAR_DECAY = 0.15
OTHER_SEGMENT = 0.5
FOCUS_AFTER = 2.0  # "eight *companies*" for "how many companies"
NUMBER_NEAR = 3.0  # "41,800 in *2023*"
COMMON_CONTEXT = 0.3
SAME_PREPOSITION = 4.0
PLACED = 2.0
LESS_EXPECTED = 0.75  # a kind that comes second on the list must stand so much nearer


_FIGURED = frozenset(MentionKind) - frozenset(NAME_KINDS)
_HYPHENED = LazyPattern(r"(\d[\d,.]*)-[A-Za-z]+")
_ABOUT = LazyPattern(r"(?:about|around|approximately|roughly|some)\s+", re.IGNORECASE)

_PLACING = ("in", "at", "near", "from", "to")
_NUMBER_AFTER = LazyPattern(r"\s+(?:in|for|by|at|on|during)\s+(?:the\s+)?(?:year\s+)?(\d+)\b")
_AT_ONCE = LazyPattern(r"\s+(?:back\s+)?(?:in|on|since|from|at|during|until)?\s*(?:the\s+)?(?:year\s+|early\s+|late\s+)?")
_OR_ANOTHER = LazyPattern(r"\s*(?:,|\bor\b|\band\b|\bto\b|[-–])\s*(?:in\s+)?(?:\d|[A-Z][a-z]+\s\d)")
_CALLED = LazyPattern(r",\s((?:an?|the)\s(?:(?!(?:in|of|at|for|with|from|by|on|to)\b)[^\W\d_][\w’'-]*\s?){1,6})")  # "Quindle, a new lamp"
_VERB_ENDS = ("ed", "en", "an", "un", "ew", "old", "ade", "ught", "ame", "ent", "ook", "orn", "uilt", "eft", "et", "ost", "on")
_IN_BRACKETS = LazyPattern(r"\s*\(([^()]{3,120})\)")


def ruled_answer(query: Query, candidate: Candidate, matcher: Matcher) -> Short:
    """What the rules for the kind of question find in the sentence, or `NO_SHORT`."""
    kind = query.reading.type
    if kind is QuestionType.LIST:
        return listed(query, candidate)
    if kind is QuestionType.DEFINITION:
        return _definition(query, candidate.view)
    if kind is QuestionType.WHY:
        cues = candidate.view.language.cues
        short = _by_cue(candidate.view, cues.because)
        return (
            short._replace(confidence=0.8)
            if short.slices and cues.sure_because.match(candidate.view.sentence.text, short.slices[0][0])
            else short
        )
    if kind is QuestionType.HOW:
        return _manner(query, candidate.view)
    if kind is QuestionType.WHICH and query.reading.focus is not None:
        return _beside_focus(query, candidate, matcher)
    return _typed(query, candidate, matcher) if query.reading.expects else NO_SHORT


def _typed(query: Query, candidate: Candidate, matcher: Matcher) -> Short:
    """The mention of an expected kind that stands nearest the matched words."""
    view = candidate.view
    every = new_mentions(query, view, query.reading.expects)
    mentions = precise(query, view, fitting(query, view, matcher, every))
    if query.reading.type is QuestionType.WHO:
        mentions = [mention for mention in mentions if not is_nobody(view, mention.start, mention.end)]
    if not mentions:
        return NO_SHORT
    hours = beside_asked(query, view)
    if hours is not None:
        return Short((part_asked(query, view, hours),), 1.0)
    bound = (
        _of_asked_number(query, view, every)
        or _of_own_words(query, candidate, matcher, elliptical(query, view, matcher, every))
        or _of_asked_verb(query, candidate, matcher, mentions)
        or bound_by_layout(candidate, matcher, mentions)
        or _of_own_words(query, candidate, matcher, mentions)
    )
    if bound is not None:
        return Short((_fitted(query, view, bound),), 1.0)
    first = min(mention.start for mention in mentions)
    scores = [_nearness(query, candidate, matcher, (mention, first)) for mention in mentions]
    best = max(range(len(mentions)), key=lambda place: (scores[place], -place))
    rest = max((score for place, score in enumerate(scores) if place != best), default=0.0)
    start, end = _fitted(query, view, mentions[best])
    margin = (scores[best] - rest) / (scores[best] or 1.0)
    if _follows(view, mentions[best], _asked_preposition(query)):
        return Short(((start, end),), 1.0)
    most = 0.9 if query.reading.type is QuestionType.WHO else 1.0
    if (
        query.reading.type is QuestionType.WHERE
        and mentions[best].kind is MentionKind.NAME
        and not any(_follows(view, mentions[best], w) for w in _PLACING)
    ):
        most = 0.4
    return Short(((start, end),), min(most, 0.5 + 0.5 * margin))


def _of_asked_number(query: Query, view: View, mentions: Sequence[Mention]) -> Mention | None:
    """The figure that the year or number of the question belongs to ("41,800 *in 2023*"), where it has rivals."""
    asked = {term.term for term in query.terms if term.is_number}
    if len(mentions) < 2 or not asked:
        return None
    bound = [m for m in mentions if (number := _NUMBER_AFTER.match(view.sentence.text, m.end)) and number.group(1) in asked]
    return bound[0] if len(bound) == 1 else None


def _of_asked_verb(query: Query, candidate: Candidate, matcher: Matcher, mentions: Sequence[Mention]) -> Mention | None:
    """The date that the verb of the question takes ("*founded* in 1998 …, and moved … in 2016"), where it has rivals."""
    if query.reading.type is not QuestionType.WHEN or len(mentions) < 2:
        return None
    view = candidate.view
    bound, asked = [], query.norms
    nouns = {query.place_of(at) for at in range(1, len(asked)) if asked[at - 1] in DETERMINERS}  # "when was the *building* converted"
    for place, (term, match) in enumerate(zip(query.terms, candidate.matches, strict=True)):
        if not match.quality or term.is_name or term.is_number or place in nouns:
            continue
        for token in view.tokens:
            if token.term in matcher.stands_for(place) and (token.norm.endswith(_VERB_ENDS) or token.norm == asked[-1]):
                bound += [m for m in mentions if _AT_ONCE.fullmatch(view.sentence.text[token.end : m.start])]
    alone = len(set(bound)) == 1 and _OR_ANOTHER.match(view.sentence.text, bound[0].end) is None
    return bound[0] if alone else None


def _of_own_words(query: Query, candidate: Candidate, matcher: Matcher, mentions: Sequence[Mention]) -> Mention | None:
    """The figure that the question's words stand with, where the sentence tells the words of each apart."""
    if not query.language.is_english or not _FIGURED.issuperset(m.kind for m in mentions):
        return None
    return of_own_words(query, candidate, matcher, mentions)


def _nearness(query: Query, candidate: Candidate, matcher: Matcher, place: tuple[Mention, int]) -> float:
    """Sum over the matched words of their weight, less with distance and across segment borders; more for a kind high on the list.

    `place` is the mention and where the first of its rivals starts: words before all of them tell little between them.
    """
    mention, first_rival = place
    view = candidate.view
    numbers = segments(view)
    inside = [at for at, token in enumerate(view.tokens) if token.start < mention.end and token.end > mention.start]
    if not inside:
        return 0.0
    first, last = inside[0], inside[-1]
    total = 0.0
    for asked, (idf, match) in enumerate(zip(query.idf, candidate.matches, strict=True)):
        stands = said_by(query, candidate, matcher, asked)
        nearest = 0.0
        for at, token in enumerate(view.tokens):
            if token.term in stands and not first <= at <= last:
                distance = first - at if at < first else at - last
                near = 1.0 if numbers[at] in {numbers[first], numbers[last]} else OTHER_SEGMENT
                near *= NUMBER_NEAR if query.terms[asked].is_number else 1.0
                near *= FOCUS_AFTER if token.term == query.reading.focus and 0 < at - last <= 3 else 1.0
                near = near / (1.0 + NEAR_DECAY * (distance - 1)) if token.start >= first_rival else COMMON_CONTEXT
                nearest = max(nearest, near)
        total += idf * match.quality * nearest
    if _follows(view, mention, _asked_preposition(query)):
        total *= SAME_PREPOSITION
    if query.reading.type is QuestionType.WHERE and any(_follows(view, mention, word) for word in _PLACING):
        total *= PLACED
    return total * LESS_EXPECTED ** query.reading.expects.index(mention.kind)


def _follows(view: View, mention: Mention, word: str) -> bool:
    """Whether `word` stands right before the mention, an article between them or not."""
    place = view.token_place.get(mention.start, 0)
    before = [token.norm for token in view.tokens[max(0, place - 2) : place] if token.norm not in english.ARTICLES]
    return bool(word) and bool(before) and before[-1] == word


def _asked_preposition(query: Query) -> str:
    """The preposition that stands before the question word ("*with* whom"), or nothing."""
    words = query.norms
    place = next((at for at, word in enumerate(words) if word in query.language.question_words), 0)
    return words[place - 1] if place and words[place - 1] in english.PREPOSITIONS else ""


def _fitted(query: Query, view: View, mention: Mention) -> tuple[int, int]:
    """What is shown of a mention.

    A date as far as it is asked for, a place with the words that belong to it ("the Baltic and Nordic region"), a figure without "about".
    """
    start, end = mention.start, mention.end
    text = view.sentence.text
    if mention.kind in {MentionKind.DATE, MentionKind.TIME}:
        return part_asked(query, view, whole_date(query, view, mention))
    if mention.kind not in NAME_KINDS:
        bare = _ABOUT.match(text, start, end)
        if query.reading.type is QuestionType.HOW_MANY and (counted := _HYPHENED.fullmatch(text, start, end)):
            return counted.span(1)
        return (bare.end() if bare else start), end
    tail = re.match(r"(?:\s+and\s+[^\W\d_]+)?\s+([^\W\d_]+)", text[end : end + 60])
    if tail and tail.group(1) in view.language.place_nouns:
        end += tail.end()
    return start, end


def _beside_focus(query: Query, candidate: Candidate, matcher: Matcher) -> Short:
    """The name in apposition to the noun asked for ("maker Quindle"; "Quindle, a lamp maker"), else the nearest expected mention."""
    view = candidate.view
    focus = query.focus_place
    stands = matcher.stands_for(focus) if focus is not None else frozenset()
    names = new_mentions(query, view, NAME_KINDS)
    for mention in names:
        place = view.token_place.get(mention.start)
        if place and view.tokens[place - 1].term in stands:
            return Short(((mention.start, mention.end),), 0.8)
        inside = {token.term for token in view.tokens_in(mention.start, mention.end)}
        if stands and (called := _CALLED.match(view.sentence.text, mention.end)):
            behind = [token.term for token in view.tokens_in(*called.span(1))]
            if stands.intersection(behind):
                return Short(((mention.start, mention.end),), 0.8)
        if inside & stands:
            return Short(((mention.start, mention.end),), 0.75)
    return _typed(query, candidate, matcher) if query.reading.expects else NO_SHORT


def _definition(query: Query, view: View) -> Short:
    """What stands in apposition or as predicate beside the name asked for ("PMNET, the … forum"; "X is a …")."""
    text = view.sentence.text
    if any(term.term not in view.content for term in query.terms):
        return NO_SHORT
    wanted = {term.term for term in query.terms}
    seen: set[str] = set()
    for token in view.tokens:
        seen.add(token.term)
        if token.term in wanted and wanted <= seen:
            found = _defined_at(text, token.end, view.language.cues)
            if found.slices:
                return found
    return NO_SHORT


def _defined_at(text: str, end: int, cues: Cues) -> Short:
    """What is said at `end`, right behind the name, of what it is."""
    for pattern, confidence in ((cues.apposition, 0.75), (cues.predicate, 0.75), (_IN_BRACKETS, 0.6)):
        found = pattern.match(text, end)
        if found is not None:
            return Short((found.span(1),), confidence)
    return NO_SHORT


def _manner(query: Query, view: View) -> Short:
    """The stretch that says by what means; sure where it stands right behind a word of the question ("*booked* by telephone or …")."""
    found = _by_cue(view, view.language.cues.manner)
    behind = bool(found.slices) and any(token.term in query.term_set and 0 < found.slices[0][0] - token.end <= 1 for token in view.tokens)
    return found._replace(confidence=0.8) if behind else found


def _by_cue(view: View, cue: Pattern) -> Short:
    """The stretch that a cue word opens ("because …", "through …"), without a full stop at its end."""
    found = cue.search(view.sentence.text)
    if found is None:
        return NO_SHORT
    start, end = found.span()
    end = start + len(found.group().rstrip(" .!?\n"))
    return Short(((start, end),), 0.6)
