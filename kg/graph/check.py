"""Whether a graph keeps its promises: its shapes (SHACL) and its evidence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rdflib import RDF, SH, Graph, URIRef
from rdflib.namespace import DCTERMS
from rdflib.query import Result
from rdflib.term import Node

from kg.errors import DataError, GraphError
from kg.graph.terms import article_iri, digest
from kg.graph.vocabularies import KG, NIF
from kg.model import Article
from kg.ontology import ontology_folder

if TYPE_CHECKING:
    from rdflib.plugins.sparql.sparql import Query

#: The one shape that is not left to pySHACL but checked by `check_direct_triples`: SPARQL goes
#: through all facts of a subject for each triple, which is minutes in a store of many articles.
DIRECT_TRIPLES = URIRef("https://w3id.org/pressgraph/shapes#DirectTriples")


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """Hold one promise that a graph breaks: where, which, and with what value."""

    node: str
    message: str
    value: str = ""


class Checked(Graph):
    """A graph that reads a query once: pySHACL asks the same of each node, and reading is slow."""

    def query(self, query_object: Any, *given: Any, **named: Any) -> Result:
        """Answer a query."""
        if isinstance(query_object, str):
            query_object = prepare(query_object)
        return super().query(query_object, *given, **named)


@lru_cache(64)
def prepare(text: str) -> Query:
    """Return the query of a shape, which declares its prefixes, made ready to be asked."""
    from rdflib.plugins.sparql import prepareQuery  # whose import takes a while

    return prepareQuery(text)


def check_graph(graph: Graph, *, articles: Iterable[Article] = ()) -> list[Violation]:
    """Check a graph's shapes, and that each span quotes what its article says there.

    Spans are held against the articles given, which must then be all of the graph's, or else
    against the texts in the graph itself; in a graph without texts their words go unchecked.

    >>> check_graph(Graph())
    []
    """
    whole = Checked()  # in memory, whatever held it: pySHACL is four times as fast there
    for part in (graph, read_graph("pressgraph.ttl")):  # but triples as terms: rdflib has none
        whole.addN((*it, whole) for it in part if isinstance(it[2], Node))
    texts = {node: str(text) for node, text in whole.subject_objects(NIF.isString)}
    found = {*check_shapes(whole), *check_direct_triples(whole)}
    if given := tuple(articles):
        named = find_texts(whole, given)
        found.update(check_articles(whole, texts, named))
        texts = named
    return sorted(found.union(check_spans(whole, texts)))


def read_graph(name: str) -> Graph:
    """Read a file of the ontology's folder; raise DataError."""
    try:
        return Graph().parse(ontology_folder() / name, format="turtle")
    except (OSError, SyntaxError) as error:
        raise DataError(f"{name}: cannot be read: {' '.join(str(error).split())}") from error


def check_shapes(graph: Graph) -> Iterator[Violation]:
    """Yield what a graph, its ontology in it, breaks of `shapes.ttl` but DIRECT_TRIPLES.

    Raises GraphError where a value is of a kind that a shape cannot be held against.
    """
    from pyshacl import validate
    from pyshacl.errors import ReportableRuntimeError

    shapes = read_graph("shapes.ttl").remove((DIRECT_TRIPLES, None, None))
    try:
        _, report, _ = validate(graph, shacl_graph=shapes, inplace=True)
    except ReportableRuntimeError as error:
        told = " ".join(str(error).split()).rstrip(".")
        raise GraphError(f"the shapes cannot be checked: {told}; give it a literal") from error
    for result in report.objects(None, SH.result):
        about = (report.value(result, p) for p in (SH.focusNode, SH.resultMessage, SH.value))
        yield Violation(*("" if term is None else str(term) for term in about))


def check_direct_triples(graph: Graph) -> Iterator[Violation]:
    """Yield direct triples that nothing actual and not over backs, and such facts without one.

    In a graph of claims, whose ends are not those of the facts, a claim backs its triple, and what
    a fact says may be disputed elsewhere or be marked wrong.
    """
    claimed = set(find_claimed(graph))
    backed = {}
    for fact in graph.subjects(KG.modality, KG.Actual):
        if (fact, KG.ended, None) not in graph:
            parts = (graph.value(fact, p) for p in (RDF.subject, RDF.predicate, RDF.object))
            backed[tuple(parts)] = fact
    direct = {
        (s, p, o)
        for p in graph.subjects(RDF.type, KG.Relation)
        for s, o in graph.subject_objects(p)
    }
    for s, p, o in direct - backed.keys() - claimed:
        yield Violation(str(s), f"No actual fact that is not over backs {p} here.", str(o))
    if (None, RDF.type, KG.Claim) in graph:
        return
    for triple in backed.keys() - direct:
        yield Violation(str(backed[triple]), "The fact is actual and not over: it gives no triple.")


def find_claimed(graph: Graph) -> Iterator[tuple[Node | None, ...]]:
    """Yield the direct triples of the claims that are actual, not over and not disputed."""
    for claim in graph.subjects(KG.modalityNow, KG.Actual):
        over = str(graph.value(claim, KG.over)) in ("true", "1")
        if not over and (claim, KG.standing, KG.Disputed) not in graph:
            parts = (KG.claimSubject, KG.claimRelation, KG.claimObject)
            yield tuple(graph.value(claim, part) for part in parts)


def find_texts(graph: Graph, given: Collection[Article]) -> dict[Node, str]:
    """Return the texts of the given articles that are in a graph, by address, text or name."""
    by_digest = {digest(article.text, 8): article.text for article in given}
    by_name = {article.name: article.text for article in given}
    by_iri: dict[Node, str] = {article_iri(article): article.text for article in given}
    found = {}
    for node in graph.subjects(RDF.type, KG.Article):
        # A batch may have named an article after its folder, too; its text still tells it.
        text = by_iri.get(node, by_digest.get(str(node).rpartition("-")[2]))
        if text is None:
            text = by_name.get(str(graph.value(node, DCTERMS.identifier)))
        if text is not None:
            found[node] = text
    return found


def check_articles(
    graph: Graph, texts: Mapping[Node, str], given: Mapping[Node, str]
) -> Iterator[Violation]:
    """Yield the graph's articles that are not among those given, or whose text differs."""
    for node in graph.subjects(RDF.type, KG.Article):
        if node not in given:
            yield Violation(str(node), "The article is not among those given.")
        elif texts.get(node, given[node]) != given[node]:
            yield Violation(str(node), "The article's text is not that of the article given.")


def check_spans(graph: Graph, texts: Mapping[Node, str]) -> Iterator[Violation]:
    """Yield the spans whose address or words are not those of their place in their article."""
    for span, source in graph.subject_objects(NIF.referenceContext):
        begin, end = (str(graph.value(span, p)) for p in (NIF.beginIndex, NIF.endIndex))
        words = str(graph.value(span, NIF.anchorOf))
        if not re.fullmatch(r"[0-9]{1,15},[0-9]{1,15}", f"{begin},{end}") or str(span) != (
            f"{source}#char={begin},{end}"
        ):
            yield Violation(str(span), "The span's address is not that of its characters.", words)
        elif source in texts and texts[source][int(begin) : int(end)] != words:
            yield Violation(str(span), "The article does not say these words there.", words)
