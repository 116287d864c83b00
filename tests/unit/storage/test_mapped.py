"""An open generation."""

from __future__ import annotations

import gc
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from pmbot.errors import DamagedIndex, OtherVersion, StateError, UnusableIndex
from pmbot.storage.generations import GenerationFolder
from pmbot.storage.layout import CLOSING, MAGIC, SEGMENT
from pmbot.storage.mapped import Generation

LARGE = bytes(range(256)) * (3 * SEGMENT // 256) + b"tail"
BLOCKS = {"text": "Rīga €".encode() * 10, "empty": b"", "large": LARGE, "one": b"x"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    GenerationFolder(tmp_path).write({"made": "by a test"}, ((name, [data]) for name, data in BLOCKS.items())).close()
    return tmp_path / "index.pmbot"


@pytest.fixture
def generation(path: Path) -> Iterator[Generation]:
    with Generation(path) as opened:
        yield opened


def open_files() -> int:
    return len(list(Path("/dev/fd").iterdir()))


def change(path: Path, offset: int) -> None:
    data = bytearray(path.read_bytes())
    data[offset] ^= 0x10
    path.write_bytes(data)


def test_blocks_come_back(generation: Generation) -> None:
    assert generation.meta == {"made": "by a test"}
    assert generation.names() == tuple(BLOCKS)
    assert {name: bytes(generation.block(name)) for name in BLOCKS} == BLOCKS
    assert [generation.length(name) for name in BLOCKS] == [len(data) for data in BLOCKS.values()]
    generation.verify()


def test_views_are_aligned_and_cannot_be_written_to(generation: Generation) -> None:
    for name in ("text", "large", "one"):
        view = generation.block(name)
        assert view.readonly
        assert np.frombuffer(view, np.uint8).ctypes.data % 64 == 0


def test_parts(generation: Generation) -> None:
    for start, end in [(0, 0), (5, 9), (SEGMENT - 1, SEGMENT + 1), (len(LARGE) - 3, len(LARGE)), (len(LARGE), len(LARGE))]:
        assert bytes(generation.part("large", start, end)) == LARGE[start:end]


@pytest.mark.parametrize(("start", "end"), [(-1, 1), (2, 1), (0, len(LARGE) + 1)])
def test_a_part_outside_the_block_is_a_mistake(generation: Generation, start: int, end: int) -> None:
    with pytest.raises(IndexError, match="large"):
        generation.part("large", start, end)


def test_no_such_block(generation: Generation) -> None:
    with pytest.raises(KeyError, match="nothing"):
        generation.block("nothing")


def test_a_damaged_segment_is_found_when_it_is_touched_and_not_before(path: Path) -> None:
    change(path, path.read_bytes().index(LARGE) + SEGMENT + 7)
    with Generation(path) as generation:
        assert bytes(generation.block("text")) == BLOCKS["text"]
        assert bytes(generation.part("large", 0, 10)) == LARGE[:10]
        for _ in range(2):
            with pytest.raises(DamagedIndex, match=rf"{path} cannot be used: block 'large' is not what was written"):
                generation.part("large", SEGMENT, SEGMENT + 1)
        with pytest.raises(DamagedIndex, match="'large'"):
            generation.block("large")
        with pytest.raises(DamagedIndex, match="'large'"):
            generation.verify()


def test_verify_reads_again_what_was_good_before(path: Path) -> None:
    with Generation(path) as generation:
        generation.verify()
        with path.open("r+b") as file:
            file.seek(path.read_bytes().index(LARGE))
            file.write(b"\xff")
        with pytest.raises(DamagedIndex, match="'large'"):
            generation.verify()


def test_padding_belongs_to_its_block(path: Path) -> None:
    change(path, path.read_bytes().index(BLOCKS["text"]) + len(BLOCKS["text"]))
    with Generation(path) as generation, pytest.raises(DamagedIndex, match="'text'"):
        generation.block("text")


def test_the_id_is_that_of_the_content(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in "abc"]
    for folder, data in zip(folders, [b"1", b"1", b"2"], strict=True):
        folder.mkdir()
        GenerationFolder(folder).write({}, [("block", [data])]).close()
    first, same, other = (Generation(folder / "index.pmbot") for folder in folders)
    assert re.fullmatch("[0-9a-f]{32}", first.id)
    assert first.id == same.id != other.id
    assert (folders[0] / "index.pmbot").read_bytes() == (folders[1] / "index.pmbot").read_bytes()


def test_a_closed_generation_is_closed_but_its_views_live(path: Path) -> None:
    generation = Generation(path)
    array = np.frombuffer(generation.block("large"), np.uint8)
    generation.close()
    generation.close()
    path.unlink()
    assert array.tobytes() == LARGE
    for use in (lambda: generation.block("one"), lambda: generation.block("large"), generation.verify):
        with pytest.raises(ValueError, match="closed"):
            use()


def test_forgotten_generations_let_go_of_their_file(path: Path) -> None:
    before = open_files()
    for _ in range(20):
        view = Generation(path).block("text")
    assert bytes(view) == BLOCKS["text"]
    del view
    gc.collect()
    assert open_files() == before


def test_a_failed_opening_lets_go_of_its_file(path: Path) -> None:
    change(path, 20)
    before = open_files()
    for _ in range(20):
        with pytest.raises(DamagedIndex):
            Generation(path)
    assert open_files() == before


def test_threads_share_a_generation(path: Path) -> None:
    with Generation(path) as generation:
        seen: list[bool] = []
        start = threading.Barrier(8)

        def read(number: int) -> None:
            start.wait()
            seen.extend(bytes(generation.block(name)) == data for name, data in sorted(BLOCKS.items(), reverse=bool(number % 2)))

        threads = [threading.Thread(target=read, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert seen == [True] * 8 * len(BLOCKS)


def test_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Generation(tmp_path / "index.pmbot")


def test_a_folder_in_its_place_cannot_be_built_over(tmp_path: Path) -> None:
    with pytest.raises(StateError, match="it is a folder; remove it") as caught:
        Generation(tmp_path)
    assert not isinstance(caught.value, UnusableIndex)


def test_a_pipe_in_its_place_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "index.pmbot")
    with pytest.raises(DamagedIndex, match="not a regular file"):
        Generation(tmp_path / "index.pmbot")


def test_a_socket_in_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # names of sockets are short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("index.pmbot")
        with pytest.raises(DamagedIndex):
            Generation(tmp_path / "index.pmbot")


def test_what_may_not_be_read_is_not_called_damaged(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(StateError, match=r"index.pmbot cannot be read: Permission denied") as caught:
        Generation(path)
    assert not isinstance(caught.value, UnusableIndex)


def test_a_bad_disk_is_damage(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Generation(path) as generation:

        def broken(*_: object) -> bytes:
            raise OSError(5, "Input/output error")

        monkeypatch.setattr(os, "pread", broken)
        with pytest.raises(DamagedIndex, match="Input/output error"):
            generation.block("text")


def test_reads_may_be_short(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = os.pread
    monkeypatch.setattr(os, "pread", lambda descriptor, length, offset: whole(descriptor, min(length, 1000), offset))
    with Generation(path) as generation:
        assert {name: bytes(generation.block(name)) for name in BLOCKS} == BLOCKS


@pytest.mark.parametrize("keep", [0, 1, 8, 63, 64, 200, -200, -8, -1])
def test_a_file_that_is_cut_off(path: Path, keep: int) -> None:
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(DamagedIndex):
        Generation(path)


def test_a_file_with_something_behind_it(path: Path) -> None:
    path.write_bytes(path.read_bytes() + CLOSING)
    with pytest.raises(DamagedIndex, match="bytes and should have"):
        Generation(path)


def test_a_file_that_is_cut_off_while_it_is_open(path: Path) -> None:
    with Generation(path) as generation:
        os.truncate(path, 5000)
        with pytest.raises(DamagedIndex, match="too early"):
            generation.block("large")
        with pytest.raises(DamagedIndex, match="has 5000 bytes"):
            generation.verify()


def test_another_version(path: Path) -> None:
    path.write_bytes(MAGIC + b"\x09" + path.read_bytes()[9:])
    with pytest.raises(OtherVersion, match="format 9"):
        Generation(path)


PROBE = """
import re, sys
from pathlib import Path
from pmbot.storage.generations import GenerationFolder
def resident():
    return int(re.search(r"VmRSS:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
GenerationFolder(Path(sys.argv[1])).open()  # what the first opening of a small one imports
before = resident()
generation = GenerationFolder(Path(sys.argv[2])).open()
opened = resident()
generation.verify()
print(opened - before, resident() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_opening_and_checking_a_large_file_takes_no_memory(tmp_path: Path, scale: Callable[[int, int], int]) -> None:
    megabytes = scale(50, 1000)
    large = tmp_path / "large"
    large.mkdir()
    GenerationFolder(tmp_path).write({}, [("small", [b"x"])]).close()
    block = os.urandom(1_000_000)
    GenerationFolder(large).write({}, [("large", (block for _ in range(megabytes)))]).close()
    done = subprocess.run([sys.executable, "-c", PROBE, tmp_path, large], capture_output=True, text=True, check=True)
    opened, verified = map(int, done.stdout.split())
    sys.stdout.write(f"{megabytes} MB: {opened} kB resident after opening, {verified} kB after checking every byte\n")
    assert opened < 2_000
    assert verified < 4_000


def test_opening_takes_no_time(tmp_path: Path, scale: Callable[[int, int], int]) -> None:
    megabytes = scale(20, 1000)
    block = bytes(1_000_000)
    GenerationFolder(tmp_path).write({"documents": 3}, [(f"block {n}", (block for _ in range(megabytes // 20))) for n in range(20)]).close()
    took = []
    for _ in range(50):
        start = time.perf_counter()
        Generation(tmp_path / "index.pmbot").close()
        took.append(time.perf_counter() - start)
    sys.stdout.write(f"{megabytes} MB: opened in {min(took) * 1000:.2f} ms\n")
    assert min(took) < 0.001
