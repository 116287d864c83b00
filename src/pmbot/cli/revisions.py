"""The state of files at a revision of git, laid out in a folder. git is run without a shell, and names are never options."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from collections.abc import Sequence
from pathlib import Path

from pmbot.cli.options import UsageError
from pmbot.rendering.sanitize import visible_line


class Revision:
    """A commit of the repository that `here` lies in; UsageError when there is no such thing."""

    def __init__(self, name: str, here: Path) -> None:
        self._here, self._name = here, visible_line(name)
        self.top = Path(os.path.realpath(os.fsdecode(_git(here, "rev-parse", "--show-toplevel")[:-1])))
        if name.startswith("-") or "\0" in name:
            raise UsageError(f"{self._name}: is no revision of git")
        try:
            self._commit = _git(here, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}").decode("ascii").strip()
        except UsageError:
            raise UsageError(f"{self._name}: is neither a folder nor a revision that git knows here") from None

    def lay_out(self, paths: Sequence[Path], folder: Path) -> None:
        """Write the files at or below each of `paths`, as they were, below `folder`; what was not there then is left out."""
        for path in paths:
            if self._has(path):
                archive = _git(self.top, "--literal-pathspecs", "archive", "--format=tar", self._commit, "--", self.within(path).as_posix())
                with tarfile.open(fileobj=io.BytesIO(archive)) as files:
                    files.extractall(folder, filter="data")

    def within(self, path: Path) -> Path:
        """The way from the top of the repository to `path`; UsageError when it lies outside."""
        real = Path(os.path.realpath(path))
        if not real.is_relative_to(self.top):
            raise UsageError(f"{visible_line(str(path))}: lies outside the repository {self.top}, so there is no older state of it")
        return real.relative_to(self.top)

    def _has(self, path: Path) -> bool:
        inside = self.within(path).as_posix()
        return inside == "." or bool(_git(self.top, "--literal-pathspecs", "ls-tree", "-z", "--name-only", self._commit, "--", inside))


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)  # noqa: S603, S607 - git of the PATH, no shell
    except FileNotFoundError:
        raise UsageError("git is not installed; compare with a folder instead") from None
    if done.returncode:
        said = visible_line(done.stderr.decode("utf-8", "replace").strip().splitlines()[0] if done.stderr.strip() else "it failed")
        raise UsageError(f"git {arguments[0]}: {said}")
    return done.stdout
