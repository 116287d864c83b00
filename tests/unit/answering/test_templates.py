"""Templates: checked when they are read, filled in by decision, complete for every reason there is."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import pmbot.answering
from pmbot.answering.templates import Templates, example_lines, joined_phrases
from pmbot.config import packaged_folder
from pmbot.errors import ConfigError
from pmbot.models import Decision, QuestionType, Reading, Status
from pmbot.text.normalize import fold
from pmbot.yamlfile import parse_model, read_model
from tests.fakes_answering import ANALYZER, TEMPLATES, TEMPLATES_TEXT

SHIPPED = sorted(packaged_folder().glob("templates.*.yaml"))


def refused(reason: str | None, *missing: str, kind: QuestionType = QuestionType.WHAT, text: str = "?") -> str:
    decision = Decision(status=Status.NOT_ENOUGH, confidence=0.0, reason=reason, missing_terms=missing)
    return TEMPLATES.refusal_text(decision, Reading(text=text, type=kind), ("Who?", "When?"))


def answered(short: str | None, kind: QuestionType = QuestionType.WHAT, verdict: str | None = None) -> str:
    decision = Decision(status=Status.ANSWERED, confidence=1.0, verdict=verdict)  # type: ignore[arg-type]
    return TEMPLATES.answer_text(decision, Reading(text="?", type=kind), short, "[1]")


def test_a_refusal_repeats_no_other_question_word() -> None:
    assert refused("type_absent", kind=QuestionType.WHEN, text="When did it open?") == "Not said when."
    assert refused("type_absent", kind=QuestionType.WHEN, text="How old is it?") == "Not said."


@pytest.mark.parametrize(
    ("line", "wrong", "field"),
    [
        ('  short: "{short} {marker}"', '  short: "{short} {quote}"', "answered.short: unknown field {quote}; use {short}, {marker}"),
        (
            '  type_absent: "Not said."',
            '  type_absent: "Not {short}."',
            "refused.type_absent: unknown field {short}; use {missing}, {examples}",
        ),
        ('  cut: "cut at {limit}"', '  cut: "cut at {0}"', "notes.cut: unknown field {0}; use {limit}"),
        ('  cut: "cut at {limit}"', '  cut: "cut at {limit:>9}"', "notes.cut: unknown field {limit}; use {limit}"),
        ('  cut: "cut at {limit}"', '  cut: "cut at {limit.real}"', "notes.cut: unknown field {limit.real}; use {limit}"),
        ('    text: "Hello! {examples}"', '    text: "Hello {name}"', "small_talk.greeting.text: unknown field {name}; use {examples}"),
    ],
)
def test_an_unknown_field_is_found_when_the_file_is_read(tmp_path: Path, line: str, wrong: str, field: str) -> None:
    assert TEMPLATES_TEXT.count(line) == 1
    path = tmp_path / "templates.xx.yaml"
    path.write_text(TEMPLATES_TEXT.replace(line, wrong), encoding="utf-8")
    number = TEMPLATES_TEXT[: TEMPLATES_TEXT.index(line)].count("\n") + 1
    with pytest.raises(ConfigError) as problem:
        read_model(path, Templates, error=ConfigError)
    assert str(problem.value).startswith(f"{path}:{number}:")
    assert str(problem.value).endswith(field)


def test_an_open_brace_is_found_too() -> None:
    with pytest.raises(ConfigError, match=r"t\.yaml:3:3: answered\.short: expected '\}'"):
        parse_model(TEMPLATES_TEXT.replace("{short} {marker}", "{short"), Templates, error=ConfigError, where="t.yaml")


def test_the_last_resort_must_be_there() -> None:
    text = TEMPLATES_TEXT.replace('  unsure_bare: "Unsure."\n', "")
    with pytest.raises(ConfigError, match=r"t\.yaml:11:1: refused: unsure_bare is missing"):
        parse_model(text, Templates, error=ConfigError, where="t.yaml")


def test_a_missing_section_is_named() -> None:
    with pytest.raises(ConfigError, match=r"t\.yaml:\d+:\d+: parts: is missing"):
        parse_model(
            TEMPLATES_TEXT.replace('parts:\n  unanswered: "Not answered: {part} {reason}"\n', ""),
            Templates,
            error=ConfigError,
            where="t.yaml",
        )


def reasons() -> set[str]:
    """Every reason that stands as text in the source: `Refusal("reason", …)` and `reason="reason"`."""
    found = set()
    for path in Path(pmbot.answering.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            named = [keyword.value for keyword in node.keywords if keyword.arg == "reason"]
            name = node.func.id if isinstance(node.func, ast.Name) else ""
            refused = {"Refusal": node.args[:1], "_held_elsewhere": node.args[1:2]}.get(name, [])
            for value in (*named, *refused):
                found |= {c.value for c in ast.walk(value) if isinstance(c, ast.Constant) and isinstance(c.value, str)}
    return found


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_every_reason_has_a_text(path: Path) -> None:
    texts = read_model(path, Templates, error=ConfigError).refused
    assert {"absent_name", "nothing_found", "no_words"} <= reasons()
    assert reasons() | {"empty", "other_language", "unsure_bare"} <= texts.keys()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_every_text_has_a_reason(path: Path) -> None:
    known = reasons() | {"empty", "other_language", "unsure_bare"}
    typed = {f"{reason}_{kind.value}" for reason in known for kind in QuestionType}
    assert read_model(path, Templates, error=ConfigError).refused.keys() <= known | typed


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_phrases_are_folded_and_belong_to_one_small_talk(path: Path) -> None:
    talks = read_model(path, Templates, error=ConfigError).small_talk
    phrases = [phrase for talk in talks.values() for phrase in talk.phrases]
    assert [p for p in phrases if fold(p) != p or not p.replace(" ", "").isalnum() or p != " ".join(p.split())] == []
    assert len(phrases) == len(set(phrases))


def test_small_talk_is_told_from_questions() -> None:
    def talk(text: str) -> str | None:
        return TEMPLATES.small_talk_for([token.norm for token in ANALYZER.tokens(text)])

    assert talk("Hello!") == talk("GOOD DAY") == "greeting"
    assert talk("hello lamp") is talk("") is None


def test_answers() -> None:
    assert answered("Ana Gil") == "Ana Gil [1]"
    assert answered(None) == "The documents say: [1]"
    assert answered("Ana Gil", verdict="yes") == "Yes: [1]"
    assert answered(None, verdict="no") == "No: [1]"
    assert answered("3, 4", kind=QuestionType.COMPARISON) == "3, 4 - both [1]"
    assert answered("3", kind=QuestionType.AGGREGATION) == "This is said: [1]"


def test_a_short_answer_may_hold_braces() -> None:
    assert answered("{marker}") == "{marker} [1]"
    assert refused("absent_name", "{examples}") == "Never mentioned: “{examples}”."


def test_refusals_by_reason_and_kind() -> None:
    assert refused("absent_name", "Vrumpel") == "Never mentioned: “Vrumpel”."
    assert refused("type_absent", kind=QuestionType.WHEN) == "Not said when."
    assert refused("type_absent", kind=QuestionType.WHO) == "Not said."
    assert refused("unsure", "lamp") == "Unsure about “lamp”."
    assert refused("unsure") == "Unsure."
    assert refused(None) == "Unsure."
    assert refused("a_reason_without_text", "lamp") == "Unsure."
    assert refused("no_words") == "Nothing to search for:\n  Who?\n  When?"
    assert refused("small_talk_greeting") == "Hello!   Who?\n  When?"


def test_missing_words_are_listed() -> None:
    assert TEMPLATES.listed([]) == ""
    assert TEMPLATES.listed(["a"]) == "“a”"
    assert TEMPLATES.listed(["a", "b", "c"]) == "“a”, “b” and “c”"


def test_words_that_follow_each_other_are_one_phrase() -> None:
    assert joined_phrases(("South", "Vrumpel", "lamp"), "Has South Vrumpel a lamp?") == ["South Vrumpel", "lamp"]
    assert joined_phrases((), "x") == []
    assert refused("absent_name", "South", "Vrumpel", text="Is South Vrumpel far?") == "Never mentioned: “South Vrumpel”."


def test_examples_stand_one_a_line() -> None:
    assert example_lines(("a?", "b?")) == "  a?\n  b?"
    assert example_lines(()) == ""
