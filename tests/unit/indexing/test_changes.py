from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pmbot.corpus.store import Corpus, document_fingerprint
from pmbot.indexing.changes import compare
from pmbot.models import Changes
from tests.fakes import make_corpus

FOLDER = st.dictionaries(st.sampled_from(["a.txt", "b.md", "c/d.txt", "e.txt"]), st.sampled_from(["One.", "Two.", "Three."]))


def prints(corpus: Corpus) -> dict[str, str]:
    return {document.doc_id: document_fingerprint(document) for document in corpus.documents}


def corpus_of(folder: dict[str, str]):
    return make_corpus({doc_id: {(): [text]} for doc_id, text in folder.items()})


@given(FOLDER, FOLDER)
def test_compare_partitions_the_ids(old: dict[str, str], new: dict[str, str]) -> None:
    changes = compare(prints(corpus_of(old)), prints(corpus_of(new)))
    assert changes.added == tuple(sorted(set(new) - set(old)))
    assert changes.removed == tuple(sorted(set(old) - set(new)))
    assert changes.changed == tuple(sorted(doc_id for doc_id in set(old) & set(new) if old[doc_id] != new[doc_id]))
    assert bool(changes) == (old != new)


def test_nothing_changed() -> None:
    assert compare(prints(corpus_of({"a.txt": "One."})), prints(corpus_of({"a.txt": "One."}))) == Changes()


def test_the_layout_counts_as_much_as_the_text() -> None:
    old = make_corpus({"a.md": {(): ["Warranty", "Two years."]}})
    new = make_corpus({"a.md": {("Warranty",): ["Two years."]}})
    assert old.documents[0].text == new.documents[0].text
    assert compare(prints(old), prints(new)) == Changes(changed=("a.md",))


def test_a_cached_property_is_no_change() -> None:
    old, new = corpus_of({"a.txt": "One."}), corpus_of({"a.txt": "One."})
    old.documents[0].block_at(0)
    assert not compare(prints(old), prints(new))
