"""What happened to the documents is told before the next reply, once."""

from __future__ import annotations

from pmbot.errors import EmptyCorpus
from pmbot.interfaces.news import News
from pmbot.models import Changes
from pmbot.rendering import plain


def told(news: News) -> str:
    return plain.render(news.take(), None)


def test_what_changed_is_told_once() -> None:
    news = News()
    assert news.take() == ()
    news.changed(Changes(added=("a.txt",), changed=("b\x1b.txt", "c.txt", "d.txt", "e.txt")))
    assert told(news) == "(the documents were read again: added a.txt; changed b␛.txt, c.txt, d.txt and 1 more)\n"
    assert news.take() == ()


def test_a_failure_says_that_the_old_ones_answer() -> None:
    news = News()
    news.failed(EmptyCorpus("knowledge: there are no documents\nmore"))
    news.failed(ValueError())
    assert told(news) == (
        "(the documents have changed, but the old ones still answer: knowledge: there are no documents)\n"
        "(the documents have changed, but the old ones still answer: ValueError)\n"
    )
