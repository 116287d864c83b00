"""The process that parses untrusted files, one after the other, under the limits of `extraction.limits`.

It is started by `pmbot.corpus.sandbox` and talks with it over its standard streams: both ways four bytes of length, big-endian, then
JSON; a request is followed by the bytes of the file. Nothing else of pmbot is loaded, neither settings nor documents.
"""

from __future__ import annotations

import json
import os
import struct
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO

from pmbot.corpus.extraction.limits import (
    Confinement,
    confine,
    limit_processor,
    memory_is_limited,
    network_is_cut,
    writing_is_refused,
)
from pmbot.errors import UnreadableDocument, UnsupportedDocument

if TYPE_CHECKING:
    from pmbot.corpus.extraction.pieces import Extraction, Parser

OUT_OF_MEMORY = 86
"""What the process ends with when a parser wanted more memory than allowed."""

LENGTH = struct.Struct(">I")
PARSERS = {name: f"pmbot.corpus.extraction.{name}" for name in ("docx", "html", "pdf")}
_SHOWN = 200


def main(memory_mb: int) -> None:
    """Confine this process, then answer requests until standard input ends."""
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    # A library that writes to standard output must not write into the middle of a reply.
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a device, not a path
        os.dup2(nowhere.fileno(), 1)
    confinement = confine(memory_mb)
    while (request := _request(requests)) is not None:
        data = requests.read(request["bytes"])
        limit_processor(request["seconds"])
        try:
            reply = _status(confinement, memory_mb) if request["parser"] is None else _parsed(request, data)
            message = json.dumps(reply).encode("ascii")
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        replies.write(LENGTH.pack(len(message)) + message)
        replies.flush()


def _request(stream: BinaryIO) -> dict[str, Any] | None:
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    request: dict[str, Any] = json.loads(stream.read(LENGTH.unpack(head)[0]))
    return request


def _parsed(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    parse: Parser = import_module(PARSERS[request["parser"]]).parse
    try:
        extraction = parse(data)
    except ImportError as problem:
        return {"unsupported": f"needs a library that cannot be loaded ({_short(problem)}); pip install 'pmbot[documents]'"}
    except UnsupportedDocument as problem:
        return {"unsupported": str(problem)}
    except UnreadableDocument as problem:
        return {"refused": str(problem)}
    except MemoryError:
        raise
    except Exception as problem:  # noqa: BLE001 - a broken file makes a parser raise anything, and it concerns this file alone
        return {"refused": f"broken, its parser gave up ({type(problem).__name__}: {_short(problem)}); open it and save it anew"}
    return _within(extraction, request["characters"])


def _within(extraction: Extraction, characters: int) -> dict[str, Any]:
    if sum(len(piece.text) for piece in extraction.pieces) > characters:
        return {"refused": f"its text is longer than {characters:,} characters; split it, or raise corpus.max_file_mb"}
    return {"extraction": extraction.as_json()}


def _short(problem: Exception) -> str:
    words = " ".join(str(problem).split()) or "no message"
    return words if len(words) <= _SHOWN else words[:_SHOWN] + "…"


def _status(confinement: Confinement, memory_mb: int) -> dict[str, Any]:
    """What really holds, tried out."""
    return {
        "status": {
            "memory": confinement.memory and memory_is_limited(memory_mb),
            "processor": confinement.processor,
            "files": confinement.files and writing_is_refused(),
            "network": confinement.network and network_is_cut(),
        }
    }
