"""The composition root: settings and a folder become an engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmbot.answering.background import Background
from pmbot.answering.lexicon import BROADER, SYNONYM
from pmbot.bootstrap import BACKENDS, Builder, build_knowledge
from pmbot.config import Configuration, Settings, load_configuration, packaged_folder
from pmbot.errors import ConfigError, CorpusError, EmptyCorpus
from pmbot.indexing.indexer import Listener
from pmbot.models import Question
from pmbot.version import __version__
from tests.faults.lamps import builder

TEMPLATES = (packaged_folder() / "templates.en.yaml").read_text(encoding="utf-8")


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings file with word lists of its own beside it; nothing comes from the working folder."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "abbreviations.en.txt").write_text("zorb\n", encoding="utf-8")
    (folder / "stopwords.en.txt").write_text("the\nwhat\nwho\n", encoding="utf-8")
    (folder / "demonyms.yaml").write_text("places: {zorbia: [zorbian]}\n", encoding="utf-8")
    (folder / "irregular.en.txt").write_text("glow: glew\n", encoding="utf-8")
    (folder / "synonyms.en.txt").write_text("lamp, lantern\n", encoding="utf-8")
    (folder / "thesaurus.en.txt").write_text("lamp > device\n", encoding="utf-8")
    (folder / "derivations.en.txt").write_text("glow: brilliance\n", encoding="utf-8")
    (folder / "background.en.txt").write_text("paragraphs: 10\nlamp 3\n", encoding="utf-8")
    (folder / "templates.en.yaml").write_text(TEMPLATES, encoding="utf-8")
    path = folder / "pmbot.yaml"
    path.write_text("knowledge: library\ntext: {sentence_languages: [en]}\n", encoding="utf-8")
    library = tmp_path / "library"
    library.mkdir()
    (library / "a.txt").write_text("The Zorblat lamp glows. The zorb. Quindle hums in Zorbia.\n", encoding="utf-8")
    return path


def knowledge_of(config: Path):  # type: ignore[no-untyped-def]
    return build_knowledge(load_configuration(config))


def test_word_lists_reach_the_analyzer(config: Path) -> None:
    knowledge = knowledge_of(config)
    assert knowledge.stopwords == {"the", "what", "who"}
    assert (knowledge.places, knowledge.demonyms) == ({"zorbia"}, {"zorbian"})
    assert knowledge.analyzer.terms("Zorbian glew") == ("zorbia", "glow")
    assert knowledge.stop_terms == {"the", "what", "who"}
    assert dict(knowledge.background.counts) == {"lamp": 3}


def test_synonyms_thesaurus_and_derivations_make_one_lexicon(config: Path) -> None:
    lexicon = knowledge_of(config).lexicon
    assert [(set(a.terms), a.quality, a.source) for a in lexicon.alternatives(("lamp",))[0]] == [({"lantern"}, SYNONYM, "author synonym")]
    assert [(set(a.terms), a.quality, a.source) for a in lexicon.alternatives(("devic",))[0]] == [
        ({"lamp"}, BROADER, "thesaurus (broader)")
    ]
    assert [a.source for a in lexicon.alternatives(("glow",))[0]] == ["derivation"]


def test_lists_that_a_language_may_lack(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needed = ("stopwords.en.txt", "demonyms.yaml", "templates.en.yaml")
    for path in config.parent.iterdir():
        if path.name not in needed:
            path.unlink()
    knowledge = build_knowledge(Configuration(Settings(), (config.parent,)))
    assert len(knowledge.lexicon) == 0
    assert knowledge.background == Background()


@pytest.mark.parametrize("name", ["stopwords.en.txt", "demonyms.yaml", "templates.en.yaml"])
def test_lists_that_every_language_needs(config: Path, name: str) -> None:
    (config.parent / name).unlink()
    with pytest.raises(ConfigError, match=rf"{name}: not found in .*config"):
        build_knowledge(Configuration(Settings(), (config.parent,)))


def test_a_mistake_in_a_list_is_found_at_once(config: Path) -> None:
    (config.parent / "synonyms.en.txt").write_text("lamp\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"synonyms\.en\.txt:1: "):
        Builder(load_configuration(config))


def test_an_unknown_backend_is_found_at_once(config: Path) -> None:
    config.write_text("retrieval: {backend: sphinx}", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"retrieval\.backend: 'sphinx' is unknown; use one of okapi, postings"):
        Builder(load_configuration(config))
    assert "okapi" in BACKENDS


def test_abbreviations_decide_on_sentences(config: Path) -> None:
    corpus = Builder(load_configuration(config))().snapshot.corpus
    assert [s.text for s in corpus.sentences["a.txt"]] == ["The Zorblat lamp glows.", "The zorb. Quindle hums in Zorbia."]


def test_an_engine_over_documents_in_memory_is_that_over_their_folder(config: Path) -> None:
    build = Builder(load_configuration(config).at_threshold(0.0))
    stored = build(None)
    held = build.over(list(stored.snapshot.corpus.documents))
    assert held.signature == stored.signature
    question = Question(text="What glows?")
    assert held.trace(question).answer == stored.trace(question).answer


def test_abbreviations_that_are_not_there_are_named(config: Path) -> None:
    config.write_text("knowledge: library\ntext: {sentence_languages: [xx]}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"abbreviations\.xx\.txt: not found"):
        Builder(load_configuration(config))(None)


def test_an_engine_over_the_configured_knowledge_and_over_another(config: Path, tmp_path: Path) -> None:
    build = Builder(load_configuration(config))
    assert [d.doc_id for d in build(None).snapshot.corpus.documents] == ["a.txt"]
    (tmp_path / "other.txt").write_text("Trams cross the Quindle bridge.\n", encoding="utf-8")
    engine = build(tmp_path / "other.txt")
    assert engine.ask(Question(text="What does Quindle hum")).question.text == "What does Quindle hum"
    assert [d.doc_id for d in engine.snapshot.corpus.documents] == ["other.txt"]


def test_settings_reach_the_index(config: Path) -> None:
    config.write_text(
        "knowledge: library\ncorpus: {chunk_sentences: 2, chunk_overlap: 0}\nretrieval: {k1: 1.25, b: 0.5, epsilon: 0.1}\n",
        encoding="utf-8",
    )
    configuration = load_configuration(config)
    engine = Builder(configuration)(Path("library"))
    assert "|chunk:2/0|bm25:okapi,1.25,0.5,0.1|" in engine.signature
    assert f"|pmbot:{__version__}|" in engine.signature


def test_knowledge_that_cannot_be_read(config: Path, tmp_path: Path) -> None:
    build = Builder(load_configuration(config))
    with pytest.raises(CorpusError, match="nowhere"):
        build(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(EmptyCorpus, match="there are no documents"):
        build(tmp_path / "empty")


@pytest.mark.parametrize("rules", ["pmbot.bootstrap.UNITS", "pmbot.text.sentences.RULES"])
def test_an_index_cut_by_other_rules_is_built_anew(rules: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lamps.txt").write_text("The lamp glows.", encoding="utf-8")
    said: list[str] = []
    for _ in range(2):
        builder(tmp_path / "index", Listener(say=said.append))(tmp_path / "lamps.txt")
    assert said == []
    monkeypatch.setattr(rules, "other")
    builder(tmp_path / "index", Listener(say=said.append))(tmp_path / "lamps.txt")
    assert [line.split(" (")[0] for line in said] == ["the index is built anew: it was made with another reading"]
