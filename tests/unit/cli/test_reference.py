"""Every command and option has help, is in the reference, and the reference is what the commands say."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from pmbot.cli.program import COMMANDS, command
from pmbot.cli.reference import parameters, summary
from pmbot.interfaces.repl.loop import terminal_registry

ROOT = Path(__file__).resolve().parents[3]
REFERENCE = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def section(name: str) -> str:
    return REFERENCE.partition(f"\n## pmbot {name}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_an_example_and_documentation(name: str) -> None:
    wanted = command(name)
    assert 10 < len(summary(wanted)) < 120
    assert summary(wanted).endswith(".")
    assert re.search(rf"(?m)^  .*pmbot {name}\b", wanted.help), "no example"
    assert f"pmbot {name}" in section(name)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_help_and_documentation(name: str) -> None:
    for parameter in parameters(command(name)):
        assert len(parameter.help) > 5, parameter
        assert parameter.help.endswith((".", "?")), parameter
        assert (parameter.names[0] if parameter.names else parameter.value or "?").replace("|", "\\|") in section(name), parameter


def test_every_chat_command_is_documented() -> None:
    chat = REFERENCE.partition("## In a conversation")[2]
    assert [f":{c.name}" for c in terminal_registry().commands if f"`:{c.name}" not in chat] == []


def test_the_reference_is_what_the_commands_say() -> None:
    done = subprocess.run([sys.executable, ROOT / "scripts" / "write_commands.py", "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_options_are_read_as_typer_reads_them() -> None:
    found = {p.names or p.value: p for p in parameters(command("ask"))}
    assert found["--json",].value is None
    assert found["--knowledge",].is_path
    assert found["--jsonl",].is_path
    assert found["QUESTION"].repeats
    assert not found["QUESTION"].required
    assert ("--record", "--no-record") in {p.names for p in parameters(command("chat"))}
    assert next(parameters(command("completion"))).choices == ("bash", "zsh", "fish")


def test_importing_the_program_imports_no_command() -> None:
    code = f"import sys; import pmbot.cli.program; print([m for m in {list(COMMANDS.values())} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_help_needs_no_heavy_library() -> None:
    code = "import sys; from pmbot.cli import main; main(['--help']); print([m for m in {} if m in sys.modules])"
    heavy = ("pydantic", "numpy", "nltk", "rapidfuzz", "prompt_toolkit", "ruamel")
    done = subprocess.run([sys.executable, "-c", code.replace("{}", str(heavy))], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
