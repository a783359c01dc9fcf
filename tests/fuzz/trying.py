"""What is done with a fuzzed input, and what must hold whatever it was."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fuzzed import Fuzzed

from kg.errors import DataError, Exit, KgError
from kg.files.writing import PART

CODES = {int(code) for code in Exit} - {Exit.interrupted, Exit.unread}
#: What is there before a command writes there: on a fault, it stays.
BEFORE = "ancien\n"
#: What a line on stderr may begin with.
SAID = re.compile(r"kg: |Usage: |Try '|$")
#: Characters that a terminal would obey.
OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass
class Done:
    """Hold what a command did: its exit code, its streams, and the traceback that ended it."""

    code: int
    out: str
    err: str
    crash: str = ""


class Fault(Exception):
    """Say what does not hold of an input."""


def try_input(given: Fuzzed, folder: Path, store: Path) -> None:
    """Do what an input says in an empty folder; raise Fault for what must not come of it."""
    for name, data in given.files.items():
        (folder / name).write_bytes(data)
    if given.store:
        shutil.copytree(store, folder / "news")
    before = {path.name for path in folder.iterdir()}
    for command in given.commands:
        target = folder / command[command.index("-o") + 1] if "-o" in command else None
        if target and not target.exists() and "mark" not in command:
            target.write_text(BEFORE, encoding="utf-8")
        done = run(command, given.stdin)
        check_end(done)
        check_files(folder, before, done)
    if given.kind == "marked" and not given.commands:
        check_marked(folder / "x.ann")


def run(command: list[str], stdin: bytes) -> Done:
    """Run a command of `kg` in this process."""
    from kg.cli import main

    streams = [io.TextIOWrapper(io.BytesIO(data), "utf-8") for data in (stdin, b"", b"")]
    kept = sys.stdin, sys.stdout, sys.stderr
    sys.stdin, sys.stdout, sys.stderr = streams
    code, crash = 0, ""
    try:
        main(command)
    except SystemExit as done:
        code = int(done.code or 0)
    except BaseException:
        crash = traceback.format_exc()
    finally:
        sys.stdin, sys.stdout, sys.stderr = kept
    told = []
    for stream in streams[1:]:
        with suppress(ValueError):
            stream.flush()
        told.append(stream.buffer.getvalue().decode("utf-8"))
    return Done(code, told[0], told[1], crash)


def check_end(done: Done) -> None:
    """Raise Fault unless a command ended with a code of the table, and said why in lines."""
    if done.crash:
        raise Fault(done.crash)
    if done.code not in CODES:
        raise Fault(f"exit {done.code}\n{done.err}")
    if "Traceback (most" in done.err or (found := OBEYED.search(done.err)):
        raise Fault(f"on stderr: {done.err!r}" if "Traceback" in done.err else f"says {found[0]!r}")
    lines = done.err.splitlines()
    if done.code == Exit.usage:
        return
    if wrong := [line for line in done.err.split("\n") if not SAID.match(line)]:
        raise Fault(f"a line on stderr that is none of ours: {wrong[0]!r}")
    if done.code == Exit.fault and not (lines and lines[-1].startswith("kg: ")):
        raise Fault(f"exit 1 without a line: {done.err!r}")
    if any(len(line) > 5_000 for line in lines):
        raise Fault(f"a line of {max(map(len, lines))} characters on stderr")


def check_files(folder: Path, before: set[str], done: Done) -> None:
    """Raise Fault for files that are half written, or written by what has failed."""
    for path in sorted(folder.rglob("*")):
        if path.name.endswith(PART):
            raise Fault(f"left behind: {path.relative_to(folder)}")
        if not path.is_file() or path.relative_to(folder).parts[0] in before:
            continue
        data = path.read_bytes()
        if data == BEFORE.encode():
            if done.code == Exit.ok:
                raise Fault(f"{path.name}: exit 0, and not written")
        elif path.name != "graphs" and not path.is_relative_to(folder / "made"):
            check_content(path, data)


def check_content(path: Path, data: bytes) -> None:
    """Raise Fault for a file that is none of its kind."""
    import pyoxigraph as ox

    ending = path.suffix[1:]
    forms = {"ttl": ox.RdfFormat.TURTLE, "ttl12": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES,
             "nq": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG,
             "rdfxml": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD}  # fmt: skip
    try:
        text = data.decode("utf-8")
        if ending in forms:
            for _ in ox.parse(data, format=forms[ending]):
                pass
        elif ending in ("graphml", "gexf"):
            from lxml import etree

            etree.fromstring(data)
        elif ending == "html":
            if not text.rstrip().endswith("</html>"):
                raise ValueError("no end of the page")
        elif ending in ("claims", "facts", "ftm-statements"):
            sign = ";" if text.startswith("\ufeff") else ","  # for a spreadsheet
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
            if len({len(row) for row in rows}) > 1:
                raise ValueError("rows of unlike length")
        elif ending == "ftm":
            for line in text.split("\n"):
                json.loads(line or "0")
    except (ValueError, SyntaxError) as error:
        raise Fault(f"{path.name}: not whole: {error}") from error


def check_marked(path: Path) -> None:
    """Raise Fault unless a marked article is read, as it can be written, or refused in a line."""
    from marked_readings import read_marked

    from kg.graph.rdf import build_graph, write_turtle
    from kg.training.marked.corpus import read_article
    from kg.training.marked.marks import write_marks

    try:
        read_article(path)
        reading = read_marked(path)
        write_turtle(build_graph([reading]))
    except KgError as error:
        if "\n" in str(error) or not isinstance(error, DataError):
            raise Fault(f"told in several lines: {error}") from error
        return
    except Exception as error:
        raise Fault(traceback.format_exc()) from error
    again = path.with_name("again.ann")
    again.write_text(write_marks(reading), encoding="utf-8")
    try:
        if read_article(again).text != reading.article.text:
            raise Fault("marked and written again, its text is another one")
    except DataError as error:
        raise Fault(f"marked and written again, it cannot be read: {error}") from error


@contextmanager
def stand_in() -> Iterator[None]:
    """Let a network made by hand read."""
    from tiny_reader import OpenModel

    import kg.reader
    from kg.model import Article, Reading
    from kg.reader.nodes.agreements import add_agreements
    from kg.reader.nodes.deals import add_deals
    from kg.reader.nodes.registrations import add_registrations
    from kg.reader.reading import find_all, make_reading
    from kg.reader.types import Limits

    model, limits = OpenModel(), Limits()

    def read_plain(article: Article, _: str = "") -> Reading:
        reading = make_reading(article, find_all(model, article.text, limits), limits)
        return add_registrations(add_deals(add_agreements(reading)))

    kept: Any = kg.reader.read_plain
    kg.reader.read_plain = read_plain
    try:
        yield
    finally:
        kg.reader.read_plain = kept


def work_in(folder: Path) -> None:
    """Make a folder and be in it; those before it go."""
    folder.mkdir(parents=True)
    os.chdir(folder)
    for other in folder.parent.glob("work-*"):
        if other != folder:  # Oxigraph may still write into one
            shutil.rmtree(other, ignore_errors=True)
