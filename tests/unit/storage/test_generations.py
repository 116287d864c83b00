"""The folder of a generation."""

from __future__ import annotations

import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmbot.errors import CorpusError, OtherVersion, StateError
from pmbot.storage.generations import GenerationFolder


@pytest.fixture
def folder(tmp_path: Path) -> GenerationFolder:
    return GenerationFolder(tmp_path)


def names(folder: GenerationFolder) -> list[str]:
    return sorted(path.name for path in folder.folder.iterdir())


def test_there_is_none_at_first(folder: GenerationFolder) -> None:
    assert folder.open() is None
    assert GenerationFolder(folder.folder / "missing").open() is None
    assert names(folder) == []


def test_what_was_written_is_returned_open_and_found_again(folder: GenerationFolder) -> None:
    with folder.write({"n": 1}, [("a", [b"1"])]) as written:
        assert written.path == folder.path
        assert bytes(written.block("a")) == b"1"
    assert names(folder) == ["index.lock", "index.pmbot"]
    with folder.open() or pytest.fail("nothing was published") as found:
        assert found.meta == {"n": 1}
        assert found.id == written.id


def test_a_reader_keeps_what_it_opened(folder: GenerationFolder) -> None:
    with folder.write({"n": 1}, [("a", [b"1" * 100_000])]) as old, folder.write({"n": 2}, [("a", [b"2"])]) as new:
        assert bytes(old.block("a")) == b"1" * 100_000
        old.verify()
        assert bytes(new.block("a")) == b"2"


def test_meta_may_be_filled_while_blocks_are_made(folder: GenerationFolder) -> None:
    meta: dict[str, int] = {}

    def blocks() -> Iterator[tuple[str, list[bytes]]]:
        yield "a", [b"1"]
        meta["blocks"] = 1

    with folder.write(meta, blocks()) as written:
        assert written.meta == {"blocks": 1}


@pytest.mark.parametrize("error", [CorpusError("a document is gone"), KeyboardInterrupt(), OSError(5, "reading a document")])
def test_errors_of_the_caller_go_through_and_leave_nothing(folder: GenerationFolder, error: BaseException) -> None:
    folder.write({"n": 1}, []).close()
    before = folder.path.read_bytes()

    def blocks() -> Iterator[tuple[str, list[bytes]]]:
        yield "a", [b"1" * 1_000_000]
        raise error

    with pytest.raises(type(error)) as caught:
        folder.write({"n": 2}, blocks())
    assert caught.value is error
    assert folder.path.read_bytes() == before
    assert names(folder) == ["index.lock", "index.pmbot"]


def test_meta_that_is_no_json_leaves_nothing(folder: GenerationFolder) -> None:
    with pytest.raises(TypeError, match="not JSON serializable"):
        folder.write({"n": {1, 2}}, [])
    assert names(folder) == ["index.lock"]


def test_a_folder_in_its_place(folder: GenerationFolder) -> None:
    folder.path.mkdir()
    with pytest.raises(StateError, match="it is a folder"):
        folder.open()
    with pytest.raises(StateError, match=r"publish.*Is a directory.*Remove what stands in its place"):
        folder.write({}, [])
    assert names(folder) == ["index.lock", "index.pmbot"]


def test_a_missing_folder_is_made_for_us_alone(tmp_path: Path) -> None:
    missing = GenerationFolder(tmp_path / "state" / "notes")
    missing.sweep()
    assert list(tmp_path.iterdir()) == []
    missing.write({}, []).close()
    assert stat.S_IMODE(missing.folder.stat().st_mode) == stat.S_IMODE(missing.folder.parent.stat().st_mode) == 0o700
    assert [stat.S_IMODE(path.stat().st_mode) for path in missing.folder.iterdir()] == [0o600, 0o600]


def test_a_folder_that_others_can_write_to_is_refused(folder: GenerationFolder) -> None:
    folder.folder.chmod(0o777)
    with pytest.raises(StateError, match="chmod go-w"):
        folder.write({}, [])
    assert names(folder) == []


def test_another_version_can_be_written_over(folder: GenerationFolder) -> None:
    folder.write({"n": 1}, []).close()
    data = bytearray(folder.path.read_bytes())
    data[8] = 200
    folder.path.write_bytes(data)
    with pytest.raises(OtherVersion, match="format 200"):
        folder.open()
    folder.write({"n": 2}, []).close()
    with folder.open() or pytest.fail("nothing was published") as found:
        assert found.meta == {"n": 2}


def test_a_killed_writers_file_is_swept_by_the_next(folder: GenerationFolder) -> None:
    left = folder.folder / "index.pmbot.4711.tmp"
    left.write_bytes(b"half")
    other = folder.folder / "use.sqlite3"
    other.write_bytes(b"not ours")
    folder.write({}, []).close()
    assert not left.exists()
    left.write_bytes(b"half")
    folder.sweep()
    assert names(folder) == ["index.lock", "index.pmbot", "use.sqlite3"]


def test_a_living_writers_file_is_not_swept(folder: GenerationFolder) -> None:
    seen: list[list[str]] = []

    def elsewhere() -> None:
        GenerationFolder(folder.folder).sweep()
        seen.append(names(folder))

    def blocks() -> Iterator[tuple[str, list[bytes]]]:
        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
        yield "a", [b"1"]

    folder.write({}, blocks()).close()
    assert len(seen[0]) == 2
    assert seen[0][1].endswith(".tmp")


def test_a_thread_may_lock_twice_however_it_spells_the_folder(folder: GenerationFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.folder)
    with folder.lock(), GenerationFolder(Path()).lock(timeout=0), folder.write({"n": 1}, []) as written:
        assert written.meta == {"n": 1}


def test_another_thread_waits_and_says_so_once(folder: GenerationFolder) -> None:
    order: list[str] = []
    waiting = threading.Event()

    def wait(message: str) -> None:
        order.append(message)
        waiting.set()

    def elsewhere() -> None:
        with GenerationFolder(folder.folder).lock(on_wait=wait):
            order.append("second")

    with folder.lock():
        thread = threading.Thread(target=elsewhere)
        thread.start()
        assert waiting.wait(10)
        order.append("first")
    thread.join(10)
    assert order == ["Another pmbot is indexing these documents: waiting until it is done.", "first", "second"]


def test_waiting_ends(folder: GenerationFolder) -> None:
    caught: list[StateError] = []

    def elsewhere() -> None:
        with pytest.raises(StateError, match=r"still indexes these documents after 0 s \(lock: .*index\.lock\)") as info, folder.lock(0.05):
            pass
        caught.append(info.value)

    with folder.lock():
        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join(10)
    assert caught[0].exit_code == 8


def test_an_unlocked_folder_is_not_waited_for(folder: GenerationFolder) -> None:
    messages: list[str] = []
    with folder.lock(on_wait=messages.append):
        pass
    with folder.lock(on_wait=messages.append):
        pass
    assert messages == []
