"""Noticing that documents change."""

from __future__ import annotations

import os
import queue
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pmbot.errors import CorpusError, PmbotError
from pmbot.indexing import watch
from pmbot.indexing.watch import Watcher, look

PATIENCE = 10.0
"""Seconds to wait for something that must come; what must not come is waited for a moment only."""


def never(error: Exception) -> None:
    raise AssertionError(error)


class Told:
    """Where a watcher tells to."""

    def __init__(self) -> None:
        self.changes: queue.Queue[None] = queue.Queue()
        self.errors: queue.Queue[Exception] = queue.Queue()

    def changed(self) -> bool:
        """Whether a change is told, in time; several at once count as one."""
        try:
            self.changes.get(timeout=PATIENCE)
        except queue.Empty:
            return False
        time.sleep(0.07)
        while not self.changes.empty():
            self.changes.get()
        return True

    def silent(self) -> bool:
        """Whether nothing is told for a moment."""
        time.sleep(0.2)
        return self.changes.empty() and self.errors.empty()


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "a.txt").write_text("a")
    (folder / "deep" / "er" / "b.txt").write_text("b")
    return folder


@pytest.fixture(params=["events", "looking"])
def watching(request: pytest.FixtureRequest, told: Told, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], Watcher]]:
    """Starts a watcher of one path; the same is expected of both ways."""
    watchers = []
    monkeypatch.setattr(watch, "INTERVAL", 0.1)

    def begin(path: Path) -> Watcher:
        interval = None if request.param == "events" else 0.05
        watcher = Watcher([path], lambda: told.changes.put(None), told.errors.put, interval=interval, quiet=0.03)
        watcher.start()
        assert watcher.by_events == (request.param == "events")
        watchers.append(watcher)
        time.sleep(0.1)  # events come from when the system was asked for them; changes before are found by the first look
        return watcher

    yield begin
    for watcher in watchers:
        watcher.stop()
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("pmbot-")] == []


def save_like_an_editor(path: Path, text: str) -> None:
    beside = path.with_name(path.name + "~")
    beside.write_text(text)
    beside.replace(path)


CHANGES: dict[str, Callable[[Path], object]] = {
    "a file is changed": lambda docs: (docs / "a.txt").write_text("other"),
    "a file below is changed": lambda docs: (docs / "deep" / "er" / "b.txt").write_text("other"),
    "a file is added": lambda docs: (docs / "c.txt").write_text("c"),
    "a folder with a file is added": lambda docs: shutil.copytree(docs / "deep", docs / "copy"),
    "an editor saves": lambda docs: save_like_an_editor(docs / "a.txt", "A"),
    "a file is renamed": lambda docs: (docs / "a.txt").rename(docs / "z.txt"),
    "a file is removed": lambda docs: (docs / "z.txt").unlink(),
    "the rules of what is read change": lambda docs: (docs / ".pmbotignore").write_text("*.log"),
    "the folder goes": shutil.rmtree,
}


def test_changes_are_told(docs: Path, told: Told, watching: Callable[[Path], Watcher]) -> None:
    watching(docs)
    for name, change in CHANGES.items():
        change(docs)
        assert told.changed(), name
    assert told.silent()


def test_what_is_not_read_is_not_told(docs: Path, told: Told, watching: Callable[[Path], Watcher]) -> None:
    watching(docs)
    (docs / ".git").mkdir()
    (docs / ".git" / "index").write_text("x")
    (docs / ".hidden").write_text("x")
    (docs / "a.txt").read_text()
    (docs / "empty").mkdir()
    assert told.silent()


def test_changes_before_the_start_are_told(docs: Path, told: Told) -> None:
    watcher = Watcher([docs], lambda: told.changes.put(None), told.errors.put, interval=0.05, quiet=0.01)
    (docs / "a.txt").write_text("changed while the documents were read")
    with watcher:
        assert told.changed()


def test_a_single_file_and_its_replacements(docs: Path, told: Told, watching: Callable[[Path], Watcher]) -> None:
    watching(docs / "a.txt")
    (docs / "other.txt").write_text("not watched")
    assert told.silent()
    for text in ("first", "second", "third"):
        save_like_an_editor(docs / "a.txt", text)
        assert told.changed(), text
    (docs / "a.txt").unlink()
    assert told.changed()
    (docs / "a.txt").write_text("again")
    assert told.changed()


def test_a_folder_that_is_swapped_for_another(docs: Path, tmp_path: Path, told: Told, watching: Callable[[Path], Watcher]) -> None:
    watching(docs)
    docs.rename(tmp_path / "old")
    assert told.changed()
    docs.mkdir()
    (docs / "new.txt").write_text("new")
    assert told.changed()
    (docs / "new.txt").write_text("newer")
    assert told.changed()


def test_a_link_that_is_turned_to_another_folder(docs: Path, tmp_path: Path, told: Told, watching: Callable[[Path], Watcher]) -> None:
    shutil.copytree(docs, tmp_path / "other")
    (tmp_path / "link").symlink_to(docs)
    watching(tmp_path / "link")
    (tmp_path / "next").symlink_to(tmp_path / "other")
    (tmp_path / "next").replace(tmp_path / "link")
    assert told.changed()


def test_a_burst_is_told_once(docs: Path, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    with Watcher([docs], lambda: told.changes.put(None), told.errors.put, interval=0.02, quiet=0.2):
        for number in range(100):
            (docs / f"{number}.txt").write_text("x")
        assert told.changes.get(timeout=PATIENCE) is None
        assert told.silent()


def test_a_file_that_never_rests_is_told_all_the_same(docs: Path, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "MOST_LOOKS", 3)
    done = threading.Event()

    def scribble() -> None:
        with (docs / "a.txt").open("a") as log:
            while not done.wait(0.001):
                log.write("x")
                log.flush()

    thread = threading.Thread(target=scribble)
    thread.start()
    try:
        with Watcher([docs], lambda: told.changes.put(None), told.errors.put, interval=0.02, quiet=0.05):
            for _ in range(3):
                told.changes.get(timeout=PATIENCE)
    finally:
        done.set()
        thread.join()


def test_a_change_that_is_taken_back_is_not_told(docs: Path, told: Told) -> None:
    with Watcher([docs], lambda: told.changes.put(None), told.errors.put, interval=0.02, quiet=0.4):
        (docs / "draft.txt").write_text("x")
        time.sleep(0.07)
        (docs / "draft.txt").unlink()
        time.sleep(0.5)
        assert told.silent()


def test_a_change_while_telling_is_told_after_it(docs: Path) -> None:
    rounds: queue.Queue[str] = queue.Queue()

    def on_change() -> None:
        rounds.put((docs / "a.txt").read_text())
        if rounds.qsize() == 1:
            (docs / "a.txt").write_text("second edit")

    with Watcher([docs], on_change, never, interval=0.02, quiet=0.02):
        (docs / "a.txt").write_text("first edit")
        assert [rounds.get(timeout=PATIENCE)] == ["first edit"]
        deadline = time.monotonic() + PATIENCE
        while rounds.empty() and time.monotonic() < deadline:
            time.sleep(0.02)
        assert rounds.get_nowait() == "second edit"


@pytest.mark.parametrize("error", [CorpusError("the folder is empty"), ZeroDivisionError("a bug")])
def test_a_failed_reload_is_told_and_watching_goes_on(docs: Path, told: Told, error: Exception) -> None:
    def fail() -> None:
        told.changes.put(None)
        raise error

    with Watcher([docs], fail, told.errors.put, interval=0.02, quiet=0.02):
        for text in ("one", "two"):
            (docs / "a.txt").write_text(text)
            assert told.errors.get(timeout=PATIENCE) is error


def test_when_the_system_cannot_tell_we_say_so_and_look(docs: Path, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    import watchfiles

    def refuse(*_: object, **__: object) -> None:
        raise OSError("OS file watch limit reached")

    monkeypatch.setattr(watchfiles, "watch", refuse)
    monkeypatch.setattr(watch, "INTERVAL", 0.05)
    with Watcher([docs], lambda: told.changes.put(None), told.errors.put, quiet=0.02) as watcher:
        error = told.errors.get(timeout=PATIENCE)
        assert isinstance(error, PmbotError)
        assert str(error) == f"cannot be told of changes in {docs}: OS file watch limit reached. Looking every 0.05 s instead"
        assert not watcher.by_events
        (docs / "a.txt").write_text("other")
        assert told.changed()


def test_without_the_extra_we_look(docs: Path, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    monkeypatch.setattr(watch, "INTERVAL", 0.05)
    with Watcher([docs], lambda: told.changes.put(None), told.errors.put, quiet=0.02) as watcher:
        assert not watcher.by_events
        (docs / "a.txt").write_text("other")
        assert told.changed()


def test_it_can_be_stopped_by_what_it_calls(docs: Path) -> None:
    stopped = threading.Event()

    def on_change() -> None:
        watcher.stop()
        stopped.set()

    watcher = Watcher([docs], on_change, never, interval=0.02, quiet=0.02)
    watcher.start()
    (docs / "a.txt").write_text("other")
    assert stopped.wait(PATIENCE)


def test_stopping_is_quick(docs: Path, told: Told, watching: Callable[[Path], Watcher]) -> None:
    watcher = watching(docs)
    start = time.monotonic()
    watcher.stop()
    watcher.stop()
    assert time.monotonic() - start < 1.5


def test_looking_opens_nothing_and_follows_nothing(docs: Path) -> None:
    os.mkfifo(docs / "pipe")
    (docs / "loop").symlink_to(docs)
    (docs / "dangling").symlink_to("nowhere")
    assert look([docs]).files == 5
    assert look([docs]) == look([docs])


def test_the_same_path_twice_does_not_cancel_out(docs: Path) -> None:
    before = look([docs, docs])
    (docs / "a.txt").write_text("other")
    assert look([docs, docs]) != before


def test_a_folder_that_cannot_be_opened_is_a_fact_too(docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = look([docs])
    real = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("er"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    hidden = look([docs])
    assert hidden != before
    assert hidden == look([docs])


def test_large_folders_are_looked_at_less_often(docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watcher = Watcher([docs], lambda: None, never, interval=0.5)
    assert watcher._pause() == 0.5
    monkeypatch.setattr(watch, "FILES_PER_SECOND", 1)
    assert watcher._pause() == 2
