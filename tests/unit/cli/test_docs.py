"""`pmbot docs`."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import replace

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
    assert record["skipped"] == [{"path": "a.pdf", "reason": "no reader"}]
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
