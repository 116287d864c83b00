"""The bot as a process, for tests against the server."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.telegram.server import TelegramServer

ROOT = Path(__file__).parents[2]
SECRET = "webhook-secret_0123456789"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class BotProcess:
    """`pmbot telegram`, its state in `folder`; `settings` are those of the section, as in PMBOT_TELEGRAM__NAME.

    `special`: with the knowledge of `tests.telegram.special`; otherwise with the documents at `knowledge`.
    """

    def __init__(self, server: TelegramServer, folder: Path, *options: str, knowledge: Path | None = None, **settings: Any) -> None:
        self.server, self.folder = server, folder
        self.health_port, self.webhook_port = free_port(), free_port()
        self._module = "tests.telegram.bot_main" if knowledge is None else "pmbot"
        self._knowledge = ("--knowledge", str(knowledge or folder))
        self._options = options
        self._environment = dict(settings.pop("environment", {}))
        defaults = {"access": "public", "poll_seconds": 5, "questions_per_minute": 6000, "burst": 1000}
        hook = {"webhook_url": f"http://127.0.0.1:{self.webhook_port}/hook", "webhook_port": self.webhook_port}
        self._settings = {**defaults, **hook, "health_port": self.health_port, **settings}
        self._process: subprocess.Popen[bytes] | None = None
        self._runs = 0

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.kill()
        if error is not None:
            error.add_note(f"the bot wrote:\n{self.output[-4000:]}")

    @property
    def process(self) -> subprocess.Popen[bytes]:
        assert self._process is not None
        return self._process

    @property
    def output(self) -> str:
        """All that was written to the standard streams, by all runs."""
        return "".join(path.read_text(encoding="utf-8") for path in sorted(self.folder.glob("output-*.txt")))

    def environment(self) -> dict[str, str]:
        settings = {f"PMBOT_TELEGRAM__{name.upper()}": _written(value) for name, value in self._settings.items()}
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith(("PMBOT_", "XDG_"))},
            "HOME": str(self.folder),
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONWARNINGS": "error",
            "XDG_STATE_HOME": str(self.folder / "state"),
            "PMBOT_TELEGRAM_TOKEN": self.server.token,
            "PMBOT_TELEGRAM_BASE_URL": self.server.base_url,
            "PMBOT_TELEGRAM_WEBHOOK_SECRET": SECRET,
            **settings,
            **self._environment,
        }

    def with_options(self, *options: str) -> Self:
        """Take other options from the next start on."""
        self._options = options
        return self

    def with_environment(self, **variables: str | None) -> Self:
        """Set or unset (None) variables from the next start on."""
        self._environment |= variables
        return self

    def start(self) -> Self:
        """Start (again)."""
        self._runs += 1
        environment = {name: value for name, value in self.environment().items() if value is not None}
        with (self.folder / f"output-{self._runs}.txt").open("wb") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", self._module, "telegram", *self._options, *self._knowledge],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=environment,
                cwd=ROOT,
            )
        return self

    def ready(self, seconds: float = 20) -> Self:
        """Wait until this run fetches updates."""
        self.wait_for_output("ready, by", seconds)
        return self

    def wait_for_output(self, text: str, seconds: float = 10, *, times: int = 1) -> str:
        """Wait until the newest run has written `text`."""
        path, until = self.folder / f"output-{self._runs}.txt", time.monotonic() + seconds
        while path.read_text(encoding="utf-8").count(text) < times:
            assert self.process.poll() is None or time.monotonic() < until - seconds + 1, (
                f"ended with {self.process.poll()}:\n{self.output}"
            )
            assert time.monotonic() < until, f"{text!r} was not written:\n{self.output}"
            time.sleep(0.02)
        return path.read_text(encoding="utf-8")

    def kill(self) -> None:
        """End it without asking."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)

    def terminate(self, seconds: float = 10) -> tuple[int, float]:
        """Ask it to end; the exit code and how long it took."""
        start = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        return self.end(seconds), time.monotonic() - start

    def end(self, seconds: float = 10) -> int:
        """Wait for its end; the exit code."""
        return self.process.wait(seconds)

    def get(self, path: str) -> tuple[int, str]:
        """Ask the health port."""
        connection = http.client.HTTPConnection("127.0.0.1", self.health_port, timeout=5)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()

    def healthy(self) -> bool:
        """Whether /healthz is green; False also when nobody listens."""
        try:
            return self.get("/healthz")[0] == 200
        except OSError:
            return False

    def memory(self) -> float:
        """Resident memory, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024

    def cpu(self) -> float:
        """Seconds of processor time used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def until(condition: Any, seconds: float = 5.0, what: str = "it") -> None:
    """Wait until `condition()` is true."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"{what} did not happen in {seconds} s"
        time.sleep(0.02)
