from __future__ import annotations

from pmbot.corpus.chunker import chunks
from pmbot.indexing.analysis import chunk_terms, sentence_terms
from pmbot.models import Chunk
from tests.fakes import WordAnalysis, make_chunk, make_document


def indexed(made: list[Chunk], analysis: WordAnalysis | None = None) -> list[tuple[str, ...]]:
    analysis = analysis or WordAnalysis()
    return chunk_terms(made, sentence_terms([s for chunk in made for s in chunk.sentences], analysis), analysis)


def test_a_chunk_has_the_terms_of_its_sentences_in_order() -> None:
    document, sentences = make_document("a.txt", {(): ["Trade grew.", "It grew fast.", "Then it fell."]})
    terms = indexed(list(chunks(document, sentences, 2, 1)))
    assert terms == [("trade", "grew", "it", "grew", "fast"), ("it", "grew", "fast", "then", "it", "fell")]


def test_headings_add_what_the_sentences_lack_once() -> None:
    first = make_chunk("a.md", 0, "The term is two years.", ("Warranty of warranty", "Term"))
    second = make_chunk("a.md", 1, "Ask us.", ("Contact",))
    assert indexed([first, second]) == [("the", "term", "is", "two", "years", "warranty", "of"), ("ask", "us", "contact")]


def test_a_heading_above_everything_is_left_out() -> None:
    first = make_chunk("a.md", 0, "Two years.", ("PMNET", "Term"))
    second = make_chunk("a.md", 1, "Ask us.", ("PMNET", "Contact"))
    assert indexed([first, second]) == [("two", "years", "term"), ("ask", "us", "contact")]


def test_sentences_and_heading_paths_are_analysed_once_each() -> None:
    analysis = WordAnalysis()
    document, sentences = make_document("a.md", {("One",): [f"Sentence {i}." for i in range(9)], ("Two",): ["Last."]})
    terms = sentence_terms(sentences, analysis)
    chunk_terms(chunks(document, sentences, 3, 2), terms, analysis)
    assert len(analysis.calls) == len(sentences) + 2


def test_no_chunks() -> None:
    assert indexed([]) == []
