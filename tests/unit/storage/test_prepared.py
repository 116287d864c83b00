"""Results that are kept by the hash of what they were made of."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.errors import ConfigError
from pmbot.storage import prepared
from pmbot.storage.prepared import Prepared, code_of

RESULT: dict[str, Any] = {"Rīga": [1, 1.5, None, True, "\ud800"], "": {}}


class Maker:
    """Gives `RESULT`, and counts how often it was asked to."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> dict[str, Any]:
        self.made += 1
        return RESULT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "prepared"


def test_it_is_made_once(folder: Path) -> None:
    make = Maker()
    assert [Prepared(folder).get((b"a", b"b"), make) for _ in range(3)] == [RESULT] * 3
    assert make.made == 1
    assert [path.stat().st_mode & 0o777 for path in (folder, *folder.iterdir())] == [0o700, 0o600]


@given(st.lists(st.binary(max_size=3), max_size=3), st.lists(st.binary(max_size=3), max_size=3))
def test_of_something_else_something_else_is_made(tmp_path_factory: pytest.TempPathFactory, one: list[bytes], other: list[bytes]) -> None:
    kept = Prepared(tmp_path_factory.mktemp("state") / "prepared")
    kept.get(one, lambda: 1)
    assert kept.get(other, lambda: 2) == (1 if one == other else 2)


def test_another_version_makes_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make = Maker()
    Prepared(folder).get((b"a",), make)
    monkeypatch.setattr(prepared, "__version__", "0.0.0")
    Prepared(folder).get((b"a",), make)
    assert make.made == 2


def damaged(whole: bytes) -> list[bytes]:
    """A kept file, cut off everywhere, with each byte turned in turn, with more behind it, and without its checksum."""
    cuts = [whole[:end] for end in range(len(whole))]
    flips = [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(len(whole))]
    return [*cuts, *flips, whole + b" ", whole.partition(b"\n")[2], b'{"other": "JSON"}', b"\n{}"]


def test_what_is_damaged_is_made_anew(folder: Path) -> None:
    make = Maker()
    Prepared(folder).get((b"a",), make)
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    for count, damage in enumerate(damaged(whole), 2):
        file.write_bytes(damage)
        assert Prepared(folder).get((b"a",), make) == RESULT
        assert (make.made, file.read_bytes()) == (count, whole)


def test_a_mistake_is_passed_on_and_not_kept(folder: Path) -> None:
    def fail() -> None:
        raise ConfigError("words.txt:1: is wrong")

    with pytest.raises(ConfigError, match="is wrong"):
        Prepared(folder).get((b"a",), fail)
    assert list(folder.iterdir()) == []


def test_without_a_place_it_is_made_every_time(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    others = tmp_path / "others"
    others.mkdir()
    others.chmod(0o777)
    make = Maker()
    for kept in (Prepared(None), Prepared(tmp_path / "file" / "below"), Prepared(others)):
        assert [kept.get((b"a",), make), kept.get((b"a",), make)] == [RESULT] * 2
    assert make.made == 6
    assert list(others.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_to_changes_nothing(folder: Path) -> None:
    folder.mkdir(0o500)
    assert Prepared(folder).get((b"a",), lambda: 1) == 1
    assert list(folder.iterdir()) == []


def test_what_was_not_used_for_longest_goes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "MOST", 3)
    kept = Prepared(folder)
    for number in range(3):
        kept.get((b"%d" % number,), lambda: 0)
        newest = max(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
        os.utime(newest, ns=(number, number))
    kept.get((b"0",), lambda: 0)  # used again: 1 is the oldest now
    kept.get((b"3",), lambda: 0)
    made = [number for number in (0, 2, 3) if kept.get((b"%d" % number,), lambda: 1)]
    assert made == []
    assert len(list(folder.iterdir())) == 3


def test_the_code_of_a_module_is_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    assert code_of(prepared) == Path(prepared.__file__).read_bytes()
    for file in (None, "/nowhere/prepared.py"):
        monkeypatch.setattr(prepared, "__file__", file)
        assert code_of(prepared) == b""


def test_the_usual_place(tmp_path: Path) -> None:
    Prepared.usual({"XDG_CACHE_HOME": str(tmp_path)}).get((b"a",), lambda: 1)
    assert len(list((tmp_path / "pmbot" / "prepared").iterdir())) == 1
