"""What a terminal can do."""

from __future__ import annotations

import pytest

from pmbot.interfaces.abilities import has_colour, has_links

XTERM = {"TERM": "xterm-256color"}


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, False),
        (XTERM, False),
        ({**XTERM, "VTE_VERSION": "6800"}, True),
        ({**XTERM, "VTE_VERSION": "4205"}, False),
        ({**XTERM, "VTE_VERSION": "x"}, False),
        ({**XTERM, "KONSOLE_VERSION": "210401"}, True),
        ({**XTERM, "TERM_PROGRAM": "iTerm.app"}, True),
        ({**XTERM, "TERM_PROGRAM": "Apple_Terminal"}, False),
        ({**XTERM, "WT_SESSION": "abc"}, True),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "foot"}, True),
        ({"TERM": "tmux-256color", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.4a"}, True),
        ({"TERM": "tmux-256color", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.3a", "VTE_VERSION": "6800"}, False),
        ({"TERM": "xterm-kitty", "NO_COLOR": "1"}, False),
        ({"TERM": "dumb", "WT_SESSION": "abc"}, False),
        ({**XTERM, "FORCE_HYPERLINK": "1"}, True),
        ({"TERM": "xterm-kitty", "FORCE_HYPERLINK": "0"}, False),
    ],
)
def test_links(environ: dict[str, str], expected: bool) -> None:
    assert has_links(environ) is expected


@pytest.mark.parametrize(
    ("environ", "expected"), [(XTERM, True), ({}, False), ({"TERM": "dumb"}, False), ({**XTERM, "NO_COLOR": "x"}, False)]
)
def test_colour(environ: dict[str, str], expected: bool) -> None:
    assert has_colour(environ) is expected
