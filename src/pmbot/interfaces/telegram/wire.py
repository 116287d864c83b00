"""How calls go to Telegram: python-telegram-bot's request seam over aiohttp.

Against the library's own (httpx) it costs a fraction of the processor time, neither logs nor raises addresses (the token stands in
them), and does not log what it cannot parse.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import aiohttp
from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import BaseRequest

from pmbot.interfaces.telegram.token import Token

if TYPE_CHECKING:
    from telegram._utils.types import ODVInput
    from telegram.request import RequestData

_DEFAULT = BaseRequest.DEFAULT_NONE


class Wire(BaseRequest):
    """Calls with a time limit of `seconds` each, on at most `connections` connections."""

    def __init__(self, connections: int, seconds: float) -> None:
        self._connections, self._seconds = connections, seconds
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """The usual time limit of a call."""
        return self._seconds

    async def initialize(self) -> None:
        """Open the session; the loop must run."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections)
            self._session = aiohttp.ClientSession(connector=connector, trust_env=True, headers={"User-Agent": self.USER_AGENT})

    async def shutdown(self) -> None:
        """Close all connections."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = _DEFAULT,
        *_: ODVInput[float],
        **__: ODVInput[float],
    ) -> tuple[int, bytes]:
        """Make a call; its status and body. `read_timeout` limits all of it, other limits are overlooked. TimedOut, NetworkError."""
        if self._session is None:
            raise NetworkError("the connection to Telegram is closed")
        seconds = read_timeout if isinstance(read_timeout, int | float) else self._seconds
        form, body = _body(request_data)
        try:
            async with self._session.request(method, url, data=form, json=body, timeout=aiohttp.ClientTimeout(total=seconds)) as response:
                return response.status, await response.read()
        except TimeoutError:
            raise TimedOut(f"no reply within {seconds:g} s") from None
        except (aiohttp.ClientError, OSError) as error:
            # Their texts may hold the address, and the token in it.
            reason = getattr(error, "strerror", None) or type(error).__name__
            raise NetworkError(f"cannot talk to Telegram: {str(reason)[:100]}") from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Parse a reply; TelegramError when it is none."""
        try:
            parsed = json.loads(payload)
        except ValueError:
            raise TelegramError("the reply of the server makes no sense") from None
        if not isinstance(parsed, dict):
            raise TelegramError("the reply of the server makes no sense")
        return parsed


class Fetcher:
    """Fetches updates as they are, without making objects of them: one that the library does not understand stops nobody."""

    def __init__(self, wire: Wire, base_url: str, token: Token) -> None:
        self._wire, self._url = wire, f"{base_url}/bot{token.reveal()}/getUpdates"

    async def fetch(self, offset: int | None, seconds: int, kinds: tuple[str, ...]) -> list[dict[str, Any]]:
        """Wait for updates from `offset` on, `seconds` at most. Raises the errors of `telegram.error`."""
        query = f"?timeout={seconds}&limit=100&allowed_updates={json.dumps(kinds, separators=(',', ':'))}"
        if offset is not None:
            query += f"&offset={offset}"
        status, payload = await self._wire.do_request(self._url + query, "POST", read_timeout=seconds + 5.0)
        reply = self._wire.parse_json_payload(payload) if status < 500 else {}
        if status == 200 and isinstance(reply.get("result"), list):
            return [update for update in reply["result"] if isinstance(update, dict) and isinstance(update.get("update_id"), int)]
        raise _error(status, reply)


def seconds_of(flood: RetryAfter) -> float:
    """How long Telegram tells us to wait, in seconds."""
    wait = flood.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()


def _error(status: int, reply: dict[str, Any]) -> TelegramError:
    said = str(reply.get("description", ""))[:200]
    if status == 429:
        return RetryAfter(int(reply.get("parameters", {}).get("retry_after", 1)))
    if status in {401, 404}:
        return InvalidToken(said)
    if status == 409:
        return Conflict(said)
    if status == 400:
        return BadRequest(said)
    return NetworkError(f"status {status}: {said}")


def _body(request_data: RequestData | None) -> tuple[aiohttp.FormData | None, Any]:
    if request_data is None:
        return None, None
    if not request_data.contains_files:
        return None, request_data.parameters
    form = aiohttp.FormData()
    for name, text in request_data.json_parameters.items():
        form.add_field(name, text)
    for name, (filename, content, kind) in (request_data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form, None
