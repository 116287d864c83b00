"""Check what the documents say against what is there: links lead somewhere, `make` targets and quoted paths exist.

Looks at the Markdown files of the repository (knowledge/ and tests/ are data). Ends with 1 and `file:line: what` for each fault.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"\[[^\]\n]*\]\(([^()\s]+)\)")
MAKE = re.compile(r"(?:^\s*(?:\$ )?|`)make ([a-z][a-z-]*)")
QUOTED_PATH = re.compile(r"`((?:src|config|tests|docs|scripts|requirements|knowledge)/[\w./-]+)`")
TARGET = re.compile(r"^([a-z][a-z-]*):", re.MULTILINE)


def documents() -> list[Path]:
    """List the Markdown files at the top and below docs/."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def anchors(path: Path) -> set[str]:
    """Name what the headings of a Markdown file are linked by: lower case, blanks to hyphens, no punctuation."""
    headings = re.findall(r"^#+\s+(.+?)\s*$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def link_fault(document: Path, link: str) -> str | None:
    """Say what is wrong with a link, or None. Links to the web are not followed."""
    if re.match(r"[a-z]+:", link):
        return None
    name, _, anchor = link.partition("#")
    target = (document.parent / name) if name else document
    if not target.exists():
        return f"the link leads nowhere: {link}"
    if anchor and target.suffix == ".md" and anchor not in anchors(target):
        return f"no heading for the link: {link}"
    return None


def faults(document: Path, targets: set[str]) -> Iterator[str]:
    """Find every fault of one document, as `file:line: what`."""
    in_code = False
    for number, line in enumerate(document.read_text(encoding="utf-8").splitlines(), 1):
        where = f"{document.relative_to(ROOT)}:{number}: "
        if line.lstrip().startswith("```"):
            in_code = not in_code
            continue
        if not in_code:
            yield from (where + fault for link in LINK.findall(line) if (fault := link_fault(document, link)))
            yield from (where + f"no such file: {name}" for name in QUOTED_PATH.findall(line) if not (ROOT / name).exists())
        yield from (where + f"no such target: make {name}" for name in MAKE.findall(line) if name not in targets)


def main() -> int:
    """Check every document; returns the exit code."""
    targets = set(TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
    found = [fault for document in documents() for fault in faults(document, targets)]
    for fault in found:
        print(fault)
    print(f"docs: {len(documents())} files, {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
