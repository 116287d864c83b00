"""Wherever and however pmbot runs, the index is the same bytes and the answers are the same; what it cannot use, it says."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pmbot.api import KnowledgeBase
from pmbot.bootstrap import Builder
from pmbot.errors import CorpusError, StateError
from pmbot.indexing import indexer, kept
from pmbot.indexing.layout import LAYOUT
from pmbot.storage.generations import GenerationFolder
from tests.faults.lamps import QUESTION, base_of, builder, seen, start, start_python, write_lamps, year_of

Scale = Callable[[int, int], int]

PROGRAM = """
import hashlib, sys
from pathlib import Path
from pmbot import KnowledgeBase
from pmbot.storage.generations import GenerationFolder
base = KnowledgeBase.load(sys.argv[1], index=sys.argv[2])
for question in ("When was the Zorblat lamp built?", "Who built the İstanbul tower?", "What stands in ISTANBUL?", "Who saw the Quindle?"):
    print(base.trace(question).model_dump_json().encode())
print(base.examples(), [file.path for file in base.skipped], [document.doc_id for document in base.documents].__repr__().encode())
generation = GenerationFolder(Path(sys.argv[2])).open()
for name in generation.names():
    if name != "files":
        print(name, hashlib.sha256(generation.block(name)).hexdigest())
"""
ENVIRONMENTS: list[dict[str, str]] = [
    {"PYTHONHASHSEED": "1"},
    {"PYTHONHASHSEED": "2", "LC_ALL": "C", "TZ": "Asia/Kolkata"},
    {"PYTHONHASHSEED": "3", "LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr", "TZ": "America/St_Johns"},
    {"PYTHONHASHSEED": "4", "LC_ALL": "POSIX", "LANG": "C"},
    {"PYTHONHASHSEED": "5", "PYTHONUTF8": "1", "HOME": "/nonexistent", "TZ": "nonsense"},
]
ENVIRONMENTS += [{"PYTHONHASHSEED": str(seed)} for seed in range(100, 110)]


@pytest.fixture
def lamps(tmp_path: Path) -> Path:
    write_lamps(tmp_path / "lamps", 1950)
    return tmp_path / "lamps"


def test_the_same_bytes_and_answers_everywhere(lamps: Path, tmp_path: Path, scale: Scale) -> None:
    (lamps / "İstanbul IĞDIR.md").write_text("# İSTANBUL\n\nThe İstanbul tower was built by Işıl Iğdır. ISTANBUL sees istanbul.\n", "utf-8")
    (lamps / "Ä.txt").write_text("Zoë saw the Quindle in Iğdır.\n", encoding="utf-8")
    said = []
    environments = ENVIRONMENTS[: scale(5, len(ENVIRONMENTS))]
    processes = [
        start_python([sys.executable, "-c", PROGRAM, str(lamps), str(tmp_path / str(n))], {"PATH": os.environ["PATH"], **env})
        for n, env in enumerate(environments)
    ]
    for process, env in zip(processes, environments, strict=True):
        out, err = process.communicate()
        assert (process.returncode, err) == (0, ""), env
        said.append(out)
    assert said[1:] == said[:1] * (len(said) - 1)


def test_file_names_in_a_code_page_that_lacks_them(lamps: Path, tmp_path: Path) -> None:
    (lamps / "Ä.txt").write_text("Zoë saw the Quindle in Oslo.\n", encoding="utf-8")
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    out, err = start(["index", "--knowledge", lamps, "--index", tmp_path / "index"], env).communicate()
    assert (out[:11], err) == ("4 documents", "")


def test_a_folder_and_patterns_in_a_code_page_that_lacks_them(lamps: Path, tmp_path: Path) -> None:
    """The folder of the state and what is left out are the same as in any other."""
    folder = lamps.rename(tmp_path / "Ülle")
    (folder / "Ä.txt").write_text("Zoë saw the Quindle in Oslo.\n", encoding="utf-8")
    (folder / ".pmbotignore").write_text("Ä*\n", encoding="utf-8")
    ascii_only = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    for environ in (ascii_only, {"PYTHONUTF8": "1"}):
        env = {"PATH": os.environ["PATH"], "XDG_STATE_HOME": str(tmp_path), **environ}
        out, err = start(["index", "--knowledge", folder], env).communicate()
        assert (out[:11], err) == ("3 documents", "")
    assert len(list((tmp_path / "pmbot").iterdir())) == 1


def test_without_a_home(lamps: Path, tmp_path: Path) -> None:
    """Without a place for it the index is not kept, and answers come; with --index no home is needed."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    env = {"PATH": os.environ["PATH"], "HOME": "", "XDG_STATE_HOME": str(tmp_path / "file")}
    out, err = start(["ask", "--knowledge", lamps, QUESTION], env).communicate()
    assert "1950" in out
    assert "the index is not kept: cannot make the folder" in err
    assert "Not a directory" in err
    out, err = start(["ask", "--knowledge", lamps, "--index", tmp_path / "index", QUESTION], {"PATH": os.environ["PATH"]}).communicate()
    assert "1950" in out
    assert err == ""


def test_another_disk(lamps: Path) -> None:
    disk = Path("/dev/shm")
    if not os.access(disk, os.W_OK):
        pytest.skip("there is no /dev/shm here")
    where = disk / f"pmbot-test-{os.getpid()}"
    try:
        assert year_of(base_of(lamps, where)) == year_of(base_of(lamps, where)) == "1950"
        assert (where / "index.pmbot").stat().st_mode & 0o777 == 0o600
    finally:
        shutil.rmtree(where, ignore_errors=True)


def test_folders_that_cannot_hold_an_index(lamps: Path, tmp_path: Path) -> None:
    file, shared = tmp_path / "file", tmp_path / "shared"
    file.write_text("mine", encoding="utf-8")
    shared.mkdir()
    shared.chmod(0o777)
    for where, said in ((file, "is not a folder"), (file / "below", "Not a directory"), (shared, "chmod go-w")):
        with pytest.raises(StateError, match=said):
            base_of(lamps, where)
    assert file.read_text(encoding="utf-8") == "mine"
    process = start(["index", "--knowledge", lamps, "--index", file])
    out, err = process.communicate()
    assert (process.returncode, out, err) == (8, "", f"pmbot: {file} is not a folder. Remove it, or name another folder with --index.\n")


def test_an_index_among_the_documents_is_refused_unless_hidden(lamps: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would be one of the files it is made of: never fresh, and a watcher would never rest."""
    (lamps / "sub").mkdir()
    for where in (lamps, lamps / "sub", lamps / "new"):
        with pytest.raises(StateError, match=r"lies among the documents of .*lamps"):
            base_of(lamps, where)
    assert not (lamps / "new").exists()
    base = base_of(lamps, lamps / ".index")
    assert not base.reload()
    assert base.skipped == ()
    monkeypatch.setenv("XDG_STATE_HOME", str(lamps / "state"))
    said: list[str] = []
    build = Builder(builder_configuration(), listener=indexer.Listener(say=said.append))
    assert build(lamps).snapshot.corpus.skipped == ()
    assert "lies among the documents" in said[0]


def builder_configuration():  # type: ignore[no-untyped-def]
    from pmbot.config import load_configuration

    return load_configuration()


def test_nothing_is_left_for_a_knowledge_that_is_not_there(tmp_path: Path) -> None:
    for index in (tmp_path / "index", None):
        with pytest.raises(CorpusError, match="no such file"):
            KnowledgeBase.load(tmp_path / "nowhere", index=index)
    assert not (tmp_path / "index").exists()
    assert not Path(os.environ["XDG_STATE_HOME"]).exists()


def changed_meta(where: Path, **changes: Any) -> None:
    """Publish the same blocks again under another header."""
    folder = GenerationFolder(where)
    generation = folder.open()
    assert generation is not None
    folder.write({**generation.meta, **changes}, [(name, [bytes(generation.block(name))]) for name in generation.names()]).close()


@pytest.mark.parametrize(
    ("part", "value", "said"),
    [
        ("pmbot", "0.0.1", "another pmbot (0.0.1)"),
        ("analyzer", "lv-light-123456", "another analyzer (lv-light-123456)"),
        ("chunks", "9/2", "another chunks (9/2)"),
        ("layout", "99, little", "another layout (99, little)"),
        ("layout", "1, big", "another layout (1, big)"),
        ("reading", "0", "another reading (0)"),
        ("search", "Sphinx", "another search (Sphinx)"),
    ],
)
def test_an_index_made_otherwise_is_built_anew_and_that_is_said(lamps: Path, tmp_path: Path, part: str, value: str, said: str) -> None:
    where, heard = tmp_path / "index", list[str]()
    wanted = seen(base_of(lamps, where))
    made_of = GenerationFolder(where).open()
    assert made_of is not None
    changed_meta(where, parts={**made_of.meta["parts"], part: value})
    assert seen(base_of(lamps, where, heard)) == wanted
    assert heard == [f"the index is built anew: it was made with {said}"]
    heard.clear()
    assert seen(base_of(lamps, where, heard)) == wanted
    assert heard == []


@pytest.mark.parametrize("changes", [{"parts": {}}, {"parts": {}, "root": None, "walked": None}])
def test_an_index_that_says_nothing_of_itself(lamps: Path, tmp_path: Path, changes: dict[str, Any]) -> None:
    where, heard = tmp_path / "index", list[str]()
    base_of(lamps, where)
    changed_meta(where, **changes)
    assert year_of(base_of(lamps, where, heard)) == "1950"
    assert heard


def test_an_index_of_something_else_entirely(lamps: Path, tmp_path: Path) -> None:
    where, heard = tmp_path / "index", list[str]()
    folder = GenerationFolder(where)
    for meta, blocks in (([], []), ({}, [("other", [b"x"])]), ("text", []), (None, [])):
        folder.write(meta, blocks).close()  # type: ignore[arg-type]
        assert year_of(base_of(lamps, where, heard)) == "1950"
    assert len(heard) >= 4
    assert all("built anew" in line or "was made of" in line for line in heard)


def test_other_settings_give_other_indexes(lamps: Path, tmp_path: Path) -> None:
    where, heard = tmp_path / "index", list[str]()
    listener = indexer.Listener(say=heard.append)
    for settings in ({"corpus": {"chunk_sentences": 2}}, {"retrieval": {"k1": 1.2}}, {"retrieval": {"backend": "okapi"}}, {}):
        kept_one = builder(where, listener, **settings)(lamps)
        assert kept_one.signature == builder(None, **settings)(lamps).signature
    assert len(heard) == 3


def test_another_byte_order(lamps: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where, heard = tmp_path / "index", list[str]()
    with monkeypatch.context() as patch:
        patch.setattr(indexer, "BYTE_ORDER", "big")
        patch.setattr(kept, "BYTE_ORDER", "big")
        base_of(lamps, where)
    assert year_of(base_of(lamps, where, heard)) == "1950"
    assert heard == [f"the index is built anew: it was made with another layout ({LAYOUT}, big)"]


def test_verify_says_what_it_found(lamps: Path, tmp_path: Path) -> None:
    where = tmp_path / "index"
    base_of(lamps, where)
    data = (where / "index.pmbot").read_bytes()
    (where / "index.pmbot").write_bytes(data.replace(b"Zorblat lamp was built", b"Zorblat lamp was burnt"))
    process = start(["index", "--knowledge", lamps, "--index", where, "--verify", "--json"])
    out, err = process.communicate()
    assert (process.returncode, json.loads(out)["documents"]) == (0, 3)
    assert "block 'texts' is not what was written" in err
    assert "it is built anew" in err
    assert year_of(base_of(lamps, where)) == "1950"
