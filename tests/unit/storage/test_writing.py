"""Writing a generation."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmbot.errors import DamagedIndex, StateError
from pmbot.storage.layout import SEGMENT
from pmbot.storage.mapped import Generation
from pmbot.storage.writing import Part, Writer, failed, sync_folder


def written(path: Path, blocks: dict[str, list[Part]]) -> Generation:
    path.unlink(missing_ok=True)
    with Writer(path, path) as writer:
        for name, parts in blocks.items():
            writer.block(name, parts)
        writer.finish({})
    return Generation(path)


sizes = st.one_of(st.integers(0, 200), st.sampled_from([SEGMENT - 1, SEGMENT, SEGMENT + 1, 2 * SEGMENT]))


@settings(max_examples=40)  # each one flushes two files to the disk
@given(st.dictionaries(st.text(), st.lists(sizes, max_size=4), max_size=4))
def test_whatever_the_pieces_the_blocks_come_back(tmp_path_factory: pytest.TempPathFactory, pieces: dict[str, list[int]]) -> None:
    blocks = {name: [bytes([n % 251] * size) for n, size in enumerate(lengths)] for name, lengths in pieces.items()}
    path = tmp_path_factory.getbasetemp() / "written"
    given: dict[str, list[Part]] = {name: list(parts) for name, parts in blocks.items()}
    with written(path, given) as generation:
        assert {name: bytes(generation.block(name)) for name in generation.names()} == {name: b"".join(p) for name, p in blocks.items()}
        generation.verify()
    one_piece = path.read_bytes()
    written(path, {name: [b"".join(parts)] for name, parts in blocks.items()}).close()
    assert path.read_bytes() == one_piece


def test_arrays_of_any_shape_and_type(tmp_path: Path) -> None:
    arrays = [np.arange(12, dtype="<f8").reshape(3, 4), np.zeros((0, 5)), np.array([True, False]), np.array(7, dtype="<i2")]
    with written(tmp_path / "file", {"arrays": [array.data for array in arrays]}) as generation:
        assert bytes(generation.block("arrays")) == b"".join(array.tobytes() for array in arrays)


def test_a_stream_is_not_gathered_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "file"
    seen = []

    def parts() -> object:
        for _ in range(8):
            yield bytes(SEGMENT)
            seen.append(path.stat().st_size)

    written(path, {"block": parts()}).close()  # type: ignore[dict-item]
    assert seen == [64 + SEGMENT * (n + 1) for n in range(8)]


def test_two_blocks_of_one_name_are_a_mistake(tmp_path: Path) -> None:
    with Writer(tmp_path / "file", tmp_path / "file") as writer:
        writer.block("a", [])
        with pytest.raises(ValueError, match="two blocks are named 'a'"):
            writer.block("a", [])


def test_the_file_is_ours_alone_and_new(tmp_path: Path) -> None:
    path = tmp_path / "file"
    old = os.umask(0)
    try:
        written(path, {}).close()
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(StateError, match="create the file"):
        Writer(path, path)
    (tmp_path / "link").symlink_to("elsewhere")
    with pytest.raises(StateError, match="create the file"):
        Writer(tmp_path / "link", path)
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("finished", [False, True])
def test_a_file_without_its_end_is_no_index(tmp_path: Path, finished: bool) -> None:
    path = tmp_path / "file"
    with Writer(path, path) as writer:
        writer.block("a", [bytes(1000)])
        if finished:
            writer.finish({})
    if finished:
        Generation(path).close()
    else:
        with pytest.raises(DamagedIndex, match="never finished"):
            Generation(path)


def test_writes_may_be_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = os.pwrite
    monkeypatch.setattr(os, "pwrite", lambda descriptor, data, offset: whole(descriptor, bytes(data[:33]), offset))
    data = os.urandom(3000)
    with written(tmp_path / "file", {"a": [data], "b": [b"x"]}) as generation:
        assert bytes(generation.block("a")) == data
        assert bytes(generation.block("b")) == b"x"


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        (errno.ENOSPC, "Free some space"),
        (errno.EDQUOT, "Free some space"),
        (errno.EROFS, "a folder you can write"),
        (errno.EACCES, "a folder you can write"),
        (errno.EISDIR, "Remove what stands in its place"),
        (errno.EMFILE, "ulimit -n"),
        (errno.EIO, "stays"),
    ],
)
def test_a_failure_says_what_to_do(code: int, advice: str) -> None:
    message = str(failed(Path("/s/index.pmbot"), "write", OSError(code, os.strerror(code))))
    assert message.startswith(f"the index /s/index.pmbot could not be saved (write): {os.strerror(code)}. ")
    assert advice in message


def test_a_file_system_that_cannot_flush_a_folder_is_forgiven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def refuse(descriptor: int) -> None:
        calls.append(descriptor)
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(os, "fsync", refuse)
    sync_folder(tmp_path, tmp_path)
    assert len(calls) == 1
