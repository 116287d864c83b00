"""Documents that were made to do harm, or were damaged on the way: each is read or refused with a reason, and nothing else happens."""

from __future__ import annotations

import io
import random
import resource
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader, PdfWriter

from pmbot.corpus.params import CorpusParams
from pmbot.corpus.readers import READERS
from pmbot.corpus.readers.base import Source
from pmbot.corpus.sandbox import Sandbox, SandboxLimits
from pmbot.corpus.store import load_corpus, read_documents
from pmbot.corpus.walk import walk
from pmbot.errors import UnreadableDocument
from pmbot.text.sentences import SentenceSplitter
from tests.fakes_documents import BOLD, Text, bomb, make_docx, make_pdf, make_zip, paragraph_texts, word

SOURCE = Path(__file__).parents[2] / "src"
NOISE = "".join(random.Random(1).choices("abcdefgh", k=200_000))  # keeps the ratio of packed to expanded below the limit
LINES = ["The harbour handled four million tonnes of cargo in the", "year 2022, which is a tenth more than in the year before."]


def pdfs() -> list[bytes]:
    pages = [[Text("Head", y=780, font=BOLD), *paragraph_texts(LINES * 5), Text(f"Page {n}", y=40)] for n in (1, 2, 3)]
    plain = make_pdf(pages, info="/Title (A harbour)")
    writer, packed = PdfWriter(clone_from=PdfReader(io.BytesIO(plain))), io.BytesIO()
    writer.compress_identical_objects()
    for page in writer.pages:
        page.compress_content_streams()
    writer.write(packed)
    locked, secret = PdfWriter(clone_from=PdfReader(io.BytesIO(plain))), io.BytesIO()
    locked.encrypt(user_password="", owner_password="x", algorithm="RC4-128")
    locked.write(secret)
    return [plain, packed.getvalue(), secret.getvalue()]


def docxes() -> list[bytes]:
    document, made = docx.Document(), io.BytesIO()
    document.add_heading("Minutes", 0)
    for number in range(5):
        document.add_paragraph(f"Item {number} was decided.", style="List Number")
    document.add_table(3, 3).cell(1, 1).text = "cell"
    document.save(made)
    return [made.getvalue(), make_docx(word("Text.") * 20, footnotes='<w:footnote w:id="1"/>')]


def mutants(originals: list[bytes], number: int, *, inside: bool) -> Iterator[bytes]:
    """Damaged copies, the same each time; `inside` damages the parts of an archive and packs it again."""
    chance = random.Random(4)
    for count in range(number):
        data = originals[count % len(originals)]
        if inside and count % 3:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                parts = {name: archive.read(name) for name in archive.namelist()}
            name = chance.choice(sorted(parts))
            yield make_zip(parts | {name: damaged(parts[name], chance)})
        else:
            yield damaged(data, chance)


def damaged(data: bytes, chance: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 20))):
        place, length = chance.randrange(max(len(made), 1)), chance.choice((1, 2, 8, 64, 1024))
        match chance.randrange(5):
            case 0:
                made[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del made[place : place + length]
            case 2:
                made[place:place] = made[place : place + length] * chance.choice((1, 10))
            case 3:
                made[place : place + length] = chance.choice(
                    (b"99999999999", b"-1", b"<<", b"[", b"(", b"/Kids [2 0 R]", b"<w:p>", b"\0", b"&#0;")
                )
            case _:
                made = made[: max(place, 1)]
    return bytes(made)


@pytest.mark.parametrize(("suffix", "originals"), [(".pdf", pdfs()), (".docx", docxes())], ids=["pdf", "docx"])
def test_mutants_are_read_or_refused(suffix: str, originals: list[bytes], scale: Callable[[int, int], int]) -> None:
    number = scale(60, 1500)
    outcomes = Counter[str]()
    slowest = 0.0
    with Sandbox(SandboxLimits(seconds=10)) as sandbox:
        for data in mutants(originals, number, inside=suffix == ".docx"):
            began = time.perf_counter()
            try:
                READERS[suffix].read(data, Source(f"a{suffix}", sandbox=sandbox))
                outcomes["read"] += 1
            except UnreadableDocument:
                outcomes["refused"] += 1
            slowest = max(slowest, time.perf_counter() - began)
    sys.__stdout__.write(f"\n{suffix}: {dict(outcomes)}, slowest {slowest:.2f} s\n")
    assert outcomes.total() == number
    assert outcomes["read"] > 0
    assert outcomes["refused"] > 0
    assert slowest < 35, "a parser hung"


def measured(code: str) -> tuple[float, float]:
    """Run code in a process of its own: seconds, and the most memory it had, in MB."""
    began = time.perf_counter()
    # What getrusage says is never less than the memory of the process that started this one.
    told = "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    command = [sys.executable, "-c", f"{code}\n{told}"]
    done = subprocess.run(command, env={"PYTHONPATH": str(SOURCE)}, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    return time.perf_counter() - began, int(done.stdout) / 1000


LINUX = pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
READ = (
    "from pathlib import Path\n"
    "from pmbot.corpus.params import CorpusParams\n"
    "from pmbot.corpus.store import read_documents\n"
    "from pmbot.corpus.units import sentences_of\n"
    "from pmbot.corpus.walk import walk\n"
    "from pmbot.text.sentences import SentenceSplitter\n"
    "found = walk(Path({path!r})).files[0]\n"
    "(document,) = read_documents(found, CorpusParams(max_file_mb=300))\n"
    "assert len(sentences_of(document, SentenceSplitter(frozenset()))) > 0\n"
)


@LINUX
def test_a_very_large_text_takes_memory_in_proportion(tmp_path: Path, scale: Callable[[int, int], int]) -> None:
    megabytes = scale(2, 100)
    file = tmp_path / "large.txt"
    paragraph = " ".join(f"Sentence number {n} is about the harbour and its cargo." for n in range(20)) + "\n\n"
    file.write_text(paragraph * (megabytes * 1_000_000 // len(paragraph)))
    seconds, memory = measured(READ.format(path=str(file)))
    sys.__stdout__.write(f"\n{megabytes} MB of text: {seconds:.1f} s, {memory:,.0f} MB\n")
    assert memory < 150 + 40 * megabytes


@pytest.mark.parametrize(
    "text", ["\u0301", "a\u0301\u0316", "\u0301\u0316", "e\u0308\u0304\u0323"], ids=["one", "alternating", "bare", "many"]
)
def test_a_million_combining_marks(tmp_path: Path, text: str) -> None:
    file = tmp_path / "marks.txt"
    file.write_text(text * (1_000_000 // len(text)))
    seconds, memory = measured(READ.format(path=str(file)))
    sys.__stdout__.write(f"\n1e6 marks: {seconds:.1f} s, {memory:,.0f} MB\n")
    assert seconds < 30
    assert memory < 150


def test_a_bomb_among_good_files_costs_nothing(tmp_path: Path, scale: Callable[[int, int], int]) -> None:
    (tmp_path / "a.txt").write_text("Good.")
    (tmp_path / "bomb.docx").write_bytes(bomb(scale(200, 3000)))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    corpus = load_corpus(tmp_path, SentenceSplitter(frozenset()), CorpusParams())
    seconds = time.perf_counter() - began
    size = (tmp_path / "bomb.docx").stat().st_size
    sys.__stdout__.write(f"\nbomb of {size:,} bytes: {corpus.skipped[0].reason}, {1000 * seconds:.1f} ms\n")
    assert [d.doc_id for d in corpus.documents] == ["a.txt"]
    assert corpus.skipped[0].kind == "refused"
    assert seconds < 0.2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_a_document_that_changes_between_scans_converges(tmp_path: Path) -> None:
    file, splitter = tmp_path / "a.txt", SentenceSplitter(frozenset())
    for version in range(5):
        file.write_text(f"Version {version}. " * (1 + version % 3))
        assert load_corpus(tmp_path, splitter, CorpusParams()).documents[0].text == file.read_text()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", b"<a><table>" * 30_000),
        ("b.html", b"<b>" * 3_000 + b"<p>" * 3_000),
        ("c.html", b"<table><tr><td>" * 2_000 + b"x"),
        ("d.html", b'<p style="' + b"display:" * 100_000 + b'">x'),
        ("e.html", b"<sup><a href=#>" * 500 + b"x"),
        ("f.pdf", make_pdf([[Text("", raw="[" + "(a)-250" * 100_000 + "]")]])),
        ("g.pdf", make_pdf([paragraph_texts(["x" * 3] * 5_000, step=0.1)])),
        ("h.pdf", b"%PDF-1.4\n" + b"1 0 obj\n" * 100_000),
        ("i.docx", make_docx(word("x") * 20_000)),
        ("i1.docx", make_docx("<w:p/>" * 3_000_000 + word(NOISE))),
        ("i2.docx", make_docx(f"<w:p>{'<w:r><w:t/></w:r>' * 1_000_000}</w:p>" + word(NOISE))),
        ("j.docx", make_docx("<w:sdt>" * 250 + "</w:sdt>" * 250)),
        ("k.csv", b'"' * 200_001),
        ("l.csv", b"a," * 500_000),
        ("m.jsonl", b"[" * 1_000_000),
    ],
)
def test_expensive_documents_end_in_time(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    began = time.perf_counter()
    with suppress(UnreadableDocument):
        read_documents(walk(tmp_path).files[0], CorpusParams(max_read_seconds=1))
    seconds = time.perf_counter() - began
    sys.__stdout__.write(f"\n{name}: {seconds:.2f} s\n")
    assert seconds < 20
