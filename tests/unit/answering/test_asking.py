from __future__ import annotations

import pytest

from pmbot.answering.language_file import language_of
from pmbot.config import packaged_folder
from pmbot.models import MentionKind, QuestionType
from pmbot.text.analyzer import Analyzer
from pmbot.text.wordlists import read_words

T = QuestionType


def asked(code: str, question: str) -> tuple[QuestionType, str | None, tuple[MentionKind, ...]]:
    folder = packaged_folder()
    language = language_of(code, folder / f"language.{code}.txt")
    analyzer = Analyzer(read_words(folder / f"stopwords.{code}.txt"), {}, code)
    tokens = analyzer.tokens(question)
    assert language.asking is not None
    kind, focus, expects = language.asking([token.norm for token in tokens], lambda place: analyzer.is_stop(tokens[place]))
    return kind, None if focus is None else tokens[focus].text, expects


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Kad dibināts klubs?", T.WHEN),
        ("Kurā gadā to uzcēla?", T.WHEN),
        ("Kur atrodas muzejs?", T.WHERE),
        ("Kāpēc slēdza ostu?", T.WHY),
        ("Kā pieteikties kursiem?", T.HOW),
        ("Cik biedru ir klubā?", T.HOW_MANY),
        ("Cik maksā biļete?", T.HOW_MUCH),
        ("Kāds bija apgrozījums?", T.HOW_MUCH),
        ("Cik procentu balsoja par?", T.PERCENT),
        ("Cik ilgi tas prasīja?", T.DURATION),
        ("Cik dienas lija?", T.DURATION),
        ("Cik bieži to tīra?", T.FREQUENCY),
        ("Cik reižu gadā tiekas?", T.FREQUENCY),
        ("Kas ir valdes priekšsēdētājs?", T.WHO),
        ("Kas kārto grāmatvedību?", T.WHO),
        ("Kas ir brīvosta?", T.DEFINITION),
        ("Kas notika 2023. gadā?", T.AGGREGATION),
        ("Kādi priekšmeti ir muzejā?", T.LIST),
        ("Vai muzejs ir atvērts?", T.YES_NO),
        ("Ko pārdeva tirgū?", T.WHAT),
        ("muzeja darba laiks", T.KEYWORD),
    ],
)
def test_latvian_questions(question: str, kind: QuestionType) -> None:
    assert asked("lv", question)[0] is kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Когда построили мост?", T.WHEN),
        ("В каком году открыли школу?", T.WHEN),
        ("Где находится станция?", T.WHERE),
        ("Почему закрыли кафе?", T.WHY),
        ("Как записаться на курсы?", T.HOW),
        ("Сколько лодок на станции?", T.HOW_MANY),
        ("Сколько стоит билет?", T.HOW_MUCH),
        ("Какова была выручка?", T.HOW_MUCH),
        ("Какая скидка у школьников?", T.HOW_MUCH),
        ("На сколько процентов вырос доход?", T.PERCENT),
        ("Сколько дней шёл дождь?", T.DURATION),
        ("Кто заведует станцией?", T.WHO),
        ("Что такое свободная зона?", T.DEFINITION),
        ("Что произошло в 2023 году?", T.AGGREGATION),
        ("Какие лодки есть?", T.LIST),
        ("Можно ли кататься ночью?", T.YES_NO),
        ("Работает ли кафе зимой?", T.YES_NO),
        ("Что продают в кафе?", T.WHAT),
        ("часы работы кафе", T.KEYWORD),
    ],
)
def test_russian_questions(question: str, kind: QuestionType) -> None:
    assert asked("ru", question)[0] is kind


def test_what_is_counted_is_the_focus() -> None:
    assert asked("lv", "Cik uzņēmumu piedalījās tirgū?")[1] == "uzņēmumu"
    assert asked("ru", "Сколько детей занимается в школе?")[1] == "детей"


@pytest.mark.parametrize(
    ("code", "question", "expected"),
    [
        ("lv", "Cik maksā biļete?", (MentionKind.MONEY,)),
        ("lv", "Kuru pilsētu izvēlējās?", (MentionKind.PLACE, MentionKind.NAME)),
        ("lv", "Kādā pilsētā tas notika?", (MentionKind.PLACE, MentionKind.NAME)),
        ("lv", "Kāds ir biedru skaits?", (MentionKind.MONEY, MentionKind.QUANTITY, MentionKind.PERCENT, MentionKind.NUMBER)),
        ("ru", "Какая фирма построила мост?", (MentionKind.ORGANISATION, MentionKind.NAME)),
        ("ru", "Какой процент проголосовал?", (MentionKind.PERCENT,)),
        ("ru", "Сколько рублей собрали?", (MentionKind.MONEY,)),
    ],
)
def test_expected_kinds(code: str, question: str, expected: tuple[MentionKind, ...]) -> None:
    assert asked(code, question)[2] == expected
