from __future__ import annotations

import copy
import pickle

from pmbot.models import Locator, Span, lean, made


def test_a_lean_noun_is_like_any_other() -> None:
    plain, slim = Span(start=1, end=2), lean(Span(start=1, end=2))
    assert slim == plain
    assert hash(slim) == hash(plain)
    assert slim.model_dump_json() == plain.model_dump_json()
    assert pickle.loads(pickle.dumps(slim)) == copy.copy(slim) == slim
    assert slim.model_fields_set is lean(Span(start=3, end=4)).model_fields_set


def test_a_changed_copy_leaves_the_others_alone() -> None:
    one, other = lean(Locator(line=1)), lean(Locator(line=2))
    moved = one.model_copy(update={"line": 9})
    assert (moved.line, one.line, other.line) == (9, 1, 2)
    assert one.model_fields_set is other.model_fields_set is not moved.model_fields_set


def test_a_noun_that_is_made_unchecked_is_like_any_other() -> None:
    plain, unchecked = Span(start=1, end=2), made(Span, {"start": 1, "end": 2})
    assert unchecked == plain
    assert (hash(unchecked), repr(unchecked)) == (hash(plain), repr(plain))
    assert unchecked.model_dump_json() == plain.model_dump_json()
    assert pickle.loads(pickle.dumps(unchecked)) == copy.copy(unchecked) == plain
    assert unchecked.model_copy(update={"end": 3}) == Span(start=1, end=3)
