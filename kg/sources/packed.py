"""Files packed with gzip or zip, opened."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import IO, cast

from kg.errors import ArticleError
from kg.files.archives import open_archive
from kg.sources.details import beside_names, parse_beside
from kg.sources.filenames import clean_name, name_apart, split_name, tell_other
from kg.sources.source import HEAD, LARGEST, Source, Stream, make_source

#: How many files one may be packed in ('a.txt.gz' in 'b.zip' in 'c.zip').
DEEPEST = 3
#: Bytes that a packed file may become, whatever it holds, and how many times its own size.
UNPACKED, RATIO = 1 << 30, 200
#: What a broken packed file raises while it is read.
BROKEN = (zipfile.BadZipFile, OSError, EOFError, zlib.error, NotImplementedError)


def open_stream(source: Source, depth: int) -> Iterator[Source | ArticleError]:
    """Yield a source, or what is packed in it; raise ArticleError."""
    if not source.head:
        raise ArticleError(f"{source.label}: empty; give a file with text")
    if depth > DEEPEST:
        raise ArticleError(f"{source.label}: packed {depth} times; unpack it first")
    if source.head.startswith(b"\x1f\x8b"):
        yield from open_gzip(source, depth)
    elif source.head.startswith((b"PK\x03\x04", b"PK\x05\x06")) and source.ending not in (
        ".docx",
        ".docm",
    ):
        yield from open_zip(source, depth)
    else:
        yield source


def open_gzip(source: Source, depth: int) -> Iterator[Source | ArticleError]:
    """Yield what is packed with gzip; raise ArticleError."""
    try:
        with gzip.GzipFile(fileobj=cast(IO[bytes], Rejoined(source))) as stream:
            named = (source.name, source.lang, source.ending)
            inner = make_source(source.label, named, cast(Stream, stream), source.options)
            inner.depth = depth + 1
            yield from open_stream(inner, depth + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ArticleError(f"{source.label}: a broken gzip file; make it again") from error


class Rejoined:
    """Read a stream whose head has been read already, from its beginning."""

    def __init__(self, source: Source) -> None:
        self.head, self.stream = source.head, source.stream

    def read(self, size: int = -1) -> bytes:
        """Return so many bytes at most, all that are left without a number."""
        if not self.head:
            return self.stream.read(size)
        part, self.head = (self.head, b"") if size < 0 else (self.head[:size], self.head[size:])
        return part + self.stream.read() if size < 0 else part


def open_zip(source: Source, depth: int) -> Iterator[Source | ArticleError]:
    """Yield the files packed in a zip, in the order of their names; raise ArticleError."""
    data = source.read(LARGEST if depth else 4 * LARGEST)
    try:
        archive = open_archive(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise ArticleError(f"{source.label}: a broken zip file; make it again") from error
    members = sorted(filter(is_member, archive.infolist()), key=lambda one: one.filename)
    if "word/document.xml" in archive.namelist():
        source.ending, source.head, source.stream = ".docx", b"", cast(Stream, io.BytesIO(data))
        yield source
        return
    if is_document(archive):
        source.ending, source.head, source.stream = ".odt", b"", cast(Stream, io.BytesIO(data))
        yield source
        return
    if told := name_office(archive):
        raise ArticleError(f"{source.label}: {told}")
    size = sum(one.file_size for one in members)
    if size > min(UNPACKED, RATIO * len(data) + (1 << 20)):
        told = f"{size >> 20} MB when unpacked, {len(data) >> 10} KB now; unpack it yourself"
        raise ArticleError(f"{source.label}: {told}")
    if outside := [one.filename for one in archive.infolist() if is_outside(one)]:
        named = ", ".join(map(clean_name, outside[:5]))[:200]
        source.options.note(f"{source.label}: files outside its folder are left out: {named}")
    if not members:
        raise ArticleError(f"{source.label}: no file to read in it; pack those with texts")
    yield from open_members(source, archive, members, depth)


def open_members(
    source: Source, archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo], depth: int
) -> Iterator[Source | ArticleError]:
    """Yield the files packed in a zip, or the error of one that cannot be unpacked."""
    names = name_apart(one.filename for one in members)
    times = Counter[str]()
    for member in members:
        file = member.filename
        times[file] += 1
        again = f"-{times[file]}" if times[file] > 1 else ""
        _, lang, ending = split_name(file)
        label = f"{source.label}/{clean_name(file)}" + (again and f" ({times[file]})")
        try:
            with archive.open(member) as stream:
                named = (names[file] + again, lang, ending)
                inner = make_source(label, named, cast(Stream, stream), source.options)
                inner.depth = depth + 1
                inner.beside = read_packed(archive, file, source.label)
                yield from open_stream(inner, depth + 1)
        except ArticleError as error:
            yield error
        except RuntimeError:
            yield ArticleError(f"{label}: packed with a password; unpack it first")
        except BROKEN:
            yield ArticleError(f"{label}: broken in its zip file; pack it again")


def read_packed(archive: zipfile.ZipFile, file: str, label: str) -> dict[str, str]:
    """Return what a file packed beside an article's says of it; raise ArticleError."""
    folder, _, name = file.rpartition("/")
    known = archive.NameToInfo
    for one in beside_names(name):
        if beside := known.get(f"{folder}/{one}" if folder else one):
            with archive.open(beside) as stream:
                return parse_beside(
                    stream.read(HEAD * HEAD), f"{label}/{clean_name(beside.filename)}"
                )
    return {}


def is_member(one: zipfile.ZipInfo) -> bool:
    """Tell whether a file in a zip may be an article."""
    parts = PurePosixPath(one.filename).parts
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
    if not parts or one.is_dir() or hidden:
        return False
    return not tell_other(parts[-1])


def is_outside(one: zipfile.ZipInfo) -> bool:
    """Tell whether a file in a zip says that it belongs elsewhere: '../x.txt'."""
    return ".." in PurePosixPath(one.filename).parts and not one.is_dir()


def is_document(archive: zipfile.ZipFile) -> bool:
    """Tell whether a zip is an OpenDocument text."""
    if not {"mimetype", "content.xml"} <= set(archive.namelist()):
        return False
    try:
        return archive.read("mimetype").startswith(b"application/vnd.oasis.opendocument.text")
    except BROKEN:
        return False


def name_office(archive: zipfile.ZipFile) -> str:
    """Return what a zip is that holds an office's document, and what to do with it, or ''."""
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return "a workbook; save its table as .csv"
    if any(name.endswith(".iwa") for name in names):
        return "a file of Pages, Numbers or Keynote; save it as .docx or .txt"
    if "ppt/presentation.xml" in names:
        return "a presentation; save its text as .txt or .docx"
    if "mimetype" in names and "content.xml" in names:
        return "an OpenDocument table or presentation; save it as .csv or .txt"
    return "an e-book; give its chapters as pages" if "META-INF/container.xml" in names else ""
