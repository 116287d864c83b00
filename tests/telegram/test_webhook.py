"""P0 12: the webhook's endpoint."""

from __future__ import annotations

import http.client
import json
import socket
import time
from typing import Any

import pytest

from pmbot.cli import main
from tests.fakes_api import make_console
from tests.telegram.bots import SECRET, BotProcess, until
from tests.telegram.conftest import Starter
from tests.telegram.server import TOKEN, TelegramServer
from tests.telegram.special import special_load

HEADER = "X-Telegram-Bot-Api-Secret-Token"


def post(bot: BotProcess, body: bytes, *, method: str = "POST", secret: str | None = SECRET, **headers: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", bot.webhook_port, timeout=15)
    sent = {"Content-Type": "application/json", **({HEADER: secret} if secret is not None else {}), **headers}
    try:
        connection.request(method, "/hook", body, sent)
        response = connection.getresponse()
        assert response.read() == b""
        return response.status
    finally:
        connection.close()


def update(update_id: int, text: str = "trade", chat: int = 42) -> dict[str, Any]:
    user = {"id": chat, "is_bot": False, "first_name": "A"}
    message = {"message_id": update_id, "date": 0, "chat": {"id": chat, "type": "private"}, "from": user, "text": text}
    return {"update_id": update_id, "message": message}


def test_what_is_refused(telegram: TelegramServer, start_bot: Starter, figure) -> None:
    bot = start_bot("--webhook")
    telegram.user(42, started=True)
    good = json.dumps(update(1)).encode()
    assert post(bot, good, method="GET") == 405
    assert post(bot, good, method="PUT") == 405
    assert post(bot, good, secret=None) == 403
    for wrong in ("", SECRET[:-1], SECRET + "x", SECRET.upper(), "\xe4"):
        assert post(bot, good, secret=wrong) == 403
    bad = [b"", b"{", b"[]", b"null", b"1", b'"x"', b"{}", b'{"update_id": "1"}', b'{"update_id": true}', b'{"update_id": -1}', b"\xff\xfe"]
    bad += [b'{"update_id": 1e99}', b"[" * 100_000, b'{"update_id": 99999999999999999999999}', b"{" + b"A" * 100_000]
    for body in bad:
        assert post(bot, body) == 400, body[:40]
    assert post(bot, b" " * (2**20 + 1)) == 413
    assert chunked(bot, 3 * 2**20) in {413, 0}
    assert post(bot, good, **{"Content-Type": "application/json; charset=utf-8"}) == 200
    telegram.wait_for_answer(42)
    assert post(bot, good) == 200
    assert post(bot, json.dumps(update(2, "\ud800\x00")).encode(), **{"Content-Type": "text/plain"}) == 200
    telegram.wait_for_answer(42, 2)
    time.sleep(0.1)
    assert len(telegram.sent(42)) == 2
    longest = max(map(len, bot.output.splitlines()))
    assert longest < 500
    assert "AAAA" not in bot.output
    assert "Traceback" not in bot.output
    figure("refused bodies, longest log line", f"{len(bad) + 10}, {longest}")


def chunked(bot: BotProcess, size: int) -> int:
    """Send a body without saying how long it is; the status, 0 when the connection is closed on the way."""
    with socket.create_connection(("127.0.0.1", bot.webhook_port), timeout=10) as raw:
        raw.sendall(f"POST / HTTP/1.1\r\nHost: x\r\n{HEADER}: {SECRET}\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
        try:
            for _ in range(size // 65_536):
                raw.sendall(b"10000\r\n" + b" " * 65_536 + b"\r\n")
            raw.sendall(b"0\r\n\r\n")
            return int(raw.recv(100).split()[1])
        except (ConnectionError, IndexError):
            return 0


def test_it_answers_and_tells_its_health(telegram: TelegramServer, start_bot: Starter) -> None:
    bot = start_bot("--webhook", poll_seconds=1)
    [call] = telegram.calls("setWebhook")
    assert call.params["secret_token"] == SECRET
    for chat in range(1, 21):
        telegram.say(chat, chat, "trade")
    for chat in range(1, 21):
        assert "€130 million" in telegram.wait_for_answer(chat)[0].text
    telegram.wait_for(lambda s: s.pending() == 0)
    assert {status for _, _, status in telegram.deliveries()} == {200}
    assert telegram.calls("getUpdates") == []
    connection = http.client.HTTPConnection("127.0.0.1", bot.webhook_port, timeout=5)
    connection.request("GET", "/metrics")
    assert connection.getresponse().status == 405
    connection.close()
    until(lambda: 'pmbot_telegram_updates_total{outcome="answered"} 20.0' in bot.get("/metrics")[1])
    status, body = bot.get("/healthz")
    assert (status, json.loads(body)["status"]) == (200, "green")
    assert bot.get("/")[0] == 404
    telegram.foreign_webhook()
    until(lambda: "do not come to us any more" in bot.get("/healthz")[1], 4)


@pytest.mark.parametrize(
    ("secret", "url", "code", "said"),
    [
        (None, "https://example.org/", 5, "a webhook needs a secret"),
        ("short", "https://example.org/", 2, "must be 16 to 256 letters"),
        (SECRET, None, 5, "telegram.webhook_url is not set"),
        (SECRET, "ftp://x", 2, "must start with https://"),
    ],
)
def test_it_does_not_start_without(secret: str | None, url: str | None, code: int, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if url is not None:
        monkeypatch.setenv("PMBOT_TELEGRAM__WEBHOOK_URL", url)
    console = make_console(environ={"PMBOT_TELEGRAM_TOKEN": TOKEN, **({"PMBOT_TELEGRAM_WEBHOOK_SECRET": secret} if secret else {})})
    assert main(["telegram", "--webhook"], load=special_load, console=console) == code
    [line] = console.stderr.getvalue().splitlines()  # type: ignore[attr-defined]
    assert said in line


def test_a_full_inbox_sends_telegram_away(telegram: TelegramServer, start_bot: Starter) -> None:
    """Held back for a while, then 503; nothing is lost, as Telegram comes again."""
    start_bot("--webhook", in_flight=4, search_threads=2)
    for number in range(30):
        telegram.say(100 + number, 100 + number, f"sleep 0.1 {number}")
    for number in range(30):
        telegram.wait_for_answer(100 + number, 1, 20)
    assert all(len(telegram.sent(100 + number)) == 1 for number in range(30))
