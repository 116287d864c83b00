from __future__ import annotations

from pmbot.answering.background import Background
from pmbot.answering.comparing import Surroundings
from pmbot.answering.evidence import Candidate
from pmbot.answering.language import ENGLISH, Language
from pmbot.answering.language_file import language_of
from pmbot.answering.layout import bound_by_layout
from pmbot.answering.lexicon import Lexicon
from pmbot.answering.mentions import NameHints
from pmbot.answering.query import NO_MATCH, SAME, Frequencies, Matcher, Weights, make_query
from pmbot.answering.views import Views
from pmbot.config import packaged_folder
from pmbot.indexing.packing import Cut
from pmbot.indexing.snapshot import Recipe, build_snapshot
from pmbot.models import KeyTerm, MentionKind, QuestionType, Reading, Sentence, Span
from pmbot.text.analyzer import Analyzer
from pmbot.text.figures.finding import Mention
from tests.fakes import FittedBackend
from tests.fakes_answering import corpus_of

RUSSIAN = language_of("ru", packaged_folder() / "language.ru.txt")


def bound(text: str, asked: str, language: Language = RUSSIAN) -> str | None:
    analyzer = Analyzer(frozenset(), {}, "ru")
    sentence = Sentence(doc_id="a", index=0, block=0, span=Span(start=0, end=len(text)), text=text)
    hints = NameHints((), (), (), (), language)
    nothing = build_snapshot(corpus_of({}), analyzer, Recipe(FittedBackend(), Cut(3, 1))).corpus
    view = Views(analyzer, hints, nothing).of_sentence(sentence)
    tokens = analyzer.tokens(asked)
    terms = tuple(KeyTerm(text=token.text, term=token.term) for token in tokens)
    reading = Reading(text=asked, type=QuestionType.HOW_MUCH, expects=(MentionKind.MONEY,), key_terms=terms)
    query = make_query(reading, tokens, Lexicon(()), Weights(Frequencies({}, 1), Background()), language)
    matcher = Matcher(query, view.word_set)
    matches = tuple(SAME if term.term in view.word_set else NO_MATCH for term in terms)
    candidate = Candidate(view, matches, lambda: Surroundings((), (), 0.0))
    mentions: list[Mention] = [mention for mention in view.mentions if mention.kind is MentionKind.MONEY]
    found = bound_by_layout(candidate, matcher, mentions)
    return None if found is None else text[found.start : found.end]


def test_a_dash_stands_for_the_verb() -> None:
    assert bound("Час проката лодки стоит 450 рублей, байдарки — 600 рублей.", "час проката байдарки") == "600 рублей"


def test_a_word_that_stands_twice_binds_nothing_by_its_dash() -> None:
    text = "Ржаной хлеб стоит 90 рублей, пшеничный хлеб — 70 рублей."
    assert bound(text, "ржаной хлеб стоит") == "90 рублей"
    assert bound(text, "хлеб") is None


def test_one_figure_or_english_is_left_to_others() -> None:
    assert bound("Байдарки — 600 рублей.", "байдарки") is None
    assert bound("Kayaks — €600, boats €450.", "kayaks", ENGLISH) is None
