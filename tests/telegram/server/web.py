"""The server's HTTP side: requests in any of the four forms, replies as Telegram writes them, faults on the way."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.telegram.server.checks import Params
from tests.telegram.server.rules import ApiError
from tests.telegram.server.state import Call

if TYPE_CHECKING:
    from tests.telegram.server.faults import Fault
    from tests.telegram.server.methods import Api
    from tests.telegram.server.state import Json

HTML = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"
)


class Web:
    """The aiohttp application over an Api. `round_trip` seconds pass between a call and its reply."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.round_trip = 0.0
        self.app = web.Application(client_max_size=60 * 2**20)
        self.app.router.add_route("*", "/bot{token}/{method}", self._method)
        self.app.router.add_get("/file/bot{token}/documents/{file_id}", self._file)
        self.app.router.add_route("*", "/{rest:.*}", self._lost)

    async def _lost(self, _request: web.Request) -> web.StreamResponse:
        return _refusal(ApiError(404, "Not Found"))

    async def _file(self, request: web.Request) -> web.StreamResponse:
        try:
            self.api.check_token(request.match_info["token"])
        except ApiError as error:
            return _refusal(error)
        found = self.api.world.files.get(request.match_info["file_id"])
        return web.Response(body=found[1]) if found else _refusal(ApiError(404, "Not Found: wrong file path"))

    async def _method(self, request: web.Request) -> web.StreamResponse:
        method = self.api.name_of(request.match_info["method"])
        params = await _params(request)
        at = time.monotonic()
        await asyncio.sleep(self.round_trip / 2)
        with self.api.world.lock:
            fault = self.api.fault(method, params.values)
        if fault is None:
            status, body, what = await self._run(request.match_info["token"], method, params)
            self._record(Call(at, method, params.values, status, what))
            await asyncio.sleep(self.round_trip / 2)
            return web.Response(status=status, body=body, content_type="application/json")
        body = b""
        if fault.done:
            _, body, _ = await self._run(request.match_info["token"], method, params)
        self._record(Call(at, method, params.values, 0 if fault.kind else fault.status or 500, f"fault: {fault.kind or fault.text}"))
        return await self._broken(request, fault, body)

    def _record(self, call: Call) -> None:
        with self.api.world.lock:
            self.api.world.calls.append(call)
            self.api.world.changed.notify_all()

    async def _run(self, token: str, method: str, params: Params) -> tuple[int, bytes, str]:
        """Status, body and error text of a call."""
        api = self.api
        try:
            with api.world.lock:
                api.check_token(token)
                api.check_call(method, params.values)
                if method != "getUpdates":
                    return 200, _json({"ok": True, "result": api.call(method, params)}), ""
            kinds = params.data("allowed_updates")
            found = await api.updates.get(
                params.integer("offset"),
                params.integer("limit", 100),
                params.integer("timeout"),
                kinds if isinstance(kinds, list) else None,
            )
        except ApiError as error:
            return error.code, _json(_envelope(error)), error.description
        return 200, _json({"ok": True, "result": found}), ""

    async def _broken(self, request: web.Request, fault: Fault, body: bytes) -> web.StreamResponse:
        if fault.kind == "html":
            return web.Response(status=502, text=HTML, content_type="text/html")
        if fault.kind == "truncated":
            whole = body or _json({"ok": True, "result": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}})
            return web.Response(body=whole[: len(whole) // 2], content_type="application/json")
        if fault.kind in {"drop", "timeout"}:
            if fault.kind == "timeout":
                await _until_gone(request)
            if request.transport is not None:
                request.transport.close()
            return web.Response(status=500)
        parameters = {"retry_after": fault.retry_after} if fault.retry_after is not None else {}
        return _refusal(ApiError(429 if fault.retry_after is not None else fault.status or 500, fault.text, **parameters))

    def reply_of_webhook(self, body: bytes) -> None:
        """Run the method that a bot put into its reply to a delivery."""
        try:
            values = json.loads(body)
        except ValueError:
            return
        if not isinstance(values, dict) or "method" not in values:
            return
        method = self.api.name_of(str(values.pop("method")))
        at, status, what = time.monotonic(), 200, ""
        try:
            with self.api.world.lock:
                self.api.check_call(method, values)
                self.api.call(method, Params(values))
        except ApiError as error:
            status, what = error.code, error.description
        self._record(Call(at, method, values, status, what))


async def _until_gone(request: web.Request) -> None:
    """Wait until the client hangs up."""
    while request.transport is not None and not request.transport.is_closing():
        await asyncio.sleep(0.05)


async def _params(request: web.Request) -> Params:
    values: Json = dict(request.query)
    files: dict[str, tuple[str, bytes]] = {}
    if request.content_type == "application/json":
        try:
            sent: Any = json.loads(await request.text() or "{}")
        except ValueError:
            sent = {}
        values |= sent if isinstance(sent, dict) else {}
    elif request.method == "POST":
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = (value.filename, value.file.read())
                values.setdefault(name, f"attach://{name}")
            else:
                values[name] = value
    return Params(values, files)


def _refusal(error: ApiError) -> web.Response:
    return web.Response(status=error.code, body=_json(_envelope(error)), content_type="application/json")


def _envelope(error: ApiError) -> Json:
    envelope: Json = {"ok": False, "error_code": error.code, "description": error.description}
    return envelope | {"parameters": error.parameters} if error.parameters else envelope


def _json(value: Any) -> bytes:
    return json.dumps(value).encode()
