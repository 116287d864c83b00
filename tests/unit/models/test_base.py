from __future__ import annotations

import copy
import pickle

from pmbot.models import Locator, Span, lean


def test_a_lean_noun_is_like_any_other() -> None:
    plain, made = Span(start=1, end=2), lean(Span(start=1, end=2))
    assert made == plain
    assert hash(made) == hash(plain)
    assert made.model_dump_json() == plain.model_dump_json()
    assert pickle.loads(pickle.dumps(made)) == copy.copy(made) == made
    assert made.model_fields_set is lean(Span(start=3, end=4)).model_fields_set


def test_a_changed_copy_leaves_the_others_alone() -> None:
    one, other = lean(Locator(line=1)), lean(Locator(line=2))
    moved = one.model_copy(update={"line": 9})
    assert (moved.line, one.line, other.line) == (9, 1, 2)
    assert one.model_fields_set is other.model_fields_set is not moved.model_fields_set
