"""What one pass over a corpus tells about its words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pmbot.corpus.store import Corpus
from pmbot.indexing.packing import Cut
from pmbot.indexing.profile import TOPIC_TERMS, Profile
from pmbot.indexing.snapshot import Recipe, build_snapshot
from tests.fakes import FittedBackend
from tests.fakes_answering import ANALYZER, corpus_of


def profile(*texts: str) -> Profile:
    return profile_of(corpus_of({f"{place}.txt": text for place, text in enumerate(texts)}))


def profile_of(corpus: Corpus) -> Profile:
    return build_snapshot(corpus, ANALYZER, Recipe(FittedBackend(), Cut(3, 1))).profile


def test_a_capital_inside_a_sentence_makes_a_name() -> None:
    assert set(profile("Lamps from Zorblat glow.").names) == {"zorblat"}


def test_a_capital_at_the_start_makes_no_name() -> None:
    assert "lamps" not in profile("Lamps glow. | Lamps cost much.").names


def test_a_word_written_small_anywhere_is_no_name() -> None:
    found = profile("We sell the Lamp.", "A lamp glows.")
    assert "lamp" in found.lower
    assert not set(found.names)


def test_stopwords_and_accents() -> None:
    assert set(profile("Then came The Žorblāt’s maker.").names) == {"zorblat"}


def test_topics_are_the_names_a_document_repeats_and_its_title() -> None:
    text = " | ".join(["The Zorblat glows."] * 4 + ["A Quindle hums."] + ["Nothing more stands here."] * 5)
    topics = profile(text).topics["0.txt"]
    assert "zorblat" in topics
    assert "quindl" not in topics  # once is not enough
    titled = profile_of(corpus_of({"The Vrumpel report.txt": "Lamps glow."}))
    assert {"vrumpel", "report"} <= titled.topics["The Vrumpel report.txt"]


def test_topics_need_their_share_of_the_sentences() -> None:
    text = " | ".join(["The Zorblat glows."] * 2 + ["Nothing more stands here."] * 28)
    assert "zorblat" not in profile(text).topics["0.txt"]


def test_topics_are_few() -> None:
    text = " | ".join(["See Abba Bebb Cecc Dedd Effe."] * 3)
    assert len(profile(text).topics["0.txt"] - {"0.txt", "0", "txt"}) == TOPIC_TERMS


@given(
    st.lists(
        st.lists(st.sampled_from(["Lamp", "lamp", "Oslo", "glows", "the", "The", "7", "“Zorblat”"]), min_size=1, max_size=6), min_size=1
    )
)
def test_no_word_is_both_a_name_and_written_small(sentences: list[list[str]]) -> None:
    found = profile(" | ".join(" ".join(words) for words in sentences))
    assert not set(found.names) & set(found.lower)
    assert set(found.names) <= {"lamp", "oslo", "zorblat"}
