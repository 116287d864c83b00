"""`pmbot ask` as a process, in all its ways."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

import pmbot as package
from tests.e2e.processes import KNOWLEDGE, PMBOT, ROOT, TRADE, TRADE_QUOTE, UNANSWERED, ask, environment, pmbot, run

OTHER = "Trade between Estonia and Japan reached €11 million in 2023."


@pytest.fixture
def two_documents(tmp_path: Path) -> Path:
    (tmp_path / "notes").mkdir()
    (tmp_path / "pmnet.txt").write_bytes(KNOWLEDGE.read_bytes())
    (tmp_path / "notes" / "other.txt").write_text(OTHER, encoding="utf-8")
    return tmp_path


def test_an_answer_its_sentence_and_its_place() -> None:
    done = pmbot("ask", TRADE).calm()
    assert done.out == f"€130 million [1]\n\n  “{TRADE_QUOTE}”\n  [1] pmnet.txt:5\n"
    assert done.err == ""


def test_json_quotes_can_be_checked_against_the_text() -> None:
    answer = json.loads(pmbot("ask", "--json", TRADE).calm().out)
    text = pmbot("docs", "--text", "pmnet.txt").calm().out
    assert (answer["schema"], answer["status"], answer["answered"]) == ("pmbot.answer/1", "answered", True)
    assert (answer["question"], answer["short_answer"]) == (TRADE, "€130 million")
    for citation in (*answer["citations"], *answer["highlights"]):
        assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert [citation["quote"] for citation in answer["citations"]] == [TRADE_QUOTE]


def test_traces() -> None:
    done = pmbot("ask", "--trace", TRADE).calm()
    answer, _, trace = done.out.partition("\nQuestion ")
    assert answer.startswith("€130 million [1]\n")
    assert "Terms" in trace
    assert "Signature" in trace
    record = json.loads(pmbot("ask", "--trace", "--json", TRADE).calm().out)
    assert record["schema"] == "pmbot.trace/1"
    assert record["answer"]["short_answer"] == "€130 million"
    assert record["evidence"]


def test_a_refusal_is_no_failure_unless_asked_for() -> None:
    done = pmbot("ask", UNANSWERED).calm()
    assert done.out.startswith("The documents never mention “France”.\n\n  Closest, not an answer:\n")
    assert pmbot("ask", "--fail-on-abstain", UNANSWERED).calm(1).out == done.out
    pmbot("ask", "--fail-on-abstain", TRADE).calm(0)


def test_standard_input_with_a_mark_and_foreign_line_ends() -> None:
    done = pmbot("ask", "-", stdin=b"\xef\xbb\xbf" + TRADE.replace(" ", "\r\n").encode()).calm()
    assert done.out.startswith("€130 million [1]\n")


def test_words_without_quotation_marks_are_one_question() -> None:
    assert pmbot("ask", *TRADE.split()).calm().out.startswith("€130 million [1]\n")


def test_one_document_of_several(two_documents: Path) -> None:
    question = "How much was the trade in 2023?"
    other = json.loads(ask(two_documents, question, "--json", "--doc", "notes/other.txt").calm().out)
    assert (other["short_answer"], {c["doc_id"] for c in other["citations"]}) == ("€11 million", {"notes/other.txt"})
    done = ask(two_documents, question, "--doc", "other.txt").calm(2)
    assert (done.out, done.err) == ("", "pmbot: there is no document other.txt; did you mean notes/other.txt?\n")


BATCH = (
    b"\xef\xbb\xbf" + json.dumps({"id": "a", "question": TRADE}).encode(),
    b"this is not JSON",
    b"",
    b'{"id": "b"}',
    b'{"id": 3, "question": "caf\xff"}',
    json.dumps({"id": 4, "question": "and in 2022?", "history": [TRADE]}).encode(),
    b'["list"]',
    b'{"id": 5, "question": "q", "doc_id": "nowhere.txt"}',
    b'{"id": 6, "question": "q", "histroy": []}',
    b"[" * 100_000,
    b'{"id": 7, "question": "trade \\u0000 \\ud800 in 2023?"}',
    json.dumps({"id": "last", "question": UNANSWERED}).encode(),  # no line feed after it
)


def test_a_batch_goes_on_after_every_failed_line(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_bytes(b"\n".join(BATCH))
    done = pmbot("ask", "--jsonl", path).calm(1)
    records = [json.loads(line) for line in done.out.splitlines()]
    kinds = [(record["schema"].split("/")[0].removeprefix("pmbot."), record["id"]) for record in records]
    assert kinds == [
        ("answer", "a"),
        ("error", None),
        ("error", "b"),
        ("error", None),
        ("answer", 4),
        ("error", None),
        ("error", 5),
        ("error", 6),
        ("error", None),
        ("answer", 7),
        ("answer", "last"),
    ]
    assert "line 2, column 1" in records[1]["error"]["message"]
    assert "line 5" in records[3]["error"]["message"]
    assert records[4]["notes"] == ["reading this as: How much did Latvia and South Korea trade in 2022?"]
    assert records[9]["answered"]
    assert not records[10]["answered"]
    assert done.err == "pmbot: 7 of 11 lines failed; their errors stand in the output\n"
    assert run([*PMBOT, "ask", "--jsonl", "-"], stdin=path.read_bytes()).calm(1) == done


def test_a_batch_answers_each_line_before_the_next_is_written() -> None:
    command = [*PMBOT, "ask", "--jsonl", "-", "--trace"]
    with subprocess.Popen(command, cwd=ROOT, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            process.stdin.write(json.dumps({"id": number, "question": TRADE}).encode() + b"\n")
            process.stdin.flush()
            record: dict[str, Any] = json.loads(process.stdout.readline())
            assert (record["schema"], record["id"]) == ("pmbot.trace/1", number)
        process.stdin.close()
        assert process.wait(20) == 0


def test_the_module_is_the_program() -> None:
    assert pmbot("--version").calm().out == f"pmbot {package.__version__}\n"
    assert "Usage: pmbot " in pmbot("--help").calm().out


def test_a_command_line_that_makes_no_sense_is_2() -> None:
    hostile = "\x1b]0;owned\x07"
    for arguments in (["ask"], ["ask", f"--{hostile}"], [hostile], ["ask", "--jsonl", "-", "and a question"]):
        done = pmbot(*arguments).calm(2)
        assert done.out == ""
        assert done.err


@pytest.mark.parametrize("arguments", [("--version",), ("ask", TRADE)])
def test_a_reader_that_has_gone_is_no_news(arguments: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [*PMBOT, *arguments], cwd=ROOT, env=environment(), stdout=writer, stderr=subprocess.PIPE, timeout=60, check=False
        )
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", [("--version",), ("ask", TRADE)])
def test_a_full_disk_is_said(arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PMBOT, *arguments], cwd=ROOT, env=environment(), stdout=full, stderr=subprocess.PIPE, timeout=60, check=False
        )
    assert (done.returncode, done.stderr) == (1, b"pmbot: cannot read or write: No space left on device\n")


def test_closed_streams() -> None:
    done = run(["/bin/sh", "-c", 'exec "$@" <&-', "sh", *PMBOT, "ask", "-"]).calm()
    assert done.out.startswith("Ask me something about the documents")
    run(["/bin/sh", "-c", 'exec "$@" >&-', "sh", *PMBOT, "ask", TRADE]).calm(141)
    run(["/bin/sh", "-c", 'exec "$@" >&-', "sh", *PMBOT, "--version"]).calm(141)


def test_ctrl_c_while_it_waits_is_130() -> None:
    with subprocess.Popen(
        [*PMBOT, "ask", "--jsonl", "-"], cwd=ROOT, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b'{"question": "hi"}\n')
        process.stdin.flush()
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
        assert process.stderr.read() == b"\n"
