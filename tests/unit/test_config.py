"""Settings: where they are looked for, how they are merged, what wins, and what is said when they are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmbot.config import Configuration, Settings, load_configuration, packaged_folder, secret, setting_names, variable_of
from pmbot.errors import ConfigError
from pmbot.yamlfile import read_yaml


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working folder without settings."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)


def settings_file(folder: Path, text: str, name: str = "pmbot.yaml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def top_k(config: Path | None = None) -> int:
    return load_configuration(config).settings.retrieval.top_k


def test_without_a_file_the_defaults_hold() -> None:
    found = load_configuration()
    assert found.settings == Settings()
    assert found.folders == (packaged_folder(),)


def test_the_shipped_file_spells_out_every_default() -> None:
    shipped = read_yaml(packaged_folder() / "pmbot.yaml", error=ConfigError).data
    assert Settings(**shipped).model_dump() == Settings().model_dump()
    assert {(section, key) for section, keys in shipped.items() if isinstance(keys, dict) for key in keys} == {
        (section, key) for section, keys in Settings().model_dump().items() if isinstance(keys, dict) for key in keys
    }


def test_the_order_in_which_files_are_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert top_k() == 24
    settings_file(Path("config"), "retrieval: {top_k: 1}")
    assert top_k() == 1
    monkeypatch.setenv("PMBOT_CONFIG", str(settings_file(tmp_path / "b", "retrieval: {top_k: 2}")))
    assert top_k() == 2
    asked = settings_file(tmp_path / "c", "retrieval: {top_k: 3}", "mine.yaml")
    assert top_k(asked) == 3
    monkeypatch.setenv("PMBOT_CONFIG", "")
    assert top_k() == 1


def test_files_are_merged_over_the_defaults_key_by_key(tmp_path: Path) -> None:
    path = settings_file(tmp_path, "retrieval: {k1: 2.0}\nanswering:\n  closest: 1\n")
    found = load_configuration(path).settings
    assert (found.retrieval.k1, found.retrieval.top_k, found.retrieval.b) == (2.0, 24, 0.75)
    assert (found.answering.closest, found.answering.max_citations) == (1, 5)


def test_a_list_is_replaced_and_not_merged(tmp_path: Path) -> None:
    assert load_configuration(settings_file(tmp_path, "text: {sentence_languages: [en]}")).settings.text.sentence_languages == ("en",)


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    assert load_configuration(settings_file(tmp_path, "# nothing yet\n")).settings == Settings()


def test_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = settings_file(tmp_path, "knowledge: here\nretrieval: {top_k: 3, k1: 2.0}\n")
    monkeypatch.setenv("PMBOT_RETRIEVAL__TOP_K", "7")
    monkeypatch.setenv("PMBOT_KNOWLEDGE", "there")
    monkeypatch.setenv("PMBOT_TEXT__SENTENCE_LANGUAGES", '["lv"]')
    found = load_configuration(path).settings
    assert (found.retrieval.top_k, found.retrieval.k1, found.knowledge) == (7, 2.0, Path("there"))
    assert found.text.sentence_languages == ("lv",)


def test_an_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PMBOT_KNOWLEDGE", "")
    monkeypatch.setenv("PMBOT_RETRIEVAL__TOP_K", "")
    assert load_configuration().settings == Settings()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("retrieval:\n  top_k: 0\n", ":2:3: retrieval.top_k: should be greater than or equal to 1, not 0"),
        ("retrieval:\n  topk: 3\n", ":2:3: retrieval.topk: is not a known field; did you mean 'top_k'?"),
        ("retreival:\n  top_k: 3\n", ":1:1: retreival: is not a known field; did you mean 'retrieval'?"),
        ("text:\n  language: English\n", ":2:3: text.language: "),
        ("corpus: {chunk_sentences: 2, chunk_overlap: 2}\n", ":1:1: corpus: chunk_overlap (2) must be less than chunk_sentences (2)"),
        ("retrieval: 3\n", ":1:1: retrieval: must have fields of its own"),
        ("- retrieval\n", ":1:1: "),
        ("retrieval: {top_k: 1\n", ":2:1: "),
        ("knowledge: a\nknowledge: b\n", ":2:1: knowledge: stands twice, first in line 1"),
    ],
)
def test_what_is_wrong_in_a_file_is_said_with_file_and_line(tmp_path: Path, text: str, expected: str) -> None:
    path = settings_file(tmp_path, text)
    with pytest.raises(ConfigError) as problem:
        load_configuration(path)
    assert str(problem.value).startswith(f"{path}{expected}")


def test_a_file_that_is_not_there_is_named_with_how_it_was_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigError, match=r"none\.yaml: there is no such settings file \(--config\); check the path"):
        load_configuration(tmp_path / "none.yaml")
    monkeypatch.setenv("PMBOT_CONFIG", str(tmp_path))
    with pytest.raises(ConfigError, match=r"there is no such settings file \(PMBOT_CONFIG\)"):
        load_configuration()


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("PMBOT_RETRIEVAL__TOP_K", "many", r"^PMBOT_RETRIEVAL__TOP_K: Input should be a valid integer.*; correct or unset the variable$"),
        ("PMBOT_ANSWERING__THRESHOLD", "nan", r"^PMBOT_ANSWERING__THRESHOLD: "),
        (
            "PMBOT_ANSWERING__TRESHOLD",
            "0.4",
            r"^PMBOT_ANSWERING__TRESHOLD: is not a known variable; did you mean PMBOT_ANSWERING__THRESHOLD",
        ),
        ("PMBOT_KNOWLEGE", "x", r"^PMBOT_KNOWLEGE: is not a known variable; did you mean PMBOT_KNOWLEDGE"),
        ("PMBOT_ZZZZ", "x", r"^PMBOT_ZZZZ: is not a known variable; `pmbot config show`"),
        ("PMBOT_CORPUS__CHUNK_OVERLAP", "5", r"^PMBOT_CORPUS: Value error, chunk_overlap \(5\) must be less"),
        ("PMBOT_TEXT__SENTENCE_LANGUAGES", "en,lv", r"^PMBOT_TEXT__SENTENCE_LANGUAGES: is not JSON"),
        ("PMBOT_TEXT", "en", r"^PMBOT_TEXT: is not JSON"),
    ],
)
def test_what_is_wrong_in_the_environment_is_said_with_the_variable(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, expected: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(ConfigError, match=expected):
        load_configuration()


def test_word_lists_are_looked_for_beside_the_settings_file_first(tmp_path: Path) -> None:
    path = settings_file(tmp_path / "mine", "{}")
    own = settings_file(tmp_path / "mine", "zorblat\n", "stopwords.en.txt")
    found = load_configuration(path)
    assert found.folders == (path.parent, packaged_folder())
    assert found.data_file("stopwords.en.txt") == own
    assert found.data_file("demonyms.yaml") == packaged_folder() / "demonyms.yaml"
    assert found.find("none.txt") is None


def test_a_word_list_that_is_not_there_is_named_with_the_places(tmp_path: Path) -> None:
    found = Configuration(Settings(), (tmp_path / "a", tmp_path / "b"))
    with pytest.raises(ConfigError, match=r"^stopwords\.xx\.txt: not found in .*a, .*b; check text\.language and the installation$"):
        found.data_file("stopwords.xx.txt")


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings().knowledge = Path("x")


def test_every_setting_has_a_variable_that_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {"knowledge", "answering.threshold", "text.sentence_languages"} <= set(setting_names())
    for name in setting_names():
        monkeypatch.setenv(variable_of(name), "")
    assert load_configuration().settings == Settings()


def test_a_secret_comes_from_the_environment_or_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("from a file\n", encoding="utf-8")
    assert secret("X", {}) is None
    assert secret("X", {"X": " shown \n"}) == "shown"
    assert secret("X", {"X_FILE": str(file)}) == "from a file"
    assert secret("X", {"X": "", "X_FILE": str(file)}) == "from a file"


def test_a_secret_is_never_in_what_is_said_of_it(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_bytes(b"hush\xff")
    given = ({"X": "hush", "X_FILE": str(file)}, {"X_FILE": str(file)}, {"X_FILE": str(tmp_path / "none")})
    for environ, said in zip(given, ("are both set", "not UTF-8", "No such file"), strict=True):
        with pytest.raises(ConfigError, match=said) as problem:
            secret("X", environ)
        assert "hush" not in str(problem.value)
