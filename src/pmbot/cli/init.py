"""`pmbot init`: a project to start from."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pmbot.cli.options import Options, UsageError
from pmbot.rendering.sanitize import visible_line

if TYPE_CHECKING:
    from pmbot.cli.console import Console
    from pmbot.cli.knowledge import Loader

HELP = """Make a project to start from.

Writes a folder for documents with a short sample in it, a settings file with comments, and questions to check the answers by.
Never overwrites: when one of the files is already there, nothing is written.

\b
  pmbot init my-bot && cd my-bot && pmbot chat
  pmbot init my-bot --knowledge ~/Documents/handbook
"""

_SAMPLE = ("knowledge", "questions")
_SETTING = "knowledge: knowledge"


@dataclass(frozen=True, kw_only=True)
class InitOptions(Options):
    """The options of `pmbot init`."""

    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the project; made when it is not there.")]
    knowledge: Annotated[
        Path | None, typer.Option(metavar="PATH", help="Folder of your documents. The project then points to it and holds no sample.")
    ] = None


def run(options: InitOptions, load: Loader, console: Console) -> int:  # noqa: ARG001 - a command takes a loader; this one reads no documents
    """Write the files of the starter project; 0."""
    wanted = dict(_starter(options.knowledge))
    there = [name for name in wanted if (options.folder / name).exists()]
    if there:
        names = ", ".join(visible_line(str(options.folder / name)) for name in there)
        raise UsageError(f"{names}: already there, so nothing was written; choose another folder")
    for name, text in wanted.items():
        _write(options.folder / name, text)
        console.stdout.write(f"wrote {visible_line(str(options.folder / name))}\n")
    console.stdout.write(f"\nNext:\n{_next_steps(options)}")
    return 0


def _starter(knowledge: Path | None) -> Iterator[tuple[str, str]]:
    """Yield path and text of every file; without the sample where the documents are elsewhere."""
    from pmbot.questionset.schema import SCHEMA_FILE, question_set_schema

    for name, source in _below(files("pmbot.cli") / "starter", ""):
        text = source.read_text(encoding="utf-8")
        if knowledge is None:
            yield name, text
        elif not name.startswith(_SAMPLE):
            yield name, _pointed(text, _existing(knowledge)) if name.endswith(".yaml") else _without_sample(text)
    if knowledge is None:
        yield f"questions/{SCHEMA_FILE}", question_set_schema()


def _below(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda found: found.name):
        if entry.is_dir():
            yield from _below(entry, f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name, entry


def _existing(knowledge: Path) -> Path:
    if not knowledge.exists():
        raise UsageError(f"--knowledge {visible_line(str(knowledge))}: there is no such folder or file")
    return knowledge.resolve()


def _pointed(settings: str, knowledge: Path) -> str:
    try:
        written = json.dumps(str(knowledge.resolve()), ensure_ascii=False)
        written.encode("utf-8")
    except UnicodeEncodeError:
        raise UsageError(f"--knowledge {visible_line(str(knowledge))}: the name is not valid Unicode; rename the folder") from None
    return settings.replace(_SETTING, f"knowledge: {written}", 1)


def _without_sample(readme: str) -> str:
    return "".join(line for line in readme.splitlines(keepends=True) if not any(f"{name}/" in line for name in _SAMPLE))


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise UsageError(f"{visible_line(str(path))}: cannot be written: {error.strerror}; choose another folder") from error


def _next_steps(options: InitOptions) -> str:
    folder = visible_line(shlex.quote(str(options.folder)))
    steps = [] if options.folder.resolve() == Path.cwd() else [f"  cd {folder}"]
    steps.append("  pmbot chat                  talk with the documents")
    if options.knowledge is None:
        steps.append("  pmbot test                  check the answers to the sample questions")
        steps.append("  put your own documents (text, Markdown, HTML, PDF, Word, …) into knowledge/")
    return "".join(f"{step}\n" for step in steps)
