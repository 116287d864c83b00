"""Superlatives over a column of a table: "which mode has the longest running time?" compares the rows.

A column is compared only when every cell of it is one figure and all are of one unit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pmbot.text.analyzer import Token
from pmbot.text.lazy_pattern import LazyPattern
from pmbot.text.normalize import fold

_Quantities = frozenset[str]
MONEY = frozenset("€ $ £ ¥ ₩ ₹ ₽ ¢ eur usd gbp euro dollar pound cent".split())
TIME = frozenset("s sec second min minute h hr hour day week month year".split())
_LENGTH = frozenset("mm cm m km metre meter mile ft foot inch in yard nm kilometre kilometer centimetre".split())
_WEIGHT = frozenset("mg g kg t ton tonne lb pound gram kilogram ounce oz".split())
_LOUDNESS = frozenset({"db", "dba", "db(a)"})
_HEAT = frozenset({"°", "°c", "°f", "c", "f", "k", "degree"})
_SPEED = frozenset("km/h mph m/s kn knot mbit/s gbit/s mbps gbps kbit/s rpm".split())
_YEAR, _CLOCK = frozenset({"year of time"}), frozenset({"clock", "date"})
_ANY: _Quantities = frozenset()


class Superlative(NamedTuple):
    """What a superlative wants: the greatest figure or the least, of what units (any when empty).

    `terms` are the words that say so, `place` is the token behind them. With `turned`, the least time is wanted for the greatest speed.
    """

    greatest: bool
    units: frozenset[str]
    terms: frozenset[str]
    place: int
    turned: bool = False


_GREATEST: dict[str, _Quantities] = {
    **dict.fromkeys("highest largest biggest greatest most maximum strongest".split(), _ANY),
    "longest": TIME | _LENGTH, "tallest": _LENGTH, "widest": _LENGTH, "deepest": _LENGTH, "thickest": _LENGTH, "farthest": _LENGTH,
    "furthest": _LENGTH, "heaviest": _WEIGHT, "loudest": _LOUDNESS, "noisiest": _LOUDNESS, "hottest": _HEAT, "warmest": _HEAT,
    "priciest": MONEY, "dearest": MONEY, "costliest": MONEY, "latest": _CLOCK | _YEAR, "newest": _YEAR | {"date"},
    "youngest": _YEAR | {"date"}, "fastest": _SPEED | TIME, "quickest": _SPEED | TIME,
}  # fmt: skip
_LEAST: dict[str, _Quantities] = {
    **dict.fromkeys("lowest smallest least fewest minimum weakest".split(), _ANY),
    "shortest": TIME | _LENGTH, "narrowest": _LENGTH, "shallowest": _LENGTH, "thinnest": _LENGTH, "nearest": _LENGTH,
    "closest": _LENGTH, "lightest": _WEIGHT, "quietest": _LOUDNESS, "coldest": _HEAT, "coolest": _HEAT, "cheapest": MONEY,
    "earliest": _CLOCK | _YEAR, "oldest": _YEAR | {"date"}, "slowest": _SPEED | TIME,
}  # fmt: skip
_UNITS = {**_GREATEST, **_LEAST}
_TURNED = frozenset({"fastest", "quickest", "slowest"})  # of times, the least is the fastest
_MOST_OF = {"expensive": MONEY, "costly": MONEY}

_FIGURE = LazyPattern(r"(?P<sign>[-−+–]?)(?P<before>(?:[A-Z]{2,3})?[^\w\s+-]?)\s?(?P<number>\d[\d.,\u00a0\u202f ]*)(?P<after>\D{0,24})")
_GROUPED = LazyPattern(r"\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?:\.\d+)?")
_PLAIN = LazyPattern(r"\d+(?:[.,]\d+)?")
_TIME_OF_DAY = LazyPattern(r"(\d{1,2})[:.](\d{2})(?:\s?([ap])\.?m\.?)?")
_ISO_DATE = LazyPattern(r"(\d{4})-(\d{2})-(\d{2})")
_YEAR_NUMBER = LazyPattern(r"1[0-9]\d\d|20\d\d")


class Figure(NamedTuple):
    """The figure that a cell is: its value and its unit, folded and in the singular; empty for a bare number."""

    value: float
    unit: str


def superlative(tokens: Sequence[Token]) -> Superlative | None:
    """The superlative of an English question; "at most" and "at least" are none."""
    for place, token in enumerate(tokens):
        word = token.norm
        if word not in _GREATEST and word not in _LEAST:
            continue
        if word in {"most", "least"} and place and tokens[place - 1].norm == "at":
            continue
        units, terms, behind = _UNITS[word], {token.term}, place + 1
        following = tokens[behind] if behind < len(tokens) else token
        if word in {"most", "least"} and following.norm in _MOST_OF:
            units, terms, behind = _MOST_OF[following.norm], {token.term, following.term}, behind + 1
        return Superlative(word in _GREATEST, units, frozenset(terms), behind, word in _TURNED)
    return None


def figure(text: str) -> Figure | None:
    """The figure that the whole of `text` is: a number with its unit, a time of day or a date; None for anything else.

    `1,500` is read as fifteen hundred and `0,50` as a half.
    """
    text = text.strip()
    clock = _TIME_OF_DAY.fullmatch(text)
    if clock is not None and int(clock[1]) < 25:
        noon = {"a": -12 * (clock[1] == "12"), "p": 12 * (clock[1] != "12")}.get((clock[3] or "").lower(), 0)
        return Figure(60.0 * (int(clock[1]) + noon) + int(clock[2]), "clock")
    date = _ISO_DATE.fullmatch(text)
    if date is not None:
        return Figure(372.0 * int(date[1]) + 31 * int(date[2]) + int(date[3]), "date")
    if _YEAR_NUMBER.fullmatch(text):
        return Figure(float(text), "year of time")
    found = _FIGURE.fullmatch(text)
    value = _value(found["number"].strip()) if found is not None else None
    if found is None or value is None:
        return None
    return Figure(-value if found["sign"] in {"-", "−", "–"} else value, _unit(found["before"], found["after"]))


def _value(number: str) -> float | None:
    if _GROUPED.fullmatch(number):
        return float(re.sub(r"[^\d.]", "", number))
    return float(number.replace(",", ".")) if _PLAIN.fullmatch(number) else None


def _unit(before: str, after: str) -> str:
    words = [word.removesuffix("s") if len(word) > 2 else word for word in fold(after).strip(" .").split()]
    return " ".join([*([before.strip().lower()] if before.strip() else []), *words])


def comparable(found: Sequence[Figure | None]) -> tuple[Figure, ...]:
    """The figures of a whole column; none when one of the cells is no figure, or the units differ."""
    sure = tuple([each for each in found if each is not None])
    if len(sure) < max(2, len(found)):
        return ()
    years = {"", "year of time"}  # a column of numbers may hold some that look like years
    if {each.unit for each in sure} == years:
        return tuple(Figure(each.value, "") for each in sure)
    return sure if len({each.unit for each in sure}) == 1 else ()


def fits(wanted: Superlative, unit: str, *, is_named: bool) -> bool:
    """Whether a column of `unit` holds what a superlative is of.

    Bare numbers do where the question names the column (`is_named`), but for dates: the oldest may have the greatest age or the least year.
    """
    if not unit:
        return is_named and not wanted.units & _YEAR
    if wanted.turned and not is_named and TIME & set(unit.split()):
        return False  # how long something lasts does not tell how fast it is
    return (is_named and not wanted.units) or unit in wanted.units or unit.split(maxsplit=1)[0] in wanted.units


def winners(column: Sequence[Figure], wanted: Superlative) -> list[int]:
    """The places of the greatest or the least figures of a column."""
    turned = wanted.turned and bool(TIME & set(column[0].unit.split()))
    best = (max if wanted.greatest is not turned else min)(each.value for each in column)
    return [place for place, each in enumerate(column) if each.value == best]
