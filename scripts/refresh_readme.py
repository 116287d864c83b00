#!/usr/bin/env python3
"""Write what is generated in README.md and docs/: the transcript, the table of settings, the table of refusals.

A generated part stands between `<!-- begin NAME: … -->` and `<!-- end NAME -->`. The transcript asks what it asked before: its questions
are the lines that start with `> `.

With --check nothing is written: exit code 1 and a list on standard error when a part is not what the program says.
"""

from __future__ import annotations

import argparse
import inspect
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pmbot.answering.guards import GUARDS
from pmbot.answering.templates import Templates
from pmbot.config import Settings
from pmbot.errors import ConfigError
from pmbot.yamlfile import read_model

ROOT = Path(__file__).resolve().parent.parent
COMMENT = re.compile(r"^(?P<indent> *)(?P<key>\w+):[^#]*(?:#\s*(?P<comment>.*))?$")
BOUNDS = {"minimum": "from {}", "exclusiveMinimum": "above {}", "maximum": "to {}", "minLength": "not empty", "pattern": "like `{}`"}


def transcript(current: str) -> str:
    """Put the questions of `current` to a real `pmbot chat` through a pipe; returns what it prints, in a code block."""
    questions = [line.removeprefix("> ") for line in current.splitlines() if line.startswith("> ")]
    if not questions:
        raise SystemExit("README.md: the transcript has no question; give it lines that start with `> `")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PMBOT_")}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT / "src"), environment.get("PYTHONPATH"))))
    chat = subprocess.run(
        [sys.executable, "-m", "pmbot", "chat"],
        input="\n".join(questions) + "\n", cwd=ROOT, env=environment, capture_output=True, check=False, encoding="utf-8",
    )  # fmt: skip
    if chat.returncode or chat.stderr:
        raise SystemExit(f"pmbot chat ended with {chat.returncode}: {chat.stderr}")
    return f"```text\n{chat.stdout.rstrip()}\n```\n"


def settings(_current: str) -> str:
    """List every setting with its default and range as the models have them, and its comment in config/pmbot.yaml."""
    said = dict(_comments((ROOT / "config" / "pmbot.yaml").read_text(encoding="utf-8")))
    rows = ["| Setting | Default | Allowed | Meaning |", "|---|---|---|---|"]
    for name, (default, allowed) in fields().items():
        rows.append(f"| `{name}` | `{default}` | {allowed} | {said.get(name, '')} |")
    return "\n".join(rows) + "\n"


def fields() -> Mapping[str, tuple[str, str]]:
    """Give every setting, sections with a dot, with its default and its range in words."""
    schema = Settings.model_json_schema()
    defaults = Settings.model_construct().model_dump(mode="json")
    found: dict[str, tuple[str, str]] = {}
    for name, field in schema["properties"].items():
        if "$ref" not in field:
            found[name] = (str(defaults[name]), _allowed(field))
            continue
        section = schema["$defs"][field["$ref"].rpartition("/")[2]]
        for key, inner in section["properties"].items():
            found[f"{name}.{key}"] = (_shown(defaults[name][key]), _allowed(inner))
    return found


def _shown(default: object) -> str:
    if isinstance(default, (list, tuple)):
        return f"[{', '.join(map(str, default))}]"
    return "null" if default is None else str(default)


def _allowed(field: Mapping[str, Any]) -> str:
    kinds = [kind.get("type", "") for kind in field.get("anyOf", [field])]
    words = {"integer": "a whole number", "number": "a number", "string": "text", "array": "a list", "null": "null"}
    bounds = [text.format(_plain(field[name])) for name, text in BOUNDS.items() if name in field]
    return " ".join([" or ".join(words.get(kind, kind) for kind in kinds), *bounds])


def _plain(bound: object) -> object:
    return int(bound) if isinstance(bound, float) and bound.is_integer() else bound


def _comments(text: str) -> Iterator[tuple[str, str]]:
    """Find the comment beside each key, sections with a dot."""
    section = ""
    for line in text.splitlines():
        found = COMMENT.match(line)
        if not found:
            continue
        if not found["indent"]:
            section = found["key"]
        name = f"{section}.{found['key']}" if found["indent"] else found["key"]
        yield name, (found["comment"] or "").replace("|", "\\|")


def refusals(_current: str) -> str:
    """List the guards in their order with their words, then the other refusals."""
    refused = read_model(ROOT / "config" / "templates.en.yaml", Templates, error=ConfigError).refused
    rows = ["| Guard | Refuses when | Says |", "|---|---|---|"]
    guards = [guard.__name__ for guard in GUARDS]
    rows += [
        f"| `{guard.__name__}` | {_cell((inspect.getdoc(guard) or '').partition(chr(10))[0])} | {_cell(refused.get(guard.__name__, ''))} |"
        for guard in GUARDS
    ]
    rows += ["", "| Other reason | Says |", "|---|---|"]
    rows += [f"| `{name}` | {_cell(text)} |" for name, text in refused.items() if name not in guards]
    return "\n".join(rows) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


PARTS: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "transcript": ("README.md", transcript),
    "settings": ("docs/configuration.md", settings),
    "refusals": ("docs/answering.md", refusals),
}


def parted(name: str) -> tuple[Path, str, str, str]:
    """Give the file of a generated part, and its text before, within and after the markers."""
    path = ROOT / PARTS[name][0]
    text = path.read_text(encoding="utf-8")
    begin = re.search(rf"^<!-- begin {name}:.*-->\n", text, re.MULTILINE)
    end = text.find(f"<!-- end {name} -->", begin.end() if begin else 0)
    if begin is None or end < 0:
        raise SystemExit(f"{PARTS[name][0]}: the markers `<!-- begin {name}: … -->` and `<!-- end {name} -->` are missing; put them back")
    return path, text[: begin.end()], text[begin.end() : end], text[end:]


def stale() -> list[str]:
    """Name the parts that are not what the program says."""
    return [name for name, (_, make) in PARTS.items() if (now := parted(name)[2]) != make(now)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check; the result is the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing, say what is not up to date")
    if parser.parse_args(arguments).check:
        old = stale()
        for name in old:
            print(f"{PARTS[name][0]}: the {name} are not what pmbot says; run scripts/refresh_readme.py", file=sys.stderr)
        return 1 if old else 0
    for name, (_, make) in PARTS.items():
        path, before, now, after = parted(name)
        path.write_text(before + make(now) + after, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
