"""Processes of `pmbot index` that are killed, interrupted, or run all at once: what is published is whole, and answers are right."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pmbot.storage.generations import GenerationFolder
from tests.faults.lamps import base_of, blocks_of, leftovers, start, tell, write_lamps, year_of

Scale = Callable[[int, int], int]


def index(folder: Path, where: Path, *more: str):  # type: ignore[no-untyped-def]
    return start(["index", "--knowledge", folder, "--index", where, *more])


def duration(folder: Path, where: Path) -> float:
    begun = time.monotonic()
    out, err = index(folder, where).communicate()
    assert (out[:1].isdigit(), err) == (True, "")
    return time.monotonic() - begun


def temporary(where: Path) -> list[str]:
    return [name for name in leftovers(where) if name.endswith(".tmp")]


@pytest.mark.slow
def test_an_index_that_is_killed_anywhere_is_the_old_one_or_the_new(tmp_path: Path, scale: Scale) -> None:
    folder, where, chance = tmp_path / "lamps", tmp_path / "index", random.Random(15)
    write_lamps(folder, 1900, files=400)
    whole = duration(folder, where)
    times, renewed, mid_write = scale(2, 150), 0, 0
    for year in range(1901, 1901 + times):
        old = GenerationFolder(where).open()
        assert old is not None
        write_lamps(folder, year, files=400)
        with index(folder, where) as process:
            if year % 2:
                time.sleep(chance.uniform(0.3, 1.1) * whole)
            else:
                while not temporary(where) and process.poll() is None:
                    time.sleep(0.0005)
                time.sleep(chance.uniform(0, 0.01))
            process.kill()
        mid_write += bool(temporary(where))
        now = GenerationFolder(where).open()
        assert now is not None
        now.verify()
        old.verify()
        renewed += now.id != old.id
        assert year_of(base_of(folder, where)) == str(year)
    tell(f"{times} kills of `pmbot index`: {renewed} after publishing, {mid_write} in mid-write; 0 corrupt, {times} right answers after it")
    write_lamps(folder, 2099, files=400)
    assert year_of(base_of(folder, where)) == "2099"
    assert temporary(where) == []


@pytest.mark.slow
def test_ctrl_c_leaves_the_old_index_and_nothing_else(tmp_path: Path, scale: Scale) -> None:
    folder, where, chance = tmp_path / "lamps", tmp_path / "index", random.Random(3)
    write_lamps(folder, 1900, files=2_000)
    whole = duration(folder, where)
    interrupted = 0
    for year in range(1901, 1901 + scale(1, 30)):
        old = blocks_of(where)
        write_lamps(folder, year, files=2_000)
        with index(folder, where) as process:
            time.sleep(chance.uniform(0.35, 0.75) * whole)
            process.send_signal(signal.SIGINT)
            _, err = process.communicate()
        assert "Traceback" not in err
        assert leftovers(where) == []
        if process.returncode:
            assert process.returncode == 130
            assert blocks_of(where) == old
            interrupted += 1
    tell(f"{interrupted} interrupts while indexing 2,000 files: the old index stays, no temporary file")
    assert interrupted


@pytest.mark.slow
def test_of_many_at_once_one_builds(tmp_path: Path, scale: Scale) -> None:
    folder, where = tmp_path / "lamps", tmp_path / "index"
    write_lamps(folder, 1950, files=100)
    (folder / "photo.jpg").write_bytes(b"\xff\xd8")
    many, path = scale(4, 16), GenerationFolder(where).path
    for _ in range(scale(1, 5)):
        path.unlink(missing_ok=True)
        with GenerationFolder(where).lock():  # so that they start together
            processes = [index(folder, where, "--json") for _ in range(many)]
            time.sleep(many / 5)
        published = set()
        while any(process.poll() is None for process in processes):
            published |= {path.stat().st_ino} if path.exists() else set()
            time.sleep(0.005)
        said = [process.communicate() for process in processes]
        assert {process.returncode for process in processes} == {0}
        assert len({out for out, _ in said}) == 1
        waited = sum("waiting until it is done" in err for _, err in said)
        tell(f"{many} at once: {len(published)} built, {waited} waited for another")
        assert len(published) == 1
        assert waited
        assert leftovers(where) == []
    assert year_of(base_of(folder, where)) == "1950"
