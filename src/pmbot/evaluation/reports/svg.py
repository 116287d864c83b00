"""Plots as inline SVG: strings without scripts, styles or links, coloured by classes that the page (or `standalone`) defines.

A plot is `WIDTH` units wide and is drawn at about one unit a pixel, so that its letters stay readable on a telephone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from pmbot.rendering.sanitize import visible_line

WIDTH = 360
HEIGHT = 230
_LEFT, _RIGHT, _TOP, _BOTTOM = 38, 12, 14, 38

PALETTE = """
.plot{color:#1c2733;font:11px system-ui,sans-serif}
.plot text{fill:currentColor}
.plot .soft{fill:#566373}
.plot .grid{stroke:#d9dfe6;stroke-width:1}
.plot .axis{stroke:#8793a1;stroke-width:1}
.plot .limit{stroke:#1c2733;stroke-width:1.5;stroke-dasharray:4 3}
.plot .line{fill:none;stroke-width:2.25;stroke-linejoin:round}
.plot .c1{stroke:#0b62c4}.plot .c2{stroke:#1a7f37}.plot .c3{stroke:#c4320a}
.plot .f1{fill:#0b62c4}.plot .f2{fill:#1a7f37}.plot .f3{fill:#c4320a}.plot .f4{fill:#8793a1}.plot .f5{fill:#8250df}
"""
PALETTE_DARK = """
.plot{color:#e6ebf0}
.plot .soft{fill:#a3afbc}
.plot .grid{stroke:#303a45}
.plot .axis{stroke:#6c7885}
.plot .limit{stroke:#e6ebf0}
.plot .c1{stroke:#6cb2ff}.plot .c2{stroke:#56d07a}.plot .c3{stroke:#ff8a66}
.plot .f1{fill:#6cb2ff}.plot .f2{fill:#56d07a}.plot .f3{fill:#ff8a66}.plot .f4{fill:#7d8996}.plot .f5{fill:#b794ff}
"""


class Line(NamedTuple):
    """A line of points (x, y), both 0..1, in colour `c1` to `c3`; `dash` tells it apart without colours."""

    name: str
    colour: int
    points: Sequence[tuple[float, float]]
    dash: str = ""


class Bar(NamedTuple):
    """A horizontal bar: its name, and its parts as (colour, count)."""

    name: str
    parts: Sequence[tuple[int, int]]


def step_plot(title: str, lines: Sequence[Line], *, across: str, limit: float | None = None) -> str:
    """Draw lines over 0..1, both axes in per cent or shares, with a dashed upright at `limit`; y holds from a point to the next."""
    body = [_frame(across), *(f'<path class="line c{line.colour}"{_dashed(line)} d="{_steps(line.points)}"/>' for line in lines)]
    if limit is not None:
        x = _x(limit)
        side, move = ("end", -4) if limit > 0.75 else ("start", 4)
        body.append(f'<line class="limit" x1="{x}" x2="{x}" y1="{_TOP}" y2="{HEIGHT - _BOTTOM}"/>')
        body.append(f'<text class="soft" x="{_n(float(x) + move)}" y="{_TOP - 4}" text-anchor="{side}">set: {limit:g}</text>')
    return _svg(title, HEIGHT + 18, [*body, *_legend([(line.name, f"line c{line.colour}", _dashed(line)) for line in lines])])


def mirror_histogram(title: str, sides: Sequence[tuple[str, Sequence[float]]], *, across: str, limit: float | None = None) -> str:
    """Draw two samples of values 0..1 in twenty bins, the first upwards, the second downwards, on one scale of counts."""
    (_, up), (_, down) = counted = [(name, _bins(values)) for name, values in sides]
    most = max(1, *up, *down)
    reach = [max(1, *up) / most, max(1, *down) / most]
    height = HEIGHT - _TOP - _BOTTOM
    scale = height / sum(reach)
    middle = _TOP + scale * reach[0]
    step = (WIDTH - _LEFT - _RIGHT) / len(up)
    body = [_frame(across, upright=False)]
    for place, pair in enumerate(zip(up, down, strict=True)):
        for side, count in enumerate(pair):
            tall = scale * count / most
            if count:
                y = middle - tall if side == 0 else middle
                box = f'x="{_n(_LEFT + place * step + 0.75)}" y="{_n(y)}" width="{_n(step - 1.5)}" height="{_n(tall)}"'
                body.append(f'<rect class="f{(1, 3)[side]}" {box}/>')
    body.append(f'<line class="axis" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{_n(middle)}" y2="{_n(middle)}"/>')
    for count, y in ((max(up), _TOP + 4.0), (max(down), HEIGHT - _BOTTOM)):
        body.append(f'<text class="soft" x="{_LEFT - 6}" y="{_n(y)}" text-anchor="end">{count}</text>')
    if limit is not None:
        body.append(f'<line class="limit" x1="{_x(limit)}" x2="{_x(limit)}" y1="{_TOP}" y2="{HEIGHT - _BOTTOM}"/>')
    names = [(f"{name}: {sum(counts)}", f"f{(1, 3)[side]}", "") for side, (name, counts) in enumerate(counted)]
    return _svg(title, HEIGHT + 18, [*body, *_legend(names)])


def bar_plot(title: str, bars: Sequence[Bar]) -> str:
    """Draw bars of counts one below the other, on one scale; names stand above their bars."""
    most = max([1, *(sum(count for _, count in bar.parts) for bar in bars)])
    room = WIDTH - 44
    body = []
    for row, bar in enumerate(bars):
        y, x = 26 * row + 4, 0.0
        whole = sum(count for _, count in bar.parts)
        body.append(f'<text x="0" y="{y + 9}">{_text(_short(bar.name))}</text>')
        for colour, count in bar.parts:
            wide = room * count / most
            if count:
                body.append(f'<rect class="f{colour}" x="{_n(x)}" y="{y + 13}" width="{_n(wide)}" height="8"/>')
            x += wide
        good = bar.parts[0][1] if bar.parts else 0
        body.append(f'<text class="soft" x="{_n(x + 5)}" y="{y + 21}">{good}/{whole}</text>')
    return _svg(title, 26 * len(bars) + 6, body)


def standalone(plot: str) -> str:
    """Make a file of a plot: with a name space, its colours for light and dark, and a background."""
    style = f"<style>{PALETTE}.ground{{fill:#fff}}@media(prefers-color-scheme:dark){{{PALETTE_DARK}.ground{{fill:#12171d}}}}</style>"
    ground = '<rect class="ground" x="-12" y="-12" width="100%" height="100%"/>'
    head, _, rest = plot.partition(">")
    head = head.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    wide, high = head.split('viewBox="0 0 ')[1].split('"')[0].split()
    head = head.replace(f'viewBox="0 0 {wide} {high}"', f'viewBox="-12 -12 {int(wide) + 24} {int(high) + 24}"')
    return f"{head}>{style}{ground}{rest}\n"


def _svg(title: str, height: int, body: Iterable[str]) -> str:
    return f'<svg class="plot" viewBox="0 0 {WIDTH} {height}" role="img"><title>{_text(title)}</title>{"".join(body)}</svg>'


def _frame(across: str, *, upright: bool = True) -> str:
    low = HEIGHT - _BOTTOM
    parts = []
    for tick in range(6):
        share = tick / 5
        x, y = _x(share), _y(share)
        if upright:
            parts.append(f'<line class="grid" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y}" y2="{y}"/>')
            parts.append(f'<text class="soft" x="{_LEFT - 6}" y="{_n(float(y) + 4)}" text-anchor="end">{20 * tick}%</text>')
        parts.append(f'<text class="soft" x="{x}" y="{low + 14}" text-anchor="middle">{share:g}</text>')
    parts.append(f'<line class="axis" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{low}" y2="{low}"/>')
    parts.append(f'<text class="soft" x="{(WIDTH + _LEFT - _RIGHT) // 2}" y="{low + 29}" text-anchor="middle">{_text(across)}</text>')
    return "".join(parts)


def _legend(names: Sequence[tuple[str, str, str]]) -> Iterable[str]:
    room = (WIDTH - 4) / len(names)
    for place, (name, kind, dash) in enumerate(names):
        x = 4 + place * room
        if kind.startswith("line"):
            yield f'<line class="{kind}"{dash} x1="{_n(x)}" x2="{_n(x + 18)}" y1="{HEIGHT + 8}" y2="{HEIGHT + 8}"/>'
        else:
            yield f'<rect class="{kind}" x="{_n(x + 6)}" y="{HEIGHT + 3}" width="10" height="10"/>'
        yield f'<text x="{_n(x + 23)}" y="{HEIGHT + 12}">{_text(name)}</text>'


def _steps(points: Sequence[tuple[float, float]]) -> str:
    """A path that keeps each y until the next x."""
    if not points:
        return ""
    path = [f"M{_x(points[0][0])} {_y(points[0][1])}"]
    for x, y in points[1:]:
        path.append(f"H{_x(x)}V{_y(y)}")
    return "".join(path)


def _dashed(line: Line) -> str:
    return f' stroke-dasharray="{line.dash}"' if line.dash else ""


def _bins(values: Sequence[float], bins: int = 20) -> list[int]:
    counts = [0] * bins
    for value in values:
        counts[min(bins - 1, int(value * bins))] += 1
    return counts


def _x(share: float) -> str:
    return _n(_LEFT + share * (WIDTH - _LEFT - _RIGHT))


def _y(share: float) -> str:
    return _n(HEIGHT - _BOTTOM - share * (HEIGHT - _TOP - _BOTTOM))


def _n(value: float) -> str:
    """A coordinate, to a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0")


def _short(name: str) -> str:
    return name if len(name) <= 44 else f"{name[:43]}…"


def _text(text: str) -> str:
    return escape(visible_line(text))
