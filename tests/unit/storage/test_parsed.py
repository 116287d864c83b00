from __future__ import annotations

from pathlib import Path

import pytest

from pmbot.errors import QuestionSetError
from pmbot.storage import parsed
from pmbot.storage.parsed import ParsedYaml
from pmbot.yamlfile import parse_yaml

TEXT = "# Rīga\ncases:\n" + "".join(f"  - {{id: c{n}, question: 'Kur ir Rīga?', n: {n}, f: 1.5, none: ~}}\n" for n in range(200))


def parse(kept: ParsedYaml, text: str = TEXT, where: str = "a.yaml") -> tuple[object, object, str]:
    found = kept(text, error=QuestionSetError, where=where)
    return found.data, dict(found.places), found.where


def test_what_was_kept_is_what_was_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = ParsedYaml(tmp_path / "parsed")
    wanted = parse_yaml(TEXT, error=QuestionSetError, where="a.yaml")
    first = parse(kept)
    monkeypatch.setattr(parsed, "parse_yaml", None)  # it is not parsed again
    assert first == parse(kept) == (wanted.data, dict(wanted.places), "a.yaml")
    assert parse(kept, where="b.yaml")[2] == "b.yaml"
    (file,) = (tmp_path / "parsed").iterdir()
    assert (tmp_path / "parsed").stat().st_mode & 0o777 == 0o700
    assert file.suffix == ".json"


@pytest.mark.parametrize("damage", [b"", b"{", b"[1]", b'[{}, [[["a"], 1]]]', b"[1, 2]", b"\xff"])
def test_what_is_damaged_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    kept = ParsedYaml(tmp_path / "parsed")
    wanted = parse(kept)
    (file,) = (tmp_path / "parsed").iterdir()
    whole = file.read_bytes()
    file.write_bytes(damage)
    assert parse(kept) == wanted
    assert file.read_bytes() == whole


def test_a_mistake_and_a_short_text_are_not_kept(tmp_path: Path) -> None:
    kept = ParsedYaml(tmp_path / "parsed")
    assert parse(kept, "a: 1")[0] == {"a": 1}
    with pytest.raises(QuestionSetError, match=r"^a.yaml:203:"):
        parse(kept, TEXT + "cases: twice\n")
    assert not (tmp_path / "parsed").exists() or not list((tmp_path / "parsed").iterdir())


def test_without_a_place_everything_is_parsed(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    wanted = parse(ParsedYaml(None))
    assert parse(ParsedYaml(tmp_path / "file" / "below")) == wanted
    others = tmp_path / "others"
    others.mkdir()
    others.chmod(0o777)
    assert parse(ParsedYaml(others)) == wanted
    assert list(others.iterdir()) == []


def test_the_oldest_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsed, "MOST", 2)
    kept = ParsedYaml(tmp_path / "parsed")
    for number in range(4):
        parse(kept, f"{TEXT}n{number}: 1\n")
    assert len(list((tmp_path / "parsed").iterdir())) == 2


def test_the_usual_place(tmp_path: Path) -> None:
    parse(ParsedYaml.usual({"XDG_STATE_HOME": str(tmp_path)}))
    assert len(list((tmp_path / "pmbot" / "parsed").iterdir())) == 1
