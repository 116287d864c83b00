from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.errors import QuestionSetError
from pmbot.evaluation.baseline import baseline_text, case_name, compare, parse_baseline
from tests.fakes_evaluation import case_of, report_of

HEADER = '{"schema": "pmbot.baseline/1", "signature": "s"}\n'


def test_it_is_sorted_lines_named_from_its_folder_on(say: Any) -> None:
    report = report_of(case_of("b", say("t")), case_of("a", say("t"), passed=False), file="project/sets/x.yaml")
    text = baseline_text(report, Path("project/baselines"))
    assert text == (
        HEADER
        + '{"case": "../sets/x.yaml#a", "outcome": "failed"}\n'
        + '{"case": "../sets/x.yaml#b", "outcome": "passed"}\n'
    )  # fmt: skip
    assert parse_baseline(text, "f").outcomes == {"../sets/x.yaml#a": "failed", "../sets/x.yaml#b": "passed"}


def test_a_name_is_the_same_from_everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    absolute = case_name(str(tmp_path / "sets" / "x.yaml"), "a", tmp_path)
    assert case_name("sets/x.yaml", "a", tmp_path) == absolute == "sets/x.yaml#a"


def test_only_what_newly_fails_fails(say: Any) -> None:
    answer = say("t")
    before = report_of(
        case_of("broke", answer), case_of("mended", answer, passed=False), case_of("known", answer, passed=False), case_of("left", answer)
    )
    after = report_of(
        case_of("broke", answer, passed=False),
        case_of("new-bad", answer, passed=False),
        case_of("new-good", answer),
        case_of("mended", answer),
        case_of("known", answer, passed=False),
    )
    folder = Path("sets")
    found = compare(after, parse_baseline(baseline_text(before, folder), "f"), folder, [f"a.yaml#{case.id}" for case in after.cases])
    assert [case.id for case in found.newly_failing] == ["broke", "new-bad"]
    assert [case.id for case in found.newly_passing] == ["mended"]
    assert [case.id for case in found.still_failing] == ["known"]
    assert found.gone == ("a.yaml#left",)
    assert found.signature is None


def test_an_expected_failure_that_passes_fails_newly(say: Any) -> None:
    before, after = (report_of(case_of("a", say("t"), passed=passed, xfail="known")) for passed in (False, True))
    found = compare(after, parse_baseline(baseline_text(before, Path()), "f"), Path(), [])
    assert [case.outcome for case in found.newly_failing] == ["xpassed"]


def test_another_signature_is_named(say: Any) -> None:
    found = compare(report_of(signature="new"), parse_baseline(HEADER, "f"), Path(), [])
    assert found.signature == "s"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "f: is empty; make a baseline with --update-baseline"),
        ("{}", "f:1: is no line of a baseline .*schema"),
        ("nonsense", "f:1: is no line of a baseline"),
        (HEADER + '{"case": "a", "outcome": "great"}', "f:2: is no line of a baseline .*outcome"),
        (HEADER + '\n{"case": "a", "outcome": "passed"}\n{"case": "a", "outcome": "failed"}', "f:4: a stands twice"),
        (HEADER.replace("/1", "/2"), "f:1: is no line of a baseline .*pmbot.baseline/1"),
    ],
)
def test_what_is_no_baseline(text: str, problem: str) -> None:
    with pytest.raises(QuestionSetError, match=problem):
        parse_baseline(text, "f")


@given(st.text(max_size=60))
def test_any_text_is_a_baseline_or_a_message(text: str) -> None:
    with pytest.raises(QuestionSetError, match=r"^f:"):
        parse_baseline(text, "f")
