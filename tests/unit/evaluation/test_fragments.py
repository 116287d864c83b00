from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.evaluation.fragments import problem_of, spans_of
from pmbot.models import Block, Document, Locator, Span
from pmbot.questionset import Cites, QuestionCase


def document_of(text: str) -> Document:
    block = Block(span=Span(start=0, end=len(text)), kind="paragraph", locator=Locator(line=1))
    return Document(doc_id="d.txt", title="D", text=text, source="d.txt", blocks=(block,))


def case(document: str, *texts: str) -> QuestionCase:
    return QuestionCase(id="c", question="q", cites=tuple(Cites(document=document, text=text) for text in texts))


@given(st.text(), st.text(min_size=1).filter(lambda text: text.split()), st.text())
def test_a_fragment_is_found_where_it_stands(before: str, fragment: str, after: str) -> None:
    import unicodedata

    document = document_of(unicodedata.normalize("NFC", before + "\n" + fragment + "\n" + after))
    found = spans_of(document, fragment)
    assert found
    words = unicodedata.normalize("NFC", fragment).split()
    assert all(document.excerpt(span).split() == words for span in found)


def test_every_place_and_over_line_breaks(document: Document) -> None:
    assert len(spans_of(document, "€")) == 2
    assert [document.excerpt(span) for span in spans_of(document, "a turnover of €240 million")] == ["a turnover\nof €240 million"]
    assert spans_of(document, "a.turnover") == ()
    assert spans_of(document, "TURNOVER") == ()
    assert spans_of(document, " \n") == ()


def test_a_decomposed_fragment_is_found(document: Document) -> None:
    assert spans_of(document, "Rinke\u0304vic\u030cs")


def test_a_known_passage_is_silent(document: Document) -> None:
    assert problem_of(case("d.txt", "reaching €130 million", "a turnover of"), {"d.txt": document}) is None


def test_an_unknown_passage_names_the_nearest(document: Document) -> None:
    found = problem_of(case("d.txt", "reaching €130 milion in 2023", "Edgars Rinkevics led"), {"d.txt": document})
    assert found is not None
    assert found.split("\n") == [
        "cites: 'reaching €130 milion in 2023' does not stand in d.txt; "
        "the nearest text is 'reaching €130 million in 2023.': copy it word for word, or put the document right",
        "cites: 'Edgars Rinkevics led' does not stand in d.txt; "
        "the nearest text is 'Edgars Rinkēvičs led': copy it word for word, or put the document right",
    ]


@pytest.mark.parametrize(("documents", "names"), [({}, "none"), ({"b": None, "a": None}, "a, b")])
def test_an_unknown_document_names_the_others(document: Document, documents: dict[str, None], names: str) -> None:
    found = problem_of(case("x.txt", "t"), dict.fromkeys(documents, document))
    assert found == f"cites: there is no document 'x.txt'; the documents are {names}"


def test_among_many_documents_the_nearest_is_named(document: Document) -> None:
    many = dict.fromkeys([f"note-{n}.txt" for n in range(11)] + ["prices/2023.md"], document)
    assert problem_of(case("price/2023.md", "t"), many) == (
        "cites: there is no document 'price/2023.md'; did you mean 'prices/2023.md'? `pmbot docs` lists all 12"
    )


def test_every_kind_of_passage_is_looked_for(document: Document) -> None:
    wrong = QuestionCase.model_validate({
        "id": "c",
        "turns": [
            {"question": "a", "cites_only": {"document": "d.txt", "text": "zzz"}},
            {"question": "b", "not_cites": [{"document": "gone.txt"}, {"document": "d.txt"}, {"document": "d.txt", "text": "led"}]},
        ],
    })  # fmt: skip
    found = problem_of(wrong, {"d.txt": document})
    assert found is not None
    assert [line.partition(": ")[0] for line in found.split("\n")] == ["cites_only", "not_cites"]


@given(st.text(), st.text(min_size=1))
def test_the_nearest_of_anything_is_no_crash(text: str, fragment: str) -> None:
    document = document_of(text)
    if not spans_of(document, fragment):
        assert "nearest text" in str(problem_of(case("d.txt", fragment), {"d.txt": document}))


def test_hostile_blanks_take_no_time() -> None:
    document = document_of("a " * 50_000 + " " * 100_000)
    start = time.perf_counter()
    assert spans_of(document, "a " * 50 + "b") == ()
    assert time.perf_counter() - start < 2
