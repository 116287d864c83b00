"""What somebody said: the words in quotation marks of a sentence that tells who said them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pmbot.answering.frames import DO, Clause
from pmbot.answering.short import NO_SHORT, Short

_SAY = frozenset({"say", "state"})
_QUOTED = re.compile(r"“([^“”]{3,})”|\"([^\"]{3,})\"|„([^„“”]{3,})[“”]|«([^«»]{3,})»")
_PUNCTUATION = " ,.;"


def says_at(words: Sequence[str]) -> int | None:
    """Where the verb stands in a question for what somebody said ("what did X *say*"); None in any other."""
    if words[:1] != ["what"] or len(words) < 2 or words[1] not in DO:
        return None
    return next((at for at in range(2, len(words)) if words[at] in _SAY), None)


def quoted(clause: Clause) -> Short:
    """The quote, where what somebody said is asked ("“*We were cut off*,” said X"); its closing comma is left out."""
    if says_at(clause.words) is None:
        return NO_SHORT
    text = clause.phrases.view.sentence.text
    found = [(match.start(match.lastindex), match.group(match.lastindex)) for match in _QUOTED.finditer(text) if match.lastindex]
    return Short(tuple((start, start + len(quote.rstrip(_PUNCTUATION))) for start, quote in found), 0.8) if found else NO_SHORT
