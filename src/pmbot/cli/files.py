"""Files that commands write because they were asked to."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pmbot.cli.options import UsageError

if TYPE_CHECKING:
    from pmbot.cli.console import Console


def write_file(path: Path, text: str, console: Console) -> None:
    """Write `text` (UTF-8) to `path`, or to standard output for `-`; readers see the old file or the whole new one.

    UsageError when that is impossible.
    """
    if str(path) == "-":
        console.write(text)
        return
    try:
        replace_file(path, text)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror or error}") from error


def replace_file(path: Path, text: str) -> None:
    """Write beside `path`, flush to the disk, and rename over it; a link is followed, so that it stays one."""
    target = Path(os.path.realpath(path))
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
    try:
        with open(descriptor, "w", encoding="utf-8", errors="backslashreplace", newline="") as file:  # noqa: PTH123 - a descriptor has no path
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        Path(name).replace(target)
    except BaseException:  # whatever stopped us, no half-written file is left lying about
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
