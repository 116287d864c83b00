"""`pmbot ask`: one question, or a file of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmbot.cli.knowledge import CliKnowledge, Loader, check_document, report_skipped
from pmbot.cli.options import AskOptions, UsageError
from pmbot.rendering.sanitize import well_formed

if TYPE_CHECKING:
    from pmbot.cli.console import Console
    from pmbot.models import Trace
    from pmbot.rendering.records import Record

HELP = """Ask a question.

Prints the answer, the sentence it stands in, word for word, and where that is; or says that the documents do not answer it.
Ends with 0 also then, unless --fail-on-abstain is given.

\b
  pmbot ask "How much was the trade in 2023?"
  pmbot ask --json "Who is the president?" | jq .citations
  echo "When was it signed?" | pmbot ask -
  pmbot ask --jsonl questions.jsonl > answers.jsonl
  pmbot ask --json --receipt "Who signed it?" > receipt.json; pmbot verify receipt.json

A line of a --jsonl file is {"id": …, "question": …}, with "history" (earlier questions) and "doc_id" where wanted.
"""


def run(options: AskOptions, load: Loader, console: Console) -> int:
    """Answer; 0, or 1 when a line of a batch failed or, with --fail-on-abstain, a question was not answered."""
    if options.jsonl is not None:
        from pmbot.cli.batch import run_batch

        if options.question:
            raise UsageError("give a question or --jsonl, not both")
        if options.record:
            raise UsageError("--record keeps a question that somebody asked; --jsonl asks many, and none of them is recorded")
        return run_batch(options, load, console)
    question = _question(options, console)
    if options.json and options.trace and options.receipt:
        raise UsageError("--json prints the trace or the receipt; give --trace or --receipt, not both")
    knowledge = load(options.knowledge, options.config)
    report_skipped(knowledge, console)
    check_document(knowledge, options.doc)
    answered = _answer(question, options, knowledge, console)
    return 0 if answered or not options.fail_on_abstain else 1


def _question(options: AskOptions, console: Console) -> str:
    if not options.question:
        raise UsageError('what do you want to know? pmbot ask "…", or - for standard input, or --jsonl FILE; see pmbot ask --help')
    if options.question == ["-"]:
        return console.binary_input.read().decode("utf-8-sig", "replace")
    return well_formed(" ".join(options.question))


def _answer(question: str, options: AskOptions, knowledge: CliKnowledge, console: Console) -> bool:
    trace = knowledge.trace(question, doc_id=options.doc)
    _show(trace, options, knowledge, console)
    if options.record:
        _record(trace, options, console)
    return trace.answer.answered


def _record(trace: Trace, options: AskOptions, console: Console) -> None:
    """Keep the question; that it cannot be kept is said, and changes nothing."""
    from pmbot.cli.usage import recorder_for

    recorder = recorder_for(options, console, "ask", record=True)
    complaint = recorder.note(trace) if recorder else None
    if complaint:
        console.complain(complaint)
    if recorder:
        recorder.close()


def _show(trace: Trace, options: AskOptions, knowledge: CliKnowledge, console: Console) -> None:
    if options.json:
        console.write(_record_of(trace, options, knowledge).json_text(indent=2) + "\n")
        return
    from pmbot.rendering.answers import answer_page
    from pmbot.rendering.emphasis import matched_words
    from pmbot.rendering.page import BLANK

    page = answer_page(trace.answer, knowledge.document, matched=matched_words(trace))
    if options.trace:
        from pmbot.rendering.traces import trace_page

        page = (*page, BLANK, *trace_page(trace, knowledge.document))
    if options.receipt:
        from pmbot.answering.receipt import receipt
        from pmbot.rendering.receipts import receipt_page

        page = (*page, BLANK, *receipt_page(receipt(trace.answer, knowledge.document)))
    console.screen.show(page)


def _record_of(trace: Trace, options: AskOptions, knowledge: CliKnowledge) -> Record:
    """The trace, the receipt or the answer; ProofError when a quote is not in its document."""
    from pmbot.answering.receipt import prove, receipt
    from pmbot.rendering.records import AnswerRecord, TraceRecord

    if options.receipt:
        from pmbot.rendering.receipts import ReceiptRecord

        return ReceiptRecord.of(receipt(trace.answer, knowledge.document))
    prove(trace.answer, knowledge.document)
    return TraceRecord.of(trace) if options.trace else AnswerRecord.of(trace.answer)
