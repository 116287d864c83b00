"""Guards on what happened: no end where one is asked, what is only planned or demanded, the effect for its cause, no sum, another party."""

from __future__ import annotations

import re

from pmbot.answering import english
from pmbot.answering.case import Case, Refusal
from pmbot.answering.figure_guards import STRICT_TYPES
from pmbot.answering.frames import DO, MODALS
from pmbot.answering.lexicon import SYNONYM
from pmbot.answering.mentions import NAMES
from pmbot.answering.query import NEAR
from pmbot.answering.roles import is_participle
from pmbot.answering.ties import name_phrases
from pmbot.models import MentionKind, QuestionType
from pmbot.text.lazy_pattern import LazyPattern

_UNTOLD = Refusal("type_absent", ())
_CAUSE = LazyPattern(
    r"\b(?:because(?: of)?|due (?:\w+ ){0,1}to|owing to|thanks to|as a result of|after|since|(?:cause|reason) (?:was|is))\s", re.IGNORECASE
)
_MORE_CAUSE = LazyPattern(r"\b(?:because|due to|owing to|thanks to|result|since|as|so that|in order to|when)\b", re.IGNORECASE)
_CLOSING = re.compile(r"[,;:()]")
_ENDS = frozenset("end ends finish finishes close closes expire expires stop stops cease ceases conclude concludes".split())
_ENDING = LazyPattern(
    r"\b(?:end(?:s|ed|ing)?|finish\w*|clos(?:e[sd]?|ing|ure)|expir\w+|stop\w*|ceas\w+|conclu\w+|until|till|deadline|latest|last\w*|over|through"
    r"|complet\w+|final\w*|before|valid|run|runs|ran|shut\w*|up|discontinu\w+|ceased|termin\w+|limit\w*|longer)\b|\d\s?[–-]\s?\d|[–—]",
    re.IGNORECASE,
)
_SPENDING = frozenset("cost pay charge earn".split())
_SPENT = _SPENDING | frozenset("costs pays paid charges charged earns earned compensated".split())
_FREE = frozenset("free nothing gratis".split())
_IN_TOTAL = LazyPattern(r"\b(?:in (?:total|all)|altogether|overall)\b", re.IGNORECASE)
_WHOLE = frozenset(
    "total totals totalled totalling all altogether overall whole entire together sum has have had having with there comprise comprises"
    " comprising comprised consist consists consisting contain contains containing number"
    " numbers numbered count counts run runs is are".split()
)
_TO = frozenset(
    "aim aims aimed plan plans planned planning intend intends intended hope hopes hoped expect expects expected want wants wanted propose"
    " proposes proposed seek seeks due scheduled likely supposed is are".split()
)
_UNREAL = MODALS - {"can", "could"}
_REACH = 4
_CONDITION = LazyPattern(
    r"\b(?:provided(?: that)?|providing that|subject to|on condition that|if|unless|in case|depending on|pending)\s", re.IGNORECASE
)
_PERFECT = frozenset({"has", "have", "had", "did", "was", "were"})
_STANDING_IN = frozenset("it its he his she her they their them this these".split())


def effect_untold(case: Case) -> Refusal | None:
    """Why something happened is asked, and it is itself the reason here: "she left *after* the alarm was triggered"."""
    clause = case.clause if case.query.norms[:1] == ["why"] else None
    place = case.query.place_of(clause.verb) if clause is not None and clause.verb is not None else None
    if clause is None or place is None:
        return None
    text = case.candidate.view.sentence.text
    verbs = [clause.phrases.tokens[at].start for at, places in clause.touched.items() if place in places]
    opened = [found.end() for found in _CAUSE.finditer(text)]
    behind = [any(end <= at and not _CLOSING.search(text, end, at) for end in opened) for at in verbs]
    return _UNTOLD if behind and all(behind) and not _MORE_CAUSE.search(text, max(verbs)) else None


def end_untold(case: Case) -> Refusal | None:
    """When something ends or until when it goes on is asked, and no end is told: "from 15 January", "revised in March"."""
    words, view = case.query.norms, case.candidate.view
    until = words[:2] == ["until", "when"]
    asks = until or (case.query.reading.type is QuestionType.WHEN and words[-1] in _ENDS and not (DO | MODALS).isdisjoint(words))
    if not asks or view.row is not None or _ENDING.search(view.sentence.text):
        return None
    bounded = any(m.kind in {MentionKind.DATE, MentionKind.TIME} and _before(case, m.start) in {"by", "to"} for m in view.mentions)
    return None if bounded else _UNTOLD


def _before(case: Case, start: int) -> str:
    """The word before the one that starts at `start`."""
    view = case.candidate.view
    at = view.token_place.get(start)
    return view.tokens[at - 1].norm if at else ""


def sum_untold(case: Case) -> Refusal | None:
    """What something costs is asked, and no sum is told, nor that it is free."""
    words, view = case.query.norms, case.candidate.view
    much = words[:2] == ["how", "much"] and not _SPENT.isdisjoint(words)
    what = words[:1] == ["what"] and not (DO | MODALS).isdisjoint(words[1:2]) and not _SPENDING.isdisjoint(words[2:])
    asks = (
        much
        or (what and words[-1] not in english.PREPOSITIONS)
        or (words[:2] == ["how", "many"] and words[2:3] != [] and words[2] in english.MONEY_UNITS)
    )
    if not asks or view.row is not None:
        return None
    told = any(m.kind in {MentionKind.MONEY, MentionKind.PERCENT} for m in view.mentions)
    return None if told or not _FREE.isdisjoint(token.norm for token in view.tokens) else _UNTOLD


def total_untold(case: Case) -> Refusal | None:
    """How many there are *in all* is asked, and the number is that of some: "sixty members gathered"."""
    view = case.candidate.view
    asks = case.query.reading.type is QuestionType.HOW_MANY and _IN_TOTAL.search(case.query.reading.text)
    return _UNTOLD if asks and view.row is None and _WHOLE.isdisjoint(token.norm for token in view.tokens) else None


def only_planned(case: Case) -> Refusal | None:
    """What was done is asked, and it is only planned or a condition: "we *aim to* cut it", "*provided that* the agency grants it"."""
    words = case.query.norms
    if _PERFECT.isdisjoint(words[:4]) or not MODALS.isdisjoint(words) or "if" in words:
        return None
    tokens, text = case.candidate.view.tokens, case.candidate.view.sentence.text
    after_did = words.index("did") + 1 if "did" in words else len(words)
    done = [case.query.place_of(at) for at in range(1, len(words)) if at >= after_did or is_participle(words[at])]
    stands = frozenset[str]().union(*(case.matcher.stands_for(p, least=SYNONYM) for p in done if p is not None))
    verbs = [at for at, token in enumerate(tokens) if token.term in stands]
    if verbs and words[0] != "when" and all(_is_unreal(case, at) for at in verbs):
        return Refusal("premise_denied", ())
    found = _CONDITION.search(text)
    if found is None:
        return None
    end = _CLOSING.search(text, found.end())
    last = end.start() if end is not None else len(text)
    inside, outside = 0, 0
    for place in range(len(case.query.terms)):
        stands = case.matcher.stands_for(place, least=SYNONYM)
        held = [found.start() <= token.start < last for token in tokens if token.term in stands]
        inside, outside = inside + (bool(held) and all(held)), outside + (not all(held))
    return Refusal("premise_denied", ()) if inside > outside else None


def _is_unreal(case: Case, at: int) -> bool:
    """Whether a verb stands behind "will" and its like, or behind a "to" that tells a plan: "aims *to cut*"."""
    words = [token.norm for token in case.candidate.view.tokens[max(0, at - _REACH) : at]]
    if not _UNREAL.isdisjoint(words):
        return True
    to = words[:-1] if words[-1:] and words[-1].endswith("ly") else words
    return to[-1:] == ["to"] and to[-2:-1] != [] and to[-2] in _TO


def party_of_other(case: Case) -> Refusal | None:
    """The figure is another's: a name asked about stands not here, and the subject is another name: "*Nordfix* takes ten days"."""
    view, query = case.candidate.view, case.query
    if query.reading.type not in STRICT_TYPES or view.row is not None or not view.tokens:
        return None
    if not _STANDING_IN.isdisjoint(token.norm for token in view.tokens):
        return None
    names = [[p for p in phrase if query.terms[p].term not in case.topic] for phrase in name_phrases(query)]
    apart = [phrase for phrase in names if phrase and all(case.candidate.matches[p].quality < NEAR for p in phrase)]
    acting = [m for m in view.mentions if m.kind in NAMES and (m.start == view.tokens[0].start or _before(case, m.start) == "by")]
    other = any(not any(t.term in query.term_set | case.places for t in view.tokens_in(m.start, m.end)) for m in acting)
    return Refusal("name_apart", case.texts(apart[0])) if apart and other else None


EVENTS = (effect_untold, end_untold, sum_untold, total_untold, only_planned, party_of_other)
"""These guards, in the order they are asked."""
