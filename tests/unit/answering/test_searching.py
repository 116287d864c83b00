from __future__ import annotations

from pmbot.answering.lexicon import SYNONYM, Lexicon
from pmbot.answering.searching import find_hits
from tests.fakes_answering import STOP_TERMS, World

CROWD = {f"g{number}.txt": f"The lamps glow, gleam and glitter in house {number}." for number in range(9)}
TEXTS = {"shine.txt": "The shoes shine by day.", **CROWD}
WORDS = Lexicon([(("shine",), (other,), SYNONYM, "s") for other in ("glow", "gleam", "glitter")])


def found(question: str, top_k: int) -> list[str]:
    world = World(TEXTS, WORDS)
    hits = find_hits(world.query(question), world.snapshot.retriever, STOP_TERMS, top_k)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    return [hit.chunk.doc_id for hit in hits]


def test_synonyms_do_not_crowd_out_the_word_itself() -> None:
    assert "shine.txt" in found("What will shine?", 3)


def test_what_stands_for_a_word_is_found_too() -> None:
    assert set(found("What will shine?", 12)) >= {"shine.txt", "g0.txt", "g5.txt"}


def test_without_synonyms_there_is_one_search() -> None:
    assert found("Where are the lamps?", 4) == ["g0.txt", "g1.txt", "g2.txt", "g3.txt"]


def test_a_question_without_key_terms_finds_nothing() -> None:
    assert found("What is it?", 4) == []
