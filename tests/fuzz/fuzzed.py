"""One fuzzed input: files, what is run on them, and how it is kept as a file of its own."""

from __future__ import annotations

import base64
import json
import random
from dataclasses import asdict, dataclass, field

#: What bytes are mutated with: what formats are made of, and what none of them may hold.
TOKENS = (
    b"<", b">", b'"', b"'", b"{", b"}", b"[", b"]", b"(", b")", b"\\", b"\0", b"\xff", b"\xc3",
    b"\r", b"\n\n", b"\t", b";", b"|", b"#", b"@", b"^^", b"%", b"%zz", b"\\u", b"\\ud800",
    b"\xed\xa0\x80", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"\xff\xfe", b"\x1f\x8b", b"PK\3\4",
    b"\x1b[31m", b"\x85", b"\x00" * 40, b"a" * 300, b"<div>" * 50, b"[" * 200, b"(" * 200,
    b"&#x110000;", b"&#0;", b"&a;", b"<!DOCTYPE x [", b"<?xml version='1.0'?>", b"-->", b"]]>",
    b"=?utf-8?q?=FF?=", b"charset=x\0", b"Content-Type: multipart/mixed; boundary=x\n", b"NaN",
    b"1e999", b"-0", b"9" * 400, b"null", b"true", b'"\\ud800"', b"%PDF-1.4\n", b"endobj",
    b"stream\r\nx", b"0000-00-00", b"31 f\xc3\xa9vrier 2019", b"2019-02-31", b"10:99 ", b"=cmd()",
    b"12,5 % du march\xc3\xa9", b"40 millions d'euros", b"Valcorne ach\xc3\xa8te Brisol. ",
    b"Brisol ", b" en mai ", b"\xc2\xab ", b"e\xcc\x81", b"\xe2\x80\x8b", b"\xf0\x9f\x8e\xbb",
)  # fmt: skip


@dataclass
class Fuzzed:
    """Hold an input: files by name, commands of `kg` or requests, and what comes on stdin."""

    kind: str
    files: dict[str, bytes] = field(default_factory=dict)
    commands: list[list[str]] = field(default_factory=list)
    requests: list[bytes] = field(default_factory=list)
    stdin: bytes = b""
    store: bool = False

    def to_json(self) -> str:
        """Write it as a file has it: bytes that are no UTF-8 in base64."""
        told = asdict(self)
        told["files"] = {name: write_bytes(data) for name, data in self.files.items()}
        told["requests"] = [*map(write_bytes, self.requests)]
        told["stdin"] = write_bytes(self.stdin)
        return json.dumps(told, ensure_ascii=True, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Fuzzed:
        """Read what `to_json` wrote."""
        told = json.loads(text)
        told["files"] = {name: read_bytes(data) for name, data in told["files"].items()}
        told["requests"] = [*map(read_bytes, told["requests"])]
        told["stdin"] = read_bytes(told["stdin"])
        return cls(**told)


def write_bytes(data: bytes) -> str | dict[str, str]:
    """Return bytes as JSON has them."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(data).decode()}


def read_bytes(told: str | dict[str, str]) -> bytes:
    """Return what `write_bytes` was given."""
    return told.encode() if isinstance(told, str) else base64.b64decode(told["base64"])


def mutate(rng: random.Random, data: bytes, tokens: tuple[bytes, ...] = TOKENS) -> bytes:
    """Return bytes with a few faults: cut, doubled, moved, overwritten, or tokens put in."""
    content = bytearray(data)
    for _ in range(rng.choice((1, 1, 1, 2, 3, 6, 12))):
        begin = rng.randint(0, len(content))
        end = min(len(content), begin + rng.choice((0, 0, 1, 4, 30, 300)))
        piece = bytes(content[begin:end])
        match rng.randrange(7):
            case 0:
                del content[begin:end]
            case 1:
                content[begin:begin] = piece * rng.choice((1, 2, 40))
            case 2:
                at = rng.randint(0, len(content))
                content[at:at] = piece
            case 3:
                content[begin:end] = rng.randbytes(len(piece))
            case 4 if begin < len(content):
                content[begin] ^= 1 << rng.randrange(8)
            case 5 if not rng.randrange(4):
                del content[begin:]
            case _:
                content[begin:end] = rng.choice(tokens)
    return bytes(content)


def mutate_words(rng: random.Random, text: str, words: tuple[str, ...]) -> str:
    """Return a text some of whose words are gone, doubled, moved, or others in their place."""
    parts = text.split(" ")
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        at = rng.randrange(len(parts))
        match rng.randrange(5):
            case 0:
                del parts[at]
            case 1:
                parts.insert(at, parts[at])
            case 2:
                parts.insert(rng.randrange(len(parts) + 1), parts[at])
            case _:
                parts[at] = rng.choice(words)
        parts = parts or [""]
    return " ".join(parts)
