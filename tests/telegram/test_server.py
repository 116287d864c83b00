"""The fake Bot API server is honest: it keeps every rule it names, and taking one away is noticed."""

from __future__ import annotations

import asyncio
import http.client
import io
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, MessageEntity, ReplyParameters
from telegram.error import BadRequest, RetryAfter, TelegramError

from tests.telegram.probes import GROUP, PROBES, SUPER, USER, Client, Hook, article
from tests.telegram.server import BOT_ID, Rule, TelegramServer
from tests.telegram.server.people import MEDIA
from tests.telegram.server.spec import Spec
from tests.telegram.server.text import fixed


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with TelegramServer() as running:
        for chat in (USER, GROUP, SUPER):
            running.say(chat, USER, "/start")
        yield running


@pytest.fixture
def client(server: TelegramServer) -> Client:
    return Client(server)


def test_every_rule_has_its_probe() -> None:
    assert set(PROBES) == set(Rule)


@pytest.mark.parametrize("rule", list(Rule), ids=lambda rule: rule.name.lower())
def test_the_rule_is_kept(rule: Rule, server: TelegramServer, client: Client) -> None:
    assert PROBES[rule].act(server, client) == PROBES[rule].expected


@pytest.mark.parametrize("rule", list(Rule), ids=lambda rule: rule.name.lower())
def test_without_the_rule_it_is_noticed(rule: Rule, server: TelegramServer, client: Client) -> None:
    try:
        outcome = PROBES[rule].act(server.without(rule), client)
    except (TypeError, KeyError, IndexError) as error:
        outcome = error
    assert outcome != PROBES[rule].expected


def test_python_telegram_bot_gets_along_with_it(server: TelegramServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")

    async def talk() -> None:
        async with Bot(server.token, base_url=f"{server.base_url}/bot", base_file_url=f"{server.base_url}/file/bot") as bot:
            assert (await bot.get_me()).username == "pmbot_test_bot"
            updates = await bot.get_updates(offset=-1, timeout=1)
            assert updates[0].message is not None
            assert updates[0].message.text == "/start"
            sent = await bot.send_message(
                USER,
                "Trade\t😀 rose",
                entities=[MessageEntity("expandable_blockquote", 0, 8), MessageEntity("bold", 9, 4)],
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="m")]]),
            )
            assert sent.parse_entities() == {sent.entities[0]: "Trade 😀", sent.entities[1]: "rose"}
            replied = await bot.send_message(USER, "re", reply_parameters=ReplyParameters(sent.message_id, quote="Trade 😀"))
            assert replied.quote is not None
            document = await bot.send_document(USER, io.BytesIO(b"text"), filename="a.txt", caption="cap")
            assert document.document is not None
            content = await (await document.document.get_file()).download_as_bytearray()
            assert bytes(content) == b"text"
            with pytest.raises(BadRequest, match="Message is not modified"):
                await bot.edit_message_reply_markup(USER, sent.message_id, reply_markup=sent.reply_markup)
            server.fail("sendMessage", 2, retry_after=7)
            with pytest.raises(RetryAfter):
                await bot.send_message(USER, "x")

    asyncio.run(talk())
    shown = server.sent(USER)[0]
    assert (shown.text, shown.preview, shown.slices("expandable_blockquote")) == ("Trade 😀 rose", False, ["Trade 😀"])
    assert [button["text"] for button in shown.buttons] == ["More"]
    assert server.violations == []


@pytest.mark.parametrize("kind", ["html", "truncated", "drop"])
@pytest.mark.parametrize("done", [False, True])
def test_faults(kind: str, done: bool, server: TelegramServer) -> None:
    async def talk() -> None:
        async with Bot(server.token, base_url=f"{server.base_url}/bot") as bot:
            server.fail("sendMessage", 1, kind=kind, done=done, chat=USER)
            with pytest.raises(TelegramError):
                await bot.send_message(USER, "once")
            await bot.send_message(USER, "twice")

    asyncio.run(talk())
    assert [m.text for m in server.sent(USER)] == (["once", "twice"] if done else ["twice"])


def test_a_reply_that_never_comes(server: TelegramServer) -> None:
    server.fail("sendMessage", kind="timeout", done=True)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=0.3)
    connection.request(
        "POST", f"/bot{server.token}/sendMessage", f"chat_id={USER}&text=x", {"Content-Type": "application/x-www-form-urlencoded"}
    )
    with pytest.raises(TimeoutError):
        connection.getresponse()
    connection.close()
    assert [m.text for m in server.sent(USER)] == ["x"]


def test_a_status_on_demand(server: TelegramServer, client: Client) -> None:
    server.fail("sendMessage", 1, status=502, after=1)
    assert [client.send()["text"], client.send(), client.send()["text"]] == ["x", "502 Bad Gateway", "x"]
    with pytest.raises(ValueError, match="no such fault"):
        server.fail("sendMessage", kind="flood")


def test_the_waiting_poll_ends_by_revoking_and_by_a_second_poller(server: TelegramServer, client: Client) -> None:
    ended: list[object] = []

    def poll() -> None:
        ended.append(client("getUpdates", offset=1 << 40, timeout=20))

    for act in (server.second_poller, server.revoke):
        thread = threading.Thread(target=poll)
        thread.start()
        server.wait_for(lambda s: s.updates.poll is not None)
        act()
        thread.join(5)
    assert [str(answer)[:16] for answer in ended] == ["409 Conflict: te", "401 Unauthorized"]
    assert client("getMe") == "401 Unauthorized"


def test_down_and_up_again(server: TelegramServer, client: Client) -> None:
    server.down()
    with pytest.raises(ConnectionError):
        client("getMe")
    server.say(USER, USER, "meanwhile")
    server.up()
    assert client("getUpdates")[-1]["message"]["text"] == "meanwhile"


def test_a_server_that_comes_late() -> None:
    late = TelegramServer()
    late.start(listening=False)
    with pytest.raises(ConnectionError):
        Client(late)("getMe")
    late.up()
    assert Client(late)("getMe")["id"] == BOT_ID
    late.stop()


def test_a_round_trip_takes_its_time(server: TelegramServer, client: Client) -> None:
    server.round_trip = 0.1
    start = time.monotonic()
    client("getMe")
    assert 0.1 <= time.monotonic() - start < 1


def test_all_kinds_of_updates_can_be_made(server: TelegramServer, client: Client) -> None:
    channel = server.chat(-1_000_000_000_099, type="channel", bot="administrator")
    for media in MEDIA:
        server.say(USER, USER, "caption" if media in {"photo", "document", "voice", "audio", "video", "animation"} else None, media=media)
    server.say(channel.id, USER, "post")
    server.edit(channel.id, server.last_message(channel.id), "edited post")
    server.say(USER, USER, "original")
    server.edit(USER, server.last_message(USER), "edited")
    server.say(USER, USER, "forwarded", forwarded=True)
    server.say(USER, USER, "in business", kind="business_message")
    server.say(USER, USER, "\ud800\x00\u202e", raw=True)
    server.say(USER, USER)
    server.service(GROUP, USER, new_chat_members=[server.user(9)])
    server.guest(USER, "help")
    server.business(USER)
    server.poll_answer(USER)
    server.raw_update("poll", MEDIA["poll"])
    server.block(USER)
    server.unblock(USER)
    server.member(SUPER, BOT_ID, "administrator", "member")
    assert server.member(SUPER, USER, "member") is None
    assert server.react(USER, USER, 1, "👍") is None
    updates = client("getUpdates", limit=100)
    kinds = {next(key for key in update if key != "update_id") for update in updates}
    assert kinds == {
        *("message", "edited_message", "channel_post", "edited_channel_post", "business_message", "business_connection"),
        *("guest_message", "poll", "poll_answer", "my_chat_member"),
    }
    client("getUpdates", allowed_updates=["chat_member", "message_reaction"])
    assert server.member(SUPER, USER, "member") is not None
    assert server.react(USER, USER, 1, "👍") is not None


def test_an_update_can_be_sent_again(server: TelegramServer, client: Client) -> None:
    update_id = server.say(USER, USER, "once")
    first = client("getUpdates")[-1]
    assert client("getUpdates", offset=first["update_id"] + 1) == []
    server.raw_update("message", first["message"], update_id)
    assert client("getUpdates")[0] == first


def test_taps_and_inline_queries_and_their_answers(server: TelegramServer, client: Client) -> None:
    sent = client.send(reply_markup={"inline_keyboard": [[{"text": "Sources (2)", "callback_data": "s1"}]]})
    tap = server.tap(USER, USER, sent["message_id"], button="Sources")
    client("deleteMessage", chat_id=USER, message_id=sent["message_id"])
    stale = server.tap(USER, USER, sent["message_id"], "s1")
    asked = server.ask_inline(USER, "trade", "20")
    first, second, inline = client("getUpdates")[-3:]
    assert first["callback_query"]["message"]["text"] == "x"
    assert second["callback_query"]["message"]["date"] == 0
    assert inline["inline_query"]["offset"] == "20"
    client("answerCallbackQuery", callback_query_id=first["callback_query"]["id"], text="Here")
    client("answerInlineQuery", inline_query_id=inline["inline_query"]["id"], results=[article("a", "found\t")], next_offset="40")
    assert server.callback_answer(tap or 0) == {"text": "Here", "show_alert": False}
    assert server.callback_answer(stale or 0) is None
    answer = server.inline_answer(asked or 0)
    assert answer is not None
    assert answer["next_offset"] == "40"
    assert answer["results"][0]["shown"]["text"] == "found"
    with pytest.raises(LookupError, match="no button"):
        server.tap(USER, USER, sent["message_id"], button="None")


def test_a_webhook_gets_each_update_until_it_takes_it(server: TelegramServer, client: Client) -> None:
    server.updates.pending.clear()
    with Hook(500, 500) as hook:
        client("setWebhook", url=hook.url, secret_token="abc")
        ids = [server.say(chat, USER, f"/x{n}") for n in range(5) for chat in (USER, GROUP)]
        server.wait_for(lambda s: s.pending() == 0)
        info = client("getWebhookInfo")
        client("deleteWebhook")
    assert (info["url"], info["pending_update_count"]) == (hook.url, 0)
    assert {secret for _, secret in hook.seen} == {"abc"}
    for chat in (0, 1):
        seen = [update_id for update_id, _ in hook.seen if update_id in ids[chat::2]]
        assert sorted(seen) == seen
        assert list(dict.fromkeys(seen)) == ids[chat::2]
    assert len(hook.seen) == 12


def test_a_webhook_that_is_not_there_is_tried_again(server: TelegramServer, client: Client) -> None:
    with Hook() as hook:
        address = hook.url
    client("setWebhook", url=address)
    server.say(USER, USER, "x")
    server.wait_for(lambda s: s.updates.webhook is not None and bool(s.updates.webhook.error))
    info = client("getWebhookInfo")
    assert info["last_error_message"] == "Connection refused"
    assert info["pending_update_count"] >= 1


def test_groups_topics_and_migration(server: TelegramServer, client: Client) -> None:
    topic = server.topic(SUPER, "Trade")
    server.say(SUPER, USER, "@pmbot_test_bot trade?", topic=topic)
    message = client("getUpdates")[-1]["message"]
    assert (message["message_thread_id"], message["is_topic_message"], message["chat"]["is_forum"]) == (topic, True, True)
    answer = client.send(chat=SUPER, message_thread_id=topic, reply_parameters={"message_id": message["message_id"]})
    assert server.sent(SUPER)[-1].topic == answer["message_thread_id"] == topic
    new = server.migrate(GROUP)
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request("GET", f"/bot{server.token}/sendMessage?chat_id={GROUP}&text=x")
    refusal = json.loads(connection.getresponse().read())
    connection.close()
    assert refusal["parameters"] == {"migrate_to_chat_id": new}
    assert client.send(chat=new)["chat"]["type"] == "supergroup"
    assert client("leaveChat", chat_id=new) is True
    assert client.send(chat=new) == "403 Forbidden: bot is not a member of the supergroup chat"
    assert server.say(new, USER, "/start") is None


def test_waiting_in_vain_tells_what_happened(server: TelegramServer, client: Client) -> None:
    client.send("only this")
    with pytest.raises(TimeoutError, match="only this"):
        server.wait_for_answer(USER, 2, timeout=0.05)


@pytest.mark.parametrize(
    ("text", "entities", "left"),
    [
        # What TDLib's own library (1.8.69, offline) makes of them.
        ("abcdef", [("bold", 0, 6), ("italic", 2, 2)], [("bold", 0, 2), ("bold", 2, 4), ("italic", 2, 2)]),
        ("abcdef", [("bold", 0, 6), ("blockquote", 2, 2)], [("bold", 0, 2), ("blockquote", 2, 2), ("bold", 2, 2), ("bold", 4, 2)]),
        ("abcdef", [("code", 0, 6), ("bold", 2, 2)], [("code", 0, 6)]),
        ("abcdef", [("bold", 0, 3), ("bold", 2, 3), ("italic", 4, 2)], [("bold", 0, 4), ("bold", 4, 1), ("italic", 4, 2)]),
        ("a\u202eb\u030ac", [("bold", 2, 2)], [("bold", 1, 1)]),
        ("ab", [("blockquote", 0, 1), ("blockquote", 1, 1)], [("blockquote", 0, 1), ("blockquote", 1, 1)]),
        ("quote   ", [("blockquote", 0, 8)], [("blockquote", 0, 5)]),
    ],
)
def test_entities_as_tdlib_orders_them(text: str, entities: list[tuple[str, int, int]], left: list[tuple[str, int, int]]) -> None:
    given = [{"type": kind, "offset": offset, "length": length} for kind, offset, length in entities]
    assert sorted((e["type"], e["offset"], e["length"]) for e in fixed(text, given, set(Rule))[1]) == sorted(left)


def test_what_the_bot_api_does_not_know_is_noted(tmp_path: Path) -> None:
    user = {"fields": {"id": [["Integer"], True], "first_name": [["String"], True]}, "subtypes": []}
    message = {"fields": {"message_id": [["Integer"], True], "from": [["User"], False], "text": [["String"], False]}, "subtypes": []}
    update = {"fields": {"update_id": [["Integer"], True], "message": [["Message"], False]}, "subtypes": []}
    send = {"returns": ["Boolean"], "fields": {"chat_id": [["Integer", "String"], True], "action": [["String"], True]}}
    path = tmp_path / "api.json"
    path.write_text(json.dumps({"methods": {"sendChatAction": send}, "types": {"User": user, "Message": message, "Update": update}}))
    spec = Spec(str(path))
    assert spec.problems_of_update({"update_id": 1, "message": {"message_id": 2, "from": {"id": 3, "first_name": "A"}, "text": "x"}}) == []
    assert spec.problems_of_update({"update_id": 1, "message": {"message_id": "2", "from": {"id": 3}, "colour": "red"}}) == [
        "update.message.message_id: '2' is no Integer",
        "update.message.from: first_name of User is missing",
        "update.message: Message has no colour",
    ]
    with TelegramServer(spec=str(path)) as server:
        server.chat(USER)
        assert Client(server)("sendChatAction", chat_id=USER, action="typing", colour="red") is True
        assert server.violations == ["sendChatAction: colour is not a parameter"]
        with pytest.raises(AssertionError, match="would not send"):
            server.say(USER, USER, "a message has a chat, and this description does not know it")
