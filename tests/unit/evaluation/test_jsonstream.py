from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.errors import QuestionSetError
from pmbot.evaluation import jsonstream

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
ATOMS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT
VALUES = st.recursive(ATOMS, lambda v: st.lists(v) | st.dictionaries(TEXT, v))
FILES = st.fixed_dictionaries({"before": VALUES, "data": st.lists(VALUES, max_size=4), "data ": VALUES})


def read(path: Path, text: str | bytes) -> list[object]:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return list(jsonstream.items_of(path, "data", QuestionSetError))


@given(data=FILES, piece=st.integers(1, 40), indent=st.sampled_from([None, 1]))
def test_the_items_however_the_file_is_cut(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, Any], piece: int, indent: int | None
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jsonstream, "PIECE", piece)
        text = json.dumps(data, indent=indent, ensure_ascii=piece % 2 == 0)
        assert read(tmp_path_factory.getbasetemp() / "stream.json", text) == data["data"]


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ("", "1:1", "an object is wanted"),
        ("[1]", "1:1", "an object is wanted"),
        ('{"version": 1}', "1:15", 'there is no "data"'),
        ("{}", "1:3", 'there is no "data"'),
        ('{"data": 5}', "1:10", "must be an array"),
        ('{"data": [1 2]}', "1:13", "a comma or ]"),
        ('{"data": [1,\n  {"a": tru}]}', "2:9", "is not JSON"),
        ('{"data": [1, "open', "1:14", "is not JSON"),
        ('{"data": [1]', "1:13", "a comma or }"),
        ('{"data": [1]} x', "1:15", "stands behind the end"),
        ("{5: [1]}", "1:3", "a key must be text"),
        ('{"data" [1]}', "1:9", "a colon is wanted"),
    ],
)
def test_what_is_wrong_and_where(tmp_path: Path, text: str, place: str, problem: str) -> None:
    with pytest.raises(QuestionSetError, match=problem) as caught:
        read(tmp_path / "f.json", text)
    assert str(caught.value).startswith(f"{tmp_path / 'f.json'}:{place}: ")


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match=r"byte 11: is not UTF-8"):
        read(tmp_path / "f.json", b'{"data": ["\xff"]}'[:10] + b"\xff")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match="cannot be read"):
        list(jsonstream.items_of(tmp_path / "none.json", "data", QuestionSetError))


def test_depth_is_refused_not_crashed_on(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match="JSON"):
        read(tmp_path / "f.json", '{"data": [' + "[" * 200_000)


def test_a_long_file_is_held_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "long.json"
    path.write_text(json.dumps({"data": ["x" * 1000] * 3000}), encoding="utf-8")
    import tracemalloc

    tracemalloc.start()
    count = sum(1 for _ in jsonstream.items_of(path, "data", QuestionSetError))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 3000
    assert peak < path.stat().st_size
