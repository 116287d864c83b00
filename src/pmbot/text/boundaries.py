"""Our own rules for sentence ends: where one may be, and what the characters around it say.

`stops` lists every place where a sentence may end; `verdict` says yes, no, or None where only a judge of abbreviations (Punkt,
see `text.sentences`) can tell. Everything is decided from a window of bounded size, so the time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pmbot.text.lazy_pattern import LazyPattern
from pmbot.text.openers import CODE_LIKE, FIRM_SUFFIXES, LATVIAN, LETTERED, MONTHS, OPENERS, PLACES, REPORTING, WEEKDAYS

_WINDOW = 48
_EAST = "。！？｡．।॥؟۔።"
_STOP = LazyPattern(
    rf"(?P<mark>[{_EAST}]++|\.(?:[ \u00a0]\.){{2,}}+|[.!?…‼⁇⁈⁉]++)"
    r"(?P<closers>(?:[\"'”’“»›)\]}」』】）〉》]|[ \u00a0\u202f]»|\[[^\[\]\s]{1,12}\])*+)"
)
_NEXT = LazyPattern(r"\s*+(?P<opening>(?:[\"'“”„«‹(\[{¿¡‘‚「『（–—-]\s?){0,6}+)(?P<word>\S{0,40})")
_WORD_START = re.compile(r"[\s(\[{\"“„«‹‘‚—–「『（]")
_NUMBER = LazyPattern(r"[€$£¥]?[+-]?\d[\d.,:/-]*")
_NUMERAL = LazyPattern(r"[#§№]?\(?(?:\d|[IVXLC]{1,6}\b|[A-Z]\b)")
_DOTTED = LazyPattern(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,3}")
_CHAINED = LazyPattern(r"[^\W\d_]\.")
_DATE_NEXT = LazyPattern(r"(?:0?[1-9]|1[0-2])\.")
_DAY = LazyPattern(r"\d{1,2}\.")
_YEAR = LazyPattern(r"\d{4}\b")
_QUOTES = frozenset("\"'”’“»›」』")
_GOES_ON = frozenset(",;:)]}=<>/&|%")
_VOWELS = frozenset("aeiouy")
_FULL_WORD_ENDS = ("a", "e", "i", "o", "u", "y", "s", "ed", "ā", "ē", "ī", "ū")
_LATVIAN_LETTERS = frozenset("āčēģīķļņšūž")


class Stop(NamedTuple):
    """A place where a sentence may end: before `end`, and after it the next sentence would start.

    `before` is the word that the mark follows, without brackets and quotes in front; `opening` are quotes, brackets and
    dashes before `after`, the next word (as far as 40 characters). `leads` tells whether `before` begins its sentence.
    """

    text: str
    start: int
    end: int
    mark: str
    closers: str
    before: str
    opening: str
    after: str
    leads: bool

    @property
    def glued(self) -> bool:
        """Whether no blank stands between this mark and what follows."""
        return self.end < len(self.text) and not self.text[self.end].isspace()

    def preceding(self) -> str:
        """Return the word before `before`, in small letters; empty when there is none near."""
        words = self.text[max(0, self.start - len(self.before) - _WINDOW) : self.start - len(self.before)].split()
        return words[-1].lower() if words else ""


def stops(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Find every place where a sentence of `text` may end, with the word before it."""
    for match in _STOP.finditer(text):
        end = match.end()
        if end == len(text) or text[end].isspace() or match["mark"][0] in _EAST:
            start = match.start()
            yield match, _WORD_START.split(text[max(0, start - _WINDOW) : start])[-1]


def stop_at(text: str, match: re.Match[str], before: str, sentence_start: int) -> Stop:
    """Describe one of `stops(text)`; `sentence_start` is where the sentence began that it may end."""
    following = _NEXT.match(text, match.end())
    opening, after = (following["opening"], following["word"]) if following else ("", "")
    start = match.start()
    leads = not text[sentence_start : start - len(before)].strip("\"'“„«‹([{ ") if start - sentence_start < _WINDOW else False
    return Stop(text, start, match.end(), match["mark"], match["closers"], before, opening, after, leads)


def verdict(stop: Stop, marks: Mapping[str, str]) -> bool | None:
    """Whether a sentence ends here; None when it depends on an abbreviation or an initial.

    `marks` says of each abbreviation what `config/abbreviations.en.txt` explains: "", "+", "*" or "~".
    """
    if stop.mark[0] in _EAST:
        return not (stop.glued and stop.closers and stop.closers[-1] in _QUOTES and not stop.opening)
    if not stop.after or stop.after[0] in _GOES_ON:
        return False
    if "!" in stop.mark or "?" in stop.mark or stop.mark[0] in "‼⁇⁈⁉":
        return _after_exclamation(stop)
    if len(stop.mark) > 1 or stop.mark == "…":
        return _after_ellipsis(stop)
    return _after_full_stop(stop, marks)


def mark_of(word: str, marks: Mapping[str, str]) -> str | None:
    """Look up the mark of an abbreviation, None for other words; small entries of two letters or more match any case."""
    if word in marks:
        return marks[word]
    small = word.lower()
    if len(word) > 1 and small in marks:
        return marks[small]
    _, hyphen, last = word.rpartition("-")
    return mark_of(last, marks) if hyphen and last else None


def _after_exclamation(stop: Stop) -> bool:
    if stop.after[0].islower() and not _mixed(stop.after):
        return False
    if not stop.closers:
        year_in_brackets = stop.opening.startswith("(") and stop.after[0].isdigit()
        return not year_in_brackets and stop.after.strip(".,;").lower() not in FIRM_SUFFIXES
    if not stop.before and stop.closers[0] in ")]":
        return False
    return not (stop.closers[-1] in _QUOTES and _reports(stop))


def _reports(stop: Stop) -> bool:
    """Whether somebody is named as the speaker of the quote: “Never!” Dr. Smith said."""
    words = stop.text[stop.end : stop.end + _WINDOW].split()[:4]
    return words[0].lower() not in OPENERS and any(word.strip(".,:;") in REPORTING for word in words[1:])


def _after_ellipsis(stop: Stop) -> bool:
    if stop.after[0].islower() or stop.after[0].isdigit():
        return _mixed(stop.after)
    if stop.before:
        return True
    return not (stop.closers and stop.closers[0] in ")]") and _opens(stop.after)


def _after_full_stop(stop: Stop, marks: Mapping[str, str]) -> bool | None:
    word, after = stop.before, stop.after
    small = after[0].islower() and not _mixed(after)
    if stop.closers:
        in_brackets = stop.closers[0] == ")" and mark_of(word, marks) is not None and not stop.leads
        return not small and (not in_brackets or _opens(after))
    if word in PLACES and _CHAINED.fullmatch(stop.preceding()):  # "и т. д."
        return not small and _opens(after)
    mark = mark_of(word, marks)
    if mark == "~" and _NUMERAL.match(after):
        return False
    if mark is not None and mark != "~" and not (len(word) == 1 and mark and stop.preceding()[-1:].isalpha()):
        return False if mark == "" or small else _after_abbreviation(after, mark)
    return _after_number(stop, small=small) if _NUMBER.fullmatch(word) else _after_word(stop, small=small)


def _after_word(stop: Stop, *, small: bool) -> bool | None:
    word, after = stop.before, stop.after
    if len(word) == 1 and word.isalpha():
        return _after_letter(stop, small=small)
    if _DOTTED.fullmatch(word):
        return not small and _opens(after)
    if small:
        return word[1:].islower() and (len(word) > 6 or (len(word) > 3 and word.endswith(_FULL_WORD_ENDS)))
    return _opens(after) or not _clipped(stop)


def _after_abbreviation(after: str, mark: str) -> bool | None:
    if mark == "+":
        return None
    bare = after.strip(".,;:!?)")
    return not (bare.lower() in WEEKDAYS or bare in CODE_LIKE or (bare.isupper() and len(bare) == 3))


def _after_number(stop: Stop, *, small: bool) -> bool:
    """After "5." comes the rest of a date, an ordinal's noun or a list item; or a new sentence."""
    if small or (stop.leads and stop.before.isdigit() and len(stop.before) <= 3):
        return False
    if stop.after[0].isdigit():
        return not (stop.before.isdigit() and len(stop.before) <= 2 and _continues_date(stop))
    if stop.after.strip(".,;").lower() in MONTHS:
        return False
    return _opens(stop.after) or not _latvian(stop)


def _continues_date(stop: Stop) -> bool:
    """Whether "5." is followed by "11." or, in "5. 11.", by the year."""
    return bool(_DATE_NEXT.match(stop.after) or (_DAY.fullmatch(stop.preceding()) and _YEAR.match(stop.after)))


def _after_letter(stop: Stop, *, small: bool) -> bool | None:
    """After a single letter comes the rest of a name, unless the letter is a kind ("vitamin C.") or small ("5 m.", "f(x) = x.")."""
    if small or _CHAINED.match(stop.after):
        return False
    if stop.before in PLACES and stop.after[0].isupper() and stop.preceding()[-1:].isalpha():
        return False
    if stop.before.islower():
        return not stop.after[0].isdigit()
    if stop.after[0].isdigit() or stop.preceding() in LETTERED:
        return True
    return None if stop.after[0].isupper() else True


def _opens(word: str) -> bool:
    return word.rstrip(".,;:!?\"'”’").lower() in OPENERS and word[0].isupper()


def _mixed(word: str) -> bool:
    """Whether a word starts small but may begin a sentence all the same: pH, iPhone, mRNA, β-carotene."""
    return word[0].islower() and (word[1:2] == "-" or any(character.isupper() for character in word[1:3]))


def _clipped(stop: Stop) -> bool:
    """Whether an unlisted word looks like an abbreviation: short, without a vowel, neither acronym nor unit of a number."""
    word = stop.before
    if not (1 < len(word) <= 4 and word.isascii() and word.isalpha()) or word[1:].isupper():
        return False
    return not _VOWELS.intersection(word.lower()) and not stop.preceding()[-1:].isdigit()


def _latvian(stop: Stop) -> bool:
    """Whether the words around are Latvian, where "14. Saeima" is an ordinal and its noun."""
    around = stop.text[max(0, stop.start - 3 * _WINDOW) : stop.end + _WINDOW].lower()
    return sum(character in _LATVIAN_LETTERS for character in around) > 2 and not LATVIAN.isdisjoint(around.split())
