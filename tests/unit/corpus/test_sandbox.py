"""A parser that does what the bytes of its file tell it to stands in for the real one: `data` is Python."""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmbot.corpus.extraction.pieces import Piece
from pmbot.corpus.sandbox import Sandbox, SandboxLimits, SandboxStatus, sandbox_status
from pmbot.errors import UnreadableDocument, UnsupportedDocument

TIGHT = SandboxLimits(memory_mb=256, seconds=1)
OBEDIENT = """
from pypdf import errors

class PdfReader:
    is_encrypted = False
    pages = ()

    def __init__(self, stream):
        exec(stream.read().decode(), {})
"""
GOOD = b"<p>Good."
PIECES = [Piece("paragraph", "Good.")]


@pytest.fixture
def obedient(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make children, and them alone, find a library that does as it is told."""
    package = tmp_path / "libraries" / "pypdf"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(OBEDIENT)
    (package / "errors.py").write_text("class PyPdfError(Exception): pass\nclass DependencyError(Exception): pass\n")
    monkeypatch.setattr(sys, "path", [str(package.parent), *sys.path])


@pytest.fixture
def sandbox(obedient: None) -> Iterator[Sandbox]:
    with Sandbox(TIGHT) as made:
        yield made


def refused(sandbox: Sandbox, code: str) -> str:
    with pytest.raises(UnreadableDocument) as told:
        sandbox.extract("pdf", code.encode())
    assert sandbox.extract("html", GOOD).pieces == PIECES, "the next file suffers"
    return str(told.value)


def test_many_files_are_served_by_one_child(sandbox: Sandbox) -> None:
    assert [sandbox.extract("html", GOOD).pieces for _ in range(3)] == [PIECES] * 3


def test_a_crash_costs_one_file(sandbox: Sandbox) -> None:
    assert refused(sandbox, "import os; os.abort()") == "it crashes its parser (SIGABRT); do not trust this file"
    assert refused(sandbox, "import os; os._exit(3)") == "it crashes its parser (exit code 3); do not trust this file"
    assert "SIGSEGV" in refused(sandbox, "import ctypes; ctypes.string_at(0)")


def test_memory_is_limited(sandbox: Sandbox) -> None:
    told = "reading it takes more than 256 MB; split it, or raise corpus.max_read_mb if you trust it"
    assert refused(sandbox, "x = bytearray(300_000_000)") == told
    assert refused(sandbox, "x = []\nwhile True: x.append(x * 1000)") == told


def test_processor_time_is_limited(sandbox: Sandbox) -> None:
    began = time.perf_counter()
    assert (
        refused(sandbox, "while True: pass")
        == "reading it takes longer than 1 s; split it, or raise corpus.max_read_seconds if you trust it"
    )
    assert time.perf_counter() - began < 10


def test_waiting_is_limited(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pmbot.corpus.sandbox._WALL_FACTOR", 0.5)
    assert refused(sandbox, "import time; time.sleep(60)").startswith("reading it takes longer than 1 s")


def test_whatever_a_parser_raises_is_told_briefly(sandbox: Sandbox) -> None:
    assert refused(sandbox, "raise RuntimeError('bad\\n ' + 'x' * 999)") == (
        f"broken, its parser gave up (RuntimeError: bad {'x' * 196}…); open it and save it anew"
    )
    assert "RecursionError" in refused(sandbox, "def f(): f()\ntry: f()\nexcept RecursionError as e: raise TypeError('RecursionError')")
    assert "KeyboardInterrupt" not in refused(sandbox, "raise SystemExit")


def test_nothing_of_ours_is_seen_and_nothing_can_be_written(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "123:secret")
    sandbox.close()
    told = refused(sandbox, "import os; raise ValueError([os.getcwd(), sorted(os.environ)])")
    assert "secret" not in told
    assert "TELEGRAM" not in told
    assert "['/'," in told
    assert "OSError" in refused(sandbox, "import os; fd = os.open('/tmp/x', os.O_CREAT | os.O_WRONLY); os.write(fd, b'x')")


def test_a_parser_that_writes_replies_of_its_own_is_not_believed(sandbox: Sandbox) -> None:
    forged = "import os\nfor fd in range(2, 24):\n    try: os.write(fd, {!r})\n    except OSError: pass\n"
    for reply, told in (
        (b"\x00\x00\x00\x02{}", "gave back nonsense"),
        (b'\x00\x00\x00\x14{"extraction": null} ', "gave back nonsense"),
        (b"\x00\x00\x00\x02[]", "gave back nonsense"),
        (b"\x00\x00\x00\x03xxx", "crashes its parser"),
        (b"\xff\xff\xff\xff", "crashes its parser"),
    ):
        assert told in refused(sandbox, forged.format(reply))


def test_what_a_library_prints_is_no_reply(sandbox: Sandbox) -> None:
    assert "there is no text in it" in refused(sandbox, "print('x' * 100_000, flush=True)")


def test_text_without_end_is_refused(obedient: None) -> None:
    with Sandbox(TIGHT._replace(characters=4)) as sandbox, pytest.raises(UnreadableDocument, match="its text is longer than 4 characters"):
        sandbox.extract("html", GOOD)


def test_a_missing_library_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "selectolax.py").write_text("raise ImportError('not for this machine')")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    with Sandbox(TIGHT) as sandbox, pytest.raises(UnsupportedDocument, match=r"cannot be loaded \(not for this machine\)"):
        sandbox.extract("html", GOOD)


def test_what_earlier_files_left_behind_does_not_decide_on_the_next(sandbox: Sandbox) -> None:
    hoard = "import builtins; builtins.hoard = bytearray(120_000_000); raise ValueError('kept')"
    assert "kept" in refused(sandbox, hoard)
    needy = "x = bytearray(130_000_000); raise ValueError('enough')"
    assert "enough" in refused(sandbox, needy)


def test_a_child_that_does_not_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with Sandbox() as sandbox, pytest.raises(UnreadableDocument, match="does not start: No such file or directory"):
        sandbox.extract("html", GOOD)
    status = sandbox_status()
    assert not status.works
    assert str(status).startswith("no process to read untrusted files in: ")


def test_threads_take_turns() -> None:
    found: list[bool] = []
    with Sandbox() as sandbox:
        threads = [threading.Thread(target=lambda: found.append(sandbox.extract("html", GOOD).pieces == PIECES)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == [True] * 8


def test_a_closed_sandbox_starts_again_and_leaves_no_child() -> None:
    sandbox = Sandbox()
    sandbox.close()
    for _ in range(2):
        assert sandbox.extract("html", GOOD).pieces == PIECES
        sandbox.close()
    assert not [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer) and not thread.finished.is_set()]


def test_a_sandbox_that_nobody_closed_takes_its_child_along() -> None:
    sandbox = Sandbox()
    sandbox.extract("html", GOOD)
    assert sandbox._child is not None
    process = sandbox._child._process
    del sandbox
    gc.collect()
    assert process.poll() == 0


def test_the_status_is_what_was_tried_out() -> None:
    status = sandbox_status()
    assert status.works
    assert status.problem is None
    assert str(SandboxStatus(works=True, memory_limited=True, time_limited=True, files_refused=True)) == (
        "memory limited, time limited, writing refused, network open"
    )
    if sys.platform == "linux":
        assert status.memory_limited
        assert status.time_limited
        assert status.files_refused


def test_large_files_go_through_the_pipe() -> None:
    page = b"<p>" + b"word " * 500_000
    with Sandbox() as sandbox:
        assert len(sandbox.extract("html", page).pieces[0].text) == 2_499_999
