"""Guards on figures: what a number counts, and of what a sum or a share is."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from pmbot.answering import english
from pmbot.answering.asked_figures import counts_noun, fitting, new_mentions, unfit
from pmbot.answering.case import Case, Refusal
from pmbot.answering.lexicon import SYNONYM
from pmbot.answering.query import NEAR
from pmbot.answering.units import measure_asked
from pmbot.answering.views import View
from pmbot.answering.word_classes import word_class
from pmbot.models import KeyTerm, MentionKind, QuestionType
from pmbot.text.analyzer import Token
from pmbot.text.figures.finding import Mention
from pmbot.text.lazy_pattern import LazyPattern

COUNTED_WITHIN = 6  # tokens between a number and the noun it counts
_SUBJECT = 3  # tokens at the beginning of a part, where its subject stands
_CONTINUING = english.PRONOUNS - {"that", "such", "both"}
TELLING = 0.35  # weight from which a missing word says that something else is meant

_LIMITED_BY = {"maximum": ("up to", "at most", "no more than", "not more than"), "minimum": ("at least", "no less than", "no fewer than")}

_OF_THOSE = LazyPattern(r"\sof\s(?:these|those|them|which|whom)\b", re.IGNORECASE)

STRICT_TYPES = frozenset({
    QuestionType.WHEN, QuestionType.HOW_MANY, QuestionType.HOW_MUCH, QuestionType.PERCENT, QuestionType.RANK, QuestionType.DURATION,
    QuestionType.FREQUENCY,
})  # fmt: skip


def counts_focus(case: Case) -> bool:
    """Whether a number stands near the noun that is counted; true where the noun is not told or only scaffolding."""
    place = case.query.focus_place
    view = case.candidate.view
    stands = case.matcher.stands_for(place) if place is not None else frozenset()
    nouns = [at for at, token in enumerate(view.tokens) if token.term in stands]
    if not fitting(case.query, view, case.matcher, new_mentions(case.query, view, case.query.reading.expects)):
        return False
    if place is None or case.query.is_scaffold(place) or not nouns:
        return True
    if any(_OF_THOSE.match(view.sentence.text, m.end) for m in view.mentions if m.kind in case.query.reading.expects):
        return True
    counts = [view.token_place.get(m.start) for m in view.mentions if m.kind in case.query.reading.expects]
    return any(at is not None and abs(at - noun) <= COUNTED_WITHIN for at in counts for noun in nouns)


def count_of_other(case: Case) -> Refusal | None:
    """Every number here counts something else than the noun asked for ("how many *patients*" in "at 18 hospitals").

    So it does where the passage has that noun, but neither this sentence nor the one before.
    """
    reading, view = case.query.reading, case.candidate.view
    if reading.type is QuestionType.HOW_MUCH:
        return _counts_another(case)
    if reading.type is not QuestionType.HOW_MANY or reading.focus is None or not case.language.is_english:
        return None
    figures = new_mentions(case.query, view, reading.expects)
    place = case.query.focus_place
    apart = (
        place is not None and not case.query.is_scaffold(place) and not case.near(place) and case.candidate.around[place].quality >= NEAR
    )
    if not figures or not (apart or _of_nouns_unasked(case, figures) or len(unfit(case.query, view, case.matcher)) == len(figures)):
        return None
    return Refusal("count_of_other", case.texts([p for p, t in enumerate(case.query.terms) if t.term == reading.focus]))


def _of_nouns_unasked(case: Case, figures: Sequence[Mention]) -> bool:
    """Whether the noun asked for is not here, only a word that has to do with it, and a number counts another ("61 *pupils* …, now 48")."""
    place, view = case.query.focus_place, case.candidate.view
    if place is None or not 0.0 < case.candidate.matches[place].quality < SYNONYM or case.query.is_scaffold(place):
        return False
    stands = case.matcher.stands_for(place)
    return any(counts_noun(view, mention, stands) is False for mention in figures)


def _counts_another(case: Case) -> Refusal | None:
    """How much of a stuff is asked ("how much *water*"), and the only figures are bare numbers of something else ("one *tablet*")."""
    view, place = case.candidate.view, case.query.focus_place
    figures = new_mentions(case.query, view, case.query.reading.expects) if place is not None and case.language.is_english else []
    if not figures or place is None or any(m.kind is not MentionKind.NUMBER for m in figures):
        return None
    stands = case.matcher.stands_for(place)
    counts = all(counts_noun(view, m, stands) is False or _one_noun_behind(view, m, stands) for m in figures)
    return Refusal("figure_of_other", case.texts([place])) if counts else None


def _one_noun_behind(view: View, mention: Mention, stands: frozenset[str]) -> bool:
    """Whether another noun stands right behind a number, and none of `stands` soon: "*one* tablet"."""
    behind = [token for token in view.tokens if token.start >= mention.end][:3]
    return bool(behind) and word_class(behind[0]) in {"noun", "word", "plural"} and all(token.term not in stands for token in behind)


def figure_of_other(case: Case) -> Refusal | None:
    """The figures here are of something else: a word that says of what the figure is asked stands nowhere in the passage."""
    if case.query.reading.type not in STRICT_TYPES - {QuestionType.WHEN}:
        return None
    missing = [p for p in case.query.relation if not case.near(p) and case.query.telling[p] >= TELLING]
    classes = {token.term: word_class(token) for token in case.query.tokens}
    missing = [p for p in missing if case.candidate.around[p].quality < NEAR and not _told_by_figure(case, p)]
    missing = [p for p in missing if classes[case.query.terms[p].term] not in {"adjective", "adverb"}]
    return Refusal("figure_of_other", case.texts(missing)) if missing else None


def _told_by_figure(case: Case, place: int) -> bool:
    """Whether the figure says by its unit or its hedge what a word asks for: "*temperature*" by "2 °C", "the *maximum*" by "up to four"."""
    word, text = case.query.terms[place].text.lower(), case.candidate.view.sentence.text
    figures = [text[m.start : m.end] for m in case.candidate.view.mentions if m.kind in case.query.reading.expects]
    measure = measure_asked([word])
    limits = _LIMITED_BY.get(word, ())
    return any((measure is not None and measure.fits(figure)) or figure.lower().startswith(limits) for figure in figures)


def told_by_kind(case: Case) -> bool:
    """Whether what is asked is seldom said, as what stands there says it itself: "by *profession*", "how *loud*" where decibels stand."""
    query = case.query
    if not any(t.is_name and m.quality >= NEAR for t, m in zip(query.terms, case.candidate.matches, strict=True)):
        return False
    if all(query.terms[p].text.lower() in english.CATEGORY_NOUNS for p in query.relation):
        return True
    measure, text = query.measure, case.candidate.view.sentence.text
    return measure is not None and measure.strict and any(measure.fits(text[m.start : m.end]) for m in case.candidate.view.mentions)


def figure_in_other_part(case: Case) -> Refusal | None:
    """The figure stands behind or before a semicolon, in a part of its own: that has none of what is asked, or another subject.

    "How much is the *stock* worth?": "X insures her stock; Y insures the *house* for €2 million". "How much do *schools* pay?":
    "*Companies* pay €6; schools get a discount".
    """
    view, query = case.candidate.view, case.query
    text = view.sentence.text
    if query.reading.type not in STRICT_TYPES or ";" not in text or view.row is not None or not case.language.is_english:
        return None
    cuts = [0, *(at for at, sign in enumerate(text) if sign == ";"), len(text)]
    parts = [view.tokens_in(start, end) for start, end in itertools.pairwise(cuts)]
    figures = fitting(query, view, case.matcher, new_mentions(query, view, query.reading.expects))
    here = [part for part in parts if any(m.start < token.end and token.start < m.end for m in figures for token in part)]
    if not here or not all(_stands_alone(part) for part in here):
        return None
    others = [part for part in parts if part and part not in here]
    asked = [p for p, term in enumerate(query.terms) if not term.is_number and (not query.is_scaffold(p) or _ranks(term))]
    told = {p for p in asked if not _stand(case, p, here)}
    subjects = [part[:_SUBJECT] for part in others]
    apart = [p for p in told if _stand(case, p, subjects)] if len(told) < len(asked) else [p for p in told if _stand(case, p, others)]
    return Refusal("figure_of_other", case.texts(sorted(apart))) if apart else None


def _stand(case: Case, place: int, parts: Sequence[Sequence[Token]]) -> bool:
    """Whether a word of the question, or one that means the same, stands in one of the parts."""
    stands = case.matcher.stands_for(place, least=SYNONYM)
    return any(token.term in stands for part in parts for token in part)


def _ranks(term: KeyTerm) -> bool:
    return term.text.lower() in english.ORDINAL_WORDS | {"next"}


def _stands_alone(part: Sequence[Token]) -> bool:
    """Whether a part of a sentence opens with a noun phrase that continues nothing, an article or a name, and holds no pronoun."""
    first = part[0]
    named = first.text[0].isupper() and first.norm not in english.PREPOSITIONS
    return (first.norm in english.ARTICLES or named) and _CONTINUING.isdisjoint(token.norm for token in part)


def part_of_figure(case: Case) -> Refusal | None:
    """The figure is that of the whole, and a word of the question names a part of it ("312 people, *mainly for sunburn*")."""
    if case.query.reading.type not in STRICT_TYPES - {QuestionType.WHEN}:
        return None
    view = case.candidate.view
    found = case.language.cues.partly.search(view.sentence.text)
    if found is None or any(found.start() < m.start < found.end() for m in view.mentions if m.kind in case.query.reading.expects):
        return None
    named = {token.term for token in view.tokens if found.start(1) <= token.start < found.end()}
    elsewhere = {token.term for token in view.tokens if not found.start(1) <= token.start < found.end()}
    parts = [p for p in case.query.relation if (stands := case.matcher.stands_for(p)) & named and not stands & elsewhere]
    return Refusal("part_of_figure", case.texts(parts)) if parts else None
