"""Folders that change in every way there is, while they are read or between two looks: an index kept up to date is that of a new build."""

from __future__ import annotations

import json
import os
import random
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from pmbot.api import KnowledgeBase
from pmbot.bootstrap import Builder
from pmbot.errors import CorpusError
from pmbot.indexing import files, indexer
from pmbot.models import Changes
from tests.faults.lamps import QUESTION, base_of, blocks_of, builder, seen, tell, write_lamps, year_of

Scale = Callable[[int, int], int]
NAMES = ("a.txt", "b.md", "c.txt", "sub/d.md", "sub/e.txt", "sub/deep/f.md", "list.jsonl", "rows.csv", "g#h.txt", "list.jsonl#1", "Ä ß.txt")
BODIES = (
    "The Zorblat lamp was built in {n} in Oslo.\n",
    "# Cranes\n\nCrane {n} lifts sand.\n\n## Herons\n\nHerons eat {n} fish.\n\n- one heron\n- two herons\n",
    "Riga has {n} bridges.\n\nRiga has trams. NASA counts them, and Nasa too.\n",
    "",
    "\x00\x01binary",
    "The same words stand here.\n",
)


def body(name: str, chance: random.Random) -> bytes:
    text = chance.choice(BODIES).format(n=chance.randrange(1900, 1905))
    if name.endswith(".jsonl"):
        lines = [
            {"doc_id": str(n), "title": f"Line {n}", "text": chance.choice(BODIES[:3]).format(n=n)} for n in range(chance.randrange(4))
        ]
        return "".join(json.dumps(line) + "\n" for line in lines).encode()
    if name.endswith(".csv"):
        return b"name,built\n" + b"".join(f"Lamp {n},{1900 + n}\n".encode() for n in range(chance.randrange(3)))
    return text.encode()


def edit(root: Path, chance: random.Random) -> str:
    """One random edit of a folder; what it was."""
    present = sorted(path for path in root.rglob("*") if path.is_file() and not path.name.startswith(".") and not path.is_symlink())
    way = chance.choice(sorted(EDITS)) if present else "write"
    EDITS[way](root, present, chance)
    return way


def write(root: Path, _: list[Path], chance: random.Random) -> None:
    new = room(root, chance)
    new.write_bytes(body(new.name, chance))


def append(_: Path, present: list[Path], chance: random.Random) -> None:
    old = chance.choice(present)
    old.write_bytes(old.read_bytes() + body(old.name, chance))


def remove(_: Path, present: list[Path], chance: random.Random) -> None:
    chance.choice(present).unlink()


def rename(root: Path, present: list[Path], chance: random.Random) -> None:
    old, new = chance.choice(present), room(root, chance)
    if old.exists():
        old.rename(new)


def touch(_: Path, present: list[Path], chance: random.Random) -> None:
    os.utime(chance.choice(present), (1, chance.randrange(10**9)))


def ignore(root: Path, _: list[Path], chance: random.Random) -> None:
    rules = root / ".pmbotignore"
    if chance.random() < 0.5:
        rules.unlink(missing_ok=True)
    else:
        rules.write_text("\n".join(chance.sample(["*.md", "sub/", "!sub/d.md", "list*", "# nothing"], 2)) + "\n", encoding="utf-8")


def swap(_: Path, present: list[Path], chance: random.Random) -> None:
    one, other = chance.choice(present), chance.choice(present)
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


def file_to_folder(_: Path, present: list[Path], chance: random.Random) -> None:
    old = chance.choice(present)
    old.unlink()
    old.mkdir()
    (old / "inner.txt").write_bytes(body("inner.txt", chance))


def link(root: Path, present: list[Path], chance: random.Random) -> None:
    (root / "link.txt").unlink(missing_ok=True)
    (root / "link.txt").symlink_to(chance.choice([root.parent, chance.choice(present), root / "nowhere"]))


def mode(_: Path, present: list[Path], chance: random.Random) -> None:
    chance.choice(present).chmod(chance.choice([0o644, 0o600, 0o444]))


EDITS = {edit.__name__: edit for edit in (write, append, remove, rename, touch, ignore, swap, file_to_folder, link, mode)}


def room(root: Path, chance: random.Random) -> Path:
    """A place for a file, whatever was there."""
    new = root / chance.choice(NAMES)
    clear(new)
    new.parent.mkdir(parents=True, exist_ok=True)
    return new


def clear(path: Path) -> None:
    """Make room for a file at `path`."""
    for parent in path.parents:
        if parent.is_file():
            parent.unlink()
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def built(root: Path, where: Path, build: Builder) -> str | KnowledgeBase:
    """A knowledge over `root`; in words why there is none."""
    try:
        return KnowledgeBase(lambda: build(root), lambda: build.afresh(root), root)
    except CorpusError as problem:
        return str(problem)


@pytest.mark.parametrize(("backend", "uncertain"), [("postings", 0), ("postings", files.UNCERTAIN_NS), ("okapi", 0)])
def test_an_index_kept_up_to_date_is_that_of_a_new_build(
    tmp_path: Path, backend: str, uncertain: int, scale: Scale, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "UNCERTAIN_NS", uncertain)  # 0: stamps are believed at once, as they are of files that have rested
    root, kept, new = tmp_path / "documents", tmp_path / "kept", tmp_path / "new"
    edits, ways = scale(20, 1_000), set()
    for seed in range(scale(1, 3)):
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir()
        chance, build = random.Random(seed), builder(kept, retrieval={"backend": backend})
        for _ in range(edits):
            ways |= {edit(root, chance) for _ in range(chance.randrange(1, 4))}
            base = built(root, kept, build)
            shutil.rmtree(new, ignore_errors=True)
            clean = built(root, new, builder(new, retrieval={"backend": backend}))
            assert isinstance(base, str) == isinstance(clean, str)
            if isinstance(base, str) or isinstance(clean, str):
                assert base == clean
                continue
            assert base.skipped == clean.skipped
            assert base.signature == clean.signature
            assert blocks_of(kept) == blocks_of(new)
        if not isinstance(base, str) and not isinstance(clean, str):
            assert seen(base) == seen(clean)
    tell(f"{backend}: {edits} steps of edits ({', '.join(sorted(ways))}): the same bytes as a new build each time")


@pytest.mark.parametrize("last", ["new", "old"])
def test_a_document_that_changes_while_it_is_read(tmp_path: Path, last: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is looked at as 1950, read as 1951 and then says 1952, or 1950 again: in the end it says what the file says."""
    folder, where = tmp_path / "lamps", tmp_path / "index"
    write_lamps(folder, 1950)
    real, turns = indexer.Reading, iter(["1951", "1952" if last == "new" else "1950"])

    class Meddling(real):  # type: ignore[misc, valid-type]
        def __init__(self, path: Path, moment: int) -> None:
            super().__init__(path, moment)
            self.path = path
            self.meddle()

        def entry(self, documents: tuple[str, ...]) -> object:
            self.meddle()
            return super().entry(documents)

        def meddle(self) -> None:
            if self.path.name == "lamp.txt":
                write_lamps(folder, int(next(turns)))

    with monkeypatch.context() as patch:
        patch.setattr(indexer, "Reading", Meddling)
        base = base_of(folder, where)
    assert year_of(base) == "1951"
    assert base.reload() == Changes(changed=("lamp.txt",))
    assert year_of(base) == ("1952" if last == "new" else "1950")


def test_files_that_vanish_and_appear_while_they_are_listed_and_read(tmp_path: Path, scale: Scale) -> None:
    folder, where, stop = tmp_path / "lamps", tmp_path / "index", threading.Event()
    write_lamps(folder, 1950, files=60)
    build = builder(where)
    bases = KnowledgeBase(lambda: build(folder), lambda: build.afresh(folder), folder)

    def churn() -> None:
        chance = random.Random(9)
        while not stop.is_set():
            path = folder / f"note{chance.randrange(58):04}.txt"
            path.unlink(missing_ok=True)
            (folder / f"sub{chance.randrange(5)}").mkdir(exist_ok=True)
            (folder / f"sub{chance.randrange(5)}" / "x.txt").unlink(missing_ok=True)
            shutil.rmtree(folder / f"sub{chance.randrange(5)}", ignore_errors=True)
            path.write_text("Cranes and herons in the Zorblat bay.\n", encoding="utf-8")

    thread = threading.Thread(target=churn)
    thread.start()
    for _ in range(scale(15, 300)):
        bases.reload()
        assert year_of(bases) == "1950"
    stop.set()
    thread.join()
    bases.reload()
    assert seen(bases) == seen(base_of(folder, None))
    assert not [file for file in bases.skipped if "cannot be read" in file.reason]


def test_a_folder_that_becomes_a_file_and_back(tmp_path: Path) -> None:
    folder, where = tmp_path / "lamps", tmp_path / "index"
    write_lamps(folder, 1950)
    base = base_of(folder, where)
    folder.rename(tmp_path / "away")
    with pytest.raises(CorpusError, match="no such file or folder"):
        base.reload()
    assert year_of(base) == "1950"
    folder.write_text("The Zorblat lamp was built in 1960.\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"no such|suffix"):
        base.reload()
    assert year_of(base) == "1950"
    folder.unlink()
    (tmp_path / "away").rename(folder)
    assert base.reload() == Changes()
    write_lamps(folder, 1951)
    assert base.reload().changed == ("lamp.txt", "note0000.txt")
    assert year_of(base_of(folder, where)) == "1951"


def test_a_root_that_is_a_symbolic_link_and_is_turned(tmp_path: Path) -> None:
    for year in (1950, 1960):
        write_lamps(tmp_path / str(year), year)
    link, where, said = tmp_path / "link", tmp_path / "index", list[str]()
    link.symlink_to(tmp_path / "1950")
    base = base_of(link, where)
    assert year_of(base) == year_of(base_of(tmp_path / "1950", where, said)) == "1950"
    assert said == []
    link.unlink()
    link.symlink_to(tmp_path / "1960")
    assert base.reload().changed == ("lamp.txt", "note0000.txt")
    assert year_of(base) == "1960"


def test_two_knowledges_with_one_index_do_not_mix_and_it_is_said(tmp_path: Path) -> None:
    folders, where = [tmp_path / "one", tmp_path / "two"], tmp_path / "index"
    for year, folder in zip((1950, 1960), folders, strict=True):
        write_lamps(folder, year)
        for path in folder.iterdir():
            os.utime(path, (1, 1))
    (folders[1] / "only-two.txt").write_text("Herons eat fish.\n", encoding="utf-8")
    first, said = base_of(folders[0], where), list[str]()
    second = base_of(folders[1], where, said)
    assert said == [f"the index in {where} was made of {folders[0]}: it is replaced. Give each knowledge an --index of its own."]
    assert seen(first) == seen(base_of(folders[0], None))
    assert seen(second) == seen(base_of(folders[1], None))
    assert not first.reload()
    assert (year_of(first), year_of(second)) == ("1950", "1960")


def test_files_are_hashed_once_more_not_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a checkout all files have new times and the old content: the index learns the new times."""
    folder, where, hashed = tmp_path / "lamps", tmp_path / "index", list[Path]()
    write_lamps(folder, 1950, files=30)
    base_of(folder, where)
    real, monkey = files._sha256, monkeypatch
    monkey.setattr(files, "UNCERTAIN_NS", 0)
    monkey.setattr(files, "_sha256", lambda path: (hashed.append(path), real(path))[1])
    monkey.setattr(indexer, "_WRITES_PER_HASH", 10**6)
    before = blocks_of(where)
    for _ in range(3):
        base_of(folder, where)
    assert len(hashed) == 30
    assert blocks_of(where) == before


def test_a_name_that_could_be_an_id_inside_another_file(tmp_path: Path) -> None:
    folder = tmp_path / "lamps"
    write_lamps(folder, 1950)
    (folder / "lamp.txt#7.txt").write_text("The Zorblat lamp was built in 1960.\n", encoding="utf-8")
    base = base_of(folder, tmp_path / "index")
    assert [(file.path, file.reason) for file in base.skipped] == [
        ("lamp.txt#7.txt", "its name could be that of a document in lamp.txt; rename it")
    ]
    (folder / "lamp.txt").unlink()
    assert base.reload() == Changes(added=("lamp.txt#7.txt",), removed=("lamp.txt",))
    assert year_of(base) == "1960"


def test_one_file_alone_is_a_knowledge_too(tmp_path: Path) -> None:
    write_lamps(tmp_path / "lamps", 1950)
    base = base_of(tmp_path / "lamps" / "lamp.txt", tmp_path / "index")
    (tmp_path / "lamps" / "bridge.md").write_text("Another.", encoding="utf-8")
    assert not base.reload()
    write_lamps(tmp_path / "lamps", 1951)
    assert base.reload() == Changes(changed=("lamp.txt",))
    assert base.ask(QUESTION).short_answer == "1951"
