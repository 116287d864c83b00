"""Short answers by the grammar of the question and the sentence: the rules in the order in which they are tried."""

from __future__ import annotations

from collections.abc import Callable

from pmbot.answering.agent_spans import agent
from pmbot.answering.case import Case
from pmbot.answering.circumstance_spans import manner, place
from pmbot.answering.clause_spans import apposed, identity, keyed, taken
from pmbot.answering.contents_spans import contents
from pmbot.answering.definition_spans import defined
from pmbot.answering.doer_spans import doer, doers, owner, relative_doer, who_did
from pmbot.answering.frames import Clause
from pmbot.answering.label_spans import labelled
from pmbot.answering.listed_spans import announced
from pmbot.answering.naming_spans import name_asked, told_of, written_out
from pmbot.answering.origin_spans import origin
from pmbot.answering.quoted_spans import quoted
from pmbot.answering.reason_spans import cause, reason
from pmbot.answering.short import NO_SHORT, Short


def _beside_name(clause: Clause) -> Short:
    """What stands beside the name that "who is" or "what is" asks about."""
    acronym = clause.query.tokens[clause.words.index("stand") - 1] if clause.words[-2:] == ["stand", "for"] else None
    if acronym is not None:
        return written_out(clause.phrases.view, acronym.text)
    return told_of(clause.phrases.view, name_asked(clause.query))


_RULES: tuple[Callable[[Clause], Short], ...] = (
    quoted, announced, labelled, contents, origin, agent, owner, who_did, defined, identity, apposed, _beside_name, doers, relative_doer,
    doer, place, manner, reason, cause, taken, keyed,
)  # fmt: skip


def by_grammar(case: Case) -> Short:
    """What the first rule finds whose form the sentence has, or `NO_SHORT`."""
    clause = case.clause
    found = (rule(clause) for rule in _RULES) if clause is not None else ()
    return next((short for short in found if short.slices), NO_SHORT)
