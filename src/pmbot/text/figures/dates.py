"""How English writes when, how long and how often: dates and parts of the year, hours, ranges of both, durations, frequencies, ages.

Every pattern is linear: bounded repetition, no nested quantifiers over the same characters.
"""

from __future__ import annotations

from pmbot.text.figures.counts import COUNT, COUNTS, ORDINAL, QUALIFIER

# Month names need their capital: "may" and "march" are verbs.
MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?"
    r"|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?)"
SEASON = r"(?:spring|summer|autumn|fall|winter)"
_TO = r"(?:\s(?:to|until|till|through)\s|\s?[-–]\s?)"

_HALF = r"(?:[AaPp]\.[Mm]\b\.?|[AaPp][Mm]\b)"
_CLOCK = (
    rf"(?:(?:[01]?\d|2[0-4]):[0-5]\d(?!\d)(?:\s?{_HALF})?|(?:0?\d|1[0-2])(?:\.[0-5]\d)?\s?{_HALF}|(?:0?\d|1[0-2])\so[’']clock\b"
    r"|(?:[Nn]oon|[Mm]idday|[Mm]idnight)\b)"
)
_DOTTED = r"(?:[01]?\d|2[0-4])\.(?:00|15|30|45)(?!\d)"
_HOUR = r"(?:0?\d|1[0-2])"
CLOCK = (
    rf"(?<![\d.,:€$£])(?:[Bb]etween\s(?:{_CLOCK}|{_HOUR})\sand\s{_CLOCK}|{_CLOCK}{_TO}{_CLOCK}|\b{_HOUR}{_TO}{_HOUR}\s?{_HALF}"
    rf"|[Bb]etween\s{_DOTTED}\sand\s{_DOTTED}|{_DOTTED}{_TO}{_DOTTED}(?!\s?(?:%|[°€$£]|k?m\b|[cm]m\b|k?g\b|m?l\b|percent|met|mill))|\b{_CLOCK})"
)
"""A time of day, or from one to another."""

_PART_OF = (
    rf"(?:(?:the\s)?(?:(?:early|late|mid)[ -](?:in\s)?(?:the\s)?|(?:very\s)?(?:start|beginning|middle|end|close)\sof\s(?:the\s)?"
    rf"|(?:{ORDINAL}|last|final|early|late)\s(?:half|third|quarter|weekend|week|days?|months?|decades?|years|part|{WEEKDAY})"
    rf"\s(?:of|in)\s(?:the\s)?))"
)
_YEAR = r"(?:1[0-9]\d\d|20\d\d)"
_NOT_A_FIGURE = r"(?![\d.,]*\d|\s?(?:%|km|m\b|feet|people|metres|meters|miles))"
_DAY_OF_MONTH = r"(?:\d{1,2}(?:st|nd|rd|th)?)(?!\d)"
_DAY = (
    rf"(?:(?:{WEEKDAY},?\s)?(?:{MONTH}\s{_DAY_OF_MONTH}(?:\s?[-–]\s?\d{{1,2}})?(?:,?\s\d{{3,4}})?"
    rf"|{_DAY_OF_MONTH}\s(?:of\s)?{MONTH}(?:,?\s\d{{3,4}})?))"
)
_MONTH_OF_YEAR = rf"(?:{MONTH},?\s(?:of\s)?\d{{4}}|{SEASON}\s(?:of\s)?{_YEAR}(?:\s?[-–/]\s?\d{{1,4}})?|Q[1-4]\s(?:of\s)?{_YEAR})"
DAY = rf"\b(?:[Ee]arly |[Ll]ate |[Mm]id-)?(?:{_DAY}|{_PART_OF}?{_MONTH_OF_YEAR})\b"
_DATE = rf"(?:{_DAY}|{_PART_OF}?(?:{_MONTH_OF_YEAR}|{_YEAR}(?!\d)|{MONTH}\b)|Easter\b|Christmas\b)"
DAY_RANGE = (
    rf"\b(?:\d{{1,2}}(?:\s{MONTH})?{_TO}\d{{1,2}}\s{MONTH}(?:,?\s\d{{4}})?"
    rf"|([Bb]etween\s)?(?:{_DAY}|{_MONTH_OF_YEAR}|{_PART_OF}?{MONTH}|(?(1)(?:{_YEAR}(?!\d)|\d{{1,2}})|(?!)))"
    rf"(?(1)\sand\s(?:about\s|around\s)?|{_TO}){_DATE})"
    rf"(?!\d){_NOT_A_FIGURE}"
)
NUMERIC_DATE = r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b"
_ERA = r"\s?(?:BCE?|AD|CE)\b"
_AGE = rf"(?:{ORDINAL}[ -]centur(?:y|ies)(?:{_ERA})?|\d{{1,3}}(?:,?\d{{3}})?{_ERA}|(?:1[0-9]|20)\d0s)"
_SOME_YEAR = rf"(?:{_AGE}|{_YEAR}(?:\s?[-–/]\s?\d{{1,4}})?{_NOT_A_FIGURE})\b"
YEAR = (
    rf"\b(?:{_PART_OF}|(?:the\s)?(?:middle|end|beginning|first half|second half)\s)?{_SOME_YEAR}"
    rf"(?:\s(?:to|until|till|through)\s(?:about\s|after\s|around\s|the\s)?{_SOME_YEAR})?"
)
_WEEKDAYS = rf"(?:{WEEKDAY}(?:{_TO}{WEEKDAY}|(?:,\s{WEEKDAY}){{0,5}}(?:,?\s(?:and|or)\s{WEEKDAY}))?)"
DAY_NAME = (
    rf"\b(?:(?:[Ee]very|[Ee]ach)\s(?:{ORDINAL}\s|other\s)?(?:{_WEEKDAYS}|{MONTH}|{SEASON}|weekday|weekend)\b"
    rf"|{_WEEKDAYS}\b(?:\s(?:morning|afternoon|evening|night)s?\b)?"
    rf"|(?<!the )(?<!a )(?:[Nn]ext|[Ll]ast)\s(?:{SEASON}|weekend|week|month|year|{WEEKDAY})\b"
    r"|(?:[Aa]t|[Bb]y) (?:night|dawn|dusk|sunrise|sunset)\b|(?:[Ii]n|[Dd]uring) the (?:morning|afternoon|evening|night)s?\b"
    r"|weekdays\b|weekends\b|Christmas(?:\s(?:Eve|Day))?\b"
    rf"|Easter(?:\s(?:Monday|Sunday))?\b|(?:early[ -]|late[ -]|mid-|{_PART_OF})?{MONTH}\b|(?:early|late|mid)[ -]{SEASON}\b)"
)
DAY_OF_MONTH = (
    rf"\b(?:the\s)?(?:(?:{ORDINAL}|last)\s{WEEKDAY}\s(?:of|in)\s(?:(?:every|each|the)\smonth|{MONTH})"
    rf"|(?<=the\s)(?:{ORDINAL}|last)\s(?:working|business|calendar|school)\sday(?:\sof\s(?:each|every|the)\smonth)?"
    r"|\d{1,2}(?:st|nd|rd|th)(?:\sand\s(?:the\s)?\d{1,2}(?:st|nd|rd|th))?\sof\s(?:every|each|the)\smonth)\b"
)

_PERIODS = (
    r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|weekends?|fortnights?|months?|years?|decades?|centur(?:y|ies)|millennia|generations?"
    r"|semesters?|terms?)"
)
_EACH = r"(?:\s(?:a|per|each|every)\s(?:day|night|week|month|year|person|visit|session))"
_KIND_OF_DAY = r"(?:working |business |calendar |school |consecutive |full |whole |more |further )?"
# "€18 a year", "twice a week", "two hours a day": what stands before tells a rate, not a duration.
_NO_RATE = r"(?<!\d )(?<!times )(?<!hours )(?<!days )(?<!weeks )(?<!months )(?<!once )(?<!twice )"
_AND = r"(?:\s|,\s|\sand\s|,\sand\s)"
# "3 hours 40 minutes": the finer unit adds to the coarser.
_AND_FINER = (
    rf"(?:(?:(?<=hour)|(?<=hours)){_AND}{COUNT}\sminutes?|(?:(?<=minute)|(?<=minutes)){_AND}{COUNT}\sseconds?"
    rf"|(?:(?<=year)|(?<=years)){_AND}{COUNT}\s(?:months?|weeks?|days?)|(?:(?<=week)|(?<=weeks)|(?<=month)|(?<=months)){_AND}{COUNT}\sdays?)"
)
DURATION = (
    rf"\b{QUALIFIER}(?:(?:half an?|an?)\s(?:hour|day|year)\sand\sa\s(?:half|quarter)"
    rf"|(?:{COUNTS}|several|few|many|a couple of|half an|{_NO_RATE}an?)[ -](?:and a (?:half|quarter) )?{_KIND_OF_DAY}"
    rf"{_PERIODS}{_AND_FINER}?"
    rf"|(?:past|(?<=the )(?:last|next)) {_PERIODS})\b{_EACH}?"
)

_ONE_PERIOD = (
    r"(?:second|minute|hour|day|night|morning|afternoon|evening|week|weekend|fortnight|month|quarter|season|term|semester|year|decade"
    r"|century)s?"
)
EVERY = rf"\b(?:every|each)\s(?:(?:single|other|few|couple\sof|{ORDINAL}|{COUNTS})\s)?{_KIND_OF_DAY}{_ONE_PERIOD}\b(?!\s{WEEKDAY})"
TIMES = (
    rf"\b(?:once|twice|thrice|several\stimes|many\stimes|{QUALIFIER}{COUNTS}\stimes)\s"
    rf"(?:(?:a|an|per|each|every|in\sa)\s(?:{COUNT}\s)?{_ONE_PERIOD}|daily|weekly|monthly|yearly|annually)\b"
)
REGULARLY = r"\b(?:(?:bi)?(?:weekly|monthly|annually)|hourly|daily|nightly|fortnightly|quarterly|yearly|semi-?annually|biennially)\b"
AGE = rf"\b(?:age\sof|ages?|aged)\s({QUALIFIER}{COUNTS}(?:\syears)?)\b|\b({QUALIFIER}{COUNT}[ -]years?[ -]old)\b"
"""Years of life; the group that takes part holds the figure alone."""
AGE_LIMIT = rf"(?<=[a-z]\s)(?:(?:over|under|above|below)\s{COUNT}|(?:from|between)\s{COUNT}\s(?:to|and)\s{COUNT})\b(?!\s?[€$£%])"
"""Years of life where a word for people stands before them ("children *under 12*")."""
