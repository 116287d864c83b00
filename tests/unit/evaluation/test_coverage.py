from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pmbot.evaluation.coverage import Coverage, coverage_of
from pmbot.models import Block, Document, Locator, Sentence, Span

TEXT = "Heading\nOne one. Two two.\nThree."
BLOCKS = ((0, 7, "heading"), (8, 25, "paragraph"), (26, 32, "paragraph"))
SENTENCES = ((0, 7, 0), (8, 16, 1), (17, 25, 1), (26, 32, 2))


def make() -> tuple[Document, tuple[Sentence, ...]]:
    blocks = tuple(Block(span=Span(start=a, end=b), kind=kind, locator=Locator(line=n)) for n, (a, b, kind) in enumerate(BLOCKS, 1))
    document = Document(doc_id="d.md", title="D", text=TEXT, source="d.md", blocks=blocks)
    sentences = tuple(
        Sentence(doc_id="d.md", index=n, block=block, span=Span(start=a, end=b), text=TEXT[a:b])
        for n, (a, b, block) in enumerate(SENTENCES)
    )
    return document, sentences


def covered(*places: tuple[int, int], doc_id: str = "d.md") -> Coverage:
    document, sentences = make()
    return coverage_of([document], {"d.md": sentences}, [(doc_id, Span(start=a, end=b)) for a, b in places])


def test_what_is_not_cited_is_named_with_its_line() -> None:
    (found,) = covered((8, 16)).documents
    assert [(s.text, s.locator.line, s.index) for s in found.uncovered] == [("Two two.", 2, 2), ("Three.", 3, 3)]
    assert (found.sentences, found.covered, round(found.share, 2)) == (3, 1, 0.33)


def test_headings_and_other_documents_do_not_count() -> None:
    assert covered((0, 7)).covered == 0
    assert covered((0, 32), doc_id="other.md").covered == 0
    assert covered((0, 32)).share == 1.0


def test_a_shared_character_is_enough_and_touching_is_not() -> None:
    assert [s.text for s in covered((15, 18)).documents[0].uncovered] == ["Three."]
    assert covered((16, 17)).covered == 0


def test_nothing_to_cover_is_covered() -> None:
    assert Coverage(documents=()).share == 1.0


@given(st.lists(st.tuples(st.integers(0, 32), st.integers(0, 32)).map(lambda pair: (min(pair), max(pair))), max_size=6))
def test_it_is_what_comparing_all_with_all_gives(places: list[tuple[int, int]]) -> None:
    (found,) = covered(*places).documents
    wanted = [TEXT[a:b] for a, b, block in SENTENCES[1:] if not any(start < b and a < end for start, end in places if start < end)]
    assert [s.text for s in found.uncovered] == wanted
