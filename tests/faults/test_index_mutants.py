"""Index files that are not what was written, seen from outside: the answers are those of a clean build, or none is given."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from pmbot.api import KnowledgeBase
from pmbot.indexing.indexer import Listener
from tests.faults.lamps import QUESTIONS, base_of, builder, seen, shown, tell, write_lamps
from tests.faults.test_generations import mutate

Scale = Callable[[int, int], int]


@pytest.fixture
def lamps(tmp_path: Path) -> Path:
    write_lamps(tmp_path / "lamps", 1987, files=12)
    (tmp_path / "lamps" / "photo.jpg").write_bytes(b"\xff\xd8")
    return tmp_path / "lamps"


def looked_at(base: KnowledgeBase) -> list[object]:
    """All else that can be asked of a knowledge."""
    return [
        [(document.doc_id, document.text, document.blocks) for document in base.documents],
        base.document("lamp.txt"),
        base.sentence_count,
        base.skipped,
        base.vocabulary("zo"),
        base.examples(),
        base.signature,
    ]


def test_a_mutated_index_gives_the_answers_of_a_clean_one(lamps: Path, tmp_path: Path, scale: Scale) -> None:
    where, chance, said = tmp_path / "index", random.Random(20_000), list[str]()
    build = builder(where, Listener(say=said.append))
    clean = base_of(lamps, None)
    wanted, wanted_looks = seen(clean), looked_at(clean)
    base_of(lamps, where)
    good = (where / "index.pmbot").read_bytes()
    write_lamps(tmp_path / "others", 1988, files=12)
    base_of(tmp_path / "others", tmp_path / "other")
    other = (tmp_path / "other" / "index.pmbot").read_bytes()
    found, times = Counter[str](), scale(100, 20_000)
    for _ in range(times):
        _, bad = mutate(good, other, chance)
        (where / "index.pmbot").unlink()
        (where / "index.pmbot").write_bytes(bad)
        said.clear()
        base = KnowledgeBase(lambda: build(lamps), lambda: build.afresh(lamps), lamps)
        if number := chance.randrange(len(QUESTIONS) + 1):
            assert shown(base.trace(QUESTIONS[number - 1])) == wanted[number - 1]
        else:
            assert looked_at(base) == wanted_looks
        told = "said so at opening" if said else "built anew later" if (where / "index.pmbot").read_bytes() != bad else "not touched"
        found[told] += 1
    tell(f"{times} mutated index files: {dict(found)}; 0 wrong answers")
    assert found["said so at opening"] > found["not touched"]


def test_damage_that_is_found_late_heals(lamps: Path, tmp_path: Path) -> None:
    """Each block in turn is damaged; whatever touches it first builds the index anew, and the next opening finds a good one."""
    where = tmp_path / "index"
    wanted = looked_at(base_of(lamps, where))
    good = (where / "index.pmbot").read_bytes()
    for place in range(64, len(good), 701):
        (where / "index.pmbot").unlink()
        (where / "index.pmbot").write_bytes(good[:place] + bytes([good[place] ^ 255]) + good[place + 1 :])
        assert looked_at(base_of(lamps, where)) == wanted
    base = base_of(lamps, where)
    assert not base.reload()


@pytest.mark.parametrize("look", [lambda base: base.examples(), lambda base: [d.text for d in base.documents], lambda base: base.skipped])
def test_where_a_damaged_index_cannot_be_replaced_it_is_not_used(
    lamps: Path, tmp_path: Path, look: Callable[[KnowledgeBase], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a read-only disk: answers come from memory, and that is said."""
    where, said = tmp_path / "index", list[str]()
    wanted = look(base_of(lamps, where))
    data = (where / "index.pmbot").read_bytes()
    (where / "index.pmbot").write_bytes(data[:64] + bytes(len(data) // 2) + data[64 + len(data) // 2 :])
    read_only(monkeypatch)
    base = base_of(lamps, where, said)
    assert look(base) == wanted
    assert base.ask(QUESTIONS[0]).short_answer == "1987"
    assert [line for line in said if "the index is not kept" in line and "Read-only" in line]


def read_only(monkeypatch: pytest.MonkeyPatch) -> None:
    import errno
    import os

    real = os.open

    def refusing(path: str, flags: int, *more: int, **options: int) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), path)
        return real(path, flags, *more, **options)

    monkeypatch.setattr(os, "open", refusing)
    for name in ("unlink", "replace", "rename", "mkdir", "chmod"):
        monkeypatch.setattr(os, name, lambda *_, **__: (_ for _ in ()).throw(OSError(errno.EROFS, os.strerror(errno.EROFS))))
