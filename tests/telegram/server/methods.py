"""From the name of a method and its parameters to a result or a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.telegram.server import answers, messages, setup
from tests.telegram.server.checks import Params
from tests.telegram.server.faults import Fault, check_flood
from tests.telegram.server.rules import ApiError, Rule

if TYPE_CHECKING:
    from tests.telegram.server.spec import Spec
    from tests.telegram.server.state import Chat, Json, World
    from tests.telegram.server.updates import Updates

METHODS: dict[str, Any] = {**messages.METHODS, **setup.METHODS, **answers.METHODS}
NAMES = {name.lower(): name for name in (*METHODS, "getUpdates")}


class Api:
    """All methods but getUpdates, which waits. Call them under the world's lock, in the server's loop."""

    def __init__(self, world: World, updates: Updates, spec: Spec) -> None:
        self.world = world
        self.updates = updates
        self.spec = spec
        self.faults: list[Fault] = []
        self._method = ""

    def name_of(self, asked: str) -> str:
        """The method's proper name: case does not matter to Telegram."""
        return NAMES.get(asked.lower(), asked)

    def check_token(self, token: str) -> None:
        """ApiError where the token is not, or no longer, the bot's."""
        world = self.world
        if (token != world.token or world.revoked) and world.keeps(Rule.TOKEN):
            raise ApiError(401, "Unauthorized")
        if world.logged_out and world.keeps(Rule.CLOSED):
            raise ApiError(400, "Logged out")

    def check_call(self, method: str, values: Json) -> None:
        """Note what Telegram would overlook and our tests must not."""
        self.world.violations += self.spec.problems_of_call(method, values)

    def fault(self, method: str, values: Json) -> Fault | None:
        """The fault this call meets, if any."""
        chat = str(values.get("chat_id", ""))
        number = int(chat) if chat.lstrip("-").isdigit() else None
        return next((fault for fault in self.faults if fault.hits(method, number)), None)

    def check_flood(self, chat: Chat) -> None:
        """ApiError 429 where it is too much."""
        check_flood(self.world, self._method, chat)

    def call(self, method: str, params: Params) -> Any:
        """Run a method; ApiError where Telegram refuses."""
        if method not in METHODS:
            if self.world.keeps(Rule.METHOD_KNOWN):
                raise ApiError(404, "Not Found: method not found")
            return True
        self._method = method
        result = METHODS[method](self, params)
        if problems := self.spec.problems_of_result(method, result):
            raise AssertionError(f"the server made a result that Telegram would not: {problems}")
        self.world.changed.notify_all()
        return result

    def keep_file(self, name: str, content: bytes) -> Json:
        """Store a file; its Document."""
        file_id = f"FILE{self.world.fresh_id()}"
        self.world.files[file_id] = (name, content)
        return {"file_id": file_id, "file_unique_id": f"u{file_id}", "file_name": name or "file", "file_size": len(content)}
