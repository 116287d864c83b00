"""A stored corpus gives back what was packed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.corpus.params import CorpusParams
from pmbot.corpus.readers.base import Source
from pmbot.corpus.readers.markdown import MarkdownReader
from pmbot.corpus.store import Corpus, fingerprint_of, load_corpus
from pmbot.corpus.units import sentences_of
from pmbot.corpus.walk import Skipped
from pmbot.errors import CorpusError
from pmbot.indexing.layout import FIGURE, FIGURE_KINDS
from pmbot.indexing.packing import Cut
from pmbot.indexing.snapshot import Recipe, Snapshot, build_snapshot
from pmbot.models import Document
from pmbot.text.figures.finding import find_figures
from tests.fakes import FittedBackend, WordAnalysis, chunks_of

TEXT = st.text(st.sampled_from("aZé😀 .\n#-|*>1\t€"), max_size=200)
FIGURED = st.lists(st.sampled_from(["€3 ", "on 1 May ", "27% ", "😀é ", "at 10:30. ", "\n\n"])).map("".join)


class WholeBlocks:
    """Takes a paragraph for one sentence."""

    def spans(self, text: str) -> list[tuple[int, int]]:
        return [(0, len(text))]


def corpus_of(texts: dict[str, str]) -> Corpus:
    read = [document for name in sorted(texts) for document in MarkdownReader().read(texts[name].encode(), Source(name))]
    documents = tuple(document for document in read if document.blocks)
    sentences = {document.doc_id: sentences_of(document, WholeBlocks()) for document in documents}
    return Corpus(documents, sentences, (Skipped("x.bin", "a reason"),), fingerprint_of(list(documents)))


def stored(corpus: Corpus) -> Snapshot:
    return build_snapshot(corpus, WordAnalysis(), Recipe(FittedBackend(), Cut(3, 1)))


@given(st.dictionaries(st.sampled_from(["a.md", "b/ä.md", "z z.md"]), TEXT))
def test_documents_and_sentences_come_back_as_they_were(texts: dict[str, str]) -> None:
    corpus = corpus_of(texts)
    snapshot = stored(corpus)
    assert tuple(snapshot.corpus.documents) == corpus.documents
    assert {doc_id: tuple(found) for doc_id, found in snapshot.corpus.sentences.items()} == corpus.sentences
    for sentence in (sentence for cut in corpus.sentences.values() for sentence in cut):
        assert snapshot.corpus.setting_of(sentence) == corpus.setting_of(sentence)
    assert snapshot.corpus.fingerprint == corpus.fingerprint
    assert snapshot.corpus.skipped == corpus.skipped
    for chunk in chunks_of(snapshot):
        assert chunk.sentences == corpus.sentences[chunk.doc_id][chunk.sentences[0].index : chunk.sentences[-1].index + 1]


@given(st.dictionaries(st.sampled_from(["a.md", "b/ä.md"]), FIGURED))
def test_figures_come_back_as_they_were_found(texts: dict[str, str]) -> None:
    corpus = corpus_of(texts)
    reopened = stored(corpus).corpus
    for doc_id, sentences in corpus.sentences.items():
        first, written = reopened.written(doc_id, 0, len(sentences) - 1, 0)
        for sentence, found in zip(sentences[first:], written, strict=True):
            figures = FIGURE.iter_unpack(found.figures or b"")
            assert [(FIGURE_KINDS[kind], start, end) for kind, start, end in figures] == find_figures(sentence.text)


def test_rows_of_tables_keep_their_number() -> None:
    corpus = corpus_of({"a.md": "| A | B |\n|---|---|\n| c | d |\n\nProse.\n"})
    found = [stored(corpus).corpus.setting_of(sentence).row for sentence in corpus.sentences["a.md"]]
    assert found == [1, 2, None]


def test_the_real_document_comes_back_as_it_was() -> None:
    corpus = load_corpus(Path(__file__).parents[3] / "knowledge", WholeBlocks(), CorpusParams())
    assert tuple(stored(corpus).corpus.documents) == corpus.documents


def test_what_is_not_there_is_named() -> None:
    found = stored(corpus_of({"a.md": "One.", "b.md": "Two."})).corpus
    with pytest.raises(CorpusError, match=r"there is no document 'c.md'; there are: a.md, b.md"):
        found.document("c.md")
    with pytest.raises(CorpusError, match="there is no sentence 9"):
        found.sentence("a.md", 9)
    assert found.sentence("b.md", 0).text == "Two."
    with pytest.raises(KeyError):
        found.sentences["c.md"]


def test_documents_that_are_asked_for_again_are_kept_and_large_ones_let_go() -> None:
    found = stored(corpus_of({f"{n}.md": "word " * 300_000 for n in range(4)})).corpus
    first: Document = found.document("0.md")
    assert found.document("0.md") is first
    for name in ("1.md", "2.md", "3.md"):
        found.document(name)
    assert found.document("0.md") is not first
