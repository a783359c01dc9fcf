"""Terms that are not by the book: a graph is read without them, and says which."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

#: Terms that are named; of more, the number is told.
SHOWN = 5

Subject = ox.NamedNode | ox.BlankNode | ox.Triple
Object = Subject | ox.Literal


class Faults:
    """Collect what a graph is read without: terms, and triples by their lines."""

    def __init__(self) -> None:
        self.terms: dict[str, None] = {}
        self.lines: dict[str, None] = {}

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return bool(self.terms or self.lines)

    def add(self, term: str) -> None:
        """Note a term."""
        self.terms.setdefault(" ".join(term.split()))

    def skip(self, line: int) -> None:
        """Note a line from which on triples are left out."""
        self.lines.setdefault(str(line))

    def tell(self) -> str:
        """Return what is wrong as a line has it.

        >>> faults = Faults()
        >>> faults.add("<urn:a b>")
        >>> faults.tell()
        '1 term is not by the book: <urn:a b>'
        """
        told = [("term", self.terms), ("line", self.lines)]
        return "; ".join(count_faults(what, those) for what, those in told if those)


def count_faults(what: str, those: Collection[str]) -> str:
    """Return how many of something are wrong, and the first of them."""
    more = f" and {len(those) - SHOWN} more" if len(those) > SHOWN else ""
    told = f"1 {what} is" if len(those) == 1 else f"{len(those)} {what}s are"
    return f"{told} not by the book: {', '.join([*those][:SHOWN])}{more}"


@lru_cache(4096)
def is_iri(text: str) -> bool:
    """Tell whether a text is an IRI.

    >>> is_iri("http://a.example/é"), is_iri("http://a.example/[]"), is_iri("é")
    (True, False, False)
    """
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


@lru_cache(1024)
def is_tag(text: str) -> bool:
    """Tell whether a text is the tag of a language.

    >>> is_tag("fr-CA"), is_tag("zh-classical")
    (True, False)
    """
    try:
        ox.Literal("", language=text)
    except ValueError:
        return False
    return True


def keep_right(quads: Iterable[ox.Quad], faults: Faults) -> Iterator[ox.Quad]:
    """Yield quads without terms that are none; a text stays without a tag that is none."""
    for quad in quads:
        object_ = quad.object
        if isinstance(object_, ox.Literal) and object_.language and not is_tag(object_.language):
            faults.add(f"@{object_.language}")
            object_ = ox.Literal(object_.value)
            quad = ox.Quad(quad.subject, quad.predicate, object_, quad.graph_name)
        wrong = [iri for iri in iris_of(quad) if not is_iri(iri)]
        if wrong:
            for iri in wrong:
                faults.add(f"<{iri}>")
        else:
            yield quad


def iris_of(quad: ox.Quad) -> Iterator[str]:
    """Yield the IRIs of a quad."""
    yield from iris_in(quad.triple)
    if isinstance(quad.graph_name, ox.NamedNode):
        yield quad.graph_name.value


def iris_in(triple: ox.Triple) -> Iterator[str]:
    """Yield the IRIs of a triple and of those inside it."""
    for term in triple:
        if isinstance(term, ox.NamedNode):
            yield term.value
        elif isinstance(term, ox.Literal):
            yield term.datatype.value
        elif isinstance(term, ox.Triple):
            yield from iris_in(term)


def to_oxigraph(term: Node, faults: Faults) -> Object | None:
    """Return a term of rdflib as one of Oxigraph; None, and a fault noted, for what is none.

    >>> to_oxigraph(URIRef("urn:a b"), Faults()) is None
    True
    """
    if isinstance(term, BNode):
        return ox.BlankNode(f"b{str(term).encode().hex()}")
    if isinstance(term, URIRef):
        if is_iri(str(term)):
            return ox.NamedNode(str(term))
        faults.add(f"<{term}>")
        return None
    if not isinstance(term, Literal):
        faults.add("a formula")
        return None
    if term.language:
        if is_tag(term.language):
            return ox.Literal(str(term), language=term.language)
        faults.add(f"@{term.language}")
        return ox.Literal(str(term))
    if term.datatype is None:
        return ox.Literal(str(term))
    if is_iri(str(term.datatype)):
        return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)))
    faults.add(f"<{term.datatype}>")
    return None
