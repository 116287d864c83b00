"""Guards: conditions that must hold near the answer. Each gives the refusal its reason and its words.

A guard looks at one case — the question and the best sentence — and returns a `Refusal` or None. Order matters: the first refusal is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pmbot.answering import english
from pmbot.answering.asked_figures import new_mentions
from pmbot.answering.case import Case, Refusal
from pmbot.answering.event_guards import EVENTS
from pmbot.answering.exclusive import opposite_told
from pmbot.answering.figure_guards import (
    STRICT_TYPES,
    count_of_other,
    counts_focus,
    figure_in_other_part,
    figure_of_other,
    part_of_figure,
    told_by_kind,
)
from pmbot.answering.kind_guards import KINDS, premise_denied, settlement_untold, share_of_other
from pmbot.answering.lexicon import SYNONYM
from pmbot.answering.mentions import NAMES
from pmbot.answering.naming_guards import NAMED
from pmbot.answering.origin_spans import origin_untold
from pmbot.answering.others import OTHERS, name_torn, other_rank, other_time, part_of_list, role_in_other
from pmbot.answering.query import NEAR
from pmbot.answering.short import is_nobody
from pmbot.answering.ties import (
    name_phrases,
    other_label,
    owner_elsewhere,
    premise_unproven,
    pronoun_of_other,
    reversed_parts,
    role_absent,
    role_elsewhere,
    role_of_other_kind,
    subject_of_other,
    verb_absent,
    verb_nowhere,
)
from pmbot.answering.untold import UNTOLD, holder_untold, object_of_other, venue_untold
from pmbot.answering.verdict_guards import verdict_unproven
from pmbot.models import MentionKind, QuestionType, Status
from pmbot.text.normalize import fold

_FOCUS_TYPES = frozenset({QuestionType.LIST, QuestionType.WHICH, QuestionType.HOW_MANY})


def absent_name(case: Case) -> Refusal | None:
    """A name or number of the question occurs nowhere in the documents."""
    gone = [p for p, t in enumerate(case.query.terms) if p in case.absent and (t.is_name or t.is_number)]
    return Refusal("absent_name", case.texts(gone), Status.NOT_MENTIONED) if gone else None


def relation_absent(case: Case) -> Refusal | None:
    """No word that says what is asked stands in the sentence."""
    relation = case.query.relation
    if not relation or case.query.reading.type in {QuestionType.KEYWORD, QuestionType.AGGREGATION}:
        return None
    if any(case.candidate.matches[p].quality >= NEAR for p in relation):
        return None
    if told_by_kind(case):
        return None
    gone = [p for p in relation if p in case.absent]
    return Refusal("relation_absent", case.texts(gone), Status.NOT_MENTIONED) if gone else Refusal("relation_apart", case.texts(relation))


def focus_absent(case: Case) -> Refusal | None:
    """The noun asked for ("which *disease*", "how many *employees*") occurs nowhere near."""
    query = case.query
    place = query.focus_place
    if place is None or query.is_scaffold(place) or query.reading.type not in _FOCUS_TYPES:
        return None
    if case.near(place) or case.candidate.around[place].quality >= NEAR or _answers_by_kind(case):
        return None
    status = Status.NOT_MENTIONED if place in case.absent else Status.NOT_ENOUGH
    return Refusal("focus_absent", case.texts([place]), status)


def telling_noun_absent(case: Case) -> Refusal | None:
    """The role or the sum asked about, what is asked to be done by whom, or a word of what is to be defined stands nowhere near.

    For languages of which we know too little to weigh it.
    """
    language = case.language
    if language.is_english:
        return None
    done = 0 if case.query.reading.type is QuestionType.WHO else None
    whole = case.query.reading.type is QuestionType.DEFINITION
    telling = [p for p in case.query.relation if whole or p == done or fold(case.query.terms[p].text) in language.telling_nouns]
    missing = [p for p in telling if not case.near(p)]
    if not missing:
        return None
    gone = [p for p in missing if p in case.absent]
    return Refusal("telling_noun_absent", case.texts(gone or missing), Status.NOT_MENTIONED if gone else Status.NOT_ENOUGH)


def _answers_by_kind(case: Case) -> bool:
    """Whether a mention of its kind stands for the noun asked for ("which city": any place that the question does not name)."""
    noun = next(t.text.lower() for t in case.query.terms if t.term == case.query.reading.focus)
    noun = noun[:-3] + "y" if noun.endswith("ies") else noun.removesuffix("s")
    language = case.language
    if language.is_english and noun in english.CATEGORY_NOUNS:
        return True
    kinds: tuple[MentionKind, ...] = ()
    if noun in language.person_nouns:
        kinds = (MentionKind.PERSON,)
    elif noun in language.place_nouns:
        kinds = (MentionKind.PLACE,)
    elif language.is_english and noun in english.ORGANISATION_NOUNS:
        kinds = (MentionKind.ORGANISATION, MentionKind.NAME)
    view, asked = case.candidate.view, case.query.term_set
    for mention in view.mentions if kinds else ():
        known = [token.term in asked for token in view.tokens_in(mention.start, mention.end)]
        by = mention.kind in NAMES and view.sentence.text.endswith(" by ", 0, mention.start)
        if (by and not all(known)) or (mention.kind in kinds and not any(known)):
            return True
    return False


def name_apart(case: Case) -> Refusal | None:
    """A name of the question stands elsewhere in the documents, but not with the rest."""
    for phrase in name_phrases(case.query):
        missing = [p for p in phrase if not case.near(p) and case.query.terms[p].term not in case.topic]
        if 2 * len(missing) > len(phrase):
            return Refusal("name_apart", case.texts(phrase))
    return None


def number_apart(case: Case) -> Refusal | None:
    """A year or number of the question does not stand with the rest."""
    missing = [p for p, t in enumerate(case.query.terms) if t.is_number and not case.near(p)]
    return Refusal("number_apart", case.texts(missing)) if missing else None


def type_absent(case: Case) -> Refusal | None:
    """No date for "when", no sum for "how much": the sentence cannot hold the answer."""
    reading = case.query.reading
    if reading.type is QuestionType.WHY and not case.language.cues.because_told.search(case.candidate.view.sentence.text):
        return Refusal("type_absent", ())
    if reading.type is QuestionType.HOW_MANY and not counts_focus(case):
        return Refusal("type_absent", ())
    wants_person = reading.expects == (MentionKind.PERSON,)
    if (reading.type in STRICT_TYPES or wants_person) and reading.expects and not case.candidate.typed:
        return Refusal("type_absent", ())
    return None


def holder_unnamed(case: Case) -> Refusal | None:
    """Who holds an office is asked, and the sentence names nobody ("the minister opened the fair in Zorblat")."""
    words = case.query.norms
    if case.query.reading.type is not QuestionType.WHO or not english.TITLES.intersection(words) or words[1:2] not in (["is"], ["was"]):
        return None
    view = case.candidate.view
    named = new_mentions(case.query, view, case.query.reading.expects)
    return None if any(not is_nobody(view, m.start, m.end) for m in named) else Refusal("type_absent", ())


def thin_coverage(case: Case) -> Refusal | None:
    """Less than half of the words that say what is asked stand anywhere near."""
    relation = case.query.relation
    if len(relation) < 2 or case.query.reading.type is QuestionType.AGGREGATION:
        return None
    missing = [p for p in relation if case.around[p] < NEAR]
    if 2 * (len(relation) - len(missing)) >= len(relation):
        return None
    gone = [p for p in missing if p in case.absent]
    return Refusal("thin_coverage", case.texts(gone or missing), Status.NOT_MENTIONED if gone else Status.NOT_ENOUGH)


def row_unnamed(case: Case) -> Refusal | None:
    """A row of a table none of whose words is asked: by related words alone any row is found ("cargo pass" for "family ticket")."""
    asked = [p for p in range(len(case.query.terms)) if not case.query.is_scaffold(p)]
    if case.candidate.view.row is None or not asked or any(case.here[p] >= SYNONYM for p in asked):
        return None
    return Refusal("focus_absent", case.texts(asked))


def relative_date(case: Case) -> Refusal | None:
    """The question counts from today, which a document cannot know, and the sentence does not use the same words."""
    found = case.language.cues.relative.search(case.query.reading.text)
    if found is None or found.group().lower() in case.candidate.view.sentence.text.lower():
        return None
    return Refusal("relative_date", (found.group(),))


Guard = Callable[[Case], Refusal | None]

GUARDS: tuple[Guard, ...] = (
    absent_name,
    relative_date,
    relation_absent,
    focus_absent,
    telling_noun_absent,
    name_apart,
    number_apart,
    other_label,
    role_elsewhere,
    role_absent,
    role_of_other_kind,
    pronoun_of_other,
    owner_elsewhere,
    count_of_other,
    holder_unnamed,
    origin_untold,
    type_absent,
    *UNTOLD,
    *OTHERS,
    opposite_told,
    *KINDS,
    *NAMED,
    *EVENTS,
    reversed_parts,
    subject_of_other,
    premise_unproven,
    verb_nowhere,
    verb_absent,
    verdict_unproven,
    part_of_figure,
    figure_in_other_part,
    figure_of_other,
    row_unnamed,
    thin_coverage,
)
ENGLISH_ORDER = frozenset({
    other_label, role_elsewhere, holder_unnamed, origin_untold, role_absent, role_of_other_kind, pronoun_of_other, owner_elsewhere,
    reversed_parts, subject_of_other, premise_unproven, verb_nowhere, verb_absent, *UNTOLD, *OTHERS, *KINDS, *NAMED, *EVENTS, opposite_told,
})  # fmt: skip
"""Guards that stand on English words and their order; they say nothing of other languages."""
NEVER = 1.1
OUTWEIGHED = 0.65
_CONTRADICTING = frozenset({
    absent_name, number_apart, relative_date, telling_noun_absent, name_torn, opposite_told, premise_unproven, premise_denied, other_rank,
    other_label, other_time, role_elsewhere, role_in_other, holder_unnamed, holder_untold, count_of_other, share_of_other, part_of_figure,
    part_of_list, figure_in_other_part, reversed_parts, subject_of_other, object_of_other, verdict_unproven, row_unnamed, settlement_untold,
    venue_untold, role_of_other_kind, *EVENTS,
})  # fmt: skip
"""What is missing may be outweighed; that a name, figure, role or deed is another's, or was never done, may not. Yes and no are proved."""
_FOR_WORDS = frozenset({thin_coverage})  # lends a refusal its words
DEMANDS: Mapping[Guard, float] = {guard: NEVER if guard in _CONTRADICTING else OUTWEIGHED for guard in GUARDS if guard not in _FOR_WORDS}
"""How sure an answer must be where a guard speaks against it."""


def refusals(case: Case) -> Mapping[Guard, Refusal | None]:
    """What every guard says of a case; each looks once."""
    heard = case.heard
    for guard in GUARDS:
        if guard not in heard:
            heard[guard] = guard(case)
    return heard


_ORDER = tuple([(guard, DEMANDS.get(guard, 0.0), guard in ENGLISH_ORDER) for guard in GUARDS])


def first_refusal(case: Case, sure: float = 0.0, *, least: float = NEVER) -> Refusal | None:
    """What the first guard says that is not outweighed by being `sure`; guards without a demand count when `sure` is below `least`."""
    heard, is_english = case.heard, case.language.is_english
    for guard, demand, in_english in _ORDER:
        if sure < max(least, demand) and (is_english or not in_english):
            if guard not in heard:
                heard[guard] = guard(case)
            refusal = heard[guard]
            if refusal is not None:
                return refusal
    return None
