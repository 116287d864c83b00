"""`pmbot ask --jsonl`: every line gets its line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmbot.cli import main
from tests.fakes_api import FakeKnowledge, fake_load, make_console


def batch(stdin: bytes, *arguments: str) -> tuple[int, list[dict[str, Any]], str]:
    console = make_console(stdin)
    code = main(["ask", "--jsonl", "-", *arguments], load=fake_load, console=console)
    return code, [json.loads(line) for line in console.stdout.getvalue().splitlines()], console.stderr.getvalue()


def test_in_order_with_the_given_ids() -> None:
    code, records, err = batch(b'\xef\xbb\xbf{"id": 1, "question": "trade?"}\n\n{"id": "b", "question": "France?"}\n{"question": "hi"}')
    assert (code, err) == (0, "")
    assert [r["status"] for r in records] == ["answered", "not_mentioned", "nothing_to_search"]
    assert [r["id"] for r in records[:2]] == [1, "b"]


def test_history_and_document_go_along() -> None:
    knowledge = FakeKnowledge()
    console = make_console(b'{"question": "trade?", "history": ["a", "b"], "doc_id": "pmnet.txt"}\n{"question": "trade?"}')
    main(["ask", "--jsonl", "-", "--doc", "notes/hostile.md"], load=lambda *_: knowledge, console=console)
    assert knowledge.asked == [("trade?", ("a", "b"), "pmnet.txt"), ("trade?", (), "notes/hostile.md")]


@pytest.mark.parametrize(
    ("line", "kind", "said"),
    [
        (b"not json", "BatchLineError", "line 1, column 1: not JSON"),
        (b"[" * 100_000, "BatchLineError", "line 1: not JSON that can be read"),
        (b'{"id": 1' + b"0" * 5000 + b"}", "BatchLineError", "line 1: not JSON that can be read"),
        (b"[1]", "BatchLineError", "an object is wanted"),
        (b"\xff", "BatchLineError", "not UTF-8 (byte 1)"),
        (b'{"id": 3}', "BatchLineError", "question: is missing"),
        (b'{"question": "x", "histroy": []}', "BatchLineError", "histroy: is not a known field; known are id, question"),
        (b'{"question": 5}', "BatchLineError", "question: must be text"),
        (b'{"id": true, "question": "x"}', "BatchLineError", "line 1: id: must be text or a whole number"),
        (b'{"question": "x", "history": "y"}', "BatchLineError", "history: must be a list of texts"),
        (b'{"question": "x", "doc_id": "pmnet"}', "UsageError", "did you mean pmnet.txt?"),
        (b'{"question": "is it down?"}', "RetrieverUnavailable", "does not answer"),
    ],
)
def test_a_failed_line_is_an_error_object_and_the_rest_goes_on(line: bytes, kind: str, said: str) -> None:
    code, records, err = batch(line + b'\n{"question": "trade?"}\n')
    assert code == 1
    assert records[0]["schema"] == "pmbot.error/1"
    assert records[0]["error"]["type"] == kind
    assert said in records[0]["error"]["message"]
    assert records[1]["answered"]
    assert err == "pmbot: 1 of 2 lines failed; their errors stand in the output\n"


def test_an_error_keeps_the_id_that_can_be_read() -> None:
    _, records, _ = batch(b'{"id": "x"}\n{"id": true}\n{"id": [1]}\n{"id": 0}')
    assert [r["id"] for r in records] == ["x", None, None, 0]


def test_traces() -> None:
    _, records, _ = batch(b'{"id": 9, "question": "trade?"}', "--trace")
    assert (records[0]["schema"], records[0]["id"]) == ("pmbot.trace/1", 9)


@pytest.mark.parametrize(("question", "code"), [("trade?", 0), ("France?", 1)])
def test_fail_on_abstain(question: str, code: int) -> None:
    line = json.dumps({"question": question}).encode()
    assert batch(line, "--fail-on-abstain")[0] == code
    assert batch(line, "--fail-on-abstain", "--trace")[0] == code
    assert batch(line)[0] == 0


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"question": "trade?"}\n', encoding="utf-8")
    console = make_console()
    assert main(["ask", "--jsonl", str(path)], load=fake_load, console=console) == 0
    assert len(console.stdout.getvalue().splitlines()) == 1


@pytest.mark.parametrize("name", ["missing.jsonl", "."])
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    console = make_console()
    assert main(["ask", "--jsonl", str(tmp_path / name)], load=fake_load, console=console) == 2
    assert "pmbot: --jsonl " in console.stderr.getvalue()
    assert " directory" in console.stderr.getvalue()


@settings(max_examples=150)
@given(
    st.lists(
        st.binary(max_size=40).map(lambda raw: raw.replace(b"\n", b" ")) | st.sampled_from([b'{"question": "trade"}', b"null", b'"x"'])
    )
)
def test_a_line_out_for_every_line_in(lines: list[bytes]) -> None:
    _, records, _ = batch(b"\n".join(lines))
    assert len(records) == sum(1 for line in lines if line.strip())
