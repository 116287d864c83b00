"""The doctor: right when all is right, and with advice when something is not."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pmbot import KnowledgeBase
from pmbot.cli import checkup, main
from pmbot.corpus.sandbox import SandboxStatus
from tests.fakes_api import make_console

ROOT = Path(__file__).resolve().parents[3]
TOKEN = f"1234567890:{'A' * 35}"


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "a.txt").write_text("The bridge was opened in 1999.", encoding="utf-8")


def examined(code: int = 0, environ: dict[str, str] | None = None) -> dict[str, Any]:
    console = make_console(environ={"HOME": str(Path.cwd()), **(environ or {})})
    assert main(["doctor", "--json"], console=console) == code, console.stdout.getvalue()
    return {check["name"]: check for check in json.loads(console.stdout.getvalue())["checks"]}


def test_all_is_well() -> None:
    found = examined()
    # How much of the sandbox holds depends on the machine.
    assert {check["state"] for name, check in found.items() if name != "Sandbox"} <= {"ok", "off"}
    assert found["Knowledge"]["found"] == "knowledge: 1 document"
    assert found["Index"]["found"] == "not made yet"


def test_what_it_says_to_people() -> None:
    console = make_console(environ={"HOME": str(Path.cwd())})
    assert main(["doctor"], console=console) == 0
    lines = console.stdout.getvalue().splitlines()
    assert re.fullmatch(r"ok +Python +3\.\d+\.\d+\S* \(\w+\)", lines[0])
    assert lines[-1].strip().startswith("only for the Telegram bot: ")


def test_every_dependency_is_looked_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    def names(requirements: list[str]) -> set[str]:
        return {re.split(r"[<>=\[;]", requirement)[0].lower() for requirement in requirements}

    assert names(project["dependencies"]) == {package.lower() for package in checkup.PACKAGES}
    extras = {name: names(packages) for name, packages in project["optional-dependencies"].items() if name != "all"}
    assert extras == {name: {package.lower() for package in packages} for name, (_, packages) in checkup.EXTRAS.items()}


def test_a_missing_package_fails_and_a_missing_extra_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(checkup.PACKAGES, "frobnicate", "frobnicate")
    monkeypatch.setitem(checkup.EXTRAS, "frob", ("frobbing", {"frobs": "frobs.inner"}))  # type: ignore[misc]
    found = examined(1)
    assert found["Packages"]["state"] == "failed"
    assert "frobnicate" in found["Packages"]["found"]
    assert found["Extra frob"]["state"] == "off"
    assert "pip install 'pmbot[frob]'" in found["Extra frob"]["advice"]


def test_wrong_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PMBOT_KNOWLEGE", "x")
    found = examined(1)
    assert found["Settings"]["state"] == "failed"
    assert "PMBOT_KNOWLEDGE" in found["Settings"]["found"]
    assert "Knowledge" not in found


def test_no_documents() -> None:
    shutil.rmtree("knowledge")
    found = examined(1)
    assert "pmbot init" in found["Knowledge"]["advice"]
    assert found["Index"]["state"] == "off"
    Path("knowledge").mkdir()
    assert ".txt" in examined(1)["Knowledge"]["advice"]


def test_other_files_are_counted() -> None:
    Path("knowledge/b.xyz").write_text("x", encoding="utf-8")
    assert examined()["Knowledge"]["found"] == "knowledge: 1 document; not searched: 1 other file (`pmbot docs` names them)"


def test_the_index_fresh_and_old_and_damaged() -> None:
    KnowledgeBase.load()
    assert examined()["Index"]["found"] == "fresh, 1 file"
    Path("knowledge/b.txt").write_text("More was built.", encoding="utf-8")
    assert examined()["Index"]["found"] == "older than the documents: 1 file to read"
    stored = next(Path.home().rglob("index.pmbot"))
    stored.write_bytes(b"no index")
    assert examined()["Index"]["state"] == "warning"


@pytest.mark.parametrize(
    ("environ", "state", "code"),
    [
        ({}, "off", 0),
        ({"PMBOT_TELEGRAM_TOKEN": TOKEN}, "ok", 0),
        ({"PMBOT_TELEGRAM_TOKEN": "hush:hush"}, "failed", 1),
        ({"PMBOT_TELEGRAM_TOKEN_FILE": "token"}, "ok", 0),
        ({"PMBOT_TELEGRAM_TOKEN_FILE": "none"}, "failed", 1),
        ({"PMBOT_TELEGRAM_TOKEN": TOKEN, "PMBOT_TELEGRAM_TOKEN_FILE": "token"}, "failed", 1),
    ],
)
def test_the_token_is_judged_and_never_shown(environ: dict[str, str], state: str, code: int) -> None:
    Path("token").write_text(f"{TOKEN}\n", encoding="utf-8")
    found = examined(code, environ)
    assert found["Telegram"]["state"] == state
    assert TOKEN not in json.dumps(found)
    assert "hush" not in json.dumps(found)


@pytest.mark.parametrize(("free", "state"), [(10**6, "failed"), (10**8, "warning"), (10**10, "ok")])
def test_the_room_on_the_disk(free: int, state: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkup.shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    assert examined(int(state == "failed"))["Disk"]["state"] == state


def test_a_state_folder_that_cannot_be_written() -> None:
    Path("file").write_text("", encoding="utf-8")
    found = list(checkup.state({"XDG_STATE_HOME": str(Path("file").resolve())}))
    assert found[0].state is checkup.State.FAILED
    assert "XDG_STATE_HOME" in (found[0].advice or "")


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (SandboxStatus(works=True, memory_limited=True, time_limited=True, files_refused=True, network_cut=True), "ok"),
        (SandboxStatus(works=True, memory_limited=True, time_limited=True, files_refused=True), "warning"),
        (SandboxStatus(works=False, problem="no more processes"), "warning"),
    ],
)
def test_the_sandbox(status: SandboxStatus, state: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pmbot.corpus.sandbox.sandbox_status", lambda: status)
    found = checkup.sandbox()
    assert (found.state.value, found.found) == (state, str(status))
    assert bool(found.advice) is (state == "warning")
