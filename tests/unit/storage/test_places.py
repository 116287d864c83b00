"""Where state lies."""

from __future__ import annotations

import os
import pwd
import stat
from pathlib import Path

import pytest

from pmbot.errors import StateError
from pmbot.storage.places import cache_home, private_folder, state_folder, state_home


def test_the_xdg_folder_wins() -> None:
    environ = {"XDG_STATE_HOME": "/state", "XDG_CACHE_HOME": "/cache", "HOME": "/here"}
    assert (state_home(environ), cache_home(environ)) == (Path("/state/pmbot"), Path("/cache/pmbot"))


@pytest.mark.parametrize("given", ["", "relative/folder"])
def test_without_a_usable_xdg_folder_it_is_under_home(given: str) -> None:
    assert state_home({"XDG_STATE_HOME": given, "HOME": "/here"}) == Path("/here/.local/state/pmbot")
    assert cache_home({"XDG_CACHE_HOME": given, "XDG_STATE_HOME": "/state", "HOME": "/here"}) == Path("/here/.cache/pmbot")


@pytest.mark.parametrize("environ", [{}, {"HOME": ""}, {"HOME": "here"}])
def test_without_home_the_user_database_is_asked(environ: dict[str, str]) -> None:
    assert state_home(environ) == Path(pwd.getpwuid(os.getuid()).pw_dir) / ".local" / "state" / "pmbot"


def test_a_user_without_a_home_is_told_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(_: int) -> None:
        raise KeyError

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    with pytest.raises(StateError, match=r"HOME is not set.*XDG_STATE_HOME.*--index") as caught:
        state_home({})
    assert caught.value.exit_code == 8


def test_a_folder_has_one_name_however_it_is_reached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "link").symlink_to("knowledge")
    monkeypatch.chdir(tmp_path)
    ways = [tmp_path / "knowledge", Path("knowledge"), Path("link"), Path("knowledge/../knowledge/.")]
    names = {state_folder(way, Path("/state")) for way in ways}
    assert len(names) == 1
    name = names.pop()
    assert name.parent == Path("/state")
    assert name.name.startswith("knowledge-")
    assert len(name.name) == len("knowledge-") + 12


def test_folders_of_the_same_name_are_kept_apart() -> None:
    assert state_folder(Path("/a/docs"), Path("/s")) != state_folder(Path("/b/docs"), Path("/s"))


@pytest.mark.parametrize(
    ("knowledge", "readable"),
    [
        ("/", "knowledge"),
        ("/x/.hidden", "hidden"),
        ("/x/My notes (2024)", "My-notes-2024"),
        ("/x/Zināšanas", "Zināšanas"),
        ("/x/a\nb\x1b[2J", "a-b-2J"),
        ("/x/" + "long " * 30, "long-long-long-long-long-long-long-long"),
        (os.fsdecode(b"/x/caf\xe9"), "caf"),
        ("/x/-rf", "rf"),
    ],
)
def test_names_are_readable_and_harmless(knowledge: str, readable: str) -> None:
    assert state_folder(Path(knowledge), Path("/s")).name[:-13] == readable


def test_nothing_is_created_by_naming(tmp_path: Path) -> None:
    state_folder(tmp_path / "k", state_home({"XDG_STATE_HOME": str(tmp_path)}))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o777])
def test_missing_folders_are_made_for_us_alone(tmp_path: Path, umask: int) -> None:
    before = stat.S_IMODE(tmp_path.stat().st_mode)
    old = os.umask(umask)
    try:
        made = private_folder(tmp_path / "state" / "pmbot" / "notes-0123456789ab")
    finally:
        os.umask(old)
    assert made.is_dir()
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in (made, made.parent, made.parent.parent)] == [0o700] * 3
    assert stat.S_IMODE(tmp_path.stat().st_mode) == before


def test_a_folder_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert private_folder(tmp_path) == tmp_path
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777])
def test_a_folder_that_others_can_write_to_is_refused(tmp_path: Path, mode: int) -> None:
    tmp_path.chmod(mode)
    with pytest.raises(StateError, match="chmod go-w"):
        private_folder(tmp_path)


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)
    with pytest.raises(StateError, match="belongs to another user"):
        private_folder(tmp_path)


@pytest.mark.parametrize("below", ["", "deeper", "deeper/still"])
def test_a_file_in_the_way_is_named(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StateError, match=r"file.*(not a folder|Not a directory|File exists)"):
        private_folder(tmp_path / "file" / below)


def test_a_dangling_link_is_named(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("nowhere")
    with pytest.raises(StateError, match="link"):
        private_folder(tmp_path / "link")


def test_a_link_to_a_folder_of_ours_is_followed(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to("disk")
    assert private_folder(tmp_path / "link" / "state").is_dir()
    assert (tmp_path / "disk" / "state").is_dir()


@pytest.mark.parametrize("name", ["x" * 300, "nul\0"])
def test_a_name_that_no_file_system_takes(tmp_path: Path, name: str) -> None:
    with pytest.raises(StateError, match="cannot make the folder"):
        private_folder(tmp_path / name)


def test_a_folder_that_cannot_be_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "mkdir", refuse)
    with pytest.raises(StateError, match=r"Permission denied.*XDG_STATE_HOME"):
        private_folder(tmp_path / "state")
