"""`pmbot doctor`: whether everything is as it should be."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from pmbot.cli.options import KnowledgeOptions

if TYPE_CHECKING:
    from pmbot.cli.checkup import Check
    from pmbot.cli.console import Console
    from pmbot.cli.knowledge import Loader
    from pmbot.rendering.page import Page

HELP = """Check the installation and say what to do.

Looks at Python, the libraries, the settings, the documents, the index, the disk, the encoding, and whether a Telegram token has the right
form; --online also asks Telegram whose token it is. Every line that is not right says what to do. Nothing is changed, and secrets
are not shown.

\b
  pmbot doctor
  pmbot doctor --online
  pmbot doctor --json | jq '.checks[] | select(.state == "failed")'

Ends with 1 when a check failed.
"""


@dataclass(frozen=True, kw_only=True)
class DoctorOptions(KnowledgeOptions):
    """The options of `pmbot doctor`."""

    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
    online: Annotated[bool, typer.Option("--online", help="Also ask Telegram whether it knows the token.")] = False


def run(options: DoctorOptions, load: Loader, console: Console) -> int:  # noqa: ARG001 - a loader that fails is what is looked for
    """Examine and report; 0, or 1 when a check failed."""
    from pmbot.cli.checkup import Patient, State, checks

    found = tuple(checks(Patient(options.knowledge, options.config, console.environ, console.stdout, options.online)))
    if options.json:
        console.write(_json(found))
    else:
        console.screen.show(_page(found))
    return 1 if any(check.state is State.FAILED for check in found) else 0


def _page(found: Sequence[Check]) -> Page:
    from pmbot.rendering.page import Ink, Paragraph, Run, line
    from pmbot.rendering.sanitize import visible_line

    states = max(len(check.state) for check in found) + 2
    margin = states + max(len(check.name) for check in found) + 2
    inks = {"failed": Ink.REFUSAL, "warning": Ink.REFUSAL, "off": Ink.NOTE}
    page = []
    for check in found:
        state = Run(check.state.ljust(states), inks.get(check.state, Ink.LABEL))
        shown = Run("; ".join(map(visible_line, check.found.splitlines())))
        page.append(Paragraph((state, Run(check.name.ljust(margin - states)), shown), hang=margin))
        if check.advice:
            page.append(line(check.advice, Ink.NOTE, indent=margin, hang=2))
    return tuple(page)


def _json(found: Sequence[Check]) -> str:
    from pmbot.rendering.sanitize import harmless_json

    checks = [{"name": check.name, "state": check.state, "found": check.found, "advice": check.advice} for check in found]
    return harmless_json(json.dumps({"schema": "pmbot.doctor/1", "checks": checks}, ensure_ascii=False, indent=2)) + "\n"
