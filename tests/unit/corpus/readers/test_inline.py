from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.corpus.readers.inline import label, plain_words

DEFINED = frozenset({"ref", "^1"})


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("plain words", "plain words"),
        ("*a* **b** ***c*** _d_ __e__ ~~f~~", "a b c d e f"),
        ("**bold and *both***", "bold and both"),
        ("un*frigging*believable", "unfriggingbelievable"),
        ("*over\ntwo lines*", "over\ntwo lines"),
        ("snake_case_name and __init__.py", "snake_case_name and init.py"),
        ("5 * 3 = 15 and 2 * 2", "5 * 3 = 15 and 2 * 2"),
        ("*open and **open", "*open and **open"),
        ("**a*", "*a"),
        ("about ~20 and ~30", "about ~20 and ~30"),
        (r"\*not emphasis\* \[x\](y) 1\. \n", r"*not emphasis* [x](y) 1. \n"),
        ("a `*code* &amp; [x](y)` b", "a *code* &amp; [x](y) b"),
        ("`` a`b `` and ` `", "a`b and  "),
        ("`open", "`open"),
        ("\\```x``", "`x"),
        ("[text](http://a.b/c_d_e 'title') x", "text x"),
        ("[a *b*](<x y>) [c](d(e)f) [](g)", "a b c "),
        ("![alt text](img.png) [![in](a)](b)", "alt text in"),
        ("[text][ref] [REF][] [ref] [text][other] [free]", "text REF ref [text][other] [free]"),
        ("[sic](see p. 4) and [x]", "[sic](see p. 4) and [x]"),
        ("a note[^1] and[^2]", "a note and[^2]"),
        ("<https://example.org/a_b_c> <me@example.org>", "https://example.org/a_b_c me@example.org"),
        ("H<sub>2</sub>O<br>x <img src='a' alt=\"b\"/>y</p>", "H2O x y "),
        ("<path> a < *b* > c, 1 <2> 3", "<path> a < b > c, 1 <2> 3"),
        ("&amp; &euro;240 &#8364; &#x20AC; &nothing; &#10;x &NewLine;y", "& €240 € € &nothing;  x  y"),
        ("line\\\nbreak", "line\nbreak"),
        ("**Latvia’s** *€240 million*.", "Latvia’s €240 million."),
        ("**“quoted”** text", "“quoted” text"),
        ("]]][[[", "]]][[["),
    ],
)  # fmt: skip
def test_markup_is_dropped_and_words_are_kept(markdown: str, words: str) -> None:
    assert plain_words(markdown, DEFINED) == words


def test_labels_are_compared_without_case_and_blanks() -> None:
    assert label("  The\tREF ") == label("the ref")


@given(
    st.lists(
        st.sampled_from([*"*_~`[]()<>!&;\\\n ab|\"'", "**", "``", "](", "[^1]", "[ref]", "&amp;", "<br>", "http://a"]), max_size=60
    ).map("".join)
)
def test_line_breaks_are_kept_one_by_one(text: str) -> None:
    assert plain_words(text, DEFINED).count("\n") == text.count("\n")


@given(st.text(st.characters(categories=["L", "N", "Zs"])))
def test_text_without_markup_is_left_alone(text: str) -> None:
    assert plain_words(text) == text


@pytest.mark.parametrize(
    "piece",
    ["*", "**a", "*a_b", "_", "`", "`` ` ", "[", "]", "[a](", "[a](b", "[a](b(c", "[a](b(c)", "[a](b \"c", "[a](<b",
     "[a](b 'c \"d (e", "![", "<", "<a ", "&", "&a", "\\", "~~", "[[a]", "a*", "*a** ", "[a][", "](b(c)"],
)  # fmt: skip
def test_hostile_text_takes_linear_time(piece: str) -> None:
    plain_words(piece * 20_000, DEFINED)
    plain_words("[" * 20_000 + piece * 20_000, DEFINED)
