from __future__ import annotations

import time
from functools import cache

import pytest

from pmbot.answering.language import Language
from pmbot.answering.language_file import language_of
from pmbot.answering.mentions import NameHints, find_mentions
from pmbot.config import packaged_folder
from pmbot.models import MentionKind
from pmbot.text.figures.finding import Mention

DATE, MONEY, PERCENT, DURATION = MentionKind.DATE, MentionKind.MONEY, MentionKind.PERCENT, MentionKind.DURATION
NUMBER, QUANTITY, ORDINAL = MentionKind.NUMBER, MentionKind.QUANTITY, MentionKind.ORDINAL


@cache
def language(code: str) -> Language:
    path = packaged_folder() / f"language.{code}.txt"
    return language_of(code, path if path.exists() else None)


def found(code: str, text: str) -> list[tuple[MentionKind, str]]:
    hints = NameHints(frozenset(), frozenset(), frozenset(), frozenset({"pec", "после", "в"}), language(code))
    return [(kind, text[start:end]) for kind, start, end in find_mentions(text, hints)]


@pytest.mark.parametrize(
    ("text", "kind", "mention"),
    [
        ("notika 2014. gada 12. maijā pilī", DATE, "2014. gada 12. maijā"),
        ("darbus sāks 2025. gada aprīlī", DATE, "2025. gada aprīlī"),
        ("kopš 1998. gada tirgo", DATE, "1998. gada"),
        ("to tīra katru dienu", MentionKind.FREQUENCY, "katru dienu"),
        ("maina ik pēc sešiem mēnešiem", MentionKind.FREQUENCY, "ik pēc sešiem mēnešiem"),
        ("tiekas divas reizes gadā", MentionKind.FREQUENCY, "divas reizes gadā"),
        ("tirgus būs 7. jūlijā", DATE, "7. jūlijā"),
        ("no 3. maija līdz 5. jūnijam", DATE, "no 3. maija līdz 5. jūnijam"),
        ("atvērts no maija līdz septembrim", DATE, "no maija līdz septembrim"),
        ("strādā no plkst. 9.00 līdz 17.00", DATE, "9.00 līdz 17.00"),
        ("datums ir 03.04.2021.", DATE, "03.04.2021."),
        ("laikā no 1991. līdz 2004. gadam", DATE, "2004. gadam"),
        ("maksā 84 600 eiro gadā", MONEY, "84 600 eiro"),
        ("maksā 14,50 EUR", MONEY, "14,50 EUR"),
        ("piešķīra €2,5 miljonus", MONEY, "€2,5 miljonus"),
        ("vērtība ir 3 milj. eiro", MONEY, "3 milj. eiro"),
        ("tas ir par 12 % vairāk", PERCENT, "12 %"),
        ("gandrīz 40 procenti balsoja", PERCENT, "gandrīz 40 procenti"),
        ("trešdaļa aizgāja", PERCENT, "trešdaļa"),
        ("gaidīja trīs mēnešus un", DURATION, "trīs mēnešus"),
        ("cep 25 minūtes", DURATION, "25 minūtes"),
        ("sver 38 kilogramus un", QUANTITY, "38 kilogramus"),
        ("garums ir 4,5 km", QUANTITY, "4,5 km"),
        ("ieradās divdesmit pieci viesi", NUMBER, "divdesmit pieci"),
        ("vairāk nekā 600 priekšmetu", NUMBER, "vairāk nekā 600"),
        ("ieguva otro vietu", ORDINAL, "otro"),
    ],
)
def test_latvian_figures(text: str, kind: MentionKind, mention: str) -> None:
    assert (kind, mention) in found("lv", text)


@pytest.mark.parametrize(
    ("text", "kind", "mention"),
    [
        ("состоялось 14 июня 2025 года в клубе", DATE, "14 июня 2025 года"),
        ("построили в 1962 году на берегу", DATE, "1962 году"),
        ("чистят раз в неделю", MentionKind.FREQUENCY, "раз в неделю"),
        ("меняют каждые шесть месяцев", MentionKind.FREQUENCY, "каждые шесть месяцев"),
        ("проводят ежедневно", MentionKind.FREQUENCY, "ежедневно"),
        ("весной 2026 года школа", DATE, "весной 2026 года"),
        ("открыта с 15 мая по 30 сентября", DATE, "с 15 мая по 30 сентября"),
        ("закрыто с 22.00 до 6.00", DATE, "с 22.00 до 6.00"),
        ("за 14 млн рублей купили", MONEY, "14 млн рублей"),
        ("залог 2 тыс. рублей", MONEY, "2 тыс. рублей"),
        ("составили 810 тысяч рублей", MONEY, "810 тысяч рублей"),
        ("выручка 5,2 млн руб", MONEY, "5,2 млн руб"),
        ("скидка 20 %", PERCENT, "20 %"),
        ("уменьшились на 12 процентов", PERCENT, "12 процентов"),
        ("за десять лет", DURATION, "десять лет"),
        ("через четыре минуты", DURATION, "четыре минуты"),
        ("сильнее 9 метров", QUANTITY, "9 метров"),
        ("пришли 11 300 человек", NUMBER, "11 300"),
        ("двадцать три лодки", NUMBER, "двадцать три"),
        ("занял третье место", ORDINAL, "третье"),
    ],
)
def test_russian_figures(text: str, kind: MentionKind, mention: str) -> None:
    assert (kind, mention) in found("ru", text)


@pytest.mark.parametrize(
    ("text", "kind", "mention"),
    [
        ("perustettiin 3.5.1974 Turussa", DATE, "3.5.1974"),
        ("vuonna 1998 seura", DATE, "1998"),
        ("maksaa 40 € vuodessa", MONEY, "40 €"),
        ("kasvoi 12 %", PERCENT, "12 %"),
        ("matka on 30 km", QUANTITY, "30 km"),
        ("siinä on 212 jäsentä", NUMBER, "212"),
    ],
)
def test_any_language_has_digits_and_signs(text: str, kind: MentionKind, mention: str) -> None:
    assert (kind, mention) in found("fi", text)


@pytest.mark.parametrize(
    ("code", "text", "kind", "name"),
    [
        ("lv", "Valdi vada Ilze Kalnbērza.", MentionKind.PERSON, "Ilze Kalnbērza"),
        ("lv", "Naudu deva Satiksmes aģentūra.", MentionKind.ORGANISATION, "Satiksmes aģentūra"),
        ("lv", "To veica uzņēmums „Jumtnieks un dēli”.", MentionKind.ORGANISATION, "Jumtnieks un dēli"),
        ("ru", "Жилеты выдаёт Игорь Бойко.", MentionKind.PERSON, "Игорь Бойко"),
        ("ru", "Его строит компания «Волгострой».", MentionKind.ORGANISATION, "Волгострой"),
        ("fi", "Seuraa johtaa Aino Järvi.", MentionKind.PERSON, "Aino Järvi"),
    ],
)
def test_names(code: str, text: str, kind: MentionKind, name: str) -> None:
    assert (kind, name) in found(code, text)


def test_a_capital_that_only_opens_a_sentence_makes_no_name() -> None:
    assert found("lv", "Lielāko daļu pārdeva.") == []
    assert found("ru", "Детскую площадку откроют.") == []


def test_small_letters_beyond_ascii_are_no_capitals() -> None:
    assert found("lv", "ātri šurp, žēl un ķēmīgi") == []
    assert found("ru", "весь этот дом стоит") == []


@pytest.mark.parametrize(
    ("code", "text", "reason"),
    [
        ("lv", "Krāsni neizslēdza, jo lija lietus.", "jo lija lietus."),
        ("ru", "Кафе закрыли, потому что прорвало трубу.", "потому что прорвало трубу."),
    ],
)
def test_reasons(code: str, text: str, reason: str) -> None:
    match = language(code).cues.because.search(text)
    assert match is not None
    assert match[0] == reason
    assert language(code).cues.sure_because.match(text, match.start())


@pytest.mark.parametrize("code", ["lv", "ru", "fi"])
@pytest.mark.parametrize("text", ["1 " * 8000, "A. " * 5000, "„A" * 5000, "12. " * 5000, "jo, " * 5000, "2014. gada " * 2000])
def test_patterns_take_linear_time(code: str, text: str) -> None:
    def seconds(repeated: str) -> float:
        start = time.process_time()
        mentions: list[Mention] = list(find_mentions(repeated, NameHints((), (), (), (), language(code))))
        assert len(mentions) >= 0
        return time.process_time() - start

    once = min(seconds(text[: len(text) // 4]) for _ in range(2))
    assert min(seconds(text) for _ in range(2)) < 12 * once + 0.5
