"""A graph's file, read: strictly first, then what is right in it, then as rdflib reads it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.errors import GraphError
from kg.store.given.contexts import settle_contexts
from kg.store.given.foreign import read_by_rdflib
from kg.store.given.hextuples import to_quads
from kg.store.given.lines import IN_LINES, read_lines
from kg.store.given.markup import settle_markup
from kg.store.given.mending import IN_STATEMENTS, check_end, read_around
from kg.store.given.naming import settle_blanks
from kg.store.given.source import BROKEN, HEAD, Source, open_source
from kg.store.given.syntaxes import ENDINGS, FORMATS, end_of, tell_syntaxes
from kg.store.given.terms import Faults, is_iri, keep_right


def warn(line: str) -> None:
    """Warn of what a graph is read without."""
    warnings.warn(line, stacklevel=2)


@dataclass(frozen=True, slots=True)
class Given:
    """Hold how a graph is read: its syntax and base where they are given, and what is refused.

    `more` are files that are read into the same graph. What is left out is told by `tell`.
    """

    syntax: str = ""
    base: str = ""
    strict: bool = False
    more: tuple[str, ...] = ()
    tell: Callable[[str], None] = warn


AS_IT_IS = Given()
#: Characters of what a parser says that are told.
LONGEST = 300
#: What Oxigraph says of an IRI that nothing tells the base of.
RELATIVE = "No scheme found"


def read_quads(name: str, given: Given = AS_IT_IS) -> ox.Store:
    """Read a file or standard input into memory, as its named graphs have it; raise GraphError."""
    source = open_source(name)
    if not (source.head.strip() or source.read().strip() or is_told(name, given)):
        told = "make a graph with: kg build, or take it as a graph of nothing with --strict"
        raise GraphError(f"{name}: empty; {told}")
    if given.syntax and given.syntax not in FORMATS:
        raise GraphError(f"syntax '{given.syntax}': unknown; give one of {', '.join(FORMATS)}")
    if given.base and not is_iri(given.base):
        raise GraphError(f"base '{given.base}': no IRI; give one like http://a.example/")
    head = source.head.decode("utf-8", "replace")
    syntaxes = (given.syntax,) if given.syntax else tell_syntaxes(name, head)
    syntaxes = syntaxes[:1] if given.strict else syntaxes
    if syntaxes == ("jsonld",):
        source = settle_source(source, given)
    if syntaxes == ("hext",):
        source, syntaxes = replace(source, content=to_quads(source.read())), ("nq",)
    try:
        store = read_as(source, syntaxes, given)
    except BROKEN as error:
        raise GraphError(f"{name}: packed, but cut short or broken; fetch it again") from error
    except OSError as error:
        raise GraphError(f"{name}: cannot be read: {error.strerror or error}") from error
    settle_blanks(store)
    return store


def is_told(name: str, given: Given) -> bool:
    """Tell whether a file that is empty is a graph by the book, as in most syntaxes.

    >>> is_told("a.nt", Given(strict=True)), is_told("a.rdf", Given(strict=True))
    (True, False)
    """
    told = given.syntax or ENDINGS.get(end_of(name), "")
    return given.strict and told in ENDINGS.values()


def settle_source(source: Source, given: Given) -> Source:
    """Return JSON-LD that needs nothing from elsewhere; raise GraphError."""
    content, said = settle_contexts(source.name, source.read())
    if not said:
        return source
    if given.strict:
        raise GraphError(f"{source.name}: {said.partition(';')[0]}")
    given.tell(f"{source.name}: {said}")
    return replace(source, head=content[:HEAD], content=content)


def read_as(source: Source, syntaxes: tuple[str, ...], given: Given) -> ox.Store:
    """Read a source in the first syntax that fits; raise GraphError with the first one's fault."""
    base = base_of(source.name, given)
    first: SyntaxError | None = None
    known = [syntax for syntax in syntaxes if FORMATS[syntax]]
    for syntax in known:
        try:
            return load(source, syntax, base)
        except SyntaxError as error:
            first = first or error
    if first and RELATIVE in first.msg and base is None and syntaxes[0] not in IN_LINES:
        raise refuse(source.name, first)
    if not given.strict or not known:
        for syntax in known:
            try:
                if (read := load_right(source, syntax, base, given)) is not None:
                    return read
            except SyntaxError as error:
                first = error if syntax == known[0] else first  # what no mending helps
        if (read := load_foreign(source, syntaxes[0], given, first)) is not None:
            return read
    raise refuse(source.name, first)


def base_of(name: str, given: Given) -> str | None:
    """Return what a file's relative IRIs count from: its own address, if no other is given.

    >>> base_of("-", AS_IT_IS) is None
    True
    """
    return given.base or (None if name == "-" else Path(name).absolute().as_uri())


def load(source: Source, syntax: str, base: str | None) -> ox.Store:
    """Read a source by the book; raise SyntaxError."""
    store = ox.Store()
    form = FORMATS[syntax]
    if syntax == "rdfxml":
        check_end(source)
    at = {"path": source.name} if source.content is None else {"input": source.content}
    if syntax in ("ttl", "nt", "rdfxml"):
        store.load(format=form, base_iri=base, **at)
        if syntax == "rdfxml":
            settle_markup(store, source)
    elif syntax == "jsonld":
        # By the book, a wrong term goes without a word: it is looked for as a fault.
        faults = Faults()
        store.bulk_extend(
            keep_right(ox.parse(format=form, base_iri=base, lenient=True, **at), faults)
        )
        if faults:
            raise SyntaxError(faults.tell())
    else:
        read = ox.parse(format=form, base_iri=base, **at)
        store.bulk_extend(read if syntax != "n3" else filter(is_stated, read))
    return store


def is_stated(quad: ox.Quad) -> bool:
    """Tell whether N3 states a triple, outside of any formula."""
    return isinstance(quad.graph_name, ox.DefaultGraph)


def load_right(source: Source, syntax: str, base: str | None, given: Given) -> ox.Store | None:
    """Read what is right in a source whose faults are in IRIs and tags, or in lines; else None.

    Raises SyntaxError for other faults.
    """

    def parse(content: IO[bytes] | bytes | str) -> Iterator[ox.Quad]:
        return ox.parse(content, format=FORMATS[syntax], base_iri=base, lenient=True)

    faults, store = Faults(), ox.Store()
    try:
        with source.stream() as file:
            store.bulk_extend(keep_right(parse(file), faults))
        if syntax == "rdfxml":
            check_end(source)
    except SyntaxError:
        if syntax not in (*IN_LINES, *IN_STATEMENTS):
            raise
        faults, store = Faults(), ox.Store()
        read = read_lines if syntax in IN_LINES else read_around
        store.bulk_extend(keep_right(read(source, parse, faults), faults))
    if not faults:
        return None  # what was refused is something else
    given.tell(f"{source.name}: {faults.tell()}; read without, --strict refuses")
    return store


def load_foreign(
    source: Source, syntax: str, given: Given, first: SyntaxError | None
) -> ox.Store | None:
    """Read a source as rdflib does; None where it refuses what has been refused at `first`."""
    faults, store = Faults(), ox.Store()
    base = base_of(source.name, given)
    try:
        store.bulk_extend(read_by_rdflib(source.read(), syntax, base, faults))
    except SyntaxError as error:
        if first is None:
            raise refuse(source.name, error) from error
        return None
    if first is not None:
        given.tell(f"{place(source.name, first)}: not by the book, but read; --strict refuses")
    if faults:
        given.tell(f"{source.name}: {faults.tell()}; read without")
    return store


def refuse(name: str, error: SyntaxError | None) -> GraphError:
    """Return the error for a source that is no RDF, with the place of its fault."""
    if error is None:
        return GraphError(f"{name}: not by the book; read it without --strict")
    said = " ".join(error.msg.split())
    said = f"{said[:LONGEST]} …" if len(said) > LONGEST else said  # some quote the whole file
    said = said.partition(": ")[2] or said if said.startswith("Parser error") else said
    if "UTF-8" in said:
        said = f"{said}; save it as UTF-8"
    if RELATIVE in said:
        said = "a relative IRI; say what it counts from: --base-in IRI"
    return GraphError(f"{place(name, error)}: {said}")


def place(name: str, error: SyntaxError) -> str:
    """Return a file with the line and column of a fault, where they are known."""
    return f"{name}:{error.lineno}:{error.offset}" if error.lineno else name


def read_more(store: ox.Store, names: Iterable[str], given: Given) -> None:
    """Read more files into a store; their blank nodes are their own."""
    for number, name in enumerate(names, 2):
        read = read_quads(name, given)
        store.bulk_extend(rename_blanks(quad, f"f{number}") for quad in read)


def rename_blanks(quad: ox.Quad, mark: str) -> ox.Quad:
    """Return a quad whose blank nodes bear the mark of their file."""
    terms = (*quad.triple, quad.graph_name)
    return ox.Quad(
        *(ox.BlankNode(f"{mark}{it.value}") if isinstance(it, ox.BlankNode) else it for it in terms)  # type: ignore[arg-type]
    )
