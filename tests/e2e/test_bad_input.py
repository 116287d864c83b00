"""Whatever it is given: a clear message or a sensible answer, the exit codes of `pmbot.errors`, never a traceback, nothing raw."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pmbot.cli import main
from tests.e2e.processes import KNOWLEDGE, ROOT, TRADE, Done, ask, environment, hostile_characters, pmbot

CONFIG, CORPUS = 2, 3
EVIL = "\x1b[31mred\x1b]0;owned\x07\x9b2J\x00\x08\u202edet\u2066r\u200bever\u2028 \x7f"


def nothing(folder: Path) -> Path:
    return folder


def hidden(folder: Path) -> Path:
    (folder / ".hidden.txt").write_text("A secret.", encoding="utf-8")
    return folder


def missing(folder: Path) -> Path:
    return folder / "nowhere"


def bytes_in(name: str, data: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(data)
        return folder

    return make


def huge(folder: Path) -> Path:
    with (folder / "huge.txt").open("wb") as file:
        for _ in range(100):
            file.write(b"All work and no play makes Jack a dull boy.\n" * 22_728)
    return folder


def unreadable(folder: Path) -> Path:
    path = folder / "locked.txt"
    path.write_text("Locked.", encoding="utf-8")
    path.chmod(0)
    if os.access(path, os.R_OK):
        # The superuser reads everything; a link that leads nowhere is as unreadable.
        path.unlink()
        path.symlink_to(folder / "gone.txt")
    return folder


def pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.txt")
    return folder / "pipe.txt"


UNUSABLE = {
    "empty folder": (nothing, "there are no documents"),
    "only hidden files": (hidden, "there are no documents"),
    "missing folder": (missing, "no such file or folder"),
    "unreadable file": (unreadable, "locked.txt"),
    "binary file": (bytes_in("a.txt", bytes(range(256)) * 9), "looks like a binary file"),
    "mis-encoded file": (bytes_in("a.txt", "Tirdzniecība ar Koreju.".encode("cp1257")), "not UTF-8 (byte 0xee at offset 9, line 1)"),
    "broken UTF-16": (bytes_in("a.txt", b"\xff\xfeA"), "but broken"),
    "empty file": (bytes_in("a.txt", b""), "there is no text in it"),
    "blank file": (bytes_in("a.md", b"\xef\xbb\xbf\r\n\t  \n"), "there is no text in it"),
    "unknown format": (bytes_in("a.rtf", b"{\\rtf1}"), ".rtf files are not supported"),
    "broken front matter": (bytes_in("a.md", b"---\ntitel: x\n---\ntext\n"), "a.md:2"),
    "hundred megabytes": (huge, "too large (100.0 MB, allowed are 50)"),
    "a pipe": (pipe, "a pipe, neither a folder nor a file"),
}


@pytest.mark.parametrize("case", UNUSABLE)
def test_knowledge_that_cannot_be_used(case: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    make, message = UNUSABLE[case]
    code = main(["ask", "--knowledge", str(make(tmp_path)), TRADE])
    said = capfd.readouterr()
    Done(code, said.out, said.err).calm(CORPUS)
    assert said.out == ""
    assert said.err.startswith("pmbot: ")
    assert message in said.err


def test_bad_files_are_told_and_the_good_ones_used(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_bytes(KNOWLEDGE.read_bytes())
    for case in ("binary file", "mis-encoded file", "unknown format", "unreadable file", "hundred megabytes"):
        folder = tmp_path / case.replace(" ", "-")
        folder.mkdir()
        UNUSABLE[case][0](folder)
    (tmp_path / "link").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / os.fsdecode(b"latin\xe9.txt")).write_text("Not Unicode.", encoding="utf-8")
    (tmp_path / f"evil{EVIL.replace(chr(0), '')}.txt").write_text("Good all the same.", encoding="utf-8")
    done = ask(tmp_path, TRADE).calm()
    assert done.out.startswith("€130 million [1]\n")
    assert (done.err.count("pmbot: refused "), done.err.count("pmbot: skipped ")) == (6, 1)
    assert pmbot("docs", "--knowledge", tmp_path).calm().out.count("\n") == 3


def test_a_code_page_that_is_configured(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Tirdzniecība: 5 miljoni eiro.".encode("cp1257"))
    env = environment(PMBOT_CORPUS__FALLBACK_ENCODING="cp1257")
    assert "“Tirdzniecība: 5 miljoni eiro.”" in pmbot("ask", "--knowledge", tmp_path, "tirdzniecība", env=env).calm().out


def test_one_sentence_without_a_full_stop(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text("Latvia sold Korea machines for 5 million euros", encoding="utf-8")
    done = ask(path, "How much did Latvia sell?").calm()
    assert "“Latvia sold Korea machines for 5 million euros”\n  [1] one.txt:1\n" in done.out


@pytest.mark.slow
def test_half_a_megabyte_of_text(tmp_path: Path) -> None:
    filler = "".join(f"Parcel {n} left warehouse {n % 977} by road. It weighs {n % 89} kilograms.\n" for n in range(7_500))
    (tmp_path / "large.txt").write_text(filler + "Warehouse Zebra burnt down in 1987.\n" + filler[:1000], encoding="utf-8")
    assert "1987" in ask(tmp_path, "When did warehouse Zebra burn down?").calm().out


def test_hostile_documents_reach_no_terminal_raw(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    body = f"The zebra {EVIL.replace(chr(0), '')} crossed the river in 1987.\n"
    (tmp_path / "a.txt").write_bytes(body.encode())
    (tmp_path / "b.md").write_bytes(f"# Head {body}\n\n| zebra | {body[:-1]} |\n|---|---|\n| a | {body[:-1]} |\n".encode())
    done = ask(tmp_path, "When did the zebra cross the river?", "--trace").calm()
    assert "␛[31mred␛]0;owned␇" in done.out
    assert "⟨U+202E⟩" in done.out
    pmbot("chat", "--knowledge", tmp_path, stdin=b"zebra river 1987\n:why\n:sources\n:docs\n:help\n").calm()
    for arguments in (["ask", "--json", "--trace", "When did the zebra cross the river?"], ["docs", "--json"], ["docs"]):
        code = main([*arguments, "--knowledge", str(tmp_path)])
        said = capfd.readouterr()
        assert "zebra" in Done(code, said.out, said.err).calm().out or arguments == ["docs"]


QUESTIONS = {
    "0 characters": "",
    "1 character": "a",
    "one sign": "?",
    "4,096 characters": ("trade in 2023 " * 300)[:4096],
    "4,097 characters": ("trade in 2023 " * 300)[:4097],
    "1,000,000 characters": "trade in 2023 " * 71_429,
    "1,000,000 letters": "a" * 1_000_000,
    "1,000,000 digits": "9" * 1_000_000,
    "1,000,000 blanks": " " * 1_000_000,
    "1,000,000 line feeds": "\n" * 1_000_000,
    "1,000,000 signs": "?" * 1_000_000,
    "1,000,000 combining marks": "a" + "\u0301\u0323" * 500_000,
    "1,000,000 emoji": "🇱🇻" * 500_000,
    "100,000 words": " ".join(f"w{n}" for n in range(100_000)),
    "100,000 brackets": "(" * 100_000,
    "NUL": "trade\0in\x002023",
    "lone surrogates": "trade \ud800\udfff in \udc80 2023",
    "only stopwords": "what is the of and to",
    "only punctuation": "?! … — «» ;;; ''''",
    "emoji": "💶👨‍👩‍👧🏽 trade 🇱🇻🇰🇷 2023?",
    "only emoji": "🙂",
    "right to left": "كم بلغت التجارة مع كوريا في ٢٠٢٣؟",
    "overrides": "\u202eHow much trade\u202c was there \u2066in\u2069 2023?",
    "control characters": EVIL + " trade in 2023",
    "format fields": "{missing} {0} {short.__class__} %s %(x)s \\x1b trade {",
    "markup": "[/bold] [red]trade[/] :smile: <b>2023</b> `x` $(x)",
    "JSON": '{"question": "trade in 2023"}',
    "a command": ":quit",
    "an option": "--json",
    "names of fields": "__class__ __init__ None null undefined",
}


@pytest.mark.slow
def test_questions_nobody_asks(tmp_path: Path) -> None:
    """All in one process, so that a question that breaks something also shows on its neighbours."""
    cases = [(name, text, history) for name, text in QUESTIONS.items() for history in ((), (text,))]
    lines = [{"id": name, "question": "and in 2022?" if history else text, "history": history} for name, text, history in cases]
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="ascii")
    done = pmbot("ask", "--jsonl", path).calm()
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert [answer["id"] for answer in answers] == [name for name, _, _ in cases]
    assert {answer["schema"] for answer in answers} == {"pmbot.answer/1"}
    first = {answer["id"]: answer for answer in answers[::2]}
    for name in ("0 characters", "one sign", "only stopwords", "only punctuation", "only emoji", "1,000,000 blanks"):
        assert first[name]["status"] == "nothing_to_search", name
        assert "What is PMNET?" in first[name]["text"]
    for name in ("4,096 characters", "1,000,000 characters", "NUL", "lone surrogates", "emoji", "overrides"):
        assert first[name]["answered"], name
    assert not first["4,096 characters"]["notes"]
    for name in ("4,097 characters", "1,000,000 characters", "1,000,000 letters"):
        assert first[name]["notes"] == ["the question was cut to its first 4096 characters"], name


@pytest.mark.parametrize(
    "name", ["0 characters", "1 character", "only stopwords", "only punctuation", "right to left", "control characters", "an option"]
)
def test_such_questions_as_an_argument(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    code = main(["ask", "--knowledge", str(KNOWLEDGE), "--trace", "--", QUESTIONS[name]])
    said = capfd.readouterr()
    assert Done(code, said.out, said.err).calm().out


def test_such_questions_from_standard_input_and_undecodable_arguments() -> None:
    for name in ("1,000,000 characters", "NUL"):
        assert pmbot("ask", "--trace", "-", stdin=QUESTIONS[name].encode()).calm().out
    assert "[1] pmnet.txt:5" in ask(KNOWLEDGE, b"trade \xff\xfe in \x07 2023").calm().out


def test_the_characters_we_call_hostile_are_seen() -> None:
    assert len(hostile_characters(EVIL)) >= 10


SETTINGS = {
    "unknown section": ("corpus:\n  chunk_sentences: 3\nfoo: 1\n", ":3:1: foo: is not a known field; known are knowledge, questions, text"),
    "unknown key": ("# ours\ntext:\n  colour: red\n", ":3:3: text.colour: is not a known field; known are language"),
    "misspelt key": (
        "corpus:\n  chunk_sentence: 3\n",
        ":2:3: corpus.chunk_sentence: is not a known field; did you mean 'chunk_sentences'?",
    ),
    "wrong type": ("corpus:\n  chunk_sentences: many\n", ":2:3: corpus.chunk_sentences: should be a valid integer"),
    "out of bounds": ("answering:\n\n  threshold: 7\n", ":3:3: answering.threshold: should be less than or equal to 1"),
    "contradiction": ("corpus:\n  chunk_sentences: 1\n", ":1:1: corpus: chunk_overlap (1) must be less than chunk_sentences (1)"),
    "empty section": ("corpus:\n", ":1:1: corpus: must have fields of its own"),
    "a list": ("- a\n- b\n", ":1:1: must have fields of its own"),
    "not YAML": ("corpus: [\n", ":2:1: while parsing"),
    "twice": ("text:\n  language: en\ntext:\n  language: en\n", ":3:1: text: "),
    "unknown backend": ("retrieval:\n  backend: crystal-ball\n", "retrieval.backend: 'crystal-ball' is unknown; use one of okapi"),
    "a language by its name": ("text:\n  language: latvian\n", ":2:3: text.language: "),
    "a way out of the folder": ("text:\n  language: ../../x\n", ":2:3: text.language: "),
}


def refused(capfd: pytest.CaptureFixture[str], *arguments: str) -> str:
    code = main(["ask", "--knowledge", str(KNOWLEDGE), *arguments, "--", TRADE])
    said = capfd.readouterr()
    Done(code, said.out, said.err).calm(CONFIG)
    assert said.out == ""
    return said.err


@pytest.mark.parametrize("case", SETTINGS)
def test_broken_settings(case: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text, message = SETTINGS[case]
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    said = refused(capfd, "--config", str(path))
    assert said.startswith(f"pmbot: {path}{message}" if message.startswith(":") else f"pmbot: {message}")


def test_settings_that_are_not_there_or_not_text(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "there is no such settings file (--config)" in refused(capfd, "--config", str(tmp_path / "none.yaml"))
    path = tmp_path / "mine.yaml"
    path.write_bytes(b"text:\n  language: \xff\n")
    assert refused(capfd, "--config", str(path)).startswith(f"pmbot: {path}:2: is not UTF-8")
    monkeypatch.setenv("PMBOT_CONFIG", str(tmp_path / "none.yaml"))
    assert "there is no such settings file (PMBOT_CONFIG)" in refused(capfd)


TEMPLATES = {
    "unknown field": (
        'short: "{short} {marker}"',
        'short: "{shrot} {marker}"',
        "answered.short: unknown field {shrot}; use {short}, {marker}",
    ),
    "field of a field": ('short: "{short} {marker}"', 'short: "{short.__class__}"', "answered.short: unknown field {short.__class__}"),
    "no name": ('short: "{short} {marker}"', 'short: "{} {marker}"', "answered.short: unknown field {}"),
    "open brace": ('short: "{short} {marker}"', 'short: "{short"', "answered.short: "),
    "no text": ('short: "{short} {marker}"', "short: [a]", "answered.short: must be text"),
    "missing": ('  short: "{short} {marker}"\n', "", "answered.short: is missing"),
    "unknown": (
        '  short: "{short} {marker}"',
        '  shrt: x\n  short: "{short}"',
        "answered.shrt: is not a known field; did you mean 'short'?",
    ),
    "refusal": ("mention {missing}.", "mention {short}.", "refused.absent_name: unknown field {short}"),
    "needed refusal missing": ("  unsure_bare:", "  unsure_bear:", "unsure_bare"),
}


@pytest.mark.parametrize("case", TEMPLATES)
def test_broken_templates(case: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    old, new, message = TEMPLATES[case]
    text = (ROOT / "config" / "templates.en.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "templates.en.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    (tmp_path / "mine.yaml").write_text("# all as packaged\n", encoding="utf-8")
    said = refused(capfd, "--config", str(tmp_path / "mine.yaml"))
    file, line, _ = said.removeprefix("pmbot: ").split(":", 2)
    assert file == str(path)
    assert line.isdigit()
    assert message in said


VARIABLES = {
    "wrong type": ("PMBOT_CORPUS__CHUNK_SENTENCES", "many"),
    "out of bounds": ("PMBOT_ANSWERING__THRESHOLD", "2"),
    "not a number": ("PMBOT_ANSWERING__THRESHOLD", "nan"),
    "unknown key": ("PMBOT_CORPUS__NOPE", "1"),
    "section that is no JSON": ("PMBOT_CORPUS", "x"),
    "list that is no JSON": ("PMBOT_TEXT__SENTENCE_LANGUAGES", "en"),
}


@pytest.mark.parametrize("case", VARIABLES)
def test_broken_environment(case: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    name, value = VARIABLES[case]
    monkeypatch.setenv(name, value)
    assert refused(capfd).startswith(f"pmbot: {name}: ")
