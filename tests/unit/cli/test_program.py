"""The command line as a whole: help, usage errors, exit codes, what becomes of errors."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import get_type_hints

import pytest

import pmbot
from pmbot.cli import main
from pmbot.cli.program import COMMANDS, apologise, command
from pmbot.errors import ConfigError, CorpusError, PmbotError, ProofError
from tests.fakes_api import FakeKnowledge, FakeSkipped, fake_load, make_console


def raising(error: BaseException) -> Callable[[Path | None, Path | None], FakeKnowledge]:
    def load(_knowledge: Path | None, _config: Path | None) -> FakeKnowledge:
        raise error

    return load


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"pmbot {pmbot.__version__}\n"
    console = make_console()
    assert main(["-V"], console=console) == 0


def test_the_version_needs_no_library() -> None:
    code = (
        "import sys; from pmbot.cli import main; main(['--version']);"
        "print([m for m in ('typer','pydantic','rich','nltk') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[1] == "[]"


def test_plain_output_needs_no_rich_and_no_prompt() -> None:
    code = (
        "import sys; from pmbot.cli import main; from tests.fakes_api import fake_load; main(['ask', 'trade?'], load=fake_load);"
        "print([m for m in ('rich','prompt_toolkit','nltk','rapidfuzz') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"]])
def test_help(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_help_and_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    shown = capsys.readouterr().out
    assert f"pmbot {name}" in shown.partition("\n")[2]
    hints = get_type_hints(command(name).options, include_extras=True)
    for field in fields(command(name).options):
        assert hints[field.name].__metadata__[0].help, field.name


@pytest.mark.parametrize("arguments", [["frob"], ["ask", "--jsno"], ["chat", "extra"], ["docs", "--text"], ["--nonsense"]])
def test_wrong_usage_is_2_and_on_standard_error(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments, load=fake_load) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Error: " in shown.err


def test_a_question_without_a_command_is_told_the_command() -> None:
    console = make_console()
    assert main(["How much was the trade?"], load=fake_load, console=console) == 2
    assert 'pmbot ask "…"' in console.stderr.getvalue()


@pytest.mark.parametrize("error", [PmbotError("a"), ConfigError("b"), CorpusError("c\x1b"), ProofError("d")])
@pytest.mark.parametrize("arguments", [["ask", "x"], ["ask", "--jsonl", "-"], ["chat"], ["docs"]])
def test_errors_end_with_their_code(error: PmbotError, arguments: list[str]) -> None:
    console = make_console()
    assert main(arguments, load=raising(error), console=console) == error.exit_code
    assert console.stderr.getvalue() == f"pmbot: {error}\n".replace("\x1b", "␛")
    assert console.stdout.getvalue() == ""


def test_ctrl_c_is_130() -> None:
    assert main(["ask", "x"], load=raising(KeyboardInterrupt()), console=make_console()) == 130


class Gone(io.StringIO):
    error: OSError = BrokenPipeError(32, "Broken pipe")

    def write(self, text: str) -> int:
        raise self.error


def test_a_reader_that_has_gone_is_141_and_quiet() -> None:
    console = replace(make_console(), stdout=Gone())
    assert main(["ask", "trade?"], load=fake_load, console=console) == 141
    assert console.stderr.getvalue() == ""


def test_a_full_disk_is_1_and_said() -> None:
    stdout = Gone()
    stdout.error = OSError(28, "No space left on device")
    console = replace(make_console(), stdout=stdout)
    assert main(["ask", "trade?"], load=fake_load, console=console) == 1
    assert console.stderr.getvalue() == "pmbot: cannot read or write: No space left on device\n"


@pytest.mark.parametrize("arguments", [["ask", "trade?"], ["ask", "--jsonl", "-"], ["chat"], ["docs"]])
def test_skipped_files_are_told_on_standard_error_ten_at_most(arguments: list[str]) -> None:
    console = make_console()
    skipped = [FakeSkipped(f"{number}\x1b.pdf", "not a format we read") for number in range(12)]
    assert main(arguments, load=lambda *_: FakeKnowledge(skipped), console=console) == 0
    lines = console.stderr.getvalue().splitlines()
    assert lines[0] == "pmbot: skipped 0␛.pdf: not a format we read"
    assert len(lines) == 11
    assert "2 more files" in lines[10]


def test_options_reach_the_loader() -> None:
    seen: list[tuple[Path | None, Path | None]] = []

    def load(knowledge: Path | None, config: Path | None) -> FakeKnowledge:
        seen.append((knowledge, config))
        return FakeKnowledge()

    main(["docs", "--knowledge", "a", "--config", "b.yaml"], load=load, console=make_console())
    main(["docs"], load=load, console=make_console())
    assert seen == [(Path("a"), Path("b.yaml")), (None, None)]


def test_the_process_apologises_too_unless_in_development_mode() -> None:
    code = "import sys; from pmbot.cli import main\ndef load(*_): return 1 / 0\nsys.argv[1:] = ['docs']; sys.exit(main(load=load))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("pmbot: sorry")
    assert "ZeroDivisionError" in done.stderr
    assert "Traceback" not in done.stderr
    done = subprocess.run([sys.executable, "-X", "dev", "-c", code], capture_output=True, text=True, check=False)
    assert "Traceback" in done.stderr


def test_a_mistake_of_ours_is_an_apology_without_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ZeroDivisionError) as raised:
        raise ZeroDivisionError("by \x1bzero")
    apologise(raised.type, raised.value, raised.tb)
    shown = capsys.readouterr().err
    assert shown.startswith("pmbot: sorry, this is a mistake in pmbot")
    assert "ZeroDivisionError: by ␛zero (test_program.py:" in shown
    assert "Traceback" not in shown
