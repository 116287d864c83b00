"""Guards on what a sentence leaves untold though it holds every word: the reason, the doer, the place, what was said."""

from __future__ import annotations

from pmbot.answering import english
from pmbot.answering.agent_spans import by_behind
from pmbot.answering.case import Case, Refusal
from pmbot.answering.cues import REASON_HINT
from pmbot.answering.frames import DO, IS, Clause
from pmbot.answering.lexicon import SYNONYM
from pmbot.answering.mentions import NAMES
from pmbot.answering.phrases import DETERMINERS
from pmbot.answering.quoted_spans import says_at
from pmbot.answering.reason_spans import reason
from pmbot.answering.roles import is_participle
from pmbot.models import MentionKind, QuestionType

_UNTOLD = Refusal("type_absent", ())
_AT = frozenset(
    "in at on near beside under below above behind along inside outside between into onto opposite around across throughout where off"
    " towards toward north south east west".split()
)
_WHEN_OR_WHERE = frozenset("in on at as from near before after during since until".split())
_HAPPEN = frozenset({"held", "happen", "happens", "happened", "occur", "occurs", "occurred"})
_TAKE = frozenset({"take", "takes", "took", "taking", "taken"})
_HELD = frozenset(
    "held hold holds holding took take takes taking taken host hosts hosted hosting venue organised organized organises organizes happen"
    " happens happened occur occurs occurred occurring open opens opened convened convenes meet meets met meeting gather gathers gathered"
    " gathering stage staged celebrate celebrates celebrated home site location begin begins began start starts started played"
    " fought".split()
)
_IN_ORDER = frozenset(
    "before after preceded precedes preceding succeeded succeeds succeeding succession predecessor successor followed follows following"
    " replaced replaces replacing former previous previously took takes over next earlier until since then later first second third last"
    " new old".split()
)
_WHO = english.PERSON_NOUNS | english.TITLES | english.ROLE_NOUNS
_SAYING = frozenset(
    "said says say saying stated states stating told tells telling claimed claims claiming argued argues arguing added adds noted notes"
    " explained explains announced announces declared declares wrote writes described describes described called calls remarked commented"
    " replied answered asserted asserts concluded concludes mentioned mentions stressed emphasised emphasized suggested suggests warned"
    " insisted believed believes believing thinks thought according promised reported reports quoted expressed spoke criticised criticized"
    " praised complained admitted denied confirmed demanded urged held maintained considered saw viewed proposed opinion view views words"
    " statement speech thesis theory argument idea meant means".split()
)
_QUOTES = frozenset('“”"„«»')
_NO_PLACES = (MentionKind.DATE, MentionKind.MONEY, MentionKind.PERCENT, MentionKind.AGE)
_MAYBE_AT = frozenset({"to", "from", "through", "via", "within", "over"})


def reason_untold(case: Case) -> Refusal | None:
    """What is asked the reason of is told, but no reason: "to" alone is none in "closed *to cars*", nor "since" in "*since 2007*"."""
    words = case.query.norms
    asks = case.query.reading.type is QuestionType.WHY or (words[:1] == ["what"] and words[1:2] in (["caused"], ["causes"]))
    clause = case.clause if asks else None
    if clause is None or reason(clause).slices or REASON_HINT.search(case.candidate.view.sentence.text):
        return None
    return _UNTOLD


def doer_untold(case: Case) -> Refusal | None:
    """Who did it is asked, and that it was done is told, but not by whom ("who *appointed* X": "X was appointed in May")."""
    words = case.query.norms
    asks = words[:1] == ["who"] and len(words) > 2 and words[1] not in english.AUXILIARIES
    clause = case.clause if asks else None
    if clause is None:
        return None
    place = case.query.place_of(1)
    if place is None and not is_participle(words[1]):  # "who also …"
        return None
    stands = case.matcher.stands_for(place, least=SYNONYM) if place is not None else {case.query.tokens[1].term}
    phrases = clause.phrases
    verbs = [at for at, token in enumerate(phrases.tokens) if token.term in stands and not phrases.stands_as_noun(at)]
    done = verbs or [at for at, token in enumerate(phrases.tokens) if token.term in stands and _describes(clause, at)]
    return _UNTOLD if done and all(_is_done(clause, at) or _describes(clause, at) for at in done) else None


def _describes(clause: Clause, at: int) -> bool:
    """Whether a participle stands before its noun, behind an article: "the *approved* budget"."""
    phrases = clause.phrases
    if not is_participle(phrases.tokens[at].norm) or not 0 < at < len(phrases.tokens) - 1 or phrases.breaks(at + 1):
        return False
    return phrases.tokens[at - 1].norm in english.ARTICLES and phrases.classes[at + 1] in {"noun", "plural", "word", "adjective", "ing"}


def object_of_other(case: Case) -> Refusal | None:
    """Who did something to a name is asked ("who leads *X*"), and here it is done to another thing: "led *the trial* at X"."""
    clause, words = case.clause, case.query.norms
    if clause is None or words[:1] != ["who"] or clause.frame.opens in english.AUXILIARIES or len(words) < 3:
        return None
    named = {place for at in range(clause.frame.start + 1, len(words)) if (place := case.query.place_of(at)) is not None}
    if not named or not all(case.query.terms[place].is_name for place in named):
        return None
    verb = case.query.place_of(clause.frame.start)
    verbs = [at for at, places in clause.touched.items() if verb in places and not clause.phrases.stands_as_noun(at)]
    return _UNTOLD if verbs and all(_is_of_another(clause, at, named) for at in verbs) else None


def _is_of_another(clause: Clause, verb: int, named: set[int]) -> bool:
    """Whether what the verb is done to is told, right behind it or before its "was", and is none of what is `named`."""
    phrases = clause.phrases
    be = verb - 1
    while be > 0 and phrases.classes[be] == "adverb":
        be -= 1
    if be > 0 and phrases.tokens[be].norm in english.BE:
        start, end = phrases.subject(be), be
    elif verb + 1 < len(phrases.tokens) and not phrases.breaks(verb + 1):
        start, end = verb + 1, phrases.noun_phrase(verb + 1)
    else:
        return False
    return start < end and phrases.tokens[start].norm in english.ARTICLES and named.isdisjoint(clause.held(start, end))


def _is_done(clause: Clause, verb: int) -> bool:
    """Whether it is told that something was done, but nobody stands behind a "by": "was *founded* in May", "Oslo, *founded* in May"."""
    phrases = clause.phrases
    if phrases.classes[verb] == "ing" or by_behind(phrases, verb) is not None:
        return False
    before = verb - 1
    while before >= 0 and (phrases.classes[before] == "adverb" or phrases.tokens[before].norm == "not"):
        before -= 1
    if before < 0:
        return False
    if not phrases.breaks(verb) and not _is_reduced(clause, verb):
        return phrases.tokens[before].norm in english.BE
    behind = phrases.tokens[verb + 1].norm if verb + 1 < len(phrases.tokens) else ""
    return is_participle(phrases.tokens[verb].norm) and behind in _WHEN_OR_WHERE


def _is_reduced(clause: Clause, verb: int) -> bool:
    """Whether a participle follows an apposed noun, which it describes, without an object of its own: "X, a club *founded* in 2003"."""
    phrases, start = clause.phrases, verb
    while start and not phrases.breaks(start) and phrases.classes[start - 1] in {"article", "adjective", "noun", "word", "plural", "ing"}:
        start -= 1
    return 0 < start < verb and phrases.breaks(start) and phrases.tokens[start].norm in english.ARTICLES


def deed_untold(case: Case) -> Refusal | None:
    """What somebody or something does is asked ("what does X *do*"), and X only stands behind a preposition: "allergic *to X*"."""
    words = case.query.norms
    asks = words[:1] == ["what"] and words[1:2] != [] and words[1] in DO and len(words) > 3 and words[-1] == "do"
    clause = case.clause if asks else None
    if clause is None or not clause.touched:
        return None
    return _UNTOLD if all(_behind_preposition(clause, at) for at in clause.touched) else None


def _behind_preposition(clause: Clause, at: int) -> bool:
    """Whether the token at `at` stands in a noun phrase behind a preposition, and nothing more is told of it behind a comma."""
    phrases, first = clause.phrases, at
    while first and not phrases.breaks(first) and phrases.classes[first] not in {"preposition", "auxiliary", "conjunction"}:
        first -= 1
    told = at + 1 < len(phrases.tokens) and phrases.gaps[at + 1].strip() == ","
    return phrases.classes[first] == "preposition" and first < at and not told


def holder_untold(case: Case) -> Refusal | None:
    """Who somebody is is asked ("who is the *tenant*"), and here it is only told what is theirs: "the *tenant's* affair"."""
    clause, words = case.clause, case.query.norms
    asks = words[:1] == ["who"] and words[1:2] != [] and words[1] in IS and words[2:3] == ["the"]
    return _UNTOLD if asks and clause is not None and clause.only_owns(0, len(clause.phrases.tokens)) else None


def succession_untold(case: Case) -> Refusal | None:
    """Who was something before or after somebody is asked, and no word here tells of an order."""
    words = case.query.norms
    asks = words[:1] == ["who"] and words[1:2] != [] and words[1] in IS
    at = next((at for at, word in enumerate(words) if word in {"before", "after"}), None) if asks else None
    names = at is not None and any(_is_somebody(case, place) for place in range(at + 1, min(at + 3, len(words))))
    told = not names or any(token.norm in _IN_ORDER for token in case.candidate.view.tokens)
    return None if told else _UNTOLD


def place_untold(case: Case) -> Refusal | None:
    """Where is asked, and here is no place: no new name but of a person or an owner, nothing new behind a preposition of place."""
    view = case.candidate.view
    clause = case.clause if case.query.reading.type is QuestionType.WHERE else None
    if clause is None or view.row is not None:
        return None
    asked = case.query.term_set
    kinds = frozenset(NAMES) - {MentionKind.PERSON}
    places = [m for m in view.mentions if m.kind in kinds and not view.sentence.text.startswith(english.OWNER, m.end)]
    named = any(not any(t.term in asked for t in view.tokens_in(m.start, m.end)) and not _acts(clause, m.start) for m in places)
    return None if named or any(_is_at(clause, at) for at in range(len(view.tokens) - 1)) else _UNTOLD


def _acts(clause: Clause, start: int) -> bool:
    """Whether the name that starts there stands behind "by", and so did something: "carried out *by the Quindle Institute*"."""
    phrases = clause.phrases
    at = next((at for at, token in enumerate(phrases.tokens) if token.start >= start), 0)
    at -= at > 0 and phrases.tokens[at - 1].norm in english.ARTICLES
    done = any(is_participle(token.norm) for token in phrases.tokens[max(0, at - 3) : max(0, at - 1)])  # "carried out by"
    return at > 0 and phrases.tokens[at - 1].norm == "by" and done


def _is_at(clause: Clause, at: int) -> bool:
    """Whether the token at `at` is a preposition with a new place behind it, and no time."""
    phrases, behind = clause.phrases, at + 1
    norm = phrases.tokens[at].norm
    definite = phrases.classes[behind] == "capital" or phrases.tokens[behind].norm in DETERMINERS
    if phrases.breaks(behind) or not (norm in _AT or (norm in _MAYBE_AT and definite)):
        return False
    end = phrases.noun_phrase(behind)
    return end > behind and clause.is_new(behind, end) and not phrases.mentions_in(behind, behind + 1, _NO_PLACES)


def venue_untold(case: Case) -> Refusal | None:
    """Where something was held is asked, and no place stands behind its name, nor a word that says that it was held."""
    words = case.query.norms
    clause = case.clause if case.query.reading.type is QuestionType.WHERE and _takes_place(words) else None
    if clause is None or case.candidate.view.row is not None:
        return None
    tokens = case.candidate.view.tokens
    held = any(token.norm in _HELD for token in tokens)
    placed = any(_is_at(clause, at) for at in range(min(clause.touched, default=len(tokens)) + 1, len(tokens) - 1))
    return None if held or placed else _UNTOLD


def _takes_place(words: list[str]) -> bool:
    return not _HAPPEN.isdisjoint(words) or ("place" in words and not _TAKE.isdisjoint(words))


def speech_untold(case: Case) -> Refusal | None:
    """What somebody said is asked ("what did the mayor *say*"), and nobody says it: neither a verb of saying stands here nor a quote."""
    words = case.query.norms
    says = says_at(words)
    if says is None or case.clause is None:
        return None
    if words[1] != "did" and not _is_somebody(case, says - 1):  # "what does the text say about …"
        return None
    view = case.candidate.view
    told = any(token.norm in _SAYING for token in view.tokens) or not _QUOTES.isdisjoint(view.sentence.text)
    return None if told else _UNTOLD


def _is_somebody(case: Case, at: int) -> bool:
    """Whether a word of the question is a name, or says who somebody is."""
    place = case.query.place_of(at)
    return place is not None and (case.query.terms[place].is_name or case.query.tokens[at].norm in _WHO)


UNTOLD = (
    reason_untold,
    doer_untold,
    object_of_other,
    deed_untold,
    holder_untold,
    succession_untold,
    place_untold,
    venue_untold,
    speech_untold,
)
"""These guards, in the order they are asked."""
