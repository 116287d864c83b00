"""The methods about the bot itself, its webhook, commands and files, and about chats as a whole."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from tests.telegram.server.checks import Params, chat_of
from tests.telegram.server.rules import ApiError, Rule, bad
from tests.telegram.server.text import units
from tests.telegram.server.updates import Webhook

if TYPE_CHECKING:
    from tests.telegram.server.methods import Api
    from tests.telegram.server.state import Json

SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat", "chat_administrators", "chat_member")
PORTS = (80, 88, 443, 8443)
TEN_MINUTES = 600
TWENTY_MB = 20 * 2**20


def get_me(api: Api, _p: Params) -> Json:
    return api.world.bot


def set_webhook(api: Api, p: Params) -> bool:
    url, secret = p.text("url").strip(), p.text("secret_token")
    kinds = _kinds(p)
    if p.flag("drop_pending_updates"):
        api.updates.pending.clear()
    if not url:
        api.updates.allow(kinds)
        api.updates.set_webhook(None)
        return True
    match = re.fullmatch(r"(https?)://([^/:]+|\[[^\]]+\])(?::(\d+))?(/.*)?", url)
    if match is None:
        raise bad("bad webhook: invalid URL specified")
    if api.world.keeps(Rule.WEBHOOK_URL) and not api.world.local:
        if match[1] != "https":
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if int(match[3] or 443) not in PORTS:
            raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if api.world.keeps(Rule.WEBHOOK_SECRET):
        if len(secret) > 256:
            raise bad("secret token is too long")
        if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
            raise bad("secret token contains unallowed characters")
    api.updates.allow(kinds)
    api.updates.set_webhook(Webhook(url, secret, min(max(p.integer("max_connections", 40), 1), 100)))
    return True


def delete_webhook(api: Api, p: Params) -> bool:
    if p.flag("drop_pending_updates"):
        api.updates.pending.clear()
    api.updates.set_webhook(None)
    return True


def get_webhook_info(api: Api, _p: Params) -> Json:
    hook, allowed = api.updates.webhook, api.updates.allowed
    info: Json = {"url": hook.url if hook else "", "has_custom_certificate": False, "pending_update_count": len(api.updates.pending)}
    if hook:
        info["max_connections"] = hook.connections
        if hook.error:
            info |= {"last_error_date": int(hook.error_at or api.world.now()), "last_error_message": hook.error}
    return info | ({"allowed_updates": sorted(allowed)} if allowed else {})


def set_my_commands(api: Api, p: Params) -> bool:
    commands = p.data("commands", "commands") or []
    if api.world.keeps(Rule.COMMANDS):
        if len(commands) > 100:
            raise bad("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not re.fullmatch(r"/?[a-z0-9_]{1,32}", command.get("command", "")):
                raise bad("BOT_COMMAND_INVALID")
            if not 1 <= units(command.get("description", "").strip()) <= 256:
                raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    api.world.commands[_scope(api, p), _language(p)] = commands
    return True


def get_my_commands(api: Api, p: Params) -> list[Json]:
    return api.world.commands.get((_scope(api, p), _language(p)), [])


def delete_my_commands(api: Api, p: Params) -> bool:
    api.world.commands.pop((_scope(api, p), _language(p)), None)
    return True


def _describe(api: Api, p: Params, name: str, limit: int) -> bool:
    text = p.text(name)
    if units(text) > limit and api.world.keeps(Rule.DESCRIPTION):
        raise bad("BOT_DESCRIPTION_TOO_LONG" if name == "description" else "BOT_SHORT_DESCRIPTION_TOO_LONG")
    api.world.descriptions[name, _language(p)] = text
    return True


def set_my_description(api: Api, p: Params) -> bool:
    return _describe(api, p, "description", 512)


def set_my_short_description(api: Api, p: Params) -> bool:
    return _describe(api, p, "short_description", 120)


def get_my_description(api: Api, p: Params) -> Json:
    return {"description": api.world.descriptions.get(("description", _language(p)), "")}


def get_my_short_description(api: Api, p: Params) -> Json:
    return {"short_description": api.world.descriptions.get(("short_description", _language(p)), "")}


def get_file(api: Api, p: Params) -> Json:
    file_id = p.text("file_id")
    if file_id not in api.world.files:
        if api.world.keeps(Rule.FILE):
            raise bad("invalid file_id")
        return {"file_id": file_id, "file_unique_id": file_id}
    _, content = api.world.files[file_id]
    if len(content) > TWENTY_MB and api.world.keeps(Rule.FILE):
        raise bad("file is too big")
    return {"file_id": file_id, "file_unique_id": f"u{file_id}", "file_size": len(content), "file_path": f"documents/{file_id}"}


def leave_chat(api: Api, p: Params) -> bool:
    chat = chat_of(api.world, p)
    if chat.type == "private":
        raise bad("chat member status can't be changed in private chats")
    if chat.bot in {"left", "kicked"} and api.world.keeps(Rule.KICKED):
        raise ApiError(403, f"Forbidden: bot is not a member of the {chat.type} chat")
    chat.bot = "left"
    return True


def get_chat(api: Api, p: Params) -> Json:
    shown = api.world.chat_json(chat_of(api.world, p)) | {"accent_color_id": 0, "max_reaction_count": 11}
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    return shown | {"accepted_gift_types": dict.fromkeys(gifts, False)}


def log_out(api: Api, _p: Params) -> bool:
    api.world.logged_out = True
    return True


def close(api: Api, _p: Params) -> bool:
    open_for = api.world.now() - api.world.started_at
    if open_for < TEN_MINUTES and api.world.keeps(Rule.CLOSED):
        wait = int(TEN_MINUTES - open_for) + 1
        raise ApiError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
    return True


def _kinds(p: Params) -> list[str] | None:
    kinds: Any = p.data("allowed_updates", "allowed updates")
    return kinds if isinstance(kinds, list) else None


def _language(p: Params) -> str:
    language = p.text("language_code")
    if not re.fullmatch(r"(?:[a-z]{2})?", language):
        raise bad("invalid language code specified")
    return language


def _scope(api: Api, p: Params) -> str:
    scope = p.data("scope", "BotCommandScope") or {"type": "default"}
    if scope.get("type") not in SCOPES:
        raise bad("can't parse BotCommandScope: Unsupported type specified")
    if "chat_id" in scope:
        chat_of(api.world, Params({"chat_id": scope["chat_id"]}))
    return json.dumps(scope, sort_keys=True) if len(scope) > 1 else str(scope["type"])


METHODS = {
    "getMe": get_me,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyDescription": set_my_description,
    "setMyShortDescription": set_my_short_description,
    "getMyDescription": get_my_description,
    "getMyShortDescription": get_my_short_description,
    "getFile": get_file,
    "leaveChat": leave_chat,
    "getChat": get_chat,
    "logOut": log_out,
    "close": close,
}
