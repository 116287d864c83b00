"""Short answers that list what a thing holds."""

from __future__ import annotations

from pmbot.answering.clause_spans import as_asked
from pmbot.answering.frames import IS, Clause
from pmbot.answering.short import NO_SHORT, Short

_HOLDING = frozenset(
    "contain contains contained containing include includes included including hold holds held holding comprise comprises comprised"
    " comprising consists consisted consisting".split()
)
_HOLDER_REACH = 4  # tokens between what holds and the verb that says so
_WITHIN = frozenset({"in", "inside", "within", "on", "among"})


def contents(clause: Clause) -> Short:
    """What a thing holds ("what is in the box": "The box contains *X and Y*"; "who is in the group": "a group consisting of *X and Y*")."""
    start = clause.frame.start
    if clause.frame.opens not in IS or start + 1 >= len(clause.words) or clause.words[start + 1] not in _WITHIN:
        return NO_SHORT
    phrases = clause.phrases
    for at, token in enumerate(phrases.tokens[:-2]):
        if token.norm in _HOLDING and clause.held(max(0, at - _HOLDER_REACH), at):
            begin = at + 1 + (phrases.tokens[at + 1].norm == "of")
            end, _ = phrases.coordinated(begin)
            if end > begin and clause.is_new(begin, end):
                return as_asked(clause, begin, end, 0.8)
    return NO_SHORT
