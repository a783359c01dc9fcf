"""A graph's file or standard input as bytes: unpacked, in UTF-8, without a byte order mark."""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import lzma
import re
import sys
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kg.errors import GraphError
from kg.files.archives import open_archive

#: How packed content begins → what it is packed with.
MAGIC = {b"\x1f\x8b": "gz", b"BZh": "bz2", b"\xfd7zXZ\0": "xz", b"PK\x03\x04": "zip"}
#: Bytes that tell what a file is.
HEAD = 8192
#: What a packed file that is cut or broken raises.
BROKEN = (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile, zipfile.BadZipFile)
MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
#: The encoding that XML says it has.
DECLARED = re.compile(rb"(<\?xml[^>]*?)\s+encoding\s*=\s*[\"']([\w.:-]+)[\"']")


@dataclass(frozen=True, slots=True)
class Source:
    """Hold what a graph is read from: a file as it lies there (`plain`), or its content."""

    name: str
    head: bytes
    content: bytes | None = None

    def stream(self) -> IO[bytes]:
        """Open the source at its beginning."""
        return Path(self.name).open("rb") if self.content is None else io.BytesIO(self.content)

    def read(self) -> bytes:
        """Return all of the source."""
        return Path(self.name).read_bytes() if self.content is None else self.content


def open_source(name: str) -> Source:
    """Return a file, or standard input (`-`), as it can be read; raise GraphError.

    A file that is plain UTF-8 is read where it lies, a pipe or what is packed is read into memory.
    """
    content: bytes | None = None
    try:
        if name == "-":
            content = sys.stdin.buffer.read()
            head = content[:HEAD]
        else:
            with Path(name).open("rb") as file:
                if not file.seekable():  # a pipe gives what it holds once
                    content = file.read()
                head = file.read(HEAD) if content is None else content[:HEAD]
    except FileNotFoundError as error:
        raise GraphError(f"{name}: no such file; make it with: kg build") from error
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) else error
        raise GraphError(f"{name}: cannot be read: {said or error}") from error
    if any(head.startswith(magic) for magic in MAGIC):
        content = unpack(name, content if content is not None else Path(name).read_bytes())
        head = content[:HEAD]
    if needs_recoding(head):
        content = recode(name, content if content is not None else Path(name).read_bytes())
        head = content[:HEAD]
    return Source(name, head, content)


def unpack(name: str, data: bytes) -> bytes:
    """Return what is packed, however often; raise GraphError for what is broken or several files.

    >>> unpack("a.ttl.gz", gzip.compress(b"<urn:a> <urn:b> 1 ."))
    b'<urn:a> <urn:b> 1 .'
    """
    try:
        while kind := next((MAGIC[magic] for magic in MAGIC if data.startswith(magic)), ""):
            data = {"gz": gzip.decompress, "bz2": bz2.decompress, "xz": lzma.decompress}.get(
                kind, unzip
            )(data)
    except BROKEN as error:
        raise GraphError(f"{name}: packed, but cut short or broken; fetch it again") from error
    except ValueError as error:
        raise GraphError(f"{name}: {error}") from error
    except RuntimeError as error:  # a password, or a way to pack that is not known here
        raise GraphError(f"{name}: {error}; unpack it first") from error
    return data


def unzip(data: bytes) -> bytes:
    """Return the one file of an archive; raise ValueError for several."""
    with open_archive(io.BytesIO(data)) as archive:
        names = [it.filename for it in archive.infolist() if not it.is_dir()]
        if len(names) != 1:
            raise ValueError(f"an archive of {len(names)} files; unpack it and name one")
        return archive.read(names[0])


def needs_recoding(head: bytes) -> bool:
    """Tell whether a source begins with a mark, or says that it is not in UTF-8."""
    declared = DECLARED.match(head)
    other = declared is not None and declared[2].lower() not in (b"utf-8", b"utf8", b"us-ascii")
    return other or head.startswith((codecs.BOM_UTF8, *MARKS))


def recode(name: str, data: bytes) -> bytes:
    """Return what a source holds in UTF-8, without a mark; raise GraphError.

    >>> recode("a.ttl", "<urn:é>".encode("utf-16")).decode()
    '<urn:é>'
    """
    encoding = next((MARKS[mark] for mark in MARKS if data.startswith(mark)), "")
    declared = DECLARED.match(data)
    if not encoding:
        encoding = declared[2].decode() if declared and data[:3] != codecs.BOM_UTF8 else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except (LookupError, UnicodeDecodeError) as error:
        raise GraphError(
            f"{name}: not the {encoding} that it says it is; save it as UTF-8"
        ) from error
    return DECLARED.sub(rb"\1", text.lstrip("\ufeff").encode(), count=1)
