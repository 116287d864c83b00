"""Documents with tables, as the readers read them, and what is made of a question about them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from pmbot.answering.evidence import Ranking
from pmbot.answering.lexicon import SYNONYM, Lexicon
from pmbot.answering.tables import Tables
from pmbot.answering.tabular import TableReader
from pmbot.answering.views import View
from pmbot.corpus.readers import reader_for
from pmbot.corpus.readers.base import Source
from pmbot.corpus.store import Corpus, fingerprint_of
from pmbot.corpus.units import sentences_of
from pmbot.text.sentences import SentenceSplitter
from tests.fakes_answering import World

LAMPS = """\
# Zorblat lamps

The Zorblat lamps were built in Oslo.

## Models

| Model | Weight | Price |
|---|---|---|
| Brimm | 2.5 kg | €40 |
| Dovle | 3 kg | €25 |
| Tarn lantern | 11 kg | €310 |
"""
LEXICON = Lexicon([(("cost",), ("price",), SYNONYM, "thesaurus")])


def corpus_of_files(files: Mapping[str, str]) -> Corpus:
    """A corpus of files by name, read by the readers of their kind."""
    documents = []
    for name, text in sorted(files.items()):
        documents += reader_for(PurePosixPath(name).suffix).read(text.encode("utf-8"), Source(name))
    splitter = SentenceSplitter(frozenset())
    sentences = {document.doc_id: sentences_of(document, splitter) for document in documents}
    return Corpus(tuple(documents), sentences, (), fingerprint_of(documents))


class TableWorld(World):
    """A world of files, with what finds tables in them."""

    def __init__(self, **files: str) -> None:
        """Give text by kind and name of file: `md_lamps="…"` is `lamps.md`."""
        named = {f"{name.partition('_')[2]}.{name.partition('_')[0]}": text for name, text in files.items()}
        super().__init__(corpus_of_files(named), LEXICON)
        self.tables = Tables(self.views, self.corpus)

    def row(self, opening: str) -> View:
        """The view of the sentence that opens so."""
        sentences = (sentence for cut in self.corpus.sentences.values() for sentence in cut)
        found = next(sentence for sentence in sentences if sentence.text.startswith(opening))
        return self.views.view(found.doc_id, found.index)

    def read(self, question: str, most: int = 5) -> Ranking:
        """The ranking with the rows in front that answer by their cells."""
        return TableReader(self.views, self.corpus, self.profile.topics, most).read(self.ranking(question))

    def cells(self, question: str) -> list[str]:
        """The cells that answer, "" for a whole row; nothing where no table answers."""
        found = self.read(question).cells
        return [] if found is None else [cell.text if cell is not None else "" for cell in found.cells]
