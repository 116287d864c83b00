"""Analysed sentences, their neighbours and passages."""

from __future__ import annotations

from pmbot.answering.views import MENTION_CHARS, PASSAGE_REACH
from pmbot.models import MentionKind
from tests.fakes_answering import World, view_of

TEXTS = {
    "a.txt": "# Lamps\n\n## Zorblat\n\nThe Zorblat glows. | It hums. | It cost €3 million.\n\nIt is green.",
    "b.txt": " | ".join(f"Sentence number {n} glows." for n in range(20)),
}


def test_content_leaves_out_stopwords() -> None:
    view = view_of("The Zorblat lamps were built in Oslo.")
    assert view.content == ("zorblat", "lamp", "build", "oslo")
    assert view.words == ("the", "zorblat", "lamp", "were", "build", "in", "oslo")
    assert view.stops == {"the", "were", "in"}
    assert view.content_set == set(view.content)
    assert view.word_set == set(view.words)
    assert ("lamp", "were") in view.word_pairs
    assert ("lamp", "build") not in view.word_pairs


def test_tokens_are_found_by_place() -> None:
    view = view_of("The Zorblat lamp glows.")
    assert [token.text for token in view.tokens_in(4, 16)] == ["Zorblat", "lamp"]
    assert [token.text for token in view.tokens_in(5, 16)] == ["lamp"]
    assert view.tokens_in(3, 4) == []
    assert view.token_place == {0: 0, 4: 1, 12: 2, 17: 3}


def test_mentions_lie_in_the_text_of_the_sentence() -> None:
    view = view_of("It cost €3 million in 1987.")
    assert [(m.kind, view.sentence.text[m.start : m.end]) for m in view.mentions] == [
        (MentionKind.MONEY, "€3 million"),
        (MentionKind.DATE, "1987"),
    ]


def test_mentions_of_a_monster_are_searched_for_in_its_head() -> None:
    view = view_of("x " * MENTION_CHARS + "in 1987.")
    assert view.mentions == ()
    assert view.content[-1] == "1987"


def test_views_are_kept() -> None:
    views = World(TEXTS).views
    assert views.view("a.txt", 2) is views.view("a.txt", 2)


def test_headings_are_told() -> None:
    views = World(TEXTS).views
    assert [views.view("a.txt", n).is_heading for n in range(6)] == [True, True, False, False, False, False]


def test_a_passage_is_the_block_within_reach() -> None:
    views = World(TEXTS).views
    assert [view.sentence.index for view in views.passage(views.view("a.txt", 3))] == [2, 3, 4]
    assert [view.sentence.index for view in views.passage(views.view("a.txt", 0))] == [0]  # a heading is a block of its own
    around = [view.sentence.index for view in views.passage(views.view("b.txt", 10))]
    assert around == list(range(10 - PASSAGE_REACH, 10 + PASSAGE_REACH + 1))


def test_context_is_the_headings_above() -> None:
    views = World(TEXTS).views
    assert views.context_terms(views.view("a.txt", 3)) == {"lamp", "zorblat"}
    assert views.context_terms(views.view("b.txt", 3)) == frozenset()
