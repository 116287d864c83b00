"""The chat commands that turn use into better answers: votes, cases and receipts."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from pmbot.interfaces.registry import Call, Command, Reply
from pmbot.models import Trace
from pmbot.rendering.page import Ink, Page, line
from pmbot.rendering.sanitize import visible_line
from pmbot.storage.used import Vote

_NOTHING_YET: Page = (line("Nothing has been asked yet."),)
_SOURCE = frozenset({"source", "sources", "quote"})


def feedback_commands() -> tuple[Command, ...]:
    """Return the commands for the person whose files these are; `:save-case` and `:receipt FILE` write."""
    return (
        Command("good", "the last answer was right", _good),
        Command("bad", "it was wrong, or quoted the wrong source", _bad, takes="[source]"),
        Command("save-case", "keep the last answer as a test case", _save_case, takes="[FILE]", terminal=True),
        Command("receipt", "the proof of the last answer; as JSON to FILE", _receipt, takes="[FILE]", terminal=True),
    )


def _good(call: Call) -> Reply:
    return _vote(call, Vote.GOOD)


def _bad(call: Call) -> Reply:
    if call.argument and call.argument.lower() not in _SOURCE:
        return Reply((line(f"Say {call.registry.prefix}bad, or {call.registry.prefix}bad source when only the source was wrong."),))
    return _vote(call, Vote.WRONG_SOURCE if call.argument else Vote.BAD)


def _vote(call: Call, vote: Vote) -> Reply:
    trace, recorder = call.session.last, call.session.recorder
    if trace is None:
        return Reply(_NOTHING_YET)
    if recorder is None:
        return Reply((line("Nothing is recorded in this conversation, so there is nothing to vote on (settings: usage.record)."),))
    if not recorder.vote(trace.answer.answer_id, vote):
        return Reply((line("That answer is not in the record, so the vote was not kept."),))
    said = {Vote.GOOD: "Noted as right.", Vote.BAD: "Noted as wrong.", Vote.WRONG_SOURCE: "Noted as quoting the wrong source."}[vote]
    hint = "" if vote is Vote.GOOD else " `pmbot gaps` lists it."
    return Reply((line(f"{said}{hint}", Ink.NOTE),))


def _save_case(call: Call) -> Reply:
    from pmbot.questionset.cases import case_of
    from pmbot.questionset.read import saved_file
    from pmbot.questionset.write import add_case, case_yaml, ids_in

    trace = call.session.last
    if trace is None:
        return Reply(_NOTHING_YET)
    if trace.question.doc_id is not None:
        return Reply(
            (line("That answer was looked for in one document, and a case asks all of them. Lift the restriction and ask again."),)
        )
    path = Path(call.argument) if call.argument else saved_file()

    def ask(question: str, history: tuple[str, ...]) -> Trace:
        return call.session.knowledge.trace(question, history=history)

    case = case_of(trace, ask, taken=ids_in(path))
    named = call.session.named
    added = add_case(path, case, knowledge=None if named is None else Path(os.path.relpath(named, path.parent)).as_posix())
    shown = [line(text) for text in case_yaml(case, indent=2).splitlines()]
    saved = line(f"Saved as {added.id} in {visible_line(str(path))}:{added.line}.", Ink.NOTE)
    return Reply((*shown, saved) if named is None else (*shown, saved, line(_how_to_check(path, named), Ink.NOTE)))


def _how_to_check(path: Path, named: Path) -> str:
    """The command that asks what was asked here, whatever the question set and the settings name."""
    return f"To check it: pmbot test {visible_line(shlex.quote(str(path)))} --knowledge {visible_line(shlex.quote(str(named)))}"


def _receipt(call: Call) -> Reply:
    from pmbot.answering.receipt import receipt
    from pmbot.rendering.receipts import ReceiptRecord, receipt_page

    trace = call.session.last
    if trace is None:
        return Reply(_NOTHING_YET)
    made = receipt(trace.answer, call.session.knowledge.document)
    if not call.argument:
        hint = f"{call.registry.prefix}receipt FILE writes it as JSON, which `pmbot verify FILE` checks."
        return Reply((*receipt_page(made), line(hint, Ink.NOTE)))
    path = Path(call.argument)
    try:
        path.write_text(ReceiptRecord.of(made).json_text(indent=2) + "\n", encoding="utf-8")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        return Reply((line(f"{visible_line(call.argument)} cannot be written: {reason}"),))
    return Reply((line(f"Written to {visible_line(call.argument)}; to check it: pmbot verify {visible_line(call.argument)}", Ink.NOTE),))
