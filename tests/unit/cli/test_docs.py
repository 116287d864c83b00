"""`pmbot docs`."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion

from pmbot.cli import main
from tests.fakes_api import HOSTILE, FakeKnowledge, FakeSkipped, Tty, fake_load, make_console


def test_the_list(snapshot: SnapshotAssertion) -> None:
    console = make_console()
    assert main(["docs"], load=fake_load, console=console) == 0
    assert console.stdout.getvalue() == snapshot


def test_json_lists_what_was_skipped_too() -> None:
    console = make_console()
    assert main(["docs", "--json"], load=lambda *_: FakeKnowledge([FakeSkipped("a.pdf", "no reader")]), console=console) == 0
    record = json.loads(console.stdout.getvalue())
    assert record["schema"] == "pmbot.documents/1"
    assert [d["doc_id"] for d in record["documents"]] == ["notes/hostile.md", "pmnet.txt"]
    assert record["skipped"] == [{"path": "a.pdf", "reason": "no reader", "kind": "skipped"}]
    assert console.stderr.getvalue() == ""


def test_the_text_is_exact_through_a_pipe() -> None:
    raw = io.BytesIO()
    console = replace(make_console(), stdout=io.TextIOWrapper(raw, encoding="ascii"))
    assert main(["docs", "--text", "notes/hostile.md"], load=fake_load, console=console) == 0
    assert raw.getvalue() == HOSTILE.encode("utf-8")
    listed = make_console()
    main(["docs", "--json", "--text", "notes/hostile.md"], load=fake_load, console=listed)
    (document,) = json.loads(listed.stdout.getvalue())["documents"]
    assert document["sha256"] == hashlib.sha256(raw.getvalue()).hexdigest()
    assert document["text"] == HOSTILE


def test_the_text_is_harmless_on_a_terminal() -> None:
    console = replace(make_console(), stdout=Tty())
    main(["docs", "--text", "notes/hostile.md"], load=fake_load, console=console)
    assert "\x1b" not in console.stdout.getvalue()
    assert "␛[31mred" in console.stdout.getvalue()


def test_an_unknown_document() -> None:
    console = make_console()
    assert main(["docs", "--text", "pmnet"], load=fake_load, console=console) == 2
    assert console.stderr.getvalue() == "pmbot: there is no document pmnet; did you mean pmnet.txt?\n"


@pytest.mark.parametrize(("kind", "code"), [("skipped", 3), ("refused", 3), ("ignored", 0)])
@pytest.mark.parametrize("more", [[], ["--json"], ["--text", "pmnet.txt"]])
def test_strict_minds_what_could_not_be_used(kind: str, code: int, more: list[str]) -> None:
    def load(*_: object) -> FakeKnowledge:
        return FakeKnowledge([FakeSkipped("a\x1b.pdf", "because", kind)])

    console = make_console()
    assert main(["docs", *more], load=load, console=make_console()) == 0
    assert main(["docs", "--strict", *more], load=load, console=console) == code
    assert console.stdout.getvalue() != ""
    assert ("because" in console.stderr.getvalue()) == (kind != "ignored" and "--json" not in more)


def test_strict_is_content_when_everything_was_read() -> None:
    assert main(["docs", "--strict"], load=fake_load, console=make_console()) == 0


def test_what_could_not_be_used_is_told_by_its_kind_and_what_is_ignored_is_counted() -> None:
    skipped = [FakeSkipped("a.rtf", "no reader"), FakeSkipped("b.pdf", "encrypted", "refused"), *[FakeSkipped("c", "x", "ignored")] * 2]
    console = make_console()
    main(["docs"], load=lambda *_: FakeKnowledge(skipped), console=console)
    assert console.stderr.getvalue() == (
        "pmbot: skipped a.rtf: no reader\npmbot: refused b.pdf: encrypted\n"
        "pmbot: ignored 2 files and folders that .pmbotignore names; `pmbot docs --json` lists them\n"
    )
