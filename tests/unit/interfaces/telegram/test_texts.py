"""The texts are checked when they are read, in every language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pmbot.errors import ConfigError
from pmbot.interfaces.telegram.commands import command_table
from pmbot.interfaces.telegram.texts import Texts, read_texts
from pmbot.yamlfile import read_model

CONFIG = Path(__file__).parents[4] / "config"
NAMES = tuple(command_table())
PATHS = {language: CONFIG / f"telegram.{language}.yaml" for language in ("en", "lv")}


def test_ours_are_right() -> None:
    book = read_texts(PATHS, NAMES)
    assert book.languages == ("en", "lv")
    assert book.of("lv").language == book.of("lv-LV").language == "lv"
    assert book.of(None).language == book.of("de").language == book.of("").language == "en"


def test_languages_say_the_same_things() -> None:
    """The same fields stand in the same texts: a figure that one language leaves out is a mistake."""
    english, latvian = (read_model(path, Texts, error=ConfigError).model_dump() for path in PATHS.values())
    fields = re.compile(r"\{\w+\}")

    def flat(texts: dict[str, object], prefix: str = "") -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, value in texts.items():
            if name == "counts":
                continue  # languages have other forms of the plural
            if isinstance(value, dict):
                found |= flat(value, f"{prefix}{name}.")
            else:
                found[prefix + name] = sorted(fields.findall(str(value)))
        return found

    assert flat(english) == flat(latvian)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("wait {seconds}", "wait {second}", "said.slow_down: unknown field {second}"),
        ("wait {seconds}", "wait {seconds!r}", "said.slow_down: unknown field"),
        ("wait {seconds}", "wait {seconds:5}", "said.slow_down: unknown field"),
        ('  new: "start', '  newer: "start', "commands: new is missing, there is no command newer"),
        ("language: en", "language: lv", "is lv, but the file is named for en"),
        ('passage: "Passage"', 'passage: " "', "must say something"),
        ('passage: "Passage"', 'passage: "' + "x" * 41 + '"', "at most 40 characters"),
        ("  out_of_date:", "  out_of_dat:", "out_of_dat"),
    ],
)
def test_mistakes_are_named(old: str, new: str, said: str, tmp_path: Path) -> None:
    text = PATHS["en"].read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "telegram.en.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        read_texts({"en": path}, NAMES)
    assert str(path) in str(raised.value)
    assert said in str(raised.value)


def test_english_must_be_there() -> None:
    with pytest.raises(ConfigError, match=r"telegram\.en\.yaml: not found"):
        read_texts({"lv": PATHS["lv"]}, NAMES)
