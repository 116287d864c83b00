from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pmbot.corpus.sandbox_child import LENGTH, PARSERS

SOURCE = Path(__file__).parents[3] / "src"
START = "from pmbot.corpus.sandbox_child import main; main(512)"


def talk(requests: bytes) -> tuple[bytes, int]:
    command = [sys.executable, "-c", START]
    environment = {"PYTHONPATH": str(SOURCE)}
    done = subprocess.run(
        command, input=requests, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60, check=False
    )
    return done.stdout, done.returncode


def request(parser: str | None, data: bytes) -> bytes:
    head = json.dumps({"parser": parser, "bytes": len(data), "seconds": 10, "characters": 1000}).encode()
    return LENGTH.pack(len(head)) + head + data


def replies(stream: bytes) -> list[dict[str, object]]:
    found = []
    while stream:
        (length,) = LENGTH.unpack(stream[:4])
        found.append(json.loads(stream[4 : 4 + length]))
        stream = stream[4 + length :]
    return found


def test_requests_are_answered_in_turn_until_the_pipe_ends() -> None:
    said, code = talk(request("html", b"<p>A") + request("pdf", b"no") + request(None, b""))
    first, second, third = replies(said)
    assert code == 0
    assert first["extraction"]["pieces"] == [["paragraph", "A", 0, None, None, None]]  # type: ignore[index]
    assert str(second["refused"]).startswith("broken, or no PDF")
    assert third["status"].keys() == {"memory", "processor", "files", "network"}  # type: ignore[union-attr]


@pytest.mark.parametrize("cut", [0, 2, 20])
def test_a_request_that_breaks_off_ends_it(cut: int) -> None:
    said, _ = talk(request("html", b"")[:cut])
    assert said == b""


def test_it_loads_no_models_and_no_settings() -> None:
    code = "import sys; import pmbot.corpus.sandbox_child; print(sorted({'pydantic', 'nltk', 'numpy', 'pmbot.models'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": str(SOURCE)}, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "[]\n"


def test_every_parser_is_a_module() -> None:
    for module in PARSERS.values():
        assert (SOURCE / (module.replace(".", "/") + ".py")).is_file()
