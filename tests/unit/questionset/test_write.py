"""Cases are added behind the others, and nothing else in the file changes."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.errors import QuestionSetError
from pmbot.questionset import Abstention, Avoids, Cites, QuestionCase, QuestionSet, Turn, read_question_set
from pmbot.questionset.write import add_case, add_cases, asked_in, case_id, case_yaml, ids_in
from pmbot.yamlfile import parse_model

NEW = QuestionCase(id="new", question="What is new?", answer=("Nothing.",))
REFUSED = QuestionCase(id="refused", question="Who?", tags=("a", "b"), abstains=Abstention())

FILES = {
    "plain": "cases:\n  - id: one\n    question: One?\n    answer: 1st\n",
    "not indented": "cases:\n- id: one\n  question: One?\n  answer: 1st\n",
    "far in": "cases:\n      - id: one\n        question: One?\n        answer: 1st\n",
    "dash alone": "cases:\n  -\n    id: one\n    question: One?\n    answer: 1st\n",
    "wide dash": "cases:\n  -   id: one\n      question: One?\n      answer: 1st\n",
    "comments": (
        "# Ours\n\ncases:   # all\n  # the first\n  - id: one   # its id\n    question: 'One?'\n\n    answer: [ \"1st\" , '1' ]\n"
        "  # the end\n"
    ),
    "quoting": "cases:\n  - {id: one, question: \"One?\", answer: ['1st',\n     first]}\n",
    "no last line feed": "cases:\n  - id: one\n    question: One?\n    answer: 1st",
    "windows": "cases:\r\n  - id: one\r\n    question: One?\r\n    answer: 1st\r\n",
    "byte order mark": "\ufeffcases:\n  - id: one\n    question: One?\n    answer: 1st\n",
    "key behind": "cases:\n  - id: one\n    question: One?\n    answer: 1st\n  # still ours\n\n# where it is asked\nknowledge: notes\n",
    "key before": "knowledge: notes\n\ncases:\n\n  - id: one\n    question: One?\n    answer: 1st\n\n\n",
    "end mark": "---\ncases:\n  - id: one\n    question: One?\n    answer: 1st\n...\n",
    "block text": "cases:\n  - id: one\n    question: >\n      One\n      is it?\n    contains: |\n      1st\n\n      # no comment\n",
    "turns": "cases:\n  - id: one\n    turns:\n    - question: One?\n      answer: 1st\n    - question: And?\n      abstains: true\n",
    "line separators": 'cases:\n  - id: one\n    question: "One\u2028 two?"\n    answer: 1st\n  # a\u2028  # b\n',
}


@pytest.mark.parametrize("name", FILES)
def test_everything_else_stays_byte_for_byte(name: str, tmp_path: Path) -> None:
    path = tmp_path / "set.yaml"
    old = FILES[name].encode()
    path.write_bytes(old)
    before = read_question_set(path)
    added = add_cases(path, [(("why", "and how"), NEW), ((), REFUSED)])
    new = path.read_bytes()
    after = read_question_set(path)
    assert after.cases == (*before.cases, NEW, REFUSED)
    assert after.knowledge == before.knowledge
    common = old[: next((at for at, pair in enumerate(zip(old, new, strict=False)) if len(set(pair)) > 1), len(old))]
    tail = old[len(common) :]
    assert new.endswith(tail)
    assert tail == b"" or len(common) > 20
    assert (b"\r\n" in old) == (b"\r\n" in new)
    assert len(re.findall(rb"(?<!\r)\n", new)) == 0 or b"\r\n" not in old
    lines = re.split(r"\r\n|\n", new.decode())
    assert [lines[where.line - 1].strip() for where in added] == ["- id: new", "- id: refused"]
    assert lines[added[0].line - 2].strip() == "# and how"
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_about_the_next_key_stays_above_it(tmp_path: Path) -> None:
    path = tmp_path / "set.yaml"
    path.write_text(FILES["key behind"], encoding="utf-8")
    add_case(path, NEW)
    assert path.read_text(encoding="utf-8") == (
        "cases:\n  - id: one\n    question: One?\n    answer: 1st\n  # still ours\n"
        '  - id: new\n    question: "What is new?"\n    answer: ["Nothing."]\n'
        "\n# where it is asked\nknowledge: notes\n"
    )


def test_a_new_file_is_made_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "set.yaml"
    added = add_case(path, NEW, knowledge="../../notes")
    assert (added.path, added.line, added.id) == (path, 3, "new")
    assert path.read_text(encoding="utf-8").startswith('knowledge: "../../notes"\ncases:\n  - id: new\n')
    assert read_question_set(path) == QuestionSet(knowledge="../../notes", cases=(NEW,))
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def test_an_empty_file_is_as_good_as_none(tmp_path: Path) -> None:
    path = tmp_path / "set.yaml"
    path.write_text("\n", encoding="utf-8")
    add_case(path, NEW)
    assert read_question_set(path).cases == (NEW,)


def test_the_mode_and_the_link_stay(tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_text(FILES["plain"], encoding="utf-8")
    (tmp_path / "real.yaml").chmod(0o640)
    (tmp_path / "link.yaml").symlink_to("real.yaml")
    add_case(tmp_path / "link.yaml", NEW)
    assert (tmp_path / "link.yaml").is_symlink()
    assert stat.S_IMODE((tmp_path / "real.yaml").stat().st_mode) == 0o640
    assert ids_in(tmp_path / "real.yaml") == {"one", "new"}


@pytest.mark.parametrize(
    ("text", "case", "words"),
    [
        ("cases: [{id: one, question: One?, answer: a}]\n", NEW, r"set\.yaml:1:9: write `cases:` as a list with one `- id: …` below"),
        (FILES["plain"], QuestionCase(id="one", question="Other?", answer=("x",)), "there is a case one already"),
        (FILES["plain"], QuestionCase(id="two", question="One?", answer=("x",)), "the case one asks this already; edit it there"),
        ("cases:\n  - id: one\n", NEW, r"set\.yaml:2:5"),
        ("nonsense", NEW, r"set\.yaml"),
    ],
)
def test_what_cannot_be_added_changes_nothing(text: str, case: QuestionCase, words: str, tmp_path: Path) -> None:
    path = tmp_path / "set.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(QuestionSetError, match=words):
        add_case(path, case)
    assert path.read_text(encoding="utf-8") == text
    assert list(tmp_path.iterdir()) == [path]


def test_several_are_added_together_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "set.yaml"
    path.write_text(FILES["plain"], encoding="utf-8")
    with pytest.raises(QuestionSetError, match="one already"):
        add_cases(path, [((), NEW), ((), QuestionCase(id="one", question="?", answer=("x",)))])
    assert path.read_text(encoding="utf-8") == FILES["plain"]


def test_files_that_cannot_be_read_or_written_are_told(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "latin.yaml").write_bytes(b"cases: \xff")
    with pytest.raises(QuestionSetError, match="cannot be read: Is a directory"):
        add_case(tmp_path / "folder.yaml", NEW)
    with pytest.raises(QuestionSetError, match="is not UTF-8"):
        add_case(tmp_path / "latin.yaml", NEW)
    with pytest.raises(QuestionSetError, match="cannot be written: "):
        add_case(tmp_path / "latin.yaml" / "set.yaml", NEW)


def test_a_case_of_everything_is_easy_to_read() -> None:
    case = QuestionCase(
        id="all-of-it",
        question='Who said "no"?',
        tags=("a", "two words"),
        language="en",
        xfail="yes",
        answer=("1", "two"),
        not_contains=("true",),
        cites=(Cites(document="notes/a-b.md", text="x: y # z"),),
        not_cites=(Avoids(document="n.txt"), Avoids(document="true", text="long " * 30)),
        rank_at_most=3,
        max_ms=50,
    )
    assert case_yaml(case) == (
        "  - id: all-of-it\n"
        '    question: "Who said \\"no\\"?"\n'
        '    tags: [a, "two words"]\n'
        "    language: en\n"
        "    xfail: yes\n"
        '    answer: ["1", two]\n'
        '    not_contains: ["true"]\n'
        '    cites: {document: notes/a-b.md, text: "x: y # z"}\n'
        "    not_cites:\n"
        "      - {document: n.txt}\n"
        f'      - {{document: "true", text: "{"long " * 30}"}}\n'
        "    rank_at_most: 3\n"
        "    max_ms: 50\n"
    )


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
CITES = st.builds(Cites, document=TEXT, text=TEXT)
CHECKS = st.one_of(
    st.fixed_dictionaries({"answer": st.lists(TEXT, min_size=1, max_size=3).map(tuple), "cites": st.lists(CITES, max_size=2).map(tuple)}),
    st.fixed_dictionaries({"abstains": st.builds(Abstention, reason=st.none() | TEXT, missing=st.lists(TEXT, max_size=2).map(tuple))}),
)
CASES = st.one_of(
    st.builds(
        lambda question, tags, xfail, checks: QuestionCase(id="x", question=question, tags=tags, xfail=xfail, **checks),
        TEXT,
        st.lists(TEXT, max_size=2).map(tuple),
        st.none() | TEXT,
        CHECKS,
    ),
    st.builds(
        lambda turns: QuestionCase(id="x", turns=tuple(turns)),
        st.lists(st.builds(lambda question, checks: Turn(question=question, **checks), TEXT, CHECKS), min_size=1, max_size=3),
    ),
)


@given(CASES, st.integers(0, 6))
def test_whatever_is_in_a_case_comes_back(case: QuestionCase, indent: int) -> None:
    read = parse_model(f"cases:\n{case_yaml(case, indent)}", QuestionSet, error=QuestionSetError, where="x")
    assert read.cases == (case,)


@pytest.mark.parametrize(
    ("words", "taken", "wanted"),
    [
        (["Latvia", "South Korea", "trade", "2023"], [], "latvia-south-korea-trade-2023"),
        (["Rīga’s", "café"], [], "riga-s-cafe"),
        (["trade", "Trade"], [], "trade"),
        (["trade"], ["trade"], "trade-2"),
        (["trade"], ["trade", "trade-2", "trade-3"], "trade-4"),
        (["貿易", "!!"], [], "case-ab12"),
        ([], ["case-ab12"], "case-ab12-2"),
        (["x" * 100, "y"], [], "x" * 48),
        ([f"word{n}" for n in range(20)], [], "-".join(f"word{n}" for n in range(8))),
    ],
)
def test_ids_are_made_of_the_words(words: list[str], taken: list[str], wanted: str) -> None:
    assert case_id(words, taken, "ab12") == wanted
    assert QuestionCase(id=wanted, question="?", answer=("x",)).id == wanted


def test_what_a_file_asks_already(tmp_path: Path) -> None:
    path = tmp_path / "set.yaml"
    assert ids_in(path) == asked_in(path) == frozenset()
    path.write_text(FILES["turns"], encoding="utf-8")
    assert (ids_in(path), asked_in(path)) == ({"one"}, {("One?", "And?")})
