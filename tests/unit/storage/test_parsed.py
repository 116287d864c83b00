from __future__ import annotations

from pathlib import Path

import pytest

from pmbot.errors import QuestionSetError
from pmbot.storage import parsed
from pmbot.storage.parsed import ParsedYaml
from pmbot.storage.prepared import Prepared
from pmbot.yamlfile import parse_yaml

TEXT = "# Rīga\ncases:\n" + "".join(f"  - {{id: c{n}, question: 'Kur ir Rīga?', n: {n}, f: 1.5, none: ~}}\n" for n in range(200))


def parse(kept: ParsedYaml, text: str = TEXT, where: str = "a.yaml") -> tuple[object, object, str]:
    found = kept(text, error=QuestionSetError, where=where)
    return found.data, dict(found.places), found.where


@pytest.fixture
def kept(tmp_path: Path) -> ParsedYaml:
    return ParsedYaml(Prepared(tmp_path / "prepared"))


def test_what_was_kept_is_what_was_parsed(kept: ParsedYaml, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = parse_yaml(TEXT, error=QuestionSetError, where="a.yaml")
    first = parse(kept)
    monkeypatch.setattr(parsed, "parse_yaml", None)  # it is not parsed again
    assert first == parse(kept) == (wanted.data, dict(wanted.places), "a.yaml")
    assert parse(kept, where="b.yaml")[2] == "b.yaml"


def test_a_mistake_and_a_short_text_are_not_kept(kept: ParsedYaml, tmp_path: Path) -> None:
    assert parse(kept, "a: 1")[0] == {"a": 1}
    with pytest.raises(QuestionSetError, match=r"^a.yaml:203:"):
        parse(kept, TEXT + "cases: twice\n")
    assert not list((tmp_path / "prepared").iterdir())


def test_the_usual_place(tmp_path: Path) -> None:
    parse(ParsedYaml.usual({"XDG_CACHE_HOME": str(tmp_path)}))
    assert len(list((tmp_path / "pmbot" / "prepared").iterdir())) == 1
