"""What a user names, opened: files, folders, packed files, standard input, addresses."""

from __future__ import annotations

import gzip
import io
import os
import re
import sys
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import IO, cast

from kg.errors import ArticleError
from kg.sources.source import HEAD, LARGEST, NAMELESS, Options, Source, Stream

#: Languages that a file's name may tell before its ending ('fusion.fr.txt').
CODED = frozenset({"fr", "en", "de", "es", "it", "nl", "pt"})
FILE_NAME = re.compile(r"(?P<name>.+?)(?:\.(?P<lang>[a-z]{2}))?(?P<ending>\.[^.]*)?", re.DOTALL)
ADDRESS = re.compile(r"https?://", re.IGNORECASE)
#: How many files one may be packed in ('a.txt.gz' in 'b.zip' in 'c.zip').
DEEPEST = 3
#: Bytes that a packed file may become, whatever it holds, and how many times its own size.
UNPACKED, RATIO = 1 << 30, 200
#: What a broken packed file raises while it is read.
BROKEN = (zipfile.BadZipFile, OSError, EOFError, zlib.error, NotImplementedError)
#: Endings of files that a folder's or a zip's others are read without.
OTHERS = frozenset(
    ".jpg .jpeg .png .gif .webp .svg .ico .bmp .tif .tiff .mp3 .mp4 .wav .avi .mov .webm .css .js "
    ".mjs .map .woff .woff2 .ttf .otf .ttl .trig .nq .nt .rdf .owl .jsonld .py .pyc .sh .exe .dll "
    ".so .toml .ini .cfg .lock .log .db .sqlite .part .xsl .xsd .bak".split()
)


def open_sources(names: Iterable[str | Path], options: Options) -> Iterator[Source | ArticleError]:
    """Open what a user names, one after the other; what cannot be opened is yielded as its error.

    A folder gives its files and those of its folders, in the order of their names.
    """
    files = list(dict.fromkeys(file for name in names for file in list_files(str(name), options)))
    called = name_apart([file for file in files if is_file_name(file)])
    for file in files:
        try:
            yield from open_source(file, called.get(file, ""), options)
        except ArticleError as error:
            yield error


def is_file_name(name: str) -> bool:
    """Tell whether what a user names is a file, not an address or standard input."""
    return name != "-" and not ADDRESS.match(name)


def list_files(name: str, options: Options) -> list[str]:
    """Return the files of a folder that may be articles, or what is named itself."""
    if not is_file_name(name) or not Path(name).is_dir():
        return [name]
    found, aside = [], Counter[str]()
    for folder, folders, files in os.walk(name):
        pages = {Path(file).stem for file in files if Path(file).suffix.lower().startswith(".htm")}
        # A browser saves a page's pictures and scripts in a folder beside it.
        saved = {f"{page}{tail}" for page in pages for tail in ("_files", "_fichiers", "-Dateien")}
        folders[:] = sorted(it for it in folders if not it.startswith(".") and it not in saved)
        for file in sorted(files):
            ending = Path(file).suffix.lower()
            if ending in OTHERS or ".meta." in file:
                aside[ending] += 1
            elif not file.startswith("."):
                found.append(str(Path(folder) / file))
    if aside:
        kinds = ", ".join(sorted(aside))
        options.note(f"{name}: {aside.total()} files of other kinds left aside ({kinds})")
    if not found:
        options.note(f"{name}: a folder without a file to read")
    return found


def name_apart(files: Iterable[str]) -> dict[str, str]:
    """Return a name for each file: its own, with its folder's where two have the same.

    >>> name_apart(["a/x.fr.txt", "b/x.fr.txt", "y.txt"])
    {'a/x.fr.txt': 'a-x', 'b/x.fr.txt': 'b-x', 'y.txt': 'y'}
    """
    files = list(files)
    names = {file: split_name(file)[0] for file in files}
    paths = {file: PurePosixPath(file.replace("\\", "/")).parts[:-1] for file in files}
    for depth in range(1, 1 + max((len(path) for path in paths.values()), default=0)):
        twice = Counter(names.values())
        if len(twice) == len(names):
            break
        for file, name in names.items():
            if twice[name] > 1 and depth <= len(paths[file]):
                names[file] = f"{clean_name(paths[file][-depth])}-{name}"
    twice, seen = Counter(names.values()), Counter[str]()
    for file, name in names.items():
        if twice[name] > 1:
            _, lang, ending = split_name(file)
            names[file] = "-".join(filter(None, (name, lang, ending.lstrip("."))))
        seen[names[file]] += 1
        if seen[names[file]] > 1:
            names[file] += f"-{seen[names[file]]}"
    return names


def split_name(path: str | Path) -> tuple[str, str, str]:
    """Return the name, the language and the ending that a file's name tells.

    >>> split_name("news/fusion.fr.txt"), split_name("page.html.gz"), split_name("notice.vf.txt")
    (('fusion', 'fr', '.txt'), ('page', '', '.html'), ('notice.vf', '', '.txt'))
    """
    if str(path) == "-":
        return NAMELESS, "", ""
    file = re.sub(r"(?<=.)\.gz$", "", Path(path).name, flags=re.IGNORECASE)
    parts = FILE_NAME.fullmatch(file)
    if parts is None:
        return clean_name(file), "", ""
    name, lang, ending = parts["name"], parts["lang"] or "", (parts["ending"] or "").lower()
    if lang and lang not in CODED:  # 'notes.md', 'notice.vf.txt'
        name, lang, ending = (f"{name}.{lang}", "", ending) if ending else (name, "", f".{lang}")
    return clean_name(name), lang, ending


def clean_name(name: str) -> str:
    """Return a file's name as a graph may hold it: one may have bytes that are no UTF-8."""
    return name.encode("utf-8", "replace").decode("utf-8").strip() or "article"


def open_source(
    name: str, called: str, options: Options
) -> Iterator[Source | ArticleError]:
    """Open one file, address or standard input; raise ArticleError."""
    if ADDRESS.match(name):
        from kg.sources.web import fetch_page

        yield from open_stream(fetch_page(name, options), 0)
        return
    own, lang, ending = split_name(name)
    if name == "-":
        stream = cast(Stream, sys.stdin.buffer)
        yield from open_stream(make_source("-", (own, lang, ending), stream, options), 0)
        return
    try:
        with Path(name).open("rb") as file:
            source = make_source(name, (called or own, lang, ending), file, options)
            yield from open_stream(source, 0)
    except FileNotFoundError as error:
        raise ArticleError(f"{name}: no such file; check the name") from error
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", "") or " ".join(str(error).split())
        raise ArticleError(f"{name}: cannot be read: {told}") from error


def make_source(
    label: str, named: tuple[str, str, str], stream: Stream, options: Options
) -> Source:
    """Make a source of a stream, whose first bytes are read to tell its form."""
    name, lang, ending = named
    head = b""
    while len(head) < HEAD and (more := stream.read(HEAD - len(head))):
        head += more
    return Source(label, name, ending, stream, head, options, lang=lang)


def open_stream(source: Source, depth: int) -> Iterator[Source | ArticleError]:
    """Yield a source, or what is packed in it; raise ArticleError."""
    if depth > DEEPEST:
        raise ArticleError(f"{source.label}: packed {depth} times; unpack it first")
    if source.head.startswith(b"\x1f\x8b"):
        yield from open_gzip(source, depth)
    elif source.head.startswith(b"PK\x03\x04") and source.ending not in (".docx", ".docm"):
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
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = {one.filename: one for one in archive.infolist() if is_member(one)}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ArticleError(f"{source.label}: a broken zip file; make it again") from error
    if "word/document.xml" in archive.namelist():
        source.ending, source.head, source.stream = ".docx", b"", cast(Stream, io.BytesIO(data))
        yield source
        return
    if told := name_office(archive):
        raise ArticleError(f"{source.label}: {told}")
    size = sum(one.file_size for one in members.values())
    if size > min(UNPACKED, RATIO * len(data) + (1 << 20)):
        told = f"{size >> 20} MB when unpacked, {len(data) >> 10} KB now; unpack it yourself"
        raise ArticleError(f"{source.label}: {told}")
    yield from open_members(source, archive, members, depth)


def open_members(
    source: Source, archive: zipfile.ZipFile, members: Mapping[str, zipfile.ZipInfo], depth: int
) -> Iterator[Source | ArticleError]:
    """Yield the files packed in a zip, or the error of one that cannot be unpacked."""
    names = name_apart(members)
    for file in sorted(members):
        _, lang, ending = split_name(file)
        label = f"{source.label}/{clean_name(file)}"
        try:
            with archive.open(members[file]) as stream:
                named = (names[file], lang, ending)
                inner = make_source(label, named, cast(Stream, stream), source.options)
                inner.depth = depth + 1
                yield from open_stream(inner, depth + 1)
        except ArticleError as error:
            yield error
        except RuntimeError:
            yield ArticleError(f"{label}: packed with a password; unpack it first")
        except BROKEN:
            yield ArticleError(f"{label}: broken in its zip file; pack it again")


def is_member(one: zipfile.ZipInfo) -> bool:
    """Tell whether a file in a zip may be an article."""
    parts = PurePosixPath(one.filename).parts
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
    return bool(parts) and not (one.is_dir() or hidden or Path(parts[-1]).suffix.lower() in OTHERS)


def name_office(archive: zipfile.ZipFile) -> str:
    """Return what a zip is that holds an office's document, and what to do with it, or ''."""
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return "a workbook; save its table as .csv"
    if "ppt/presentation.xml" in names:
        return "a presentation; save its text as .txt or .docx"
    if "mimetype" in names and "content.xml" in names:
        return "an OpenDocument file; save it as .docx"
    return "an e-book; give its chapters as pages" if "META-INF/container.xml" in names else ""
