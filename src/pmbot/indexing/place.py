"""The folder that an index is kept in."""

from __future__ import annotations

import os
from pathlib import Path

from pmbot.errors import StateError
from pmbot.indexing.indexer import Listener
from pmbot.indexing.params import IndexParams
from pmbot.storage.places import private_folder, state_folder, state_home


def index_folder(root: Path, params: IndexParams, given: Path | None, listener: Listener) -> Path | None:
    """The folder that the index of `root` is kept in; None when it is not kept. Only a folder that was asked for must work."""
    if not root.exists():  # which is said when it is read; nothing is left lying about for it
        return None
    if given is not None or params.folder is not None:
        return private_folder(_apart(given or params.folder or Path(), root))
    if not params.keep:
        return None
    try:
        return private_folder(_apart(state_folder(root, state_home(os.environ)), root))
    except StateError as problem:
        listener.say(f"the index is not kept: {problem}")
        return None


def _apart(folder: Path, root: Path) -> Path:
    """`folder`, unless it lies among the documents: then the index would be one of the files it is made of, and never done."""
    try:
        below = Path(os.path.realpath(folder)).relative_to(os.path.realpath(root))
    except ValueError:
        return folder
    if any(part.startswith(".") for part in below.parts):
        return folder
    raise StateError(
        f"{folder} lies among the documents of {root}. Name a folder outside it with --index, or one whose name begins with a dot"
    )
