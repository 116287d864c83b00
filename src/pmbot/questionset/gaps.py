"""From use to cases: what was asked and not answered, or voted down, grouped, counted, and held against the answers of today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from pmbot.models import KeyTerm, Trace
from pmbot.questionset.models import Abstention, Avoids, QuestionCase
from pmbot.questionset.write import case_id
from pmbot.rendering.sanitize import visible_line, well_formed
from pmbot.storage.used import DownVoted, Used

ALIKE = 80.0
"""From this similarity on (0 to 100, rapidfuzz's ratio), two words are spellings of one."""

SHARED = 0.75
"""Questions are near-duplicates when they share at least this part of all their key terms."""

TAG = "gap"
_OTHER_WORDINGS = 3

Kind = Literal["unanswered", "down_voted"]


class Gap(NamedTuple):
    """Near-duplicate questions that were refused, or whose answer was voted down.

    `question` is the commonest wording and `wordings` all of them, with how often each was asked; `missing` counts the words that the
    refusals named; `last` is seconds since 1970 (UTC). `reply` is what was said the last time. `still` tells whether the same is said
    today, by `now`, the trace of `question`.
    """

    kind: Kind
    question: str
    wordings: tuple[tuple[str, int], ...]
    times: int
    last: float
    missing: tuple[tuple[str, int], ...]
    bad: int
    wrong_source: int
    reply: str
    still: bool
    now: Trace


class _Item(NamedTuple):
    """One question, however often it was asked."""

    kind: Kind
    question: str
    used: tuple[Used, ...]
    bad: int
    wrong_source: int
    still: bool
    now: Trace


def find_gaps(unanswered: Iterable[Used], down_voted: Iterable[DownVoted], ask: Callable[[str], Trace]) -> tuple[Gap, ...]:
    """Group what the record of use tells; those asked most come first. Every question is asked again, once.

    A refusal that was voted down is an unanswered question, with its votes.
    """
    votes = {found.used.answer_id: found for found in down_voted}
    refused: dict[str, list[Used]] = {}
    for used in unanswered:
        refused.setdefault(_same(used.reading), []).append(used)
    items = [_refused(tuple(group), votes, ask) for group in refused.values()]
    seen = {used.answer_id for group in refused.values() for used in group}
    items += [_voted(found, ask) for found in votes.values() if found.used.answer_id not in seen]
    gaps = [_gap(group) for group in _grouped(items)]
    return tuple(sorted(gaps, key=lambda gap: (-gap.times, -gap.last, gap.question)))


def missing_words(gaps: Iterable[Gap]) -> tuple[tuple[str, int], ...]:
    """Count the words that refusals named over all `gaps`, the commonest first."""
    counts: Counter[str] = Counter()
    for gap in gaps:
        counts.update(dict(gap.missing))
    return _ranked(counts)


def skeletons(gaps: Iterable[Gap], taken: Collection[str]) -> tuple[tuple[tuple[str, ...], QuestionCase], ...]:
    """Make of every gap that is still one a case for its author to complete, with the lines of a comment above it.

    Each holds today. An unanswered question must be refused: when the documents answer it one day the case fails, and the author
    writes down the answer. An answer that was voted down must not be given: that is an expected failure until it is mended.
    """
    ids, made = set(taken), []
    for gap in gaps:
        if not gap.still:
            continue
        words = [term.text for term in gap.now.reading.key_terms] or gap.question.split()
        name = case_id(words, ids, gap.now.answer.answer_id)
        ids.add(name)
        made.append((_comment(gap), _skeleton(gap, name)))
    return tuple(made)


def _skeleton(gap: Gap, name: str) -> QuestionCase:
    question, answer = well_formed(gap.question), gap.now.answer
    if not answer.answered:
        return QuestionCase(id=name, question=question, tags=(TAG,), abstains=Abstention())
    votes = gap.bad + gap.wrong_source
    reason = f"voted down by {votes} user{'' if votes == 1 else 's'}; write down the right answer"
    if gap.wrong_source > gap.bad:
        avoided = tuple(Avoids(document=c.doc_id, text=" ".join(c.quote.split())) for c in answer.citations)
        return QuestionCase(id=name, question=question, tags=(TAG,), xfail=reason, not_cites=avoided)
    given = answer.short_answer or answer.citations[0].quote
    return QuestionCase(id=name, question=question, tags=(TAG,), xfail=reason, not_contains=(" ".join(given.split()),))


def _comment(gap: Gap) -> tuple[str, ...]:
    times = "once" if gap.times == 1 else f"{gap.times} times"
    lines = [f"asked {times}, last on {datetime.fromtimestamp(gap.last, UTC):%Y-%m-%d}"]
    if gap.missing:
        lines[0] += "; missing: " + ", ".join(f"{visible_line(word)} ({count})" for word, count in gap.missing)
    lines += [f"also asked: {_comment_text(wording)}" for wording, _ in gap.wordings[1 : 1 + _OTHER_WORDINGS]]
    if gap.now.answer.answered:
        return (*lines, f"the answer now: {_comment_text(gap.now.answer.text)}")
    return (*lines, "when the documents answer it, put answer and cites here in place of abstains")


def _comment_text(text: str) -> str:
    line = visible_line(well_formed(text)).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    return line if len(line) <= 100 else line[:99] + "…"


def _same(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip("?!. ")


def _refused(used: tuple[Used, ...], votes: dict[str, DownVoted], ask: Callable[[str], Trace]) -> _Item:
    question = _commonest(item.reading for item in used)
    voted = [votes[answer_id] for answer_id in sorted({item.answer_id for item in used}) if answer_id in votes]
    now = ask(question)
    bad, wrong = sum(vote.bad for vote in voted), sum(vote.wrong_source for vote in voted)
    return _Item("unanswered", question, used, bad, wrong, not now.answer.answered, now)


def _voted(found: DownVoted, ask: Callable[[str], Trace]) -> _Item:
    now = ask(found.used.reading)
    still = (now.answer.status, now.answer.text) == (found.used.status, found.used.reply) and now.answer.answered
    return _Item("down_voted", found.used.reading, (found.used,), found.bad, found.wrong_source, still, now)


def _gap(items: Sequence[_Item]) -> Gap:
    wordings: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    for item in items:
        wordings[item.question] += len(item.used)
        missing.update(word for used in item.used for word in used.missing_terms)
    leader = min(items, key=lambda item: (-wordings[item.question], item.question))
    latest = max((used for item in items for used in item.used), key=lambda used: (used.at, used.id))
    bad, wrong = sum(item.bad for item in items), sum(item.wrong_source for item in items)
    return Gap(
        kind=leader.kind,
        question=leader.question,
        wordings=_ranked(wordings),
        times=sum(wordings.values()) if leader.kind == "unanswered" else bad + wrong,
        last=latest.at,
        missing=_ranked(missing),
        bad=bad,
        wrong_source=wrong,
        reply=latest.reply,
        still=leader.still,
        now=leader.now,
    )


def _grouped(items: Iterable[_Item]) -> list[list[_Item]]:
    """Put near-duplicates together: the most frequent question of a group decides what belongs to it."""
    groups: list[tuple[frozenset[str], frozenset[str], list[_Item]]] = []
    by_kind: dict[tuple[Kind, bool, frozenset[str]], list[int]] = {}
    for item in sorted(items, key=lambda item: (-len(item.used), item.question)):
        terms, numbers = _words(item.now.reading.key_terms)
        near = by_kind.setdefault((item.kind, item.still, numbers), [])
        home = next((index for index in near if _alike(groups[index][0], terms)), None)
        if home is None:
            near.append(len(groups))
            groups.append((terms, numbers, [item]))
        else:
            groups[home][2].append(item)
    return [group for _, _, group in groups]


def _words(key_terms: Iterable[KeyTerm]) -> tuple[frozenset[str], frozenset[str]]:
    """The words and the numbers of a question; 2022 and 2023 are never near each other."""
    terms = tuple(key_terms)
    return frozenset(term.term for term in terms if not term.is_number), frozenset(term.term for term in terms if term.is_number)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    from rapidfuzz import fuzz

    if not one or not other:
        return False
    rest, spare = sorted(one - other), set(other - one)
    shared = len(one & other)
    # With so many words apart, not even spellings could make up for it.
    if (shared + min(len(rest), len(spare))) / max(len(one), len(other)) < SHARED:
        return False
    for word in rest:
        twin = max(sorted(spare), key=lambda candidate: fuzz.ratio(word, candidate), default=None)
        if twin is not None and fuzz.ratio(word, twin) >= ALIKE:
            spare.discard(twin)
            shared += 1
    return shared / (len(one) + len(other) - shared) >= SHARED


def _commonest(texts: Iterable[str]) -> str:
    return _ranked(Counter(texts))[0][0]


def _ranked(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
