"""For each rule of the server: something to do, and what must come of it. The self-test does it with the rule and without."""

from __future__ import annotations

import http.client
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from tests.telegram.server import BOT_ID, Rule, TelegramServer

if TYPE_CHECKING:
    from collections.abc import Callable

USER, GROUP, SUPER = 42, -5, -1_000_000_000_077


class Client:
    """A bot that can do nothing but call."""

    def __init__(self, server: TelegramServer, token: str | None = None) -> None:
        self.server = server
        self.path = f"/bot{token or server.token}"

    def __call__(self, method: str, **params: Any) -> Any:
        """The result, or `code description` where the call is refused."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=10)
        try:
            connection.request("POST", f"{self.path}/{method}", json.dumps(params), {"Content-Type": "application/json"})
            reply = json.loads(connection.getresponse().read())
        finally:
            connection.close()
        return reply["result"] if reply["ok"] else f"{reply['error_code']} {reply['description']}"

    def send(self, text: str = "x", chat: int = USER, **more: Any) -> Any:
        return self("sendMessage", chat_id=chat, text=text, **more)

    def entities(self, text: str, *entities: dict[str, Any]) -> Any:
        """The entities that are left, or the refusal."""
        sent = self.send(text, entities=list(entities))
        return sent if isinstance(sent, str) else [(e["type"], e["offset"], e["length"]) for e in sent.get("entities", [])]


class Probe(NamedTuple):
    """`act` on a server that knows USER, GROUP and SUPER; `expected` is what comes of it while the rule is kept."""

    act: Callable[[TelegramServer, Client], Any]
    expected: Any


class Hook:
    """A webhook on loopback that answers with the given statuses, then with 200, each after `wait` seconds."""

    def __init__(self, *statuses: int, wait: float = 0.0) -> None:
        self.seen: list[tuple[int, str | None]] = []
        left, seen = list(statuses), self.seen

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                update = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                seen.append((update["update_id"], self.headers["X-Telegram-Bot-Api-Secret-Token"]))
                time.sleep(wait)
                self.send_response(left.pop(0) if left else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                return

        self.http = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}/hook"
        self.thread = threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.http.shutdown()
        self.thread.join()
        self.http.server_close()


def bold(offset: int, length: int, kind: str = "bold", **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


def keyboard(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [[button] for button in buttons]}


def article(name: str, text: str = "x") -> dict[str, Any]:
    return {"type": "article", "id": name, "title": "t", "input_message_content": {"message_text": text}}


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


def two_pollers(server: TelegramServer, client: Client) -> Any:
    client("getUpdates", offset=-1)
    first: list[Any] = []
    waiting = threading.Thread(target=lambda: first.append(client("getUpdates", offset=1 << 40, timeout=1)))
    waiting.start()
    server.wait_for(lambda s: s.updates.poll is not None)
    client("getUpdates", offset=1 << 40)
    waiting.join()
    return first[0]


def poll_under_webhook(server: TelegramServer, client: Client) -> Any:
    server.foreign_webhook()
    return client("getUpdates", timeout=0)


def offset_confirms(server: TelegramServer, client: Client) -> Any:
    first, second = server.say(USER, USER, "one"), server.say(USER, USER, "two")
    client("getUpdates", offset=second)
    return [server.pending(), first in server.updates.pending]


def poll_limit(server: TelegramServer, client: Client) -> Any:
    for number in range(120):
        server.say(USER, USER, str(number))
    return [len(client("getUpdates", limit=3)), len(client("getUpdates")), len(client("getUpdates", limit=1000))]


def poll_waits(server: TelegramServer, client: Client) -> Any:
    client("getUpdates", offset=1 << 40)
    timer = threading.Timer(0.1, server.say, (USER, USER, "late"))
    timer.start()
    found = client("getUpdates", timeout=5)
    timer.join()
    return texts(found)


def allowed_stick(server: TelegramServer, client: Client) -> Any:
    server.react(USER, USER, 1, "👍")
    client("getUpdates", offset=1 << 40, allowed_updates=["message"])
    server.ask_inline(USER, "left out")
    server.say(USER, USER, "kept")
    return [next(k for k in update if k != "update_id") for update in client("getUpdates")]


def lifetime(server: TelegramServer, client: Client) -> Any:
    server.ask_inline(USER, "x")
    server.pass_time(31)
    server.say(USER, USER, "y")
    return len(client("getUpdates", offset=server.updates.next_id - 2))


def secret_goes_along(server: TelegramServer, client: Client) -> Any:
    with Hook() as hook:
        refused = client("setWebhook", url=hook.url, secret_token="a b")
        client("setWebhook", url=hook.url, secret_token="s3cret_-")
        server.say(USER, USER, "x")
        server.wait_for(lambda s: s.pending() == 0)
        client("deleteWebhook")
        return [refused, hook.seen[-1][1]]


def webhook_retries(server: TelegramServer, client: Client) -> Any:
    with Hook(500, 503) as hook:
        server.updates.pending.clear()
        client("setWebhook", url=hook.url)
        server.say(USER, USER, "x")
        server.wait_for(lambda s: s.pending() == 0)
        return [status for _, _, status in server.deliveries()]


def webhook_order(server: TelegramServer, client: Client) -> Any:
    with Hook(500) as hook:
        server.updates.pending.clear()
        client("setWebhook", url=hook.url)
        first, second = server.say(USER, USER, "one"), server.say(USER, USER, "two")
        server.wait_for(lambda s: s.pending() == 0)
        names = {first: 1, second: 2}
        return [names[update_id] for update_id, _ in hook.seen]


def webhook_url(server: TelegramServer, client: Client) -> Any:
    server.world.local = False
    return [client("setWebhook", url=url) for url in ("http://example.org/x", "https://example.org:8080/x", "https://example.org/x")]


def expired_tap(server: TelegramServer, client: Client) -> Any:
    sent = client.send(reply_markup=keyboard({"text": "a", "callback_data": "d"}))
    server.tap(USER, USER, sent["message_id"], button="a")
    name = list(server.world.queries)[-1]
    first = client("answerCallbackQuery", callback_query_id=name)
    again = client("answerCallbackQuery", callback_query_id=name)
    server.tap(USER, USER, sent["message_id"], "d")
    server.pass_time(16)
    return [first, again, client("answerCallbackQuery", callback_query_id=list(server.world.queries)[-1])]


def callback_length(server: TelegramServer, client: Client) -> Any:
    server.tap(USER, USER, 1, "d")
    return client("answerCallbackQuery", callback_query_id=list(server.world.queries)[-1], text="x" * 201)


def inline(*results: dict[str, Any], late: bool = False, **more: Any) -> Callable[[TelegramServer, Client], Any]:
    def act(server: TelegramServer, client: Client) -> Any:
        server.ask_inline(USER, "q")
        if late:
            server.pass_time(11)
        return client("answerInlineQuery", inline_query_id=list(server.world.inline)[-1], results=list(results), **more)

    return act


def not_modified(_server: TelegramServer, client: Client) -> Any:
    sent = client.send("same")
    answers = [client("editMessageText", chat_id=USER, message_id=sent["message_id"], text=text) for text in (" same\t", "new")]
    return [a if isinstance(a, str) else a["text"] for a in answers]


def edits(server: TelegramServer, client: Client) -> Any:
    theirs = server.last_message(USER)
    return [client("editMessageText", chat_id=USER, message_id=number, text="x") for number in (999, theirs)]


def deletes(server: TelegramServer, client: Client) -> Any:
    sent, old = client.send(), client.send()
    done = [client("deleteMessage", chat_id=USER, message_id=sent["message_id"]) for _ in range(2)]
    server.pass_time(172_801)
    return [*done, client("deleteMessage", chat_id=USER, message_id=old["message_id"])]


def reply_found(_server: TelegramServer, client: Client) -> Any:
    refused = client.send(reply_parameters={"message_id": 999})
    return [refused, client.send(reply_parameters={"message_id": 999, "allow_sending_without_reply": True})["text"]]


def quotes(_server: TelegramServer, client: Client) -> Any:
    sent = client.send("Trade rose in 2023", entities=[bold(14, 4)])
    asked = [{"quote": "Trade rose"}, {"quote": "trade rose"}, {"quote": "in 2023"}, {"quote": "in 2023", "quote_entities": [bold(3, 4)]}]
    answers = [client.send("re", reply_parameters={"message_id": sent["message_id"], **quote}) for quote in asked]
    return [a if isinstance(a, str) else a["quote"]["position"] for a in answers]


def topics(server: TelegramServer, client: Client) -> Any:
    number = server.topic(SUPER)
    return [client.send(chat=SUPER, message_thread_id=number)["message_thread_id"], client.send(chat=SUPER, message_thread_id=999)]


def privacy(server: TelegramServer, client: Client) -> Any:
    answer = client.send("I am here", chat=GROUP)["message_id"]
    heard = [
        server.say(GROUP, USER, "among us"),
        server.say(GROUP, USER, "/ask@otherbot x"),
        server.say(GROUP, USER, "/ask x"),
        server.say(GROUP, USER, "well @pmbot_test_bot ?"),
        server.say(GROUP, USER, "and?", reply_to=answer),
        server.service(GROUP, USER, new_chat_title="New"),
    ]
    return [update_id is not None for update_id in heard]


def blocked(server: TelegramServer, client: Client) -> Any:
    server.block(USER)
    return client.send()


def kicked(server: TelegramServer, client: Client) -> Any:
    server.member(SUPER, BOT_ID, "kicked", "member")
    return client.send(chat=SUPER)


def migrated(server: TelegramServer, client: Client) -> Any:
    server.migrate(GROUP)
    return client.send(chat=GROUP)


def not_started(server: TelegramServer, client: Client) -> Any:
    server.user(77, started=False)
    return client.send(chat=77)


def chat_flood(server: TelegramServer, client: Client) -> Any:
    server.flood(USER, 2)
    server.limit(per_chat=(2, 60.0))
    return [client.send(), client.send(chat=GROUP)["text"], client.send(chat=GROUP)["text"], client.send(chat=GROUP)[:31]]


def global_flood(server: TelegramServer, client: Client) -> Any:
    server.limit(overall=(2, 5.0))
    return [client.send()["text"], client.send(chat=GROUP)["text"], client.send(chat=SUPER)]


def reactions(server: TelegramServer, client: Client) -> Any:
    there = server.last_message(USER)
    return [
        client("setMessageReaction", chat_id=USER, message_id=number, reaction=[{"type": "emoji", "emoji": emoji}])
        for number, emoji in ((there, "👍"), (there, "🧮"), (999, "👍"))
    ]


def files(server: TelegramServer, client: Client) -> Any:
    server.world.files["big"] = ("a", b"x" * (20 * 2**20 + 1))
    return [client("getFile", file_id="none"), client("getFile", file_id="big")]


def logged_out(_server: TelegramServer, client: Client) -> Any:
    return [client("close"), client("logOut"), client("getMe")]


PROBES: dict[Rule, Probe] = {
    Rule.TOKEN: Probe(lambda s, c: Client(s, "1:wrong")("getMe"), "401 Unauthorized"),
    Rule.METHOD_KNOWN: Probe(lambda s, c: c("sendNothing"), "404 Not Found: method not found"),
    Rule.ONE_POLLER: Probe(
        two_pollers, "409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    ),
    Rule.NO_POLL_UNDER_WEBHOOK: Probe(
        poll_under_webhook,
        "409 Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    ),
    Rule.POLL_OFFSET: Probe(offset_confirms, [1, False]),
    Rule.POLL_LIMIT: Probe(poll_limit, [3, 100, 100]),
    Rule.POLL_WAIT: Probe(poll_waits, ["late"]),
    Rule.ALLOWED_UPDATES: Probe(allowed_stick, ["message"]),
    Rule.UPDATE_LIFETIME: Probe(lifetime, 1),
    Rule.WEBHOOK_SECRET: Probe(secret_goes_along, ["400 Bad Request: secret token contains unallowed characters", "s3cret_-"]),
    Rule.WEBHOOK_RETRY: Probe(webhook_retries, [500, 503, 200]),
    Rule.WEBHOOK_ORDER: Probe(webhook_order, [1, 1, 2]),
    Rule.WEBHOOK_URL: Probe(
        webhook_url,
        [
            "400 Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
            "400 Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
            True,
        ],
    ),
    Rule.TEXT_EMPTY: Probe(
        lambda s, c: [c.send(text) for text in ("", " \t\n", "\u200b\u00a0")],
        ["400 Bad Request: message text is empty"] + 2 * ["400 Bad Request: text must be non-empty"],
    ),
    Rule.TEXT_LENGTH: Probe(
        lambda s, c: [c.send("😀" * 2048)["text"][:1], c.send("😀" * 2048 + "x")], ["😀", "400 Bad Request: message is too long"]
    ),
    Rule.CAPTION_LENGTH: Probe(
        lambda s, c: s.world.files.update(f=("a", b"x")) or c("sendDocument", chat_id=USER, document="f", caption="x" * 1025),
        "400 Bad Request: message caption is too long",
    ),
    Rule.TEXT_CLEANING: Probe(lambda s, c: c.send(" a\tb\r\n\u2028\u202ec\u030a\x01d \n")["text"], "a b\nc d"),
    Rule.TEXT_UTF8: Probe(lambda s, c: c.send("\ud800")[:45] and str(c.send("\ud800"))[:3], "400"),
    Rule.ENTITY_TYPE: Probe(
        lambda s, c: c.entities("abc", bold(0, 1, "shiny")), "400 Bad Request: can't parse MessageEntity: Unsupported type specified"
    ),
    Rule.ENTITY_FIELDS: Probe(
        lambda s, c: c.entities("abc", bold(0, 1, "text_link")), "400 Bad Request: can't parse MessageEntity: Can't find field \"url\""
    ),
    Rule.ENTITY_RANGE: Probe(
        lambda s, c: [c.entities("abc", bold(0, 4)), c.entities("abc", bold(7, 1)), c.entities("abc", bold(-1, 1))],
        [
            "400 Bad Request: entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 4",
            "400 Bad Request: entity begins after the end of the text at UTF-16 offset 7",
            "400 Bad Request: receive an entity with incorrect offset -1",
        ],
    ),
    Rule.ENTITY_SURROGATES: Probe(
        lambda s, c: [c.entities("a😀b", bold(2, 1)), c.entities("a😀b", bold(0, 2))],
        [
            "400 Bad Request: entity begins in a middle of a UTF-16 symbol at byte offset 5",
            "400 Bad Request: entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 5",
        ],
    ),
    Rule.ENTITY_NESTING: Probe(
        lambda s, c: [
            c.entities("abcdef", bold(0, 4), bold(2, 4, "italic")),
            c.entities("abcdef", bold(0, 6, "blockquote"), bold(2, 2, "expandable_blockquote")),
            c.entities("abcdef", bold(0, 4, "code"), bold(2, 4, "blockquote")),
        ],
        [[("bold", 0, 2), ("italic", 2, 4), ("bold", 2, 2)], [("blockquote", 0, 6)], [("blockquote", 2, 4)]],
    ),
    Rule.ENTITY_BLANKS: Probe(lambda s, c: c.entities("a \n bc", bold(1, 4)), [("bold", 4, 1)]),
    Rule.PARSE_MODE: Probe(
        lambda s, c: [
            c.send("<b>a</b>&lt;", parse_mode="HTML")["text"],
            c.send("a.b", parse_mode="MarkdownV2"),
            c.send("<q>", parse_mode="HTML"),
        ],
        [
            "a<",
            "400 Bad Request: can't parse entities: character '.' is reserved and must be escaped with the preceding '\\'",
            '400 Bad Request: can\'t parse entities: Unsupported start tag "q" at byte offset 0',
        ],
    ),
    Rule.BUTTON_DATA: Probe(
        lambda s, c: [c.send(reply_markup=keyboard({"text": "a", "callback_data": data})) for data in ("ē" * 33, "")],
        2 * ["400 Bad Request: BUTTON_DATA_INVALID"],
    ),
    Rule.BUTTON_FORM: Probe(
        lambda s, c: c.send(reply_markup=keyboard({"text": "a"})),
        "400 Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    Rule.BUTTON_COUNT: Probe(
        lambda s, c: c.send(reply_markup=keyboard(*101 * [{"text": "a", "callback_data": "x"}])), "400 Bad Request: REPLY_MARKUP_TOO_LONG"
    ),
    Rule.CALLBACK_EXPIRES: Probe(
        expired_tap, [True] + 2 * ["400 Bad Request: query is too old and response timeout expired or query ID is invalid"]
    ),
    Rule.CALLBACK_LENGTH: Probe(callback_length, "400 Bad Request: MESSAGE_TOO_LONG"),
    Rule.INLINE_EXPIRES: Probe(inline(late=True), "400 Bad Request: query is too old and response timeout expired or query ID is invalid"),
    Rule.INLINE_COUNT: Probe(inline(*(article(str(n)) for n in range(51))), "400 Bad Request: RESULTS_TOO_MUCH"),
    Rule.INLINE_IDS: Probe(
        lambda s, c: [inline(article("a"), article("a"))(s, c), inline(article("x" * 65))(s, c)],
        ["400 Bad Request: RESULT_ID_DUPLICATE", "400 Bad Request: RESULT_ID_INVALID"],
    ),
    Rule.INLINE_OFFSET: Probe(inline(article("a"), next_offset="x" * 65), "400 Bad Request: NEXT_OFFSET_INVALID"),
    Rule.NOT_MODIFIED: Probe(
        not_modified,
        [
            "400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
            " as a current content and reply markup of the message",
            "new",
        ],
    ),
    Rule.EDIT_FOUND: Probe(edits, ["400 Bad Request: message to edit not found", "400 Bad Request: message can't be edited"]),
    Rule.DELETE: Probe(deletes, [True, "400 Bad Request: message to delete not found", "400 Bad Request: message can't be deleted"]),
    Rule.REPLY_FOUND: Probe(reply_found, ["400 Bad Request: message to be replied not found", "x"]),
    Rule.QUOTE: Probe(quotes, [0, "400 Bad Request: QUOTE_TEXT_INVALID", "400 Bad Request: QUOTE_TEXT_INVALID", 11]),
    Rule.TOPIC: Probe(topics, [2, "400 Bad Request: message thread not found"]),
    Rule.PRIVACY: Probe(privacy, [False, False, True, True, True, True]),
    Rule.CHAT_KNOWN: Probe(lambda s, c: c.send(chat=1234), "400 Bad Request: chat not found"),
    Rule.CHAT_STARTED: Probe(not_started, "403 Forbidden: bot can't initiate conversation with a user"),
    Rule.BLOCKED: Probe(blocked, "403 Forbidden: bot was blocked by the user"),
    Rule.KICKED: Probe(kicked, "403 Forbidden: bot was kicked from the supergroup chat"),
    Rule.MIGRATED: Probe(migrated, "400 Bad Request: group chat was upgraded to a supergroup chat"),
    Rule.CHAT_FLOOD: Probe(chat_flood, ["429 Too Many Requests: retry after 2", "x", "x", "429 Too Many Requests: retry af"]),
    Rule.GLOBAL_FLOOD: Probe(global_flood, ["x", "x", "429 Too Many Requests: retry after 5"]),
    Rule.CHAT_ACTION: Probe(
        lambda s, c: [c("sendChatAction", chat_id=USER, action=action) for action in ("typing", "thinking")],
        [True, "400 Bad Request: wrong parameter action in request"],
    ),
    Rule.REACTION: Probe(reactions, [True, "400 Bad Request: REACTION_INVALID", "400 Bad Request: message to react not found"]),
    Rule.COMMANDS: Probe(
        lambda s, c: [
            c("setMyCommands", commands=[{"command": "Help", "description": "x"}]),
            c("setMyCommands", commands=[{"command": "help", "description": ""}]),
        ],
        ["400 Bad Request: BOT_COMMAND_INVALID", "400 Bad Request: BOT_COMMAND_DESCRIPTION_INVALID"],
    ),
    Rule.DESCRIPTION: Probe(
        lambda s, c: c("setMyShortDescription", short_description="x" * 121), "400 Bad Request: BOT_SHORT_DESCRIPTION_TOO_LONG"
    ),
    Rule.FILE: Probe(files, ["400 Bad Request: invalid file_id", "400 Bad Request: file is too big"]),
    Rule.CLOSED: Probe(logged_out, ["429 Too Many Requests: retry after 600", True, "400 Logged out"]),
}
