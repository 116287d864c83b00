"""Analysed sentences, their neighbours and passages."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.answering import views as module
from pmbot.answering.views import PASSAGE_REACH, View, Views
from pmbot.models import MentionKind
from pmbot.text.figures.finding import READ_CHARS
from tests.fakes_answering import World, view_of

TEXTS = {
    "a.txt": "# Lamps\n\n## Zorblat\n\nThe Zorblat glows. | It hums. | It cost €3 million.\n\nIt is green.",
    "b.txt": " | ".join(f"Sentence number {n} glows." for n in range(20)),
}


def passage(views: Views, doc_id: str, index: int) -> list[View]:
    return next(around for _, around in views.passages([(doc_id, index)]))


def test_content_leaves_out_stopwords() -> None:
    view = view_of("The Zorblat lamps were built in Oslo.")
    assert view.content == ("zorblat", "lamp", "build", "oslo")
    assert view.words == ("the", "zorblat", "lamp", "were", "build", "in", "oslo")
    assert view.stops == {"the", "were", "in"}
    assert view.word_set == set(view.words)
    assert view.word_pairs([("lamp", "were"), ("lamp", "build"), ("were", "lamp"), ("in", "oslo")]) == 2
    assert view.word_pairs([("lamp", "torch")]) == 0


def test_tokens_are_found_by_place() -> None:
    view = view_of("The Zorblat lamp glows.")
    assert [token.text for token in view.tokens_in(4, 16)] == ["Zorblat", "lamp"]
    assert [token.text for token in view.tokens_in(5, 16)] == ["lamp"]
    assert view.tokens_in(3, 4) == []
    assert [token.text for token in view.tokens_in(0, 100)] == ["The", "Zorblat", "lamp", "glows"]
    assert view.token_place == {0: 0, 4: 1, 12: 2, 17: 3}


def test_forms_are_told_without_tokens() -> None:
    view = view_of("Ana Gil was leading the Zorblat's lamps.")
    assert view.forms(frozenset({"leading", "led", "zorblat", "lamp", "torch"})) == {"leading", "zorblat"}
    assert view.forms(frozenset({"torch"})) == frozenset()
    assert "tokens" not in vars(view)


def test_mentions_lie_in_the_text_of_the_sentence() -> None:
    view = view_of("It cost €3 million in 1987.")
    assert [(m.kind, view.sentence.text[m.start : m.end]) for m in view.mentions] == [
        (MentionKind.MONEY, "€3 million"),
        (MentionKind.DATE, "1987"),
    ]


def test_mentions_of_a_monster_are_searched_for_in_its_head() -> None:
    view = view_of("x " * READ_CHARS + "in 1987.")
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
    assert [view.sentence.index for view in passage(views, "a.txt", 3)] == [2, 3, 4]
    assert [view.sentence.index for view in passage(views, "a.txt", 0)] == [0]  # a heading is a block of its own
    around = [view.sentence.index for view in passage(views, "b.txt", 10)]
    assert around == list(range(10 - PASSAGE_REACH, 10 + PASSAGE_REACH + 1))


def test_context_is_the_headings_above() -> None:
    views = World(TEXTS).views
    assert views.terms_above(views.view("a.txt", 3).setting.heading_path) == {"lamp", "zorblat"}
    assert views.terms_above(views.view("b.txt", 3).setting.heading_path) == frozenset()


WORDS = ["Zorblat", "lamp", "THE", "It", "US", "IT", "WHO", "May", "Dong-A", "R&D", "U.S.", "1,000", "€3", "%", "Ķīna", ",", "(", "’s"]


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7), min_size=1, max_size=4), st.booleans())
def test_what_is_read_from_the_index_is_what_the_text_says(sentences: list[list[str]], shouted: bool) -> None:
    texts = [" ".join(words).strip() for words in sentences]
    world = World({"a.txt": " | ".join(text.upper() if shouted else text for text in texts)})
    for sentence in world.corpus.sentences["a.txt"]:
        stored, fresh = world.views.view("a.txt", sentence.index), world.views.of_sentence(sentence)
        assert (stored.words, stored.content_size) == (fresh.words, len(fresh.content))
        assert (stored.sentence, stored.tokens, stored.content, stored.stops) == (sentence, fresh.tokens, fresh.content, fresh.stops)
        assert (stored.block, stored.setting) == (sentence.block, world.corpus.setting_of(sentence))
        assert stored.opening == fresh.opening == (fresh.tokens[0].norm if fresh.tokens else "")


def test_reading_the_text_is_left_until_it_is_needed() -> None:
    view = World(TEXTS).views.view("b.txt", 3)
    assert view.words == ("sentenc", "number", "3", "glow")
    assert vars(view).keys().isdisjoint({"sentence", "tokens"})


@pytest.mark.parametrize(
    ("text", "word"), [("It glows.", "it"), ("IT GLOWS.", "it"), ("IT firms glow.", "i.t."), ("“Its’ 5", "its"), ("…", "")]
)
def test_the_opening_is_the_first_token(text: str, word: str) -> None:
    assert view_of(text).opening == word


def test_a_full_cache_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {f"{place}.txt": f"The lamp of room {place} glows. | It cost €{place} in 1987. | It is green." for place in range(12)}
    questions = [f"What did the lamp of room {place} cost?" for place in (*range(12), *range(12))]
    large = World(texts)
    wanted = [large.ranking(question).evidence for question in questions]
    monkeypatch.setattr(module, "CACHE_SIZE", 4)
    monkeypatch.setattr(module, "FORGOTTEN", 2)
    small = World(texts)
    assert [small.ranking(question).evidence for question in questions] == wanted


def test_the_cache_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CACHE_SIZE", 5)
    monkeypatch.setattr(module, "FORGOTTEN", 2)
    views = World(TEXTS).views
    kept: list[View] = [views.view("b.txt", place) for place in range(20)]
    assert [view.index for view in kept] == list(range(20))
    assert sum(len(of_document.views) for of_document in views._kept.values()) <= 5


def test_two_threads_that_read_at_once_share_their_views(monkeypatch: pytest.MonkeyPatch) -> None:
    views, between = World(TEXTS).views, list[list[tuple[View, list[View]]]]()

    class Interrupted(View):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            if not between:  # another thread asks for the same before this one has kept anything
                between.append([])
                between[0] = list(views.passages([("b.txt", 5)]))

    monkeypatch.setattr(module, "View", Interrupted)
    ((view, passage),) = views.passages([("b.txt", 5)])
    ((other, around),) = between[0]
    assert view is other
    assert view in passage
    assert all(one is two for one, two in zip(passage, around, strict=True))
