"""Guards on how the words of the question hang together: whose something is, who acts, what is done."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Container, Sequence

from pmbot.answering import english
from pmbot.answering.case import Case, Refusal
from pmbot.answering.lexicon import SYNONYM
from pmbot.answering.query import NEAR, Query
from pmbot.answering.roles import behind_preposition, main_verb, names_office, only_describes, part_in_sentence, verb_between
from pmbot.answering.word_classes import word_class
from pmbot.models import KeyTerm, QuestionType, Status
from pmbot.text.analyzer import Token

_STANDING_FOR_NAMES = frozenset("it its he his she her they their".split())
_SUBJECTS = frozenset("it he she they".split())
_HAVING = frozenset({"has", "have", "had"})
_DEPUTIES = frozenset("deputy vice assistant".split())
_BELONGING = frozenset("of at for in".split())
_OWNER_REACH = 6
_COUNTS = frozenset("two three four five six seven eight nine ten eleven twelve".split())
_MONTHS = frozenset("january february march april may june july august september october november december".split())
_OWNER_BORDER = english.PREPOSITIONS | english.AUXILIARIES | english.CONJUNCTIONS | english.PRONOUNS | english.WH_WORDS
_BEFORE_OWNER = _OWNER_BORDER | english.ARTICLES


def role_elsewhere(case: Case) -> Refusal | None:
    """The role asked about is somebody else's here ("the president of X" in a sentence on the president of Y)."""
    return _held_elsewhere(case, "role_elsewhere", lambda term: term.text.lower() in english.ROLE_NOUNS)


def owner_elsewhere(case: Case) -> Refusal | None:
    """A noun of the question belongs to somebody else here ("how many Xish firms" in a sentence on eight Yish firms)."""
    named = any(token.text[0].isupper() and token.norm in case.names for token in case.query.tokens)
    if not named or "whose" in case.query.norms:
        return None
    return _held_elsewhere(case, "owner_elsewhere", lambda term: not (term.is_name or term.is_number or term.text.lower() in _COUNTS))


def role_of_other_kind(case: Case) -> Refusal | None:
    """The role stands here with another noun before it ("the *police* chief" in a sentence on the fire chief)."""
    tokens, here = case.query.tokens, case.candidate.view.tokens
    deputy = _deputy_only(case)
    if deputy is not None:
        return Refusal("role_of_other_kind", case.texts([deputy]))
    for place, term in enumerate(case.query.terms[1:], 1):
        if term.text.lower() not in english.ROLE_NOUNS:
            continue
        kind = case.query.terms[place - 1]
        at = next(at for at, token in enumerate(tokens) if token.term == term.term)
        if not at or tokens[at - 1].term != kind.term or kind.is_name or kind.is_number:
            continue
        if case.candidate.matches[place - 1].quality >= NEAR or case.candidate.matches[place].quality < NEAR:
            continue
        stands = case.matcher.stands_for(place)
        before = [here[p - 1] for p, token in enumerate(here) if token.term in stands and p]
        if before and all(_names_kind(token) for token in before):
            return Refusal("role_of_other_kind", (kind.text, term.text))
    return None


def _deputy_only(case: Case) -> int | None:
    """The place of a role that only somebody's deputy has here ("the mayor" is asked for, and it says "the *deputy* mayor")."""
    here = case.candidate.view.tokens
    if _DEPUTIES.intersection(token.norm for token in case.query.tokens):
        return None
    for place, term in enumerate(case.query.terms):
        if term.text.lower() not in english.ROLE_NOUNS:
            continue
        before = [here[at - 1].norm if at else "" for at, token in enumerate(here) if token.term == term.term]
        if before and _DEPUTIES.issuperset(before):
            return place
    return None


def _names_kind(token: Token) -> bool:
    """Whether a word before a role says of what kind it is, as a noun does."""
    words = english.ARTICLES | english.PRONOUNS | english.PREPOSITIONS | english.AUXILIARIES | english.CONJUNCTIONS | english.ORDINAL_WORDS
    return token.norm not in words and word_class(token) in {"noun", "capital", "plural"}


def pronoun_of_other(case: Case) -> Refusal | None:
    """The sentence opens with a pronoun, and the name asked about is not what the sentence before speaks of."""
    view = case.candidate.view
    if not view.tokens or view.tokens[0].norm not in _STANDING_FOR_NAMES:
        return None
    written = {token.term for token in view.tokens if token.text[0].isupper()}
    for phrase in name_phrases(case.query):
        terms = [case.query.terms[place] for place in phrase]
        if any(case.matcher.stands_for(place) & written for place in phrase) or all(t.term in case.topic for t in terms):
            continue
        if any(case.candidate.before[place].quality < NEAR for place in phrase):
            return Refusal("pronoun_of_other", case.texts(phrase))
    return None


def _held_elsewhere(case: Case, reason: str, concerns: Callable[[KeyTerm], bool]) -> Refusal | None:
    """Only like is held against like: a place against other places, any other name against other names."""
    tokens = case.query.tokens
    for place, term in enumerate(case.query.terms):
        if not concerns(term):
            continue
        at = next(at for at, token in enumerate(tokens) if token.term == term.term)
        asked = _owners(tokens, at, case.names)
        if asked and not _owned_here(case, place, asked):
            names = tuple(t.text for t in case.query.terms if t.term in asked)
            return Refusal(reason, (*names, term.text))
    return None


def _owned_here(case: Case, place: int, asked: frozenset[str]) -> bool:
    """Whether the noun at `place` stands in the sentence with one of its owners `asked`, or with none that excludes them."""
    stands = case.matcher.stands_for(place, least=SYNONYM)
    tokens = case.candidate.view.tokens
    found = [at for at, token in enumerate(tokens) if token.term in stands]
    rivals = 0
    for at in found:
        owners = _owners(tokens, at, case.names)
        if not owners or owners & asked:
            return True
        rivals += bool(case.places & owners) == bool(case.places & asked)
    return rivals < len(found) or not found


def _owners(tokens: Sequence[Token], at: int, names: Container[str]) -> frozenset[str]:
    """The names that the noun at `at` belongs to: before it ("the Latvian president"), or after "of" ("the president of Latvia")."""
    owners = set()
    for back in range(at - 1, max(-1, at - 4), -1):
        token = tokens[back]
        if token.norm in _BEFORE_OWNER or tokens[back + 1].start - token.end > 1 or verb_between(tokens, back, at):
            break
        if token.text[0].isupper() and token.norm in names:
            owners.add(token.term)
    for place in _of_what(tokens, at):
        if tokens[place].text[0].isupper() and tokens[place].norm in names:
            owners.add(tokens[place].term)
    return frozenset(owners)


def _of_what(tokens: Sequence[Token], at: int) -> list[int]:
    """The places of the words behind a noun that say of what it is: "of the city", "of research at the firm"."""
    if at + 1 >= len(tokens) or tokens[at + 1].norm != "of":
        return []
    found: list[int] = []
    for place in range(at + 2, min(len(tokens), at + 2 + _OWNER_REACH)):
        apart = tokens[place].start - tokens[place - 1].end > 1
        if apart or (tokens[place].norm in _OWNER_BORDER and tokens[place].norm not in _BELONGING):
            break
        found.append(place)
    return found


def role_absent(case: Case) -> Refusal | None:
    """The role asked about stands nowhere near ("the *head* of X" in a sentence that only names X)."""
    roles = english.ROLE_NOUNS - english.ADDRESSES
    asked = _noun_of_who(case.query)
    missing = [
        p for p in case.query.relation if (p == asked or case.query.terms[p].text.lower() in roles) and not case.near(p, least=SYNONYM)
    ]
    if not missing:
        return None
    gone = [p for p in missing if p in case.absent]
    return Refusal("role_absent", case.texts(missing), Status.NOT_MENTIONED if gone else Status.NOT_ENOUGH)


def _noun_of_who(query: Query) -> int | None:
    """The place of the noun in "who is the *rector* of X": whatever the word, it is a role."""
    norms = query.norms
    if norms[:1] != ["who"] or len(norms) < 5 or norms[1] not in english.BE or norms[2] not in english.ARTICLES:
        return None
    of = next((at for at, word in enumerate(norms) if word == "of"), None)
    return query.place_of(of - 1) if of is not None and of > 3 else None


def other_label(case: Case) -> Refusal | None:
    """The sentence speaks of another of its kind: "Block A" is asked about, and it says "Block B"."""
    asked, here = _labels(case.query.tokens), _labels(case.candidate.view.tokens)
    for noun, (label, text) in asked.items():
        if noun in here and here[noun][0] != label and not any(t.text == label for t in case.candidate.view.tokens):
            return Refusal("other_label", (text,))
    return None


def _labels(tokens: Sequence[Token]) -> dict[str, tuple[str, str]]:
    """What a noun is told apart by: its term to the letter or number behind it, and both as written."""
    found: dict[str, tuple[str, str]] = {}
    for noun, label in itertools.pairwise(tokens):
        is_label = (len(label.text) == 1 and label.text.isupper()) or (label.text.isdigit() and len(label.text) <= 2)
        # A figure behind a small noun or preposition counts or dates: "in 5 days", "May 3".
        if is_label and label.start - noun.end == 1 and noun.text[0].isupper() and noun.norm not in english.PREPOSITIONS | _MONTHS:
            found.setdefault(noun.term, (label.text, f"{noun.text} {label.text}"))
    return found


def reversed_parts(case: Case) -> Refusal | None:
    """The name acts in the sentence where the question has it acted on, or the other way round."""
    tokens = case.query.tokens
    asked = main_verb(tokens, case.names)
    verb = case.query.place_of(asked.verb) if asked is not None else None
    if asked is None or verb is None or case.candidate.matches[verb].quality < SYNONYM:
        return None
    for phrase in name_phrases(case.query):
        at = next(at for at, token in enumerate(tokens) if token.term == case.query.terms[phrase[-1]].term)
        part = asked.before if at < asked.verb else asked.after
        name = _named_here(case, phrase)
        if (
            part is None
            or not name
            or names_office(tokens, asked.verb, at)
            or only_describes(tokens, at, asked.verb)
            or behind_preposition(tokens, _first_of(tokens, at, len(phrase)))
        ):
            continue
        # A word that is only related may turn the parts round: who sells is not who buys.
        parts = part_in_sentence(case.candidate.view.tokens, case.matcher.stands_for(verb, least=SYNONYM), name)
        if parts and part not in parts and not (part == "patient" and "aside" in parts):
            return Refusal("reversed_parts", (*case.texts(phrase), case.query.terms[verb].text))
    return None


def subject_of_other(case: Case) -> Refusal | None:
    """The verb of the question has another subject here: the name asked about stands before alone, and the sentence says "*trout* died"."""
    tokens, here = case.query.tokens, case.candidate.view.tokens
    asked = main_verb(tokens, case.names)
    verb = case.query.place_of(asked.verb) if asked is not None and asked.before == "agent" else None
    if asked is None or verb is None or tokens[asked.verb - 1].norm in english.WH_WORDS:
        return None
    subject = [p for p, t in enumerate(case.query.terms[:verb]) if t.is_name]
    if not subject or any(case.candidate.matches[p].quality >= NEAR for p in subject):
        return None
    stands = case.matcher.stands_for(verb, least=SYNONYM)
    done = [at for at, token in enumerate(here) if token.term in stands]
    return Refusal("relation_apart", case.texts([verb])) if done and all(_own_subject(here, at) for at in done) else None


def _own_subject(tokens: Sequence[Token], verb: int) -> bool:
    """Whether a bare noun stands right before the verb, which names others than whoever is spoken of ("that *trout* died")."""
    at = verb - 1
    while at > 0 and (word_class(tokens[at]) == "adverb" or tokens[at].norm in _HAVING):
        at -= 1
    if at < 1 or word_class(tokens[at]) not in {"noun", "plural", "word"} or tokens[at + 1].start - tokens[at].end != 1:
        return False
    return tokens[at - 1].norm in {"that", "a", "an", "and", "when", "because", "if", "some", "many", "most"}


def _named_here(case: Case, phrase: Sequence[int]) -> frozenset[str]:
    """What stands for a name in the sentence: its last word, or the pronoun that opens the sentence after one with the name."""
    matches, before, tokens = case.candidate.matches, case.candidate.before, case.candidate.view.tokens
    if all(matches[place].quality >= NEAR for place in phrase):
        return case.matcher.stands_for(phrase[-1])
    told_before = all(before[place].quality >= NEAR > matches[place].quality for place in phrase)
    return frozenset({tokens[0].term}) if told_before and tokens and tokens[0].norm in _SUBJECTS else frozenset()


def _first_of(tokens: Sequence[Token], last: int, length: int) -> int:
    """The index of the first token of a name of `length` words that ends at `last`."""
    return max(0, min(last, last - length + 1, len(tokens) - 1))


def verb_absent(case: Case) -> Refusal | None:
    """What the question says was done is not said to have been done: its main verb stands neither in the sentence nor before."""
    asked = main_verb(case.query.tokens, case.names)
    place = case.query.place_of(asked.verb) if asked is not None else None
    if place is None or case.near(place) or case.query.is_scaffold(place):
        return None
    return Refusal("verb_absent", case.texts([place]), Status.NOT_MENTIONED if place in case.absent else Status.NOT_ENOUGH)


def premise_unproven(case: Case) -> Refusal | None:
    """Why something was done is asked, and that it was done does not stand here: no reason is given for it."""
    refusal = verb_absent(case) if case.query.reading.type is QuestionType.WHY else None
    return refusal._replace(reason="premise_unproven") if refusal is not None else None


def verb_nowhere(case: Case) -> Refusal | None:
    """The same, and the verb does not even stand in the passage around."""
    refusal = verb_absent(case)
    if refusal is None:
        return None
    place = next(place for place, term in enumerate(case.query.terms) if term.text == refusal.missing[0])
    return refusal if case.candidate.around[place].quality < NEAR else None


def name_phrases(query: Query) -> list[list[int]]:
    """The names of the question, each as the places of its words ("Seoul National University")."""
    places = {term.term: place for place, term in enumerate(query.terms) if term.is_name}
    phrases: list[list[int]] = []
    joined = False
    for token, following in itertools.zip_longest(query.tokens, query.tokens[1:]):
        place = places.pop(token.term, None)
        if place is not None:
            if joined:
                phrases[-1].append(place)
            else:
                phrases.append([place])
        joined = place is not None and following is not None and following.start - token.end == 1
    return phrases
