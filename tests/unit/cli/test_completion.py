"""Shell completion: bash is asked itself, zsh and fish where they are installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from pmbot.cli import main
from pmbot.cli.program import COMMANDS
from pmbot.cli.reference import commands, parameters
from tests.fakes_api import make_console


def script(shell: str) -> str:
    console = make_console()
    assert main(["completion", shell], console=console) == 0
    return str(console.stdout.getvalue())


def bash(line: list[str], folder: Path) -> set[str]:
    words = " ".join(f"'{word}'" for word in line)
    asked = f'{script("bash")}\nCOMP_WORDS=({words}); COMP_CWORD={len(line) - 1}; _pmbot; printf "%s\\n" "${{COMPREPLY[@]}}"'
    done = subprocess.run(["bash", "--norc", "-c", asked], capture_output=True, text=True, check=True, cwd=folder)
    assert done.stderr == ""
    return set(filter(None, done.stdout.splitlines()))


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_bash(tmp_path: Path) -> None:
    (tmp_path / "notes and more").mkdir()
    assert bash(["pmbot", ""], tmp_path) == {*COMMANDS, "--version", "-V", "--help", "-h"}
    assert bash(["pmbot", "comp"], tmp_path) == {"completion"}
    assert bash(["pmbot", "ask", "--js"], tmp_path) == {"--json", "--jsonl"}
    assert bash(["pmbot", "ask", "--knowledge", "no"], tmp_path) == {"notes and more"}
    assert bash(["pmbot", "init", "no"], tmp_path) == {"notes and more"}
    assert bash(["pmbot", "config", "s"], tmp_path) == {"show"}
    assert bash(["pmbot", "ask", "--doc", ""], tmp_path) == set()
    assert bash(["pmbot", "frob", ""], tmp_path) == set()


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_can_read_their_scripts(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"there is no {shell} here")
    path = tmp_path / "script"
    path.write_text(script(shell), encoding="utf-8")
    assert subprocess.run([shell, "-n", path], capture_output=True, text=True, check=False).stderr == ""


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_command_and_option_is_in_it(shell: str) -> None:
    shown = script(shell)
    for name, wanted in commands().items():
        assert name in shown
        for option in parameters(wanted):
            for long in (word for word in option.names if word.startswith("--")):
                assert (f"-l {long[2:]}" if shell == "fish" else long) in shown, (name, long)


def test_an_unknown_shell_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "csh"]) == 2
    assert "bash" in capsys.readouterr().err
