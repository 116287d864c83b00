from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pmbot.corpus.walk import Found, Skipped, read_bytes, read_found, walk
from pmbot.errors import CorpusError, UnreadableDocument


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "knowledge"
    for name in ("b.txt", "a.txt", "B.txt", "sub/deep/c.md", "sub.txt", ".hidden.txt", ".git/config.txt", "sub/.cache/x.md"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("text")
    return folder


def test_files_are_found_in_nested_folders_sorted_by_id_and_hidden_ones_are_not(root: Path) -> None:
    found, skipped = walk(root)
    assert [f.doc_id for f in found] == ["B.txt", "a.txt", "b.txt", "sub.txt", "sub/deep/c.md"]
    assert all(f.path == root / f.doc_id for f in found)
    assert skipped == ()


def test_one_file_is_a_root_even_when_hidden_or_behind_a_link(root: Path) -> None:
    assert [f.doc_id for f in walk(root / ".hidden.txt").files] == [".hidden.txt"]
    (root / "link.txt").symlink_to(root / "a.txt")
    (only,) = walk(root / "link.txt").files
    assert only.doc_id == "link.txt"
    assert read_bytes(only.path, 1) == b"text"


def test_links_pipes_and_sockets_inside_the_root_are_refused(root: Path) -> None:
    (root / "z-file.txt").symlink_to(root / "a.txt")
    (root / "z-folder").symlink_to(root / "sub")
    (root / "z-loop").symlink_to(root)
    (root / "z-nowhere").symlink_to(root / "nothing")
    os.mkfifo(root / "z-pipe.txt")
    found, skipped = walk(root)
    assert len(found) == 5
    assert {s.path: s.reason.split(";")[0] for s in skipped} == {
        "z-file.txt": "a symbolic link",
        "z-folder": "a symbolic link",
        "z-loop": "a symbolic link",
        "z-nowhere": "a symbolic link",
        "z-pipe.txt": "a pipe",
    }


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as plug:
        plug.bind("s.txt")
        assert walk(tmp_path).skipped[0].reason.startswith("a socket")
        with pytest.raises(CorpusError, match="a socket, neither a folder nor a file"):
            walk(tmp_path / "s.txt")


def test_a_root_that_is_a_link_is_followed(root: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(root)
    assert [f.doc_id for f in walk(tmp_path / "link").files] == [f.doc_id for f in walk(root).files]


@pytest.mark.parametrize("name", ["nothing", "a.txt/below", "x" * 5000, "nul\0byte", "lone\udcff"])
def test_a_missing_root_is_told(root: Path, name: str) -> None:
    with pytest.raises(CorpusError, match="name a folder with documents or one document") as told:
        walk(root / name)
    str(told.value).encode()


def test_a_pipe_as_root_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(CorpusError, match="a pipe, neither a folder nor a file"):
        walk(tmp_path / "pipe")


def test_names_that_are_not_unicode_are_reported(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.txt")).write_text("text")
    except OSError:
        pytest.skip("this file system takes Unicode names only")
    found, skipped = walk(tmp_path)
    assert found == ()
    assert skipped == (Skipped("bad\ufffd.txt", "the file name is not valid Unicode; rename it", "refused"),)


def test_ids_are_nfc_and_of_two_names_that_look_the_same_one_is_used(tmp_path: Path) -> None:
    (tmp_path / "re\u0304zekne.txt").write_text("decomposed")
    assert [f.doc_id for f in walk(tmp_path).files] == ["r\u0113zekne.txt"]
    (tmp_path / "r\u0113zekne.txt").write_text("composed")
    if len(list(tmp_path.iterdir())) == 2:
        found, skipped = walk(tmp_path)
        assert [f.doc_id for f in found] == [s.path for s in skipped] == ["r\u0113zekne.txt"]
        assert "two files have this name" in skipped[0].reason


def test_a_folder_that_cannot_be_opened_is_reported_and_the_rest_used(tmp_path: Path) -> None:
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(20):
        os.mkdir("d" * 250, dir_fd=here)
        below = os.open("d" * 250, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    (tmp_path / "a.txt").write_text("text")
    found, skipped = walk(tmp_path)
    assert [f.doc_id for f in found] == ["a.txt"]
    assert [s.reason for s in skipped] == ["cannot be opened: File name too long"]


def test_bytes_are_read_up_to_the_limit(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"x" * 1000)
    assert read_bytes(file, 0.001) == b"x" * 1000
    file.write_bytes(b"x" * 1001)
    with pytest.raises(UnreadableDocument, match=r"too large \(0.0 MB, allowed are 0.001\); split it, or raise max_file_mb"):
        read_bytes(file, 0.001)


def test_what_became_a_link_a_pipe_or_nothing_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("secret")
    (tmp_path / "link").symlink_to(tmp_path / "a.txt")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "nothing"):
        with pytest.raises(UnreadableDocument, match="cannot be read"):
            read_bytes(tmp_path / name, 1)
    with pytest.raises(UnreadableDocument, match="a pipe, not a regular file"):
        read_bytes(tmp_path / "pipe", 1)


def test_what_is_ignored_is_reported_and_its_folder_not_entered(root: Path) -> None:
    (root / "sub" / "deep" / "link").symlink_to(root)
    (root / ".pmbotignore").write_text("sub/\n[ab].txt\n!b.txt\n")
    found, skipped = walk(root)
    assert [f.doc_id for f in found] == ["B.txt", "b.txt", "sub.txt"]
    assert skipped == (Skipped("a.txt", ".pmbotignore:2: [ab].txt", "ignored"), Skipped("sub", ".pmbotignore:1: sub/", "ignored"))


def test_a_file_that_was_asked_for_is_not_ignored(root: Path) -> None:
    (root / ".pmbotignore").write_text("*\n")
    assert [f.doc_id for f in walk(root / "a.txt").files] == ["a.txt"]
    assert walk(root).files == ()


def test_rules_that_cannot_be_read_stop_everything(root: Path) -> None:
    rules = root / ".pmbotignore"
    rules.write_text("a\n[z-a]\n")
    with pytest.raises(CorpusError, match=r"\.pmbotignore:2: not a pattern"):
        walk(root)
    rules.unlink()
    rules.symlink_to(root / "a.txt")
    with pytest.raises(CorpusError, match=r"\.pmbotignore: cannot be read: "):
        walk(root)
    rules.unlink()
    rules.write_bytes(b"a\n" * 600_000)
    with pytest.raises(CorpusError, match=r"\.pmbotignore: too large"):
        walk(root)


def test_a_folder_swapped_for_a_link_after_the_walk_leads_nowhere(root: Path, tmp_path: Path) -> None:
    files = {f.doc_id: f for f in walk(root).files}
    assert read_found(files["sub/deep/c.md"], 1) == b"text"
    (tmp_path / "secret" / "deep").mkdir(parents=True)
    (tmp_path / "secret" / "deep" / "c.md").write_text("secret")
    (root / "sub").rename(root / "old")
    (root / "sub").symlink_to(tmp_path / "secret")
    with pytest.raises(UnreadableDocument, match="cannot be read: "):
        read_found(files["sub/deep/c.md"], 1)
    with pytest.raises(UnreadableDocument, match="cannot be read: No such file"):
        read_found(Found("gone.txt", root / "gone.txt"), 1)


def test_relative_roots_are_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    for name in (".", "sub", "../knowledge"):
        for found in walk(Path(name)).files:
            assert read_found(found, 1) == b"text"
    monkeypatch.chdir(root / "sub")
    assert read_found(walk(Path("../a.txt")).files[0], 1) == b"text"


def test_descriptors_are_closed(root: Path) -> None:
    before = len(list(Path("/dev/fd").iterdir()))
    for found in walk(root).files * 20:
        read_found(found, 1)
    assert len(list(Path("/dev/fd").iterdir())) == before


def test_hostile_names_are_data(tmp_path: Path) -> None:
    names = ["a\x1b[2J.txt", "b\n.txt", "-rf.txt", "$(x).txt", "..txt", "\u202etxt.txt", "c" * 240 + ".txt", "%s.txt", "[red].txt"]
    for name in names:
        (tmp_path / name).write_text("text")
    found, skipped = walk(tmp_path)
    assert sorted(f.doc_id for f in found) == sorted(name for name in names if not name.startswith("."))
    assert skipped == ()
    assert all(read_found(f, 1) == b"text" for f in found)


def test_a_file_that_changes_while_it_is_read_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"old " * 1000)
    looks = iter(range(100))
    fstat = os.fstat

    def changing(descriptor: int) -> os.stat_result:
        if next(looks) == 1:  # between the first reading and the look after it
            file.write_bytes(b"new")
        return fstat(descriptor)

    monkeypatch.setattr(os, "fstat", changing)
    assert read_bytes(file, 1) == b"new"


def test_a_file_that_never_rests_is_read_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("x")
    done = threading.Event()

    def write() -> None:
        while not done.is_set():
            with file.open("a") as stream:
                stream.write("x")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert all(read_bytes(file, 50).startswith(b"x") for _ in range(50))
    finally:
        done.set()
        writer.join()
    assert read_bytes(file, 50) == file.read_bytes()


def test_a_hundred_thousand_small_files(tmp_path: Path, scale: Callable[[int, int], int]) -> None:
    number = scale(2_000, 100_000)
    for folder in range(number // 1000):
        (tmp_path / f"{folder:03}").mkdir()
        for file in range(1000):
            os.close(os.open(tmp_path / f"{folder:03}" / f"{file:03}.txt", os.O_CREAT))
    (tmp_path / ".pmbotignore").write_text("*9.txt\n")
    began = time.perf_counter()
    found, skipped = walk(tmp_path)
    took = time.perf_counter() - began
    assert (len(found), len(skipped)) == (number * 9 // 10, number // 10)
    assert took < number / 2_000, f"{took:.1f} s"
