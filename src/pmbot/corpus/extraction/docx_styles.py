"""What the styles of a Word document make of a paragraph: a heading, a list item with its number, a line of the table of contents.

Styles are told by what they do (`outlineLvl`, `numPr`), not by their names, which Word translates. After ECMA-376, part 1, 17.7 and 17.9.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from pmbot.corpus.extraction.numerals import numeral

_DEEPEST_STYLE = 20
_TEXT_LEVEL = 9


class Numbers(NamedTuple):
    """A paragraph's place in a list: the list's id and the level, from 0."""

    list_id: str
    level: int


class Style(NamedTuple):
    """What a paragraph is: `level` of a heading from 1, 0 for none."""

    level: int = 0
    is_title: bool = False
    is_contents: bool = False
    numbering: Numbers | None = None


def tag(element: Any) -> str:
    """The name of an element without its namespace; empty for a comment or an entity."""
    name = element.tag
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def attribute(element: Any, name: str) -> str | None:
    """An attribute, whatever its namespace."""
    return next((text for key, text in element.attrib.items() if key.rpartition("}")[2] == name), None)


def value(element: Any) -> str | None:
    """The attribute `val`."""
    return attribute(element, "val")


def child(element: Any, *path: str) -> Any:
    """The first child by name, and its first child by the next name; None when there is none."""
    for name in path:
        element = next((part for part in element if tag(part) == name), None)
        if element is None:
            return None
    return element


class Styles:
    """The paragraph styles of a document."""

    def __init__(self, document: Any) -> None:
        try:
            root = document.part.styles.element
        except (AttributeError, KeyError):
            root = ()
        self._elements = {attribute(style, "styleId"): style for style in root if tag(style) == "style"}
        self._default = next((key for key, style in self._elements.items() if _is_default(style)), None)
        self._known: dict[str | None, Style] = {}

    def of(self, paragraph: Any) -> Style:
        """What a paragraph is by its style and by its own properties."""
        properties = child(paragraph, "pPr")
        if properties is None:
            return self._style(self._default)
        named = child(properties, "pStyle")
        style = self._style(value(named) if named is not None else self._default)
        level, numbering = _heading_level(properties), _numbers(properties)
        if level is not None:
            style = style._replace(level=level)
        return style._replace(numbering=numbering) if numbering is not None else style

    def _style(self, style_id: str | None) -> Style:
        if style_id not in self._known:
            self._known[style_id] = self._read(style_id)
        return self._known[style_id]

    def _read(self, style_id: str | None) -> Style:
        """Follow the chain of styles that a style is based on, nearest first."""
        level: int | None = None
        numbering: Numbers | None = None
        names: list[str] = []
        for _ in range(_DEEPEST_STYLE):
            element = self._elements.get(style_id)
            if element is None:
                break
            name = child(element, "name")
            names.append((value(name) or "").lower() if name is not None else "")
            properties = child(element, "pPr")
            if properties is not None:
                level = _heading_level(properties) if level is None else level
                numbering = _numbers(properties) if numbering is None else numbering
            based = child(element, "basedOn")
            style_id = value(based) if based is not None else None
        is_title = "title" in names[:1]
        is_contents = any(name.startswith(("toc ", "table of figures", "index ")) for name in names)
        return Style(1 if is_title else level or 0, is_title=is_title, is_contents=is_contents, numbering=numbering)


class Numbering:
    """Counts the lists of a document while its paragraphs go by in order."""

    def __init__(self, document: Any) -> None:
        try:
            root = document.part.numbering_part.element
        except (AttributeError, KeyError, NotImplementedError):  # each is how python-docx says that there is no such part
            root = ()
        kinds = {attribute(part, "abstractNumId"): part for part in root if tag(part) == "abstractNum"}
        self._lists: dict[str, tuple[str | None, dict[int, _Level]]] = {}
        for part in root:
            kind = child(part, "abstractNumId") if tag(part) == "num" else None
            if kind is not None:
                self._lists[attribute(part, "numId") or ""] = (value(kind), _levels(kinds.get(value(kind)), part))
        self._counts: dict[str | None, list[int]] = {}
        self._begun: set[str] = set()

    def marker(self, place: Numbers | None) -> str | None:
        """The number that the next paragraph at `place` carries: empty for a bullet, None when it is in no list."""
        if place is None or place.list_id == "0":
            return None
        kind, levels = self._lists.get(place.list_id, (place.list_id, {}))
        counts = self._counts.setdefault(kind, [0] * _TEXT_LEVEL)
        level = levels.get(place.level, _Level())
        if place.list_id not in self._begun and level.restarts:
            counts[place.level] = 0
        self._begun.add(place.list_id)
        counts[place.level] = counts[place.level] + 1 if counts[place.level] else level.start
        for deeper in range(place.level + 1, _TEXT_LEVEL):
            counts[deeper] = 0
        return _shown(level, place.level, counts, levels)


class _Level(NamedTuple):
    style: str = "bullet"
    pattern: str = ""
    start: int = 1
    restarts: bool = False


def _levels(kind: Any, own: Any) -> dict[int, _Level]:
    levels = {_whole(attribute(part, "ilvl")): _level(part) for part in (kind if kind is not None else ()) if tag(part) == "lvl"}
    for part in own:
        if tag(part) != "lvlOverride":
            continue
        place, inner, start = _whole(attribute(part, "ilvl")), child(part, "lvl"), child(part, "startOverride")
        if inner is not None:
            levels[place] = _level(inner)
        if start is not None:
            levels[place] = levels.get(place, _Level())._replace(start=_whole(value(start), 1), restarts=True)
    return levels


def _level(element: Any) -> _Level:
    style, pattern, start = (child(element, name) for name in ("numFmt", "lvlText", "start"))
    return _Level(
        style=(value(style) or "decimal") if style is not None else "decimal",
        pattern=(value(pattern) or "") if pattern is not None else "",
        start=_whole(value(start), 1) if start is not None else 1,
    )


def _shown(level: _Level, place: int, counts: list[int], levels: dict[int, _Level]) -> str:
    if level.style in {"bullet", "none"}:
        return ""
    pattern = level.pattern or f"%{place + 1}."
    for number in range(_TEXT_LEVEL):
        style = levels.get(number, _Level("decimal")).style
        pattern = pattern.replace(f"%{number + 1}", numeral(counts[number], style))
    return " ".join(pattern.split())


def _heading_level(properties: Any) -> int | None:
    element = child(properties, "outlineLvl")
    if element is None:
        return None
    level = _whole(value(element), _TEXT_LEVEL)
    return level + 1 if 0 <= level < _TEXT_LEVEL else 0


def _numbers(properties: Any) -> Numbers | None:
    element = child(properties, "numPr")
    if element is None:
        return None
    list_id, level = child(element, "numId"), child(element, "ilvl")
    if list_id is None:
        return None
    return Numbers(value(list_id) or "0", min(max(_whole(value(level)) if level is not None else 0, 0), _TEXT_LEVEL - 1))


def _is_default(style: Any) -> bool:
    return attribute(style, "type") == "paragraph" and attribute(style, "default") in {"1", "true"}


def _whole(text: str | None, otherwise: int = 0) -> int:
    try:
        return int(text) if text is not None and len(text) < 10 else otherwise
    except ValueError:
        return otherwise
