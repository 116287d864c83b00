from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, RootModel, field_validator

from pmbot.errors import ConfigError, PmbotError
from pmbot.yamlfile import MAX_CHARACTERS, MAX_DEPTH, parse_model, parse_yaml, read_model, read_yaml


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    name: str
    sizes: tuple[int, ...] = ()


class Whole(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    count: int = 3
    share: float = 0.5
    flag: bool = False
    note: str | None = None
    parts: tuple[Part, ...] = ()
    words: dict[str, str] = {}
    named: dict[str, Part] = {}
    one: Part | None = None

    @field_validator("share")
    @classmethod
    def _share(cls, value: float) -> float:
        if value > 1:
            raise ValueError("must not be above 1; write 27% as 0.27")
        return value


class Words(RootModel[dict[str, str]]):
    pass


def parse(text: str, first_line: int = 1) -> Whole:
    return parse_model(text, Whole, error=ConfigError, where="w.yaml", first_line=first_line)


def problem(text: str, first_line: int = 1) -> str:
    with pytest.raises(ConfigError) as caught:
        parse(text, first_line)
    return str(caught.value)


def data(text: str) -> object:
    return parse_yaml(text, error=ConfigError, where="w.yaml").data


def test_everything_a_model_asks_for() -> None:
    text = """
    count: 7
    share: 1
    flag: true
    note: "a # b"
    parts: [{name: x, sizes: [1, 2]}]
    words: {no: yes}
    named:
      big: {name: y}
    """
    part = Part(name="x", sizes=(1, 2))
    want = Whole(count=7, share=1.0, flag=True, note="a # b", parts=(part,), words={"no": "yes"}, named={"big": Part(name="y")})
    assert parse(text) == want


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n", "~", "---\n...\n", "{}"])
def test_nothing_is_an_empty_mapping(text: str) -> None:
    assert parse(text) == Whole()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"), ("yes", "yes"), ("on", "on"), ("Off", "Off"), ("n", "n"), ("2024-01-31", "2024-01-31"), ("1_000", "1_000"),
        ("1:30", "1:30"), ("true", True), ("FALSE", False), ("null", None), ("~", None), ("", None), ("nUll", "nUll"),
        ("12", 12), ("-3", -3), ("+3", 3), ("007", 7), ("0o17", 15), ("0x1F", 31), ("1.5", 1.5), (".5", 0.5), ("5.", 5.0), ("1e3", 1000.0),
        (".inf", ".inf"), (".nan", ".nan"), ('"12"', "12"), ("'true'", "true"), ("9" * 400, "9" * 400), ("1e400", "1e400"),
        ('"a\\tb\\u0101"', "a\tbā"), ("€240 million", "€240 million"), ("27%", "27%"), (".", "."), ("-", [None]), ("1.2.3", "1.2.3"),
    ],
)  # fmt: skip
def test_plain_values(written: str, meant: object) -> None:
    assert data(written) == meant
    assert type(data(written)) is type(meant)


def test_block_texts() -> None:
    assert data("a: |\n  one\n  two\nb: >\n  one\n  two\n") == {"a": "one\ntwo\n", "b": "one two\n"}


def test_keys_are_text() -> None:
    assert data("no: 1\n2023: 2\ntrue: 3\n'': 4") == {"no": 1, "2023": 2, "true": 3, "": 4}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("count: x", 'w.yaml:1:1: count: should be a valid integer, not "x"'),
        ("count: true", "w.yaml:1:1: count: should be a valid integer, not true"),
        ("note: 5", "w.yaml:1:1: note: must be text; put it in quotes"),
        ("a: 1\n\ncuont: 4", "w.yaml:1:1: a: is not a known field; known are count, share, flag, note, parts, words, named, one\n"
                             "w.yaml:3:1: cuont: is not a known field; did you mean 'count'?"),
        ("parts: [{nam: x}]", "w.yaml:1:9: parts[0].name: is missing; add it\n"
         "w.yaml:1:10: parts[0].nam: is not a known field; did you mean 'name'?"),
        ("parts:\n  - name: x\n    sizes: [1, two]", 'w.yaml:3:16: parts[0].sizes[1]: should be a valid integer, not "two"'),
        ("parts: {name: x}", "w.yaml:1:1: parts: must be a list; write [one, another]"),
        ("words: [a]", "w.yaml:1:1: words: must have entries of its own, one `name: value` a line"),
        ("words: {a: 1}", "w.yaml:1:9: words.a: must be text; put it in quotes"),
        ("named: {x: {nmae: y}}", "w.yaml:1:9: named.x.name: is missing; add it\n"
         "w.yaml:1:13: named.x.nmae: is not a known field; did you mean 'name'?"),
        ("one: {nmae: y}", "w.yaml:1:1: one.name: is missing; add it\nw.yaml:1:7: one.nmae: is not a known field; did you mean 'name'?"),
        ("share: 27.0", "w.yaml:1:1: share: must not be above 1; write 27% as 0.27"),
        ("just text", "w.yaml:1:1: must have fields of its own, one `name: value` a line"),
        ("note: [\"\x1b[31m\"]", None),
        ("count: 1\nnote: a\ncount: 2", "w.yaml:3:1: count: stands twice, first in line 1; remove one of them"),
        ("one: {name: a, name: b}", "w.yaml:1:16: one.name: stands twice, first in line 1; remove one of them"),
        ("note: &x a", "w.yaml:1:7: anchors (&) and aliases (*) are not used here; write the value out, in quotes if it is text"),
        ("note: *x", "w.yaml:1:7: anchors (&) and aliases (*) are not used here; write the value out, in quotes if it is text"),
        ("&k note: a", "w.yaml:1:1: anchors (&) and aliases (*) are not used here; write the value out, in quotes if it is text"),
        ("note: !!str 5", "w.yaml:1:7: tags (!) are not used here; put text that starts with ! in quotes"),
        ("note: ! 5", "w.yaml:1:7: tags (!) are not used here; put text that starts with ! in quotes"),
        ("parts: !x []", "w.yaml:1:8: tags (!) are not used here; put text that starts with ! in quotes"),
        ("? [a]\n: b", "w.yaml:1:3: a key must be text; put it in quotes"),
        ("note: a\n---\nnote: b", "w.yaml:2:1: a second document starts; keep one document in a file"),
        ("note: a\x00b", "w.yaml:1:8: character U+0000 is not allowed in YAML; remove it"),
        ("count: 1\nnote: \ud800", "w.yaml:2:7: character U+D800 is not allowed in YAML; remove it"),
        ('note: "\\ud800"', "w.yaml:1:7: half a character (a lone surrogate); write the whole character"),
        ("note: [", None), ('note: "a', None), ("note: @a", None), ("\tnote: a", None), ('note: "\\U00110000"', None), ("%a", None),
        ("note: a: b", None), ("a\nb: c", None), ("count: 1\n  note: a", None),
    ],
)  # fmt: skip
def test_what_is_wrong_and_where(text: str, message: str | None) -> None:
    found = problem(text)
    assert found.startswith("w.yaml:")
    assert found.replace("\n", "").isprintable()
    assert message is None or found == message


def test_where_counts_from_the_first_line() -> None:
    assert problem("title: x", 3).startswith("w.yaml:3:1: title: ")
    assert problem("count: [", 3).startswith("w.yaml:3:")
    assert problem("\ncount: \x00", 3).startswith("w.yaml:4:8: ")


def test_only_ten_problems_are_shown() -> None:
    lines = problem("words:\n" + "".join(f"  w{i}: 1\n" for i in range(14))).split("\n")
    assert len(lines) == 11
    assert lines[-1] == "… and 4 more"


def test_limits() -> None:
    assert "split it" in problem("#" * (MAX_CHARACTERS + 1))
    assert "deep" in problem("[" * 100_000)
    assert "deep" in problem("- " * 100_000)
    nested: object = data("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    for _ in range(MAX_DEPTH - 1):
        assert isinstance(nested, list)
        nested = nested[0]
    assert nested == []


def test_the_error_class_is_the_callers() -> None:
    with pytest.raises(PmbotError) as caught:
        parse_model("count: x", Whole, error=PmbotError, where="w.yaml")
    assert type(caught.value) is PmbotError


def test_a_root_model() -> None:
    assert parse_model("Latvian: latvia\nno: norway", Words, error=ConfigError, where="d").root == {"Latvian": "latvia", "no": "norway"}
    with pytest.raises(ConfigError, match=r"^d:2:1: b: must be text; put it in quotes$"):
        parse_model("a: b\nb: 1", Words, error=ConfigError, where="d")


def test_places() -> None:
    found = parse_yaml("a:\n  - b\n  - c: 1\n", error=ConfigError, where="w")
    assert found.place(("a", 1, "c")) == "w:3:5"
    assert found.place(("a", 1, "unknown", "deeper")) == "w:3:5"
    assert found.place(()) == "w:1:1"


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "w.yaml"
    path.write_bytes("\ufeffnote: Rinkēvičs\n".encode())
    assert read_model(path, Whole, error=ConfigError).note == "Rinkēvičs"
    assert read_yaml(path, error=ConfigError).data == {"note": "Rinkēvičs"}
    path.write_bytes(b"count: 1\nnote: Rink\xe7vi\n")
    with pytest.raises(ConfigError, match=r"w\.yaml:2: is not UTF-8; save"):
        read_model(path, Whole, error=ConfigError)
    path.write_text("count: x", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"w\.yaml:1:1: count: "):
        read_model(path, Whole, error=ConfigError)
    with pytest.raises(ConfigError, match="cannot be read: No such file"):
        read_model(tmp_path / "missing.yaml", Whole, error=ConfigError)
    with pytest.raises(ConfigError, match="cannot be read: Is a directory"):
        read_model(tmp_path, Whole, error=ConfigError)


@given(st.text(alphabet=st.sampled_from("ab:-?,[]{}#&*!|>'\"%@` \n\t0.~\\ux<=\u00e9\ud800\x00\u2028\ufeff"), max_size=40))
def test_any_text_parses_or_is_refused(text: str) -> None:
    refused = "w.yaml:"
    try:
        parse(text)
    except ConfigError as caught:
        refused = str(caught)
    assert refused.startswith("w.yaml:")


@given(st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.text(string.printable, max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(string.ascii_letters, max_size=5), inner, max_size=3),
    max_leaves=8,
))  # fmt: skip
def test_what_ruamel_writes_is_read_back(value: object) -> None:
    import io

    from ruamel.yaml import YAML

    out = io.StringIO()
    writer = YAML(typ="safe", pure=True)
    writer.representer.ignore_aliases = lambda _: True
    writer.dump(value, out)
    text = out.getvalue()
    assert data(text) == value
