"""P1 14: commands, links, menus and languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pmbot.interfaces.telegram.commands import BOT_COMMANDS
from pmbot.interfaces.telegram.deeplinks import document_link, sentence_link
from pmbot.models import Span
from tests.fakes_api import TRADE, VISIT
from tests.telegram.bots import ROOT, until
from tests.telegram.conftest import ADMIN, Everyday, Starter
from tests.telegram.server import Sent, TelegramServer

BOT = "pmbot_test_bot"
LATVIAN = "ĀāČčĒēĢģĪīĶķĻļŅņŠšŪūŽž"


def told(everyday: Everyday, text: str, *, user: int | None = None, count: int = 1) -> Sent:
    """What a user is answered to `text` in private."""
    user = user or everyday.fresh()
    before = len(everyday.server.sent(user)) if user in everyday.server.world.chats else 0
    everyday.server.say(user, user, text)
    return everyday.server.wait_for_answer(user, before + count)[-1]


def test_every_command_answers(everyday: Everyday, figure) -> None:
    user = everyday.fresh()
    assert "€130 million" in told(everyday, "/ask trade", user=user).text
    wanted = {
        "start": "How much was the trade in 2023?",
        "help": "/privacy – what is kept about you",
        "sources": "[1] pmnet.txt:1",
        "why": "Best sentences",
        "docs": "• Pmnet",
        "about": "pmbot 0.",
        "privacy": "• for 90 days, what was asked",
        "new": "Forgotten.",
        "forget": "Deleted: 1 question and no votes.",
    }
    for name, words in wanted.items():
        assert words in told(everyday, f"/{name}", user=user).text, name
    # Other tests ask the same bot, so there may be gaps by now.
    admin = {
        "reload": ("Nothing has changed. I search 3 documents",),
        "stats": ("The last 7 days:",),
        "gaps": ("No gaps", "Not answered\n"),
    }
    for name, either in admin.items():
        text = told(everyday, f"/{name}", user=ADMIN).text
        assert any(words in text for words in either), name
        assert told(everyday, f"/{name}", user=user).text.startswith(f"I do not know the command /{name}")
    assert {*wanted, *admin, "ask"} == {command.name for command in BOT_COMMANDS}
    assert not any(sent.preview for sent in everyday.server.sent(user))
    figure("commands that answer", len(BOT_COMMANDS))


def test_sources_and_why_are_about_the_answer_replied_to(everyday: Everyday) -> None:
    user = everyday.fresh()
    assert told(everyday, "/why", user=user).text.startswith("Nothing has been asked yet")
    first = told(everyday, "line 5", user=user)
    told(everyday, "trade", user=user)
    everyday.server.say(user, user, "/sources", reply_to=first.message_id)
    assert everyday.server.wait_for_answer(user, 4)[-1].text.startswith("[1] hostile.txt:")
    assert told(everyday, "/sources", user=user).text.startswith("[1] pmnet.txt:1")


def test_links_lead_to_documents_and_sentences(everyday: Everyday, figure) -> None:
    documents = told(everyday, "/docs")
    links = [entity["url"] for entity in documents.entities if entity["type"] == "text_link"]
    assert document_link(BOT, "pmnet.txt") in links
    document = told(everyday, "/start " + document_link(BOT, "pmnet.txt").partition("=")[2])
    assert document.slices("blockquote", "expandable_blockquote") == [f"{TRADE}\n{VISIT}"]
    span = Span(start=len(TRADE) + 1, end=len(TRADE) + 1 + len(VISIT))
    payload = sentence_link(BOT, "pmnet.txt", span, VISIT).partition("=")[2]
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
    sentence = told(everyday, f"/start {payload}")
    assert sentence.slices("bold") == [f"“{VISIT}”"]
    changed = sentence_link(BOT, "pmnet.txt", span, VISIT + " changed").partition("=")[2]
    gone = document_link(BOT, "never.txt").partition("=")[2]
    for stale in (changed, gone):
        assert told(everyday, f"/start {stale}").text == "What that link led to has changed, or is gone."
    for junk in ("x" * 65, "d-ÄÖ", "s-000000000000", "d-000000000000-1-1-00000000", "../../etc", "d-" + "0" * 12 + "\n"):
        answer = told(everyday, f"/start {junk}").text
        assert answer.startswith(("I answer questions", "What that link")), junk
    figure("longest payload", f"{len(payload)} of 64 characters")


@pytest.mark.parametrize(("code", "language"), [("en", ""), ("lv", "lv"), ("pt-br", ""), (None, "")])
def test_the_menu_is_the_help(everyday: Everyday, code: str | None, language: str, figure) -> None:
    """For each language and kind of chat, the menu that Telegram shows is what /help lists, in the same order and words."""
    server, user, group = everyday.server, everyday.fresh(), everyday.supergroup()
    for who in (user, ADMIN):
        server.user(who).pop("language_code", None)
        if code is not None:
            server.user(who, language_code=code)
    admin_scope = json.dumps({"chat_id": ADMIN, "type": "chat"}, sort_keys=True)
    compared = 0
    for scope, chat, who in (("all_private_chats", user, user), ("all_group_chats", group, user), (admin_scope, ADMIN, ADMIN)):
        server.chat(chat)
        before = len(server.sent(chat))
        server.say(chat, who, f"/help@{BOT}")
        text = server.wait_for_answer(chat, before + 1)[-1].text
        if scope == admin_scope:
            # The admin's chat was not known to Telegram when the bot started; /start made up for that.
            server.say(ADMIN, ADMIN, "/start")
            until(lambda: (admin_scope, "lv") in server.world.commands)
        menu = server.world.commands[scope, language]
        assert re.findall(r"^/(\w+) – (.+)$", text, re.MULTILINE) == [(c["command"], c["description"]) for c in menu]
        compared += 1
    assert server.world.commands["default", language] == server.world.commands["all_group_chats", language]
    figure(f"menus compared for {code}", compared)


def test_the_bot_is_described(everyday: Everyday) -> None:
    described = everyday.server.world.descriptions
    assert described["description", ""].startswith("Ask me about the documents")
    assert described["short_description", "lv"].startswith("Atbild uz jautājumiem")
    assert set(described) == {(what, language) for what in ("description", "short_description") for language in ("", "lv")}


def test_who_is_paired_gets_the_menu_of_admins(telegram: TelegramServer, start_bot: Starter) -> None:
    bot = start_bot(access="pairing")
    code = re.search(r"Pairing code: (\S+)", bot.output)
    assert code is not None
    telegram.say(7, 7, f"/start {code[1]}")
    assert telegram.wait_for_answer(7)[0].text.startswith("Welcome!")
    scope = json.dumps({"chat_id": 7, "type": "chat"}, sort_keys=True)
    until(lambda: (scope, "lv") in telegram.world.commands)
    assert [c["command"] for c in telegram.world.commands[scope, ""]] == [command.name for command in BOT_COMMANDS]
    telegram.say(7, 7, "/help")
    text = telegram.wait_for_answer(7, 2)[-1].text
    assert re.findall(r"^/(\w+) – ", text, re.MULTILINE) == [command.name for command in BOT_COMMANDS]
    assert bot.terminate()[0] == 0


def test_latvian_is_spoken_to_latvians(everyday: Everyday) -> None:
    user = everyday.fresh()
    everyday.server.user(user, language_code="lv")
    for text in ("/start", "/help", "/about", "/privacy", "/new", "/nothing", "?", "/forget"):
        answer = told(everyday, text, user=user).text
        assert any(letter in answer for letter in LATVIAN), answer
        assert not re.search(
            r"\b(the|and|your|question)\b",
            answer.replace("How much was the trade in 2023?", "")
            .replace(TRADE, "")
            .replace("Who led the visit to South Korea in November 2024?", "")
            .replace("When was the visit?", ""),
        ), answer
    assert "3 dokumenti" in told(everyday, "/docs", user=user).text


@pytest.mark.parametrize("words", ["", " ", "@pmbot_test_bot", "?", "… !", "/ask", "/ask ?"])
def test_nothing_to_look_for_is_no_search(everyday: Everyday, words: str) -> None:
    user = everyday.fresh()
    if not words.strip():
        everyday.server.say(user, user, words or "\u200b", raw=True)
    else:
        everyday.server.say(user, user, words)
    assert everyday.server.wait_for_answer(user)[-1].text.startswith("Ask me something about the documents")


def test_a_broken_text_is_found_when_the_bot_starts(telegram: TelegramServer, start_bot: Starter, tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.mkdir()
    (config / "pmbot.yaml").write_text("{}\n")
    english = (ROOT / "config" / "telegram.en.yaml").read_text()
    (config / "telegram.en.yaml").write_text(english.replace("{seconds}", "{secnods}"))
    bot = start_bot("--config", str(config / "pmbot.yaml"), ready=False)
    assert bot.end(20) == 2
    assert "secnods" in bot.output
    assert "{seconds}" in bot.output
    assert "Traceback" not in bot.output
    assert telegram.calls() == []
