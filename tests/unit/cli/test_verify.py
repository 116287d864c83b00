"""`pmbot verify`, and the receipts of `pmbot ask`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pmbot.cli import main
from pmbot.models import Document
from tests.fakes_api import TRADE, FakeKnowledge, fake_load, make_console, make_document


class Edited(FakeKnowledge):
    """The same knowledge after somebody edited it."""

    def __init__(self, old: str, new: str) -> None:
        super().__init__()
        self.documents = tuple(self._edited(document, old, new) for document in self.documents)

    def _edited(self, document: Document, old: str, new: str) -> Document:
        return make_document(document.doc_id, document.text.replace(old, new))


def asked(*arguments: str, stdin: str = "") -> str:
    console = make_console(stdin)
    assert main(["ask", *arguments], load=fake_load, console=console) == 0
    return console.stdout.getvalue()


def verified(*arguments: str, stdin: str = "", load: object = fake_load) -> tuple[int, str, str]:
    console = make_console(stdin)
    code = main(["verify", *arguments], load=load, console=console)  # type: ignore[arg-type]
    return code, console.stdout.getvalue(), console.stderr.getvalue()


@pytest.fixture
def trade(tmp_path: Path) -> str:
    path = tmp_path / "trade.json"
    path.write_text(asked("--json", "--receipt", "trade?"), encoding="utf-8")
    return str(path)


def test_ask_prints_the_receipt_behind_the_answer() -> None:
    shown = asked("--receipt", "trade?")
    assert shown.startswith("€130 million.")
    assert shown.index("Receipt    ") > shown.index("[1] pmnet.txt:1")
    assert "€130 million.\n\n" not in asked("--json", "--receipt", "trade?")


def test_ask_takes_one_kind_of_json() -> None:
    console = make_console()
    assert main(["ask", "--json", "--trace", "--receipt", "trade?"], load=fake_load, console=console) == 2
    assert "give --trace or --receipt" in console.stderr.getvalue()


def test_what_stands_is_exact(trade: str) -> None:
    code, shown, complaint = verified(trade)
    assert (code, complaint) == (0, "")
    assert shown.count("exact   pmnet.txt:1") == 2
    assert shown.endswith("2 quotes: 2 exact\n")


def test_what_moved_is_still_sound(trade: str) -> None:
    code, shown, _ = verified(trade, load=lambda *_: Edited(TRADE, f"New.\n{TRADE}"))
    assert code == 0
    assert "moved   to line 2, from pmnet.txt:1" in shown


def test_what_was_altered_ends_with_one(trade: str) -> None:
    code, shown, _ = verified(trade, load=lambda *_: Edited("€130", "€150"))
    assert code == 1
    assert "reaching €[-130-]{+150+} million in 2023" in shown
    assert shown.endswith("2 quotes: 2 altered\n")


def test_json_is_a_line_for_each_receipt(trade: str) -> None:
    code, shown, _ = verified("--json", trade, trade, load=lambda *_: Edited(TRADE, ""))
    assert code == 1
    records = [json.loads(line) for line in shown.splitlines()]
    assert [record["schema"] for record in records] == ["pmbot.verification/1"] * 2
    assert [finding["outcome"] for finding in records[0]["findings"]] == ["gone", "gone"]


def test_a_batch_of_receipts_through_a_pipe() -> None:
    lines = asked("--jsonl", "-", "--receipt", stdin='{"question": "trade?"}\n{"question": "France?"}\n{"question": "hi"}\n')
    assert [json.loads(line)["schema"] for line in lines.splitlines()] == ["pmbot.receipt/1"] * 3
    code, shown, _ = verified("-", stdin=lines)
    assert code == 0
    assert "standard input:2 · France?" in shown
    assert shown.endswith("3 quotes: 3 exact\n")


def test_abstentions_of_a_batch_are_seen() -> None:
    console = make_console('{"question": "France?"}\n')
    assert main(["ask", "--jsonl", "-", "--receipt", "--fail-on-abstain"], load=fake_load, console=console) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "receipt.json: is empty; make one with"),
        ("Receipt    aa59b0c5354a\n", "receipt.json:1: is not JSON"),
        ('{"a": 1}', "is not a receipt (it has no schema, not pmbot.receipt/1)"),
        ("[1]", "is not a receipt"),
        ('{"schema": "pmbot.answer/1"}', "its schema is pmbot.answer/1"),
        ('{"schema": "pmbot.receipt/1"}', "receipt.json: answer_id: field required"),
        ('{"a": 1}\n{"a": 2}\n{"a"\n', "receipt.json:1: is not a receipt"),
        ("[" * 100_000, "is not JSON"),
    ],
)
def test_what_is_no_receipt_is_told(text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "receipt.json").write_text(text, encoding="utf-8")
    code, shown, complaint = verified(str(tmp_path / "receipt.json"))
    assert (code, shown) == (2, "")
    assert words in complaint


def test_a_line_that_is_no_receipt_is_named(trade: str, tmp_path: Path) -> None:
    line = json.dumps(json.loads(Path(trade).read_text(encoding="utf-8")))
    (tmp_path / "lines.jsonl").write_text(f"{line}\n\n{line.replace('130', '131')}\n{line}\n", encoding="utf-8")
    code, _, complaint = verified(str(tmp_path / "lines.jsonl"))
    assert code == 2
    assert "lines.jsonl:3: entry 1 was changed" in complaint


@pytest.mark.parametrize("name", ["missing.json", ".", "\x1b[2J"])
def test_files_that_cannot_be_read(name: str) -> None:
    code, _, complaint = verified(name)
    assert code == 2
    assert "cannot be read" in complaint
    assert "\x1b" not in complaint


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"\xff\xfe\x00")
    assert "it is not UTF-8" in verified(str(tmp_path / "x"))[2]
