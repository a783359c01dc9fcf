"""What a user names, opened: files, folders, packed files, standard input, addresses."""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

from kg.errors import ArticleError
from kg.files.links import follow_links
from kg.sources.details import read_beside
from kg.sources.filenames import name_apart, split_name, tell_other
from kg.sources.packed import open_stream
from kg.sources.source import Options, Source, Stream, make_source
from kg.wordings import tell_count

ADDRESS = re.compile(r"https?://", re.IGNORECASE)
#: Files that the folder of every store has, and none of articles.
STORE = ("CURRENT", "IDENTITY")


def open_sources(names: Iterable[str | Path], options: Options) -> Iterator[Source | ArticleError]:
    """Open what a user names, one after the other; what cannot be opened is yielded as its error.

    A folder gives its files and those of its folders, in the order of their names. A file that is
    named in several ways ('a.txt', './a.txt', by its folder, by a link) is opened once.
    """
    listed = (file for name in names for file in list_files(str(name), options))
    once: dict[str, str] = {}
    for file in listed:
        once.setdefault(place_of(file), file)
    files = list(once.values())
    files = [file for file in files if not is_table(file, options)]
    called = name_apart([file for file in files if is_file_name(file)])
    for file in files:
        try:
            yield from open_source(file, called.get(file, ""), options)
        except ArticleError as error:
            yield error


def place_of(name: str) -> str:
    """Return where a file lies, however it is named; of what is no file, its name."""
    try:
        return os.path.realpath(name) if name and is_file_name(name) else name
    except ValueError:  # a sign that no name has
        return name


def is_file_name(name: str) -> bool:
    """Tell whether what a user names is a file, not an address or standard input."""
    return name != "-" and not ADDRESS.match(name)


def is_table(name: str, options: Options) -> bool:
    """Tell whether a file is the user's table of details, which is no article."""
    table = options.details.path
    if table is None or not is_file_name(name):
        return False
    return Path(name).name == table.name and follow_links(name) == follow_links(table)


def is_folder(name: str) -> bool:
    """Tell whether a folder has a name; none has one that is too long for a file."""
    try:
        return bool(name) and Path(name).is_dir()
    except OSError:
        return False


def is_store(folder: str | Path) -> bool:
    """Tell whether a folder is a store of graphs, which holds no file of an article."""
    return all((Path(folder) / name).is_file() for name in STORE)


def list_files(name: str, options: Options) -> list[str]:
    """Return the files of a folder that may be articles, or what is named itself."""
    if not is_file_name(name) or not is_folder(name) or is_store(name):
        return [name]
    found, aside, links = [], Counter[str](), list[str]()
    for folder, folders, files in os.walk(name):
        if is_store(folder):
            options.note(f"{folder}: a store is no article; left aside")
            folders.clear()
            continue
        pages = {Path(file).stem for file in files if Path(file).suffix.lower().startswith(".htm")}
        # A browser saves a page's pictures and scripts in a folder beside it.
        saved = {f"{page}{tail}" for page in pages for tail in ("_files", "_fichiers", "-Dateien")}
        folders[:] = sorted(it for it in folders if not it.startswith(".") and it not in saved)
        links += (str(Path(folder) / it) for it in folders if (Path(folder) / it).is_symlink())
        for file in sorted(files):
            path = Path(folder) / file
            if path.exists() and not path.is_file():
                aside["a pipe or device"] += 1  # which might never end
            elif kind := tell_other(file):
                aside[kind] += 1
            elif not file.startswith("."):
                found.append(str(path))
    if aside:
        kinds = ", ".join(sorted(aside))
        many = tell_count(aside.total(), "file")
        options.note(f"{name}: {many} of other kinds left aside ({kinds})")
    if links:
        told = ", ".join(links[:5])[:300]
        options.note(f"{name}: linked folders are left out; name them to read them: {told}")
    if not found:
        options.note(f"{name}: a folder without a file to read")
    return found


def open_source(name: str, called: str, options: Options) -> Iterator[Source | ArticleError]:
    """Open one file, address or standard input; raise ArticleError."""
    if ADDRESS.match(name):
        from kg.sources.web import fetch_page

        yield from open_stream(fetch_page(name, options), 0)
        return
    if not name:
        raise ArticleError("'': an empty name; name a file or a folder")
    own, lang, ending = split_name(name)
    if name == "-":
        stream = cast(Stream, sys.stdin.buffer)
        yield from open_stream(make_source("-", (own, lang, ending), stream, options), 0)
        return
    if is_folder(name) and is_store(name):
        told = "a store, not articles; what it holds: kg claims STORE, kg query STORE"
        raise ArticleError(f"{name}: {told}")
    try:
        with Path(name).open("rb") as file:
            source = make_source(name, (called or own, lang, ending), file, options)
            source.beside = read_beside(Path(name))
            yield from open_stream(source, 0)
    except FileNotFoundError as error:
        raise ArticleError(f"{name}: no such file; {advise_name(name)}") from error
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", "") or " ".join(str(error).split())
        raise ArticleError(f"{name}: cannot be read: {told}") from error


def advise_name(name: str) -> str:
    """Return what to do about the name of a file that is not there.

    >>> advise_name("www.gazette.example/a"), advise_name("news/*.pdf")
    ('an address begins with https://', 'none fits it: check the folder')
    """
    if name.startswith("file:"):
        return "name its path, without file:"
    if re.match(r"www\.|[a-zA-Z]{2,}:/", name):
        return "an address begins with https://"
    return "none fits it: check the folder" if re.search(r"[*?]", name) else "check the name"
