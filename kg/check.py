"""Whether a graph keeps its promises: its shapes (SHACL) and its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rdflib import RDF, SH, Graph
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from kg.errors import DataError
from kg.model import Article
from kg.ontology import ontology_folder
from kg.rdf import KG, NIF, article_iri


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """Hold one promise that a graph breaks: where, which, and with what value."""

    node: str
    message: str
    value: str = ""


def check_graph(graph: Graph, *, articles: Iterable[Article] = ()) -> list[Violation]:
    """Check a graph's shapes, and that each span quotes what its article says there.

    Spans are held against the articles given, which must then be all of the graph's, or else
    against the texts in the graph itself; in a graph without texts their words go unchecked.

    >>> check_graph(Graph())
    []
    """
    whole = graph + read_graph("pressgraph.ttl")
    given = tuple(articles)
    texts = article_texts(whole, given)
    found = {*check_shapes(whole), *check_articles(whole, given), *check_spans(whole, texts)}
    return sorted(found)


def read_graph(name: str) -> Graph:
    """Read a file of the ontology's folder; raise DataError."""
    try:
        return Graph().parse(ontology_folder() / name, format="turtle")
    except (OSError, SyntaxError) as error:
        raise DataError(f"{name}: cannot be read: {error}") from error


def check_shapes(graph: Graph) -> Iterator[Violation]:
    """Yield what a graph, its ontology in it, breaks of `ontologies/shapes.ttl`."""
    from pyshacl import validate

    _, report, _ = validate(graph, shacl_graph=read_graph("shapes.ttl"), inplace=True)
    for result in report.objects(None, SH.result):
        about = (report.value(result, p) for p in (SH.focusNode, SH.resultMessage, SH.value))
        yield Violation(*("" if term is None else str(term) for term in about))


def check_articles(graph: Graph, given: Sequence[Article]) -> Iterator[Violation]:
    """Yield the graph's articles that are not among those given, or differ from them."""
    for node in graph.subjects(RDF.type, KG.Article) if given else ():
        article, text = find_article(graph, node, given), graph.value(node, NIF.isString)
        if article is None:
            yield Violation(str(node), "The article is not among those given.")
        elif text is not None and str(text) != article.text:
            yield Violation(str(node), "The article's text is not that of the article given.")


def check_spans(graph: Graph, texts: Mapping[Node, str]) -> Iterator[Violation]:
    """Yield the spans whose address or words are not those of their place in the article."""
    for span, source in graph.subject_objects(NIF.referenceContext):
        begin, end = graph.value(span, NIF.beginIndex), graph.value(span, NIF.endIndex)
        words = str(graph.value(span, NIF.anchorOf))
        if str(span) != f"{source}#char={begin},{end}":
            yield Violation(str(span), "The span's address is not that of its characters.", words)
        elif source in texts and texts[source][int(str(begin)) : int(str(end))] != words:
            yield Violation(str(span), "The article does not say these words there.", words)


def article_texts(graph: Graph, given: Sequence[Article]) -> dict[Node, str]:
    """Return the text of each of the graph's articles: of those given, or the graph's own."""
    texts = {}
    for node in graph.subjects(RDF.type, KG.Article):
        article, own = find_article(graph, node, given), graph.value(node, NIF.isString)
        if article is not None:
            texts[node] = article.text
        elif own is not None:
            texts[node] = str(own)
    return texts


def find_article(graph: Graph, node: Node, given: Sequence[Article]) -> Article | None:
    """Return the article given that a node stands for, by its address or else by its name."""
    name = str(graph.value(node, DCTERMS.identifier))
    same_name = (a for a in given if a.name == name)
    return next((a for a in given if article_iri(a) == node), next(same_name, None))
