from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from pmbot.corpus.walk import read_bytes, walk
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
    assert skipped == (("bad\ufffd.txt", "the file name is not valid Unicode; rename it"),)


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
