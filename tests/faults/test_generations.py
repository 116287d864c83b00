"""What breaks while a generation is written or read, provoked: the index that was there stays, and no broken one is believed."""

from __future__ import annotations

import errno
import fcntl
import itertools
import mmap
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pmbot.errors import StateError, UnusableIndex
from pmbot.storage.generations import GenerationFolder
from pmbot.storage.mapped import Generation

Scale = Callable[[int, int], int]


def blocks(n: int, size: int = 1000) -> list[tuple[str, list[bytes]]]:
    """Two blocks that show which generation they belong to."""
    return [(name, [n.to_bytes(4, "little") * (size // 4)]) for name in ("first", "second")]


def number(generation: Generation) -> int:
    """The number of a generation; fails when its parts belong to different ones, or a byte is wrong."""
    n: int = generation.meta["n"]
    for name in generation.names():
        data = bytes(generation.block(name))
        assert data == n.to_bytes(4, "little") * (len(data) // 4)
    return n


def published(folder: GenerationFolder) -> int:
    """The number of the published generation, every byte of it checked."""
    with folder.open() or pytest.fail("the index is gone") as generation:
        generation.verify()
        return number(generation)


def temporary_files(folder: GenerationFolder) -> list[str]:
    return sorted(path.name for path in folder.folder.iterdir() if path.suffix == ".tmp")


def open_files() -> int:
    return len(list(Path("/dev/fd").iterdir()))


def tell(text: str) -> None:
    sys.stdout.write(text + "\n")


def python(script: str, *arguments: object, **options: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)


# Killed

WRITE_FOR_EVER = """
import itertools, sys
from pathlib import Path
from pmbot.storage.generations import GenerationFolder
folder = GenerationFolder(Path(sys.argv[1]))
for n in itertools.count(int(sys.argv[2])):
    pieces = n.to_bytes(4, "little") * 25_000
    folder.write({"n": n}, [(f"block {k}", (pieces for _ in range(5))) for k in range(4)]).close()
    print(n, flush=True)
"""


def test_killed_writers_leave_the_old_generation_or_the_new_one(tmp_path: Path, scale: Scale) -> None:
    folder, chance = GenerationFolder(tmp_path), random.Random(4)
    times, last, in_mid_write = scale(8, 150), 0, 0
    for _ in range(times):
        with python(WRITE_FOR_EVER, tmp_path, last + 1) as writer:
            assert writer.stdout is not None
            done = [writer.stdout.readline()]
            with folder.open() or pytest.fail("the index is gone") as before:
                time.sleep(chance.uniform(0, 0.04))
                writer.kill()
                done += writer.stdout.readlines()
                assert number(before) >= int(done[0])
        last = max(map(int, done))
        now = published(folder)
        assert now in (last, last + 1)  # it may have been killed between publishing and telling
        last = now
        in_mid_write += bool(temporary_files(folder))
    tell(f"{times} kills, {in_mid_write} of them in mid-write: 0 corrupt")
    assert in_mid_write > 0
    folder.sweep()
    assert temporary_files(folder) == []


# A disk that fails


class Disk:
    """Lets one call of the operating system fail, or all from that one on."""

    CALLS = (
        "open",
        "write",
        "pwrite",
        "fsync",
        "close",
        "pread",
        "fstat",
        "stat",
        "mkdir",
        "chmod",
        "fchmod",
        "replace",
        "unlink",
        "scandir",
    )

    def __init__(self, code: int, at: int, *, lasting: bool) -> None:
        self.code, self.at, self.lasting = code, at, lasting
        self.count = 0
        self.failed: list[str] = []

    def fails(self, name: str) -> bool:
        self.count += 1
        if self.count == self.at or (self.lasting and self.count > self.at):
            self.failed.append(name)
            return True
        return False

    def patch(self, patch: pytest.MonkeyPatch) -> None:
        for name in self.CALLS:
            patch.setattr(os, name, self.wrapped(name, getattr(os, name)))
        patch.setattr(mmap, "mmap", self.wrapped("mmap", mmap.mmap))
        patch.setattr(fcntl, "flock", self.wrapped("flock", fcntl.flock))

    def wrapped(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            unlocking = name == "flock" and args[1] == fcntl.LOCK_UN  # needs no disk, and never fails
            if not unlocking and self.fails(name):
                if name == "close":
                    real(*args, **options)  # the descriptor is gone even when closing fails
                raise OSError(self.code, os.strerror(self.code))
            return real(*args, **options)

        return call


TOLERATED = {"close", "mkdir", "open", "flock", "scandir"}
"""What may fail while the save succeeds: closing what was read, and what taking the lock tries again."""

CODES = [errno.ENOSPC, errno.EIO, errno.EMFILE, errno.EROFS, errno.EACCES]


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
def test_a_save_that_fails_anywhere_leaves_the_old_generation(tmp_path: Path, lasting: bool, scale: Scale) -> None:
    folder = GenerationFolder(tmp_path)
    for code in CODES[: scale(2, len(CODES))]:
        seen = fail_everywhere(folder, code, lasting=lasting)
        tell(f"{errno.errorcode[code]}, {'lasting' if lasting else 'once'}: {seen.total()} saves failed at {dict(seen)}")
        assert {"open", "pwrite", "fsync", "replace", "pread", "mmap", "flock", "unlink", "scandir"} <= set(seen)
        assert seen["fsync"] == 2


def fail_everywhere(folder: GenerationFolder, code: int, *, lasting: bool) -> Counter[str]:
    """Let every call of a save fail in turn; how often each kind of call did."""
    n = 1
    folder.write({"n": n}, blocks(n)).close()
    seen = Counter[str]()
    for at in itertools.count(1):
        (folder.folder / "index.pmbot.999999999.tmp").write_bytes(b"left by a killed writer")
        files = open_files()
        disk = Disk(code, at, lasting=lasting)
        error = save_on(disk, folder, n + 1)
        if not disk.failed:
            return seen
        seen[disk.failed[0]] += 1
        assert disk.failed[0] in TOLERATED if error is None else str(folder.folder) in str(error)
        assert open_files() == files
        n = 1 + check_after(disk, folder, n, error)
        folder.write({"n": n}, blocks(n)).close()  # the disk works again
        assert published(folder) == n
        assert temporary_files(folder) == []
    pytest.fail("a save never ends")


def save_on(disk: Disk, folder: GenerationFolder, n: int) -> StateError | None:
    with pytest.MonkeyPatch.context() as patch:
        disk.patch(patch)
        try:
            folder.write({"n": n}, blocks(n)).close()
        except StateError as error:
            return error
    return None


def check_after(disk: Disk, folder: GenerationFolder, n: int, error: StateError | None) -> int:
    """The number that is published now: `n`, the old one, unless only flushing the folder was left to do."""
    now = published(folder)
    replaced = error is None or "flush its folder" in str(error)
    assert now == n + replaced
    if not disk.lasting:
        assert [name for name in temporary_files(folder) if "999999999" not in name] == []
    free: list[bool] = []
    thread = threading.Thread(target=lambda: free.append(is_free(folder)))
    thread.start()
    thread.join()
    assert free == [True]
    return now


def is_free(folder: GenerationFolder) -> bool:
    with folder.lock(timeout=0):
        return True


@pytest.mark.parametrize("code", CODES, ids=lambda code: errno.errorcode[code])
def test_an_opening_that_fails_anywhere_says_so_and_leaks_nothing(tmp_path: Path, code: int) -> None:
    folder = GenerationFolder(tmp_path)
    folder.write({"n": 1}, blocks(1)).close()
    for at in itertools.count(1):
        files = open_files()
        disk = Disk(code, at, lasting=False)
        with pytest.MonkeyPatch.context() as patch:
            disk.patch(patch)
            opened = open_on(folder)
        if not disk.failed:
            break
        assert not isinstance(opened, Generation)
        assert isinstance(opened, UnusableIndex) == (code == errno.EIO)
        assert os.strerror(code) in str(opened)
        assert open_files() == files
    assert isinstance(opened, Generation)
    with opened:
        assert number(opened) == 1
    assert at > 4


def open_on(folder: GenerationFolder) -> Generation | StateError | None:
    try:
        return folder.open()
    except StateError as error:
        return error


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of one megabyte, where the system lets us mount one."""
    if shutil.which("mount") is None or os.geteuid() != 0:
        pytest.skip("mounting needs root")
    place = tmp_path / "disk"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs", place], capture_output=True, check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def test_a_disk_that_is_really_full(small_disk: Path) -> None:
    folder = GenerationFolder(small_disk)
    folder.write({"n": 1}, blocks(1, 400_000)).close()  # 0.8 MB of 1
    for _ in range(3):
        with pytest.raises(StateError, match=r"\(write\): No space left on device. Free some space"):
            folder.write({"n": 2}, blocks(2, 400_000))
        assert published(folder) == 1
        assert temporary_files(folder) == []
    (small_disk / "index.pmbot.77.tmp").write_bytes(bytes(100_000))  # what a killed writer left takes the space: swept first
    folder.write({"n": 3}, blocks(3, 80_000)).close()
    assert published(folder) == 3


def test_a_disk_that_is_really_read_only(small_disk: Path) -> None:
    folder = GenerationFolder(small_disk)
    folder.write({"n": 1}, blocks(1)).close()
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(StateError, match=r"Read-only file system.*--index"):
        folder.write({"n": 2}, blocks(2))
    assert published(folder) == 1
    with pytest.raises(StateError, match=r"cannot make the folder .*Read-only file system"):
        GenerationFolder(small_disk / "new").write({"n": 2}, blocks(2))


LIMITED = """
import resource, sys
from pathlib import Path
from pmbot.errors import StateError
from pmbot.storage.generations import GenerationFolder
import filelock, os
limit = getattr(resource, sys.argv[2])
folder = GenerationFolder(Path(sys.argv[1]))
with folder.lock():
    pass
value = int(sys.argv[3]) if limit == resource.RLIMIT_FSIZE else len(os.listdir("/dev/fd")) - 1 + int(sys.argv[3])
resource.setrlimit(limit, (value, value))
try:
    folder.write({"n": 2}, [("first", [(2).to_bytes(4, "little") * 50_000])]).close()
    print("saved")
except StateError as error:
    print(error)
"""


@pytest.mark.parametrize(("limit", "values"), [("RLIMIT_FSIZE", [0, 64, 100_000, 200_070]), ("RLIMIT_NOFILE", [0, 1, 2])])
def test_limits_of_the_system(tmp_path: Path, limit: str, values: list[int]) -> None:
    folder = GenerationFolder(tmp_path)
    for value in values:
        folder.write({"n": 1}, blocks(1)).close()
        with python(LIMITED, tmp_path, limit, value) as writer:
            out, err = writer.communicate()
        assert err == ""
        assert "File too large" in out if limit == "RLIMIT_FSIZE" else "Too many open files" in out
        assert published(folder) == 1
        assert temporary_files(folder) == []


# A file that is not what was written


def mutate(data: bytes, other: bytes, chance: random.Random) -> tuple[str, bytes]:
    """One of the ways in which files are damaged; `other` is another index of the same size."""
    a, b = sorted(chance.sample(range(len(data) + 1), 2))
    b = min(b, a + chance.choice([1, 8, 64, 4096, len(data)]))
    where, bit = chance.randrange(len(data)), 1 << chance.randrange(8)
    ways = {
        "a bit": data[:where] + bytes([data[where] ^ bit]) + data[where + 1 :],
        "cut off": data[:a],
        "zeros": data[:a] + bytes(b - a) + data[b:],
        "noise": data[:a] + chance.randbytes(b - a) + data[b:],
        "taken out": data[:a] + data[b:],
        "doubled": data[:b] + data[a:],
        "moved": data[b:] + data[:b],
        "extended": data + (chance.randbytes(b - a) if bit > 8 else bytes(b - a)),
        "spliced": data[:a] + other[a:b] + data[b:],
        "head of another": other[:a] + data[a:],
        "table of another": data[:-a] + other[-a:] if a else data,
        "a range swapped": data[: len(data) - b] + data[len(data) - b : len(data) - a][::-1] + data[len(data) - a :],
    }
    way = chance.choice(sorted(ways))
    return way, ways[way]


def judge(folder: GenerationFolder, contents: dict[str, bytes]) -> str:
    """Where the file is refused. Whatever is given out before must be right."""
    try:
        generation = folder.open()
    except UnusableIndex:
        return "at open"
    assert generation is not None
    refused = 0
    with generation:
        for name, content in contents.items():
            try:
                assert bytes(generation.block(name)) == content
            except UnusableIndex:
                refused += 1
        try:
            generation.verify()
        except UnusableIndex:
            return "at first touch" if refused else "by verify"
    return "accepted"


def test_mutated_files_are_refused(tmp_path: Path, scale: Scale) -> None:
    chance, files = random.Random(20_000), []
    for _ in range(2):
        contents = {"text": chance.randbytes(1000), "empty": b"", "large": chance.randbytes(300_000), "odd": chance.randbytes(7)}
        GenerationFolder(tmp_path).write({"made": "here"}, [(name, [data]) for name, data in contents.items()]).close()
        files.append((tmp_path / "index.pmbot").read_bytes())
    other, good = files
    folder, seen, ways = GenerationFolder(tmp_path), Counter[str](), Counter[str]()
    assert judge(folder, contents) == "accepted"
    while seen.total() < scale(300, 20_000):
        way, bad = mutate(good, other, chance)
        if bad in (good, other):
            continue
        folder.path.write_bytes(bad)
        verdict = judge(folder, contents)
        assert verdict != "accepted", way
        seen[verdict] += 1
        ways[way] += 1
    tell(f"{seen.total()} mutated files, 0 accepted: refused {dict(seen)}; {dict(ways)}")


def test_every_byte_of_a_small_file_counts(tmp_path: Path, scale: Scale) -> None:
    folder = GenerationFolder(tmp_path)
    contents = {"a": b"Riga", "empty": b"", "b": bytes(70)}
    folder.write({}, [(name, [data]) for name, data in contents.items()]).close()
    good = folder.path.read_bytes()
    for place in range(0, len(good), scale(3, 1)):
        folder.path.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
        assert judge(folder, contents) in {"at open", "at first touch"}, place
        folder.path.write_bytes(good[:place])
        assert judge(folder, contents) == "at open", place


# Many at once

COUNT_ON = """
import sys
from pathlib import Path
from pmbot.storage.generations import GenerationFolder
folder = GenerationFolder(Path(sys.argv[1]))
waits = []
for _ in range(int(sys.argv[2])):
    with folder.lock(on_wait=waits.append):
        with folder.open() as now:
            now.verify()
            n = now.meta["n"] + 1
        folder.write({"n": n}, [(name, [n.to_bytes(4, "little") * 250]) for name in ("first", "second")]).close()
        print(n)
print("waited", len(waits))
"""


def test_writers_at_once_take_turns(tmp_path: Path, scale: Scale) -> None:
    folder, rounds = GenerationFolder(tmp_path), scale(2, 20)
    folder.write({"n": 0}, blocks(0)).close()
    with folder.lock():  # so that they start together
        writers = [python(COUNT_ON, tmp_path, rounds) for _ in range(16)]
        time.sleep(0.5)
    said = [writer.communicate() for writer in writers]
    assert [err for _, err in said] == [""] * 16
    lines = [line for out, _ in said for line in out.splitlines()]
    assert sorted(int(line) for line in lines if line.isdigit()) == list(range(1, 16 * rounds + 1))
    waited = sum(int(line.split()[1]) for line in lines if line.startswith("waited"))
    tell(f"16 writers, {rounds} rounds each: {16 * rounds} generations, none lost, {waited} waits")
    assert waited >= 1
    assert published(folder) == 16 * rounds


def test_readers_see_one_generation_while_others_are_published(tmp_path: Path, scale: Scale) -> None:
    folder, swaps = GenerationFolder(tmp_path), scale(20, 200)
    folder.write({"n": 0}, blocks(0, 400_000)).close()
    done, counts, failures = threading.Event(), Counter[int](), []

    def read() -> None:
        last = 0
        with folder.open() or pytest.fail("the index is gone") as kept:
            while not done.is_set():
                with folder.open() or pytest.fail("the index is gone") as generation:
                    n = number(generation)
                    counts[n] += 1
                    if n < last:
                        failures.append(f"{n} after {last}")
                    last = n
            kept.verify()
            if number(kept):
                failures.append("the first generation has changed")

    def safely() -> None:
        try:
            read()
        except BaseException as error:  # noqa: BLE001 - a thread that dies must fail the test
            failures.append(repr(error))

    threads = [threading.Thread(target=safely) for _ in range(8)]
    for thread in threads:
        thread.start()
    for n in range(1, swaps + 1):
        folder.write({"n": n}, blocks(n, 400_000)).close()
    done.set()
    for thread in threads:
        thread.join()
    tell(f"8 threads, {swaps} swaps: {counts.total()} reads of {len(counts)} generations, 0 mixed")
    assert failures == []
    assert len(counts) > 1
