"""The rules of Telegram that the server keeps. Each can be switched off, so that the self-test can show that it is kept."""

from __future__ import annotations

from enum import StrEnum


class Rule(StrEnum):
    """What Telegram refuses, changes or withholds; the value says it in words."""

    TOKEN = "another token than the bot's is 401"
    METHOD_KNOWN = "an unknown method is 404"
    ONE_POLLER = "a second getUpdates ends the first with 409"
    NO_POLL_UNDER_WEBHOOK = "getUpdates under a webhook is 409"
    POLL_OFFSET = "an offset confirms the updates before it"
    POLL_LIMIT = "getUpdates gives at most `limit` updates, never more than 100"
    POLL_WAIT = "getUpdates waits for news as long as `timeout` says"
    ALLOWED_UPDATES = "allowed_updates sticks, and leaves out reactions and members unless asked for"
    UPDATE_LIFETIME = "updates nobody fetches are dropped: inline queries after 30 s, taps after 150 s, messages after a day"
    WEBHOOK_SECRET = "the secret token goes with every delivery, and has a fixed alphabet"
    WEBHOOK_RETRY = "a delivery that is not answered by 2xx is made again"
    WEBHOOK_ORDER = "the next update of a chat is delivered when the one before was accepted"
    WEBHOOK_URL = "a webhook is HTTPS on one of four ports, unless the server runs in local mode"
    TEXT_EMPTY = "a text that is empty after cleaning is refused"
    TEXT_LENGTH = "a text has at most 4,096 UTF-16 units"
    CAPTION_LENGTH = "a caption has at most 1,024 UTF-16 units"
    TEXT_CLEANING = "control characters become blanks; CR, U+2028 to U+202E and three marks vanish; ends are trimmed"
    TEXT_UTF8 = "a text is UTF-8"
    ENTITY_TYPE = "an entity has a known type"
    ENTITY_FIELDS = "an entity has its fields"
    ENTITY_RANGE = "an entity lies inside the text"
    ENTITY_SURROGATES = "an entity does not cut a character in two"
    ENTITY_NESTING = "entities that cross or nest in the wrong way are cut or dropped"
    ENTITY_BLANKS = "an entity does not begin with blanks"
    PARSE_MODE = "markup is parsed where a parse mode is given, and refused where it is broken"
    BUTTON_DATA = "callback data has 1 to 64 bytes"
    BUTTON_FORM = "an inline button has a text and exactly one action"
    BUTTON_COUNT = "a keyboard has at most 100 buttons"
    CALLBACK_EXPIRES = "a tap is answered in time, and once"
    CALLBACK_LENGTH = "the answer to a tap has at most 200 characters"
    INLINE_EXPIRES = "an inline query is answered in time"
    INLINE_COUNT = "an inline answer has at most 50 results"
    INLINE_IDS = "inline result ids have 1 to 64 bytes and do not repeat"
    INLINE_OFFSET = "next_offset has at most 64 bytes"
    NOT_MODIFIED = "an edit that changes nothing is refused"
    EDIT_FOUND = "only a message that is there can be edited, and only one of the bot's own"
    DELETE = "a message is deleted at most once, and not after 48 hours"
    REPLY_FOUND = "the message replied to must be there"
    QUOTE = "a quote is an exact part of the message quoted, formatting included"
    TOPIC = "a topic must be there"
    PRIVACY = "with privacy on, a bot in a group sees only what is meant for it"
    CHAT_KNOWN = "a chat must be known"
    CHAT_STARTED = "a bot cannot write first"
    BLOCKED = "a user who blocked the bot gets nothing"
    KICKED = "a bot that was put out of a chat cannot write there"
    MIGRATED = "a group that became a supergroup has a new id"
    CHAT_FLOOD = "too much in one chat is 429 with retry_after"
    GLOBAL_FLOOD = "too much over all chats is 429 with retry_after"
    CHAT_ACTION = "a chat action is one of a list"
    REACTION = "a reaction is one of a list, on a message that is there"
    COMMANDS = "at most 100 commands, lower case, with a description"
    DESCRIPTION = "a description has at most 512 characters, a short one 120"
    FILE = "a file must be known, and is given up to 20 MB"
    CLOSED = "after logOut nothing works; close is refused in the first ten minutes"


DEFAULT_OFF_UPDATES = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class ApiError(Exception):
    """A refusal, in Telegram's words."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad(what: str) -> ApiError:
    return ApiError(400, f"Bad Request: {what}")


def forbidden(what: str) -> ApiError:
    return ApiError(403, f"Forbidden: {what}")


def slow_down(seconds: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
