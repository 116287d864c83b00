from __future__ import annotations

import json

import pytest

from pmbot.corpus.readers.base import Source
from pmbot.corpus.readers.jsonl import JsonLinesReader
from pmbot.errors import UnreadableDocument
from pmbot.models import Document


def read(text: str) -> tuple[Document, ...]:
    return JsonLinesReader().read(text.encode(), Source("sub/a.jsonl"))


def refused(text: str) -> list[str]:
    with pytest.raises(UnreadableDocument) as told:
        read(text)
    return str(told.value).split("\n")


def test_a_file_gives_several_documents() -> None:
    one = json.dumps(
        {"doc_id": 7, "title": " The  board ", "text": "Minutes\n\nThe board met\non 3 May. It was\nbrief.\n\n- One\n- Two", "url": "x"}
    )
    first, second = read(f'{one}\r\n\n{{"doc_id": "b c", "text": "Z\\u0301wei."}}\n')
    assert (first.doc_id, first.title, first.source) == ("sub/a.jsonl#7", "The board", "sub/a.jsonl#7")
    assert [(b.kind, first.excerpt(b.span), b.locator.line) for b in first.blocks] == [
        ("heading", "Minutes", 1),
        ("paragraph", "The board met on 3 May. It was brief.", 1),
        ("list_item", "- One", 1),
        ("list_item", "- Two", 1),
    ]
    assert (second.doc_id, second.title, second.text) == ("sub/a.jsonl#b c", "b c", "\u0179wei.")
    assert second.locate(second.blocks[0].span).line == 3


def test_wrong_lines_are_all_named_and_nothing_is_read() -> None:
    assert refused(
        '{"doc_id":1,"text":"ok"}\n{"doc_id":1,"text":"again"}\n[1]\n{"title":"x"}\nnope\n'
        '{"doc_id":" ","text":"x"}\n{"doc_id":"c","text":" "}'
    ) == [
        "sub/a.jsonl:2: doc_id: 1 stands on line 1 too; rename one",
        'sub/a.jsonl:3: is not an object; write {"doc_id": …, "title": …, "text": …}',
        "sub/a.jsonl:4: doc_id: Field required; text: Field required",
        "sub/a.jsonl:5: is not JSON (Expecting value: line 1 column 1 (char 0)); each line is one object with doc_id, title and text",
        "sub/a.jsonl:6: doc_id: must have 1 to 200 characters and no blanks at its ends, not ' '",
        "sub/a.jsonl:7: text: is empty; leave the line out",
    ]


def test_types_are_not_guessed() -> None:
    (told,) = refused('{"doc_id": 1.5, "title": ["x"], "text": 3}')
    assert "doc_id: " in told
    assert "title: " in told
    assert "text: Input should be a valid string" in told


def test_many_wrong_lines_are_counted() -> None:
    lines = refused("x\n" * 25)
    assert len(lines) == 11
    assert lines[-1] == "and 15 more lines"


@pytest.mark.parametrize(
    "line", ["[" * 100_000, '{"a":' * 100_000, "9" * 10_000, '{"doc_id": ' + "9" * 10_000 + ', "text": "x"}', "\x1b[2J"]
)
def test_hostile_lines_are_told(line: str) -> None:
    (told,) = refused(line)
    assert told.startswith("sub/a.jsonl:1: ")
    assert len(told) < 400


def test_ids_are_nfc_and_compared_so() -> None:
    assert read('{"doc_id": "e\u0301", "text": "x"}')[0].doc_id == "sub/a.jsonl#é"
    assert "stands on line 1 too" in refused('{"doc_id": "e\u0301", "text": "x"}\n{"doc_id": "é", "text": "y"}')[0]


def test_surrogates_and_zero_characters_are_replaced() -> None:
    assert read('{"doc_id": "a", "text": "\\ud800 x \\u0000"}')[0].text == "\ufffd x \ufffd"


def test_an_empty_file_has_no_documents() -> None:
    assert read("\n\n") == ()
