"""The methods that answer taps, inline queries and guest messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.telegram.server.checks import Params, formatted, keyboard
from tests.telegram.server.rules import Rule, bad
from tests.telegram.server.text import units

if TYPE_CHECKING:
    from tests.telegram.server.methods import Api
    from tests.telegram.server.state import Json, Query

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def answer_callback_query(api: Api, p: Params) -> bool:
    query = api.world.queries.get(p.text("callback_query_id"))
    _in_time(api, query, "callback_query", Rule.CALLBACK_EXPIRES)
    if units(p.text("text")) > 200 and api.world.keeps(Rule.CALLBACK_LENGTH):
        raise bad("MESSAGE_TOO_LONG")
    if query is not None:
        query.answer = {"text": p.text("text"), "show_alert": p.flag("show_alert")}
    return True


def answer_inline_query(api: Api, p: Params) -> bool:
    world = api.world
    query = world.inline.get(p.text("inline_query_id"))
    results = p.data("results", "inline query results") or []
    _in_time(api, query, "inline_query", Rule.INLINE_EXPIRES)
    if len(results) > 50 and world.keeps(Rule.INLINE_COUNT):
        raise bad("RESULTS_TOO_MUCH")
    ids = [str(result.get("id", "")) for result in results]
    if world.keeps(Rule.INLINE_IDS):
        if not all(1 <= len(name.encode()) <= 64 for name in ids):
            raise bad("RESULT_ID_INVALID")
        if len(set(ids)) < len(ids):
            raise bad("RESULT_ID_DUPLICATE")
    if len(p.text("next_offset").encode()) > 64 and world.keeps(Rule.INLINE_OFFSET):
        raise bad("NEXT_OFFSET_INVALID")
    shown = [_result(api, result) for result in results]
    if query is not None:
        keep = {name: p.data(name) for name in ("cache_time", "is_personal", "button") if name in p.values}
        query.answer = {"results": shown, "next_offset": p.text("next_offset"), **keep}
    return True


def answer_guest_query(api: Api, p: Params) -> Json:
    query = api.world.queries.get(p.text("guest_query_id"))
    _in_time(api, query, "callback_query", Rule.CALLBACK_EXPIRES)
    result = p.data("result", "inline query result")
    if not isinstance(result, dict):
        raise bad("can't parse inline query result: Inline query result must be object")
    shown, name = _result(api, result), f"guest-{api.world.fresh_id()}"
    api.world.inline_messages[name] = shown
    if query is not None:
        query.answer = shown
    return {"inline_message_id": name}


def _in_time(api: Api, query: Query | None, kind: str, rule: Rule) -> None:
    if not api.world.keeps(rule):
        return
    if query is None or query.answer is not None or api.world.now() - query.born > api.world.query_lifetime[kind]:
        raise bad(TOO_OLD)


def _result(api: Api, result: Any) -> Json:
    """A result with its text as it will stand in the chat."""
    if not isinstance(result, dict) or not result.get("type"):
        raise bad("can't parse inline query result: Can't find field \"type\"")
    if result["type"] != "article":
        return dict(result)
    content = result.get("input_message_content")
    if not isinstance(content, dict) or not result.get("title"):
        raise bad(
            "can't parse inline query result: Message content is not specified" if not isinstance(content, dict) else "ARTICLE_TITLE_EMPTY"
        )
    renamed = {"text" if k == "message_text" else k: v for k, v in content.items()}
    text, entities = formatted(api.world, Params(renamed), "text", Rule.TEXT_LENGTH)
    shown = {"text": text, "entities": entities, "reply_markup": keyboard(api.world, Params(result))}
    return result | {"shown": shown}


METHODS = {
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
    "answerGuestQuery": answer_guest_query,
}
