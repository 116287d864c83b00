"""README.md and docs/ say what is true: every example is run, every name that they mention is looked up."""

from __future__ import annotations

import importlib.util
import io
import re
import shlex
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from pmbot import errors
from pmbot.cli.console import Console
from pmbot.cli.program import COMMANDS, run
from pmbot.config import ENV_PREFIX, Settings, load_configuration
from pmbot.errors import ConfigError, QuestionSetError
from pmbot.evaluation import run_case
from pmbot.models import QuestionType, Status
from pmbot.questionset.models import Checks, QuestionCase, QuestionSet, Turn
from pmbot.yamlfile import parse_model, read_yaml

if TYPE_CHECKING:
    from pmbot.api import KnowledgeBase

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
PAGES = [README, *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PRINTED = re.compile(r"^ *print\(.*\)  # (.*)$", re.MULTILINE)
TELEGRAM = ("TOKEN", "TOKEN_FILE", "WEBHOOK_SECRET", "WEBHOOK_SECRET_FILE", "ACCESS", "BASE_URL")
NOT_SETTINGS = {"PMBOT_CONFIG", *(f"PMBOT_TELEGRAM_{name}" for name in TELEGRAM)}


def blocks(page: Path, language: str) -> list[str]:
    return [body for found, body in BLOCK.findall(page.read_text(encoding="utf-8")) if found == language]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("refresh_readme", ROOT / "scripts" / "refresh_readme.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    from pmbot import KnowledgeBase

    return KnowledgeBase.load(ROOT / "knowledge")


def setting_names() -> set[str]:
    found = read_yaml(ROOT / "config" / "pmbot.yaml", error=ConfigError).data
    return {name for key, value in found.items() for name in ([f"{key}.{inner}" for inner in value] if isinstance(value, dict) else [key])}


# What is generated


@pytest.mark.parametrize("part", ["transcript", "settings", "refusals"])
def test_generated_parts_are_current(part: str, script: ModuleType) -> None:
    now = script.parted(part)[2]
    assert now == script.PARTS[part][1](now), "run: python scripts/refresh_readme.py"


def test_the_transcript_shows_what_the_readme_promises(script: ModuleType) -> None:
    shown = script.parted("transcript")[2]
    for wanted in (
        "\n€130 million [1]\n",
        "Dong-A ST, Kolmar Korea, and Prestige Bio",
        "> What is PMNET?",
        "never mention “France”",
        "(reading this as: ",
        "Closest, not an answer:",
    ):
        assert wanted in shown


def test_a_stale_part_is_told_and_written(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, (page, _) in script.PARTS.items():
        (tmp_path / page).parent.mkdir(exist_ok=True)
        (tmp_path / page).write_text(f"before\n<!-- begin {name}: by a test -->\nold\n<!-- end {name} -->\nafter\n", encoding="utf-8")
    monkeypatch.setattr(script, "ROOT", tmp_path)
    monkeypatch.setattr(script, "PARTS", {name: (page, lambda _: "new\n") for name, (page, _) in script.PARTS.items()})
    assert script.main(["--check"]) == 1
    assert capsys.readouterr().err.count("run scripts/refresh_readme.py") == 3
    assert script.main([]) == 0
    assert script.main(["--check"]) == 0
    text = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert text == "before\n<!-- begin transcript: by a test -->\nnew\n<!-- end transcript -->\nafter\n"


def test_lost_markers_are_told(script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "README.md").write_text("no markers", encoding="utf-8")
    monkeypatch.setattr(script, "ROOT", tmp_path)
    with pytest.raises(SystemExit, match="markers"):
        script.parted("transcript")
    with pytest.raises(SystemExit, match="no question"):
        script.transcript("")


# Examples


def python_blocks() -> Iterator[Any]:
    for page in PAGES:
        for number, code in enumerate(blocks(page, "python"), 1):
            yield pytest.param(code, id=f"{page.stem}-{number}")


@pytest.mark.parametrize("code", list(python_blocks()))
def test_python_runs_and_prints_what_its_comments_say(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(code, "README.md", "exec"), {"__name__": "example"})
    assert printed.getvalue().splitlines() == PRINTED.findall(code)


def test_the_readme_proves_a_quote_and_uses_the_api() -> None:
    proof, use = blocks(README, "python")
    assert len(proof.splitlines()) == 6
    assert "c.span.start : c.span.end] == c.quote" in proof
    assert use.count("print(") == len(PRINTED.findall(use)) >= 3


def commands() -> Iterator[Any]:
    """Every `pmbot …` in code, as the words of its command line."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        lines = [line for body in blocks(page, "sh") for line in body.splitlines()]
        prose = BLOCK.sub("", text).replace("\\|", "|").splitlines()
        lines += [code for line in prose for code in re.findall(r"`([^`]+)`", line) if not code.startswith("document.")]
        for line in lines:
            for part in re.findall(r"(?:^|[\s/])pmbot ([^|<>;]+)", line):
                yield pytest.param(shlex.split(part, comments=True), id=f"{page.stem}: {part.strip()}")


@pytest.mark.parametrize("words", list(commands()))
def test_commands_and_options_exist(words: list[str]) -> None:
    command, *rest = words
    assert command in COMMANDS
    output = io.StringIO()
    with redirect_stdout(output):
        assert run([command, "--help"], console=Console(io.StringIO(), output, io.StringIO(), {})) == 0
    options = [word for word in rest if word.startswith("--")]
    assert [option for option in options if not re.search(rf"^ *{option}\b", output.getvalue(), re.MULTILINE)] == []


# Names


def test_settings_exist() -> None:
    names = setting_names()
    sections = {name.partition(".")[0] for name in names if "." in name}
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        dotted = {
            name
            for name in re.findall(rf"\b((?:{'|'.join(sections)})\.[a-z_]+)\b(?!\.)", text)
            if not name.endswith((".md", ".py", ".yaml", ".pmbot", ".lock"))
        }
        variables = set(re.findall(rf"\b{ENV_PREFIX}[A-Z_]+\b", text)) - NOT_SETTINGS
        assert dotted - names == set(), page.name
        assert {name.removeprefix(ENV_PREFIX).lower().replace("__", ".") for name in variables} - names == set(), page.name


def test_the_settings_file_holds_every_setting_with_its_default(script: ModuleType) -> None:
    assert setting_names() == set(script.fields())
    assert load_configuration(ROOT / "config" / "pmbot.yaml").settings == Settings.model_construct()


def test_settings_in_examples_are_right(tmp_path: Path) -> None:
    (example,) = blocks(ROOT / "docs" / "configuration.md", "yaml")
    (tmp_path / "notes.yaml").write_text(example, encoding="utf-8")
    assert str(load_configuration(tmp_path / "notes.yaml").settings.knowledge) == "notes"


def test_listed_word_lists_exist() -> None:
    listed = set(
        re.findall(r"^\| `([\w.-]+\.(?:txt|yaml|json))` \|", (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    there = {path.name for path in (ROOT / "config").iterdir()} - {"pmbot.yaml"}
    english = {name for name in there if not re.search(r"\.(?:lv|ru)\.", name)}
    assert listed - {"synonyms.en.txt", "language.lv.txt"} == english - {"synonyms.en.txt"}
    assert "language.lv.txt" in there


def test_exit_codes_are_those_of_the_errors() -> None:
    rows = dict(re.findall(r"^\| (\d)\S* \| (.*) \|$", README.read_text(encoding="utf-8"), re.MULTILINE))
    told = {name: int(code) for code, row in rows.items() for name in re.findall(r"`(\w+(?:Error|Unavailable))`", row)}
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.PmbotError)]
    assert told == {kind.__name__: kind.exit_code for kind in kinds if "exit_code" in vars(kind)}


def test_other_exit_codes_are_those_of_the_program() -> None:
    from pmbot.cli import program

    assert f"| {program._INTERRUPTED}, {program._READER_GONE} | Ctrl-C; " in README.read_text(encoding="utf-8")


def test_the_readme_is_short_and_honest() -> None:
    text = README.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 200
    assert (ROOT / "src" / "pmbot" / "interfaces" / "telegram").exists() or "planned, not there yet" in text


# How it decides


def kind_rows() -> list[tuple[str, str]]:
    return re.findall(
        r"^\| `(\w+)` \| ([^|{}]+) \| [^|]+ \|$",
        (ROOT / "docs" / "answering.md").read_text(encoding="utf-8").split("## Ranking")[0],
        re.MULTILINE,
    )


def test_every_kind_of_question_and_status_is_explained() -> None:
    assert [kind for kind, _ in kind_rows()] == [kind.value for kind in QuestionType]
    text = (ROOT / "docs" / "answering.md").read_text(encoding="utf-8")
    assert [status.value for status in Status if f"| `{status.value}` |" not in text] == []


@pytest.mark.parametrize(("kind", "question"), kind_rows())
def test_example_questions_are_read_as_their_kind(kind: str, question: str, knowledge: KnowledgeBase) -> None:
    assert knowledge.trace(question).reading.type.value == kind


# Question sets


@pytest.fixture(scope="module")
def example_set() -> QuestionSet:
    (text,) = blocks(ROOT / "docs" / "question-sets.md", "yaml")
    return parse_model(text, QuestionSet, error=QuestionSetError, where="docs/question-sets.md")


def test_the_example_set_uses_every_field(example_set: QuestionSet) -> None:
    used = example_set.model_fields_set.union(*(case.model_fields_set for case in example_set.cases))
    assert used == {*QuestionSet.model_fields, *QuestionCase.model_fields}
    assert set(Checks.model_fields) < set(Turn.model_fields) < used


def test_the_example_set_tells_the_truth(example_set: QuestionSet, knowledge: KnowledgeBase) -> None:
    documents = {document.doc_id: document for document in knowledge.documents}
    results = [run_case(case, lambda text, history: knowledge.trace(text, history=history), documents) for case in example_set.cases]
    assert {result.id: result.failures for result in results if result.passed == bool(result.xfail)} == {}
