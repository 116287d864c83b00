"""The public Python API as somebody else's program uses it."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

from tests.e2e.processes import KNOWLEDGE, ROOT, TRADE, TRADE_QUOTE, UNANSWERED, run

PROGRAM = f"""
import sys, threading
from pathlib import Path
import pmbot
from pmbot import Answer, Changes, KnowledgeBase, PmbotError, Trace

folder = Path(sys.argv[1])
knowledge = KnowledgeBase.load(str(folder))
answer = knowledge.ask({TRADE!r})
assert isinstance(answer, Answer) and answer.answered and answer.short_answer == "€130 million", answer
assert answer.citations[0].quote == {TRADE_QUOTE!r}
document = knowledge.document(answer.citations[0].doc_id)
assert document.excerpt(answer.citations[0].span) == answer.citations[0].quote
follow = knowledge.trace("and in 2022?", history=({TRADE!r},))
assert isinstance(follow, Trace) and follow.reading.text == {TRADE.replace("2023", "2022")!r}, follow.reading
assert not knowledge.ask({UNANSWERED!r}).answered

(folder / "new.md").write_text("# France\\n\\nJeanne Martin is the president of France.\\n", encoding="utf-8")
assert not knowledge.ask({UNANSWERED!r}).answered, "not before it is told to"
assert knowledge.reload() == Changes(added=("new.md",))
assert knowledge.ask({UNANSWERED!r}).short_answer == "Jeanne Martin"
assert not knowledge.ask({UNANSWERED!r}, doc_id="pmnet.txt").answered
(folder / "new.md").write_text("nothing to see", encoding="utf-8")
assert knowledge.reload() == Changes(changed=("new.md",))
(folder / "new.md").unlink()
assert knowledge.reload() == Changes(removed=("new.md",))
assert knowledge.reload() == Changes()

(folder / "pmnet.txt").unlink()
try:
    knowledge.reload()
except PmbotError as error:
    assert "there are no documents" in str(error)
else:
    raise AssertionError("an empty folder was loaded")
assert knowledge.ask({TRADE!r}) == answer, "the old documents stay when the new ones cannot be read"

answers = []
threads = [threading.Thread(target=lambda: answers.append(knowledge.ask({TRADE!r} + " "))) for _ in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
assert len(answers) == 8 and len(set(answers)) == 1

for wrong in (dict(doc_id="nowhere.txt"),):
    try:
        knowledge.ask("q", **wrong)
    except PmbotError as error:
        assert "nowhere.txt" in str(error)
    else:
        raise AssertionError("a document that is not there was asked")
assert set(pmbot.__all__) <= set(dir(pmbot)) | set(pmbot.__all__)
assert all(getattr(pmbot, name) for name in pmbot.__all__)
print("well")
"""


def test_a_program(tmp_path: Path) -> None:
    (tmp_path / "pmnet.txt").write_bytes(KNOWLEDGE.read_bytes())
    done = run([sys.executable, "-W", "error", "-c", PROGRAM, tmp_path]).calm()
    assert (done.out, done.err) == ("well\n", "")


def test_the_example_of_the_documentation_runs() -> None:
    import pmbot.api

    _, _, example = (pmbot.api.__doc__ or "").partition("\n")
    example = textwrap.dedent(example)
    assert "KnowledgeBase.load" in example
    assert run([sys.executable, "-c", example], cwd=ROOT).calm().out == f"€130 million {TRADE_QUOTE}\n"


def test_the_examples_it_gives_are_answered() -> None:
    from pmbot import KnowledgeBase

    knowledge = KnowledgeBase.load(KNOWLEDGE)
    assert len(knowledge.examples()) == 3
    for example in knowledge.examples():
        assert knowledge.ask(example).answered, example
