"""How English writes counts and ordinals: the pieces that the patterns of dates and of other figures are built from."""

from __future__ import annotations

DIGITS = r"(?:\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_UNITS_WORD = r"(?:two|three|four|five|six|seven|eight|nine|one)"
NUMBER_WORD = (
    r"(?:zero|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|ten"
    r"|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -]"
    + _UNITS_WORD
    + r")?|"
    + _UNITS_WORD
    + r"|half|dozens?|hundreds|thousands|millions)"
)
SCALE = r"(?:[ \u00a0-]?(?:hundred|thousand|million|billion|trillion|bn|mn|mln|m|k)(?![A-Za-z]))"
QUALIFIER = (
    r"(?:(?:(?:no )?(?:more|less|fewer|greater) than|as (?:many|much|little|few) as|close to|over|under|about|around|approximately|nearly"
    r"|almost|at least|at most|up to|some|roughly)\s+)?"
)
COUNT = rf"(?:(?:{DIGITS}|{NUMBER_WORD}){SCALE}{{0,2}})"
COUNTS = rf"(?:{COUNT}(?:(?:\s?[-–]\s?|\s(?:to|or)\s){COUNT})?)"
"""One count, or the two ends of a range ("10–20", "two to three million")."""
ORDINAL = (
    r"(?:\d{1,3}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth"
    r"|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)"
)
