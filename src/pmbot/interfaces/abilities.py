"""What a terminal can do, as far as its environment tells."""

from __future__ import annotations

from collections.abc import Mapping

_PROGRAMS = frozenset({"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio"})
_TERMS = ("xterm-kitty", "alacritty", "foot", "xterm-ghostty", "wezterm", "contour")
_SIGNS = ("KITTY_WINDOW_ID", "WT_SESSION", "DOMTERM")
_VTE = 5000  # 0.50, the first that shows links
_KONSOLE = 201200  # 20.12
_TMUX = (3, 4)


def has_colour(environ: Mapping[str, str]) -> bool:
    """Whether escapes may be written to a terminal: not when TERM is dumb or missing, or NO_COLOR is set to anything."""
    return not environ.get("NO_COLOR") and environ.get("TERM", "dumb") != "dumb"


def has_links(environ: Mapping[str, str]) -> bool:
    """Whether the terminal is known to show hyperlinks (OSC 8). FORCE_HYPERLINK=1 says yes, 0 says no, whatever the rest.

    Known: VTE from 0.50 (GNOME Terminal, Tilix …), Konsole from 20.12, kitty, Windows Terminal, iTerm2, WezTerm, Ghostty, the
    terminal of VS Code, Alacritty, foot, tmux from 3.4. Others print the same text without a link.
    """
    if not has_colour(environ):
        return False
    forced = environ.get("FORCE_HYPERLINK")
    if forced:
        return forced != "0"
    program, version = environ.get("TERM_PROGRAM", ""), environ.get("TERM_PROGRAM_VERSION", "")
    if program == "tmux":
        return _numbers(version)[:2] >= _TMUX
    if program in _PROGRAMS or any(environ.get(name) for name in _SIGNS):
        return True
    if environ.get("TERM", "").startswith(_TERMS):
        return True
    return _number(environ.get("VTE_VERSION")) >= _VTE or _number(environ.get("KONSOLE_VERSION")) >= _KONSOLE


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(_number("".join(filter(str.isdigit, part))) for part in version.split("."))
