"""A Bot API server for tests, on loopback, in a thread of its own: it refuses what Telegram refuses, in Telegram's words.

    from tests.telegram.server import TelegramServer

    with TelegramServer() as server:                    # privacy=True, local=True, spec=path of the Bot API as a file
        start the bot with PMBOT_TELEGRAM_TOKEN=server.token, PMBOT_TELEGRAM_BASE_URL=server.base_url
        server.say(chat=42, user=42, text="How much was the trade?")
        [answer] = server.wait_for_answer(42)
        assert answer.slices("expandable_blockquote") == ["…"]
        assert server.violations == []                  # with a spec: nothing in the calls that the Bot API does not know

Acting (each gives the update_id, or None where the bot does not see it; chats and users are made when first named: an id above 0 is a
private chat, below -1,000,000,000,000 a supergroup, else a group; channels by `server.chat(id, type="channel")`):
    say, edit, service, tap, ask_inline, choose_inline, guest, member, block, unblock, react, poll_answer, business, raw_update;
    migrate(chat) and topic(chat) give the new id. See `People`.

Looking:
    sent(chat) -> [Sent]            the bot's messages as they stand there: text, entities, slices(type), buttons, reply_to, quote, topic,
                                    at, edits, preview, message
    calls(method, chat) -> [Call]   every call: at, method, params, status, description
    callback_answer(update_id), inline_answer(update_id), pending(), deliveries()
    wait_for(predicate, timeout), wait_for_answer(chat, count, timeout)

Breaking:
    fail(method, times, status=502 | retry_after=2 | kind="html" | "truncated" | "drop" | "timeout", chat=…, done=True, after=3)
                                    `done`: the call takes effect and only its reply is lost
    flood(chat or None, seconds)    429 with what is left as retry_after
    limit(per_chat=(20, 60.0), overall=(30, 1.0))
    round_trip = 0.05               a reply takes so long
    revoke() (401), second_poller() (409), foreign_webhook(), down(), up(), start(listening=False), pass_time(seconds)
    without(Rule.…)                 switch a rule off

Webhooks: setWebhook to any loopback address (local mode); deliveries carry the secret, are retried until 2xx, in order per chat.
Methods and parameters may come in the query string, as a form, as JSON or as multipart.
"""

from __future__ import annotations

from tests.telegram.server.control import TOKEN, TelegramServer
from tests.telegram.server.faults import Fault
from tests.telegram.server.rules import ApiError, Rule
from tests.telegram.server.state import BOT_ID, Call, Sent

__all__ = ["BOT_ID", "TOKEN", "ApiError", "Call", "Fault", "Rule", "Sent", "TelegramServer"]
