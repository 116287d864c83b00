"""One invented sentence and a question about it, for tests of everything that chooses words of a sentence."""

from __future__ import annotations

from hypothesis import strategies as st

from pmbot.answering.by_grammar import by_grammar
from pmbot.answering.case import Case
from pmbot.answering.evidence import Ranking
from pmbot.answering.short import Short
from pmbot.answering.span_anchors import Anchors
from pmbot.answering.span_rules import ruled_answer
from pmbot.answering.views import View
from tests.fakes_answering import World

TEXTS = st.lists(
    st.sampled_from("the lamp of Ana Gil built €3 million in 1987 , ; ( ) . and quickly glows who 27 % was Oslo \n".split(" ")), max_size=30
).map(" ".join)
"""Sentences of all kinds of tokens and borders."""


def case_of(question: str, sentence: str) -> Case:
    """The case of a question and the one sentence of the only document."""
    return World({"a.txt": sentence}).case(question, sentence)


def ruled(question: str, sentence: str) -> Short:
    """What the rules find in the sentence."""
    case = case_of(question, sentence)
    return ruled_answer(case.query, case.candidate, case.matcher)


def words_of(short: Short, sentence: str) -> tuple[str, ...]:
    """The slices of a short answer as text."""
    return tuple(sentence[start:end] for start, end in short.slices)


def ruled_words(question: str, sentence: str) -> tuple[str, ...]:
    """What the rules find in the sentence, as text."""
    return words_of(ruled(question, sentence), sentence)


def place_of(view: View, span: str) -> tuple[int, int]:
    """The first and last token of a span of the sentence."""
    start = view.sentence.text.index(span)
    inside = [at for at, token in enumerate(view.tokens) if start <= token.start and token.end <= start + len(span)]
    return inside[0], inside[-1]


def anchors_at(view: View, *words: str, pick: tuple[int, int] | None = None) -> Anchors:
    """Anchors of weight 1 at the tokens written so, in the order in which the question has them."""
    last = max(1, len(words) - 1)
    order = {at: words.index(token.norm) / last for at, token in enumerate(view.tokens) if token.norm in words}
    return Anchors(dict.fromkeys(order, 1.0), order, float(max(1, len(words))), frozenset(), pick)


def judged(world: World, question: str) -> tuple[Ranking, tuple[Case, ...]]:
    """The ranking of a question and the case of each of its candidates, as a policy wants them."""
    ranking = world.ranking(question)
    return ranking, tuple(world.case(question, c.view.sentence.text) for c in ranking.candidates)


def told(question: str, sentence: str) -> Short:
    """What the grammar of the clause shows."""
    case = case_of(question, sentence)
    return by_grammar(case)


def told_words(question: str, sentence: str) -> str:
    """What the grammar of the clause shows, as text; nothing for nothing."""
    return ", ".join(words_of(told(question, sentence), sentence))
