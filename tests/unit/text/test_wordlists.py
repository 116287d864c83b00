from __future__ import annotations

from pathlib import Path

import pytest

from pmbot.errors import ConfigError
from pmbot.text.normalize import fold
from pmbot.text.wordlists import read_demonyms, read_words

CONFIG = Path(__file__).resolve().parents[3] / "config"
LISTS = sorted(CONFIG.glob("stopwords.*.txt")) + sorted(CONFIG.glob("abbreviations.*.txt"))


def test_words_comments_blanks_bom_and_crlf(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_bytes("\ufeff# a list\r\nDr\r\n\r\n  utt*   # and so on\r\nC#\r\nī\u006e\u0304pas\r\n".encode())
    assert read_words(path) == {"Dr", "utt*", "C#", "īn̄pas"}


def test_two_words_on_a_line_are_named_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("one\ntwo words\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"words\.txt:2: holds 2 words; write one word a line"):
        read_words(path)


def test_a_file_that_is_not_utf8_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_bytes(b"one\n\xe2two\n")
    with pytest.raises(ConfigError, match=r"words\.txt:2: is not UTF-8"):
        read_words(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.txt: cannot be read: No such file"):
        read_words(tmp_path / "none.txt")


def test_demonyms_are_folded(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text("places:\n  Québec: [Québécois]\n  norway: [norwegian]\n", encoding="utf-8")
    assert dict(read_demonyms(path)) == {"quebecois": "quebec", "norwegian": "norway"}


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        ("places: {korea: [south korean]}", "places.korea: 'south korean' is not a single word"),
        ("places: {a: [x], b: [X]}", "places.b: 'x' already belongs to 'a'"),
        ("places: {a: 5}", "places.a"),
        ("place: {a: [b]}", "did you mean 'places'"),
        ("places: [", "d.yaml:1"),
    ],
)
def test_wrong_demonyms_say_where(tmp_path: Path, yaml: str, message: str) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(yaml, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_demonyms(path)
    assert message in str(caught.value)


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_our_lists_hold_each_word_once(path: Path) -> None:
    entries = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")]
    words = [entry.rstrip("+*~") for entry in entries]
    assert sorted(words) == sorted(set(words))
    assert read_words(path) == set(entries)


@pytest.mark.parametrize(
    ("name", "least"), [("stopwords.en", 200), ("stopwords.lv", 100), ("abbreviations.en", 150), ("abbreviations.lv", 60)]
)
def test_our_lists_are_rich(name: str, least: int) -> None:
    assert len(read_words(CONFIG / f"{name}.txt")) >= least


def test_our_demonyms_are_rich_and_none_is_a_stopword() -> None:
    table = read_demonyms(CONFIG / "demonyms.yaml")
    assert len(set(table.values())) >= 200
    stop = {fold(word) for word in read_words(CONFIG / "stopwords.en.txt")}
    assert not stop & (set(table) | set(table.values()))
    assert not set(table) & set(table.values())
