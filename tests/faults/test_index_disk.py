"""Indexing on a disk that fails, is full or read-only, and without files to open: the answer still comes, with a message."""

from __future__ import annotations

import errno
import itertools
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from pmbot.api import KnowledgeBase
from pmbot.bootstrap import verify_index
from pmbot.errors import StateError
from tests.faults.lamps import QUESTION, base_of, blocks_of, leftovers, start, tell, write_lamps, year_of
from tests.faults.test_generations import CODES, Disk, small_disk

__all__ = ["small_disk"]

Scale = Callable[[int, int], int]


class DiskOfIndex(Disk):
    """Fails below the folder of the index alone: for paths by their name, for descriptors by what they were opened for."""

    def __init__(self, folder: Path, code: int, at: int, *, lasting: bool) -> None:
        super().__init__(code, at, lasting=lasting)
        self.folder, self.ours = str(folder), set[int]()

    def wrapped(self, name: str, real: Callable[..., object]) -> Callable[..., object]:
        failing = super().wrapped(name, real)

        def call(*args: object, **options: object) -> object:
            target = args[0] if args else None
            if isinstance(target, int):
                mine = target in self.ours
            else:
                mine = isinstance(target, str | os.PathLike) and os.fspath(target).startswith(self.folder)
            found = (failing if mine else real)(*args, **options)
            if name == "open" and mine and isinstance(found, int):
                self.ours.add(found)
            elif name == "open" and isinstance(found, int):
                self.ours.discard(found)
            return found

        return call


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("state", ["new", "stale", "damaged"])
def test_wherever_the_disk_fails_the_answer_comes(tmp_path: Path, state: str, lasting: bool, scale: Scale) -> None:
    folder, where = tmp_path / "lamps", tmp_path / "index"
    year, seen = 1900, Counter[str]()
    for code in CODES[: scale(1, len(CODES))]:
        for at in itertools.count(1):
            if at % scale(16, 1):
                continue
            prepare(folder, where, state, year)
            year = 1900 + (year - 1899) % 150
            write_lamps(folder, year)
            said: list[str] = []
            disk = DiskOfIndex(where, code, at, lasting=lasting)
            with pytest.MonkeyPatch.context() as patch:
                disk.patch(patch)
                answer = answer_or_error(folder, where, said)
                assert answer == str(year) or (isinstance(answer, StateError) and str(where) in str(answer))
            if not disk.failed:
                break
            seen[disk.failed[0]] += 1
            if not said and not isinstance(answer, StateError):
                assert blocks_of(where)  # whatever failed was done otherwise, or not needed: a whole index was published
            assert year_of(base_of(folder, where)) == str(year)  # the disk works again
            assert leftovers(where) == []
    tell(f"{state} index, {'lasting' if lasting else 'once'}: {seen.total()} openings failed at {dict(seen)}, all answered or told why")


def prepare(folder: Path, where: Path, state: str, year: int) -> None:
    path = where / "index.pmbot"
    if state == "new":
        path.unlink(missing_ok=True)
        return
    write_lamps(folder, year)
    base_of(folder, where)
    if state == "damaged":
        data = path.read_bytes()
        path.write_bytes(data[:200] + b"\0" + data[201:])


def answer_or_error(folder: Path, where: Path, said: list[str]) -> str | StateError | None:
    """Only a folder that was asked for and cannot be looked at is an error."""
    try:
        return year_of(base_of(folder, where, said))
    except StateError as error:
        return error


def test_a_full_disk(small_disk: Path, tmp_path: Path) -> None:
    folder, said = tmp_path / "lamps", list[str]()
    write_lamps(folder, 1950)
    base_of(folder, small_disk)
    old = blocks_of(small_disk)
    (folder / "long.txt").write_text("".join(f"Crane {n} lifted {n} tons of sand. " for n in range(9000)), encoding="utf-8")
    write_lamps(folder, 1951)
    assert year_of(base_of(folder, small_disk, said)) == "1951"
    assert "No space left on device. Free some space" in said[-1]
    assert blocks_of(small_disk) == old
    assert leftovers(small_disk) == []


def test_a_read_only_disk(small_disk: Path, tmp_path: Path) -> None:
    import subprocess

    folder, said = tmp_path / "lamps", list[str]()
    write_lamps(folder, 1950)
    base_of(folder, small_disk)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    assert year_of(base_of(folder, small_disk, said)) == "1950"
    assert said == []  # nothing had to be written
    write_lamps(folder, 1951)
    base = base_of(folder, small_disk, said)
    assert year_of(base) == "1951"
    assert len(said) == 1
    assert "Read-only file system" in said[0]
    with pytest.raises(StateError, match="Read-only file system"):
        base_of(folder, small_disk / "new")


def test_a_damaged_index_on_a_read_only_disk(small_disk: Path, tmp_path: Path) -> None:
    import subprocess

    folder, said = tmp_path / "lamps", list[str]()
    write_lamps(folder, 1950)
    base_of(folder, small_disk)
    path = small_disk / "index.pmbot"
    data = path.read_bytes()
    path.write_bytes(data.replace(b"Zorblat lamp was built", b"Zorblat lamp was burnt"))
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    assert year_of(base_of(folder, small_disk, said)) == "1950"
    assert "Read-only file system" in said[-1]
    with pytest.raises(StateError, match="cannot be removed: Read-only file system"):
        verify_index(path)


def test_a_home_that_is_read_only(small_disk: Path, tmp_path: Path) -> None:
    import subprocess

    write_lamps(tmp_path / "lamps", 1950)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    env = {"HOME": str(small_disk), "PATH": os.environ["PATH"]}
    out, err = start(["ask", "--knowledge", tmp_path / "lamps", QUESTION], env).communicate()
    assert "1950" in out
    assert err.count("\n") == 1
    assert "the index is not kept: cannot make the folder" in err


def test_a_file_that_could_not_be_opened_for_a_moment_is_read_next_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, where = tmp_path / "lamps", tmp_path / "index"
    write_lamps(folder, 1950)
    for path in folder.iterdir():
        os.utime(path, (1, 1))
    real = os.open

    def exhausted(path: str | os.PathLike[str], *more: int, **options: int) -> int:
        if os.fspath(path).endswith("lamp.txt"):
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
        return real(path, *more, **options)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", exhausted)
        base = base_of(folder, where)
        assert year_of(base) is None
        assert [(file.path, "Too many open files" in file.reason) for file in base.skipped] == [("lamp.txt", True)]
        written = (where / "index.pmbot").stat().st_ino
        base = base_of(folder, where)
        assert (where / "index.pmbot").stat().st_ino == written  # as long as it cannot be read, there is nothing to build
    assert base.reload().added == ("lamp.txt",)
    assert year_of(KnowledgeBase.load(folder, index=where)) == "1950"
