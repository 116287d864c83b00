from __future__ import annotations

from pathlib import Path

import pytest

from pmbot import KnowledgeBase
from pmbot.answering.spoken import support_of
from pmbot.bootstrap import Builder
from pmbot.config import load_configuration
from pmbot.models import Document

LATVIAN = "Klubu dibināja 1998. gadā, un tas ir vecākais klubs pilsētā. Tajā ir 40 biedri, un deviņi ir jauni. Klubu vada Anna Bērza."
RUSSIAN = "Клуб основали в 1987 году, и он самый старый в городе. В нём 52 лодки, но не все на ходу. Клубом руководит Пётр Соколов."
ENGLISH = "The club was founded in 1964, and it is the oldest of them all. It has 33 members who row. The club is led by Tom Reed."


def document(text: str, language: str | None = None) -> Document:
    return Document(doc_id="a.txt", title="a", text=text, source="a.txt", language=language, blocks=())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("lv.txt", LATVIAN), ("ru.txt", RUSSIAN), ("en.txt", ENGLISH)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def load(path: Path) -> KnowledgeBase:
    build = Builder(load_configuration().in_memory())
    return KnowledgeBase(lambda: build(path))


@pytest.mark.parametrize(("text", "language"), [(LATVIAN, "lv"), (RUSSIAN, "ru"), (ENGLISH, None)])
def test_documents_in_other_languages_are_told(text: str, language: str | None) -> None:
    spoken = Builder(load_configuration().in_memory())._tongues
    assert spoken.told(document(text)).language == language


def test_what_a_document_says_of_itself_counts() -> None:
    spoken = Builder(load_configuration().in_memory())._tongues
    assert spoken.told(document(LATVIAN, "fi")).language == "fi"


def test_a_language_without_lists_is_not_told_from_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PMBOT_TEXT__LANGUAGE", "fi")
    assert Builder(load_configuration().in_memory())._tongues.told(document(ENGLISH)).language is None


@pytest.mark.parametrize(
    ("question", "short", "quote"),
    [
        ("Kad dibināja klubu?", "1998. gadā", "Klubu dibināja 1998. gadā"),
        ("Когда основали клуб?", "1987 году", "Клуб основали в 1987 году"),
        ("When was the club founded?", "1964", "The club was founded in 1964"),
        ("Cik biedru ir klubā?", "40", "Tajā ir 40 biedri"),
        ("Сколько лодок в клубе?", "52", "В нём 52 лодки"),
    ],
)
def test_each_question_is_answered_from_documents_in_its_language(folder: Path, question: str, short: str, quote: str) -> None:
    answer = load(folder).ask(question)
    assert answer.short_answer == short
    assert answer.citations[0].quote.startswith(quote)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Kas ir kluba treneris?", "Dokumentos tas nav teikts: šeit nekas nav rakstīts par „treneris”."),
        ("Кто тренер клуба?", "В документах этого нет: здесь ничего не сказано о следующем: «тренер»."),
        ("Kas ir kluba bistro?", "Dokumentos tas nav teikts: šeit nekas nav rakstīts par „bistro”."),
        ("Labdien!", "Labdien!"),
        ("Привет", "Здравствуйте!"),
    ],
)
def test_replies_are_in_the_language_of_the_question(folder: Path, question: str, words: str) -> None:
    assert load(folder).ask(question).text.startswith(words)


def test_a_question_in_a_language_of_no_document_is_refused_for_that_reason(folder: Path) -> None:
    (folder / "en.txt").unlink()
    answer = load(folder).ask("When was the club founded, and who is the coach?")
    assert answer.reason == "other_language"
    assert "in a language that the documents do not use" in answer.text


def test_a_folder_in_another_language_alone_speaks_it(tmp_path: Path) -> None:
    (tmp_path / "lv.txt").write_text(LATVIAN, encoding="utf-8")
    knowledge = load(tmp_path)
    assert knowledge.ask("").text.startswith("Pajautājiet kaut ko par dokumentiem")
    assert knowledge.ask("Anna Bērza").text.startswith("Dokumentos rakstīts")
    assert knowledge.ask("When was it founded?").reason == "other_language"


@pytest.mark.parametrize(
    ("code", "support"),
    [("en", "full"), ("lv", "basic"), ("ru", "basic"), ("fi", "by fallback: words with"), ("xx", "by fallback: exact")],
)
def test_support(code: str, support: str) -> None:
    assert support_of(code, load_configuration().find).startswith(support)
