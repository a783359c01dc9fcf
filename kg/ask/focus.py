"""The part of a graph that one wants to see: what a query constructs, what is around a thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rdflib import OWL, RDF, RDFS, Graph, Literal, Node, URIRef
from rdflib.namespace import DCTERMS, FOAF, PROV, SKOS

from kg import ontology
from kg.ask.query import find_nodes, run_query
from kg.ask.vocabularies import focus_scheme
from kg.errors import QueryError
from kg.graph.terms import BASE, digest
from kg.graph.vocabularies import ITSRDF, KG, NIF, SCHEMA, new_graph
from kg.network.nameless import name_things
from kg.network.schemes import find_scheme
from kg.store.engine import on_oxigraph

Triple = tuple[Node, Node, Node]

#: What a step goes along: a fact's subject and object, and the market of a share.
ENDS = (RDF.subject, RDF.object, KG.market)
#: The same in a graph of claims, whose facts have ends that only one article knows.
CLAIMED = (KG.claimSubject, KG.claimObject)
#: What predicates that describe things, texts and facts begin with; any other says something.
ABOUT = (
    *map(str, (RDF, RDFS, OWL, SKOS, PROV, NIF, ITSRDF, DCTERMS, FOAF)),
    *map(str, (SCHEMA.mentions, SCHEMA.datePublished)),
)


def construct_graph(graph: Graph, query: str) -> Graph:
    """Return what a CONSTRUCT or DESCRIBE query finds in a graph, with all that proves it.

    A fact in the answer is completed. A direct triple (`?a kg:partnerOf ?b`) brings the facts
    that state it, whatever their modality; one that no fact states becomes a fact
    without evidence. Raises QueryError, also where there is no fact, unless what is found is a
    vocabulary: classes, properties or concepts.
    """
    graph = on_oxigraph(graph)  # whose literals differ a little from those of rdflib's own store
    answer = run_query(graph, query).graph
    if answer is None:
        raise QueryError("the query answers no graph; give one that says CONSTRUCT or DESCRIBE")
    part = new_graph()
    for triple in answer:
        part.add(triple)
    things = {node for node in part.all_nodes() if isinstance(node, URIRef)}
    facts = find_stated(graph, part.all_nodes())
    made = facts.union(part.subjects(RDF.type, KG.Fact))
    for triple in list(part):
        if states(triple) and not made.intersection(triple):
            if stating := find_statements(graph, triple):
                facts |= stating
            else:
                add_statement(part, triple)
    copy_facts(graph, part, facts)
    copy_things(graph, part, things - facts)
    drawn = {KG.Fact, KG.Claim}.intersection(part.objects(None, RDF.type))
    if not drawn and find_scheme(part, "fr") is None:
        raise QueryError(
            "the query finds no fact in the graph, so there is nothing to draw; ask for more"
        )
    return part


def focus_graph(graph: Graph, name: str, *, depth: int = 1) -> Graph:
    """Return the facts between things at most `depth` facts away from those of a name.

    The name is a label, an alias (case and accents do not matter) or an IRI; of a vocabulary it is
    that of a class, a property or a concept. Raises QueryError.

    >>> from kg.graph.rdf import build_graph
    >>> focus_graph(build_graph([]), "Nordil")
    Traceback (most recent call last):
    kg.errors.QueryError: the graph names no 'Nordil'
    """
    graph = name_things(graph)
    if scheme := find_scheme(graph, "fr"):
        return focus_scheme(graph, scheme, name, depth=depth)
    border: set[Node] = set(find_nodes(graph, name))
    reached, facts = set(border), set[Node]()
    for _ in range(depth):
        ends = facts_around(graph, border)
        border = set().union(*ends.values()) - reached
        facts |= ends.keys()
        reached |= border
    # Those between things of the last ring.
    facts |= {fact for fact, ends in facts_around(graph, border).items() if ends <= reached}
    if not facts:
        raise QueryError(f"no fact of the graph is about '{name}'; focus on another name")
    part = new_graph()
    copy_facts(graph, part, facts)
    return part


def states(triple: Triple) -> bool:
    """Tell whether a triple says what a fact may say: it only describes no thing."""
    predicate = str(triple[1])
    if predicate.startswith(ontology.KG):
        return predicate.removeprefix(ontology.KG) in ontology.relations()
    return not predicate.startswith(ABOUT)


def has_claims(graph: Graph) -> bool:
    """Tell whether a graph has claims.

    >>> has_claims(Graph())
    False
    """
    return (None, RDF.type, KG.Claim) in graph


def find_stated(graph: Graph, nodes: Iterable[Node]) -> set[Node]:
    """Find the facts among some nodes, or, in a graph of claims, those and what its facts claim."""
    found: set[Node] = set()
    for node in nodes:
        if (node, RDF.type, KG.Fact) in graph:
            found.update(graph.subjects(KG.statedBy, node) if has_claims(graph) else [node])
        elif (node, RDF.type, KG.Claim) in graph:
            found.add(node)
    return found


def find_statements(graph: Graph, triple: Triple) -> set[Node]:
    """Find the facts, or the claims, that state a triple."""
    subject, predicate, target = triple
    if has_claims(graph):
        return {
            claim
            for claim in graph.subjects(KG.claimSubject, subject)
            if (claim, KG.claimRelation, predicate) in graph
            and (claim, KG.claimObject, target) in graph
        }
    return {
        fact
        for fact in graph.subjects(RDF.subject, subject)
        if (fact, RDF.predicate, predicate) in graph and (fact, RDF.object, target) in graph
    }


def add_statement(part: Graph, triple: Triple) -> None:
    """Add the fact that a query says a triple."""
    subject, predicate, target = triple
    if not isinstance(subject, URIRef):
        return
    node = URIRef(f"{BASE}fact/f{digest('|'.join(map(str, triple)), 16)}")
    part.add((node, RDF.type, KG.Fact))
    part.add((node, RDF.subject, subject))
    part.add((node, RDF.predicate, predicate))
    part.add((node, RDF.object, target))
    part.add((node, KG.modality, KG.Actual))


def facts_around(graph: Graph, things: Iterable[Node]) -> dict[Node, set[Node]]:
    """Find the facts, or the claims, that link some things, each with the things at its ends."""
    found: dict[Node, set[Node]] = {}
    claimed = has_claims(graph)
    for thing in things:
        facts = {
            it for part in (CLAIMED if claimed else ENDS) for it in graph.subjects(part, thing)
        }
        if claimed:
            markets = graph.subjects(KG.market, thing)
            facts |= {claim for it in markets for claim in graph.subjects(KG.statedBy, it)}
        for fact in facts - found.keys():
            if thing in (ends := ends_of(graph, fact)):
                found[fact] = ends
    return found


def ends_of(graph: Graph, fact: Node) -> set[Node]:
    """Return the things that a fact links: a number's market stands for it."""
    if (fact, RDF.type, KG.Claim) in graph:
        subject, target = (graph.value(fact, part) for part in CLAIMED)
        facts = sorted(graph.objects(fact, KG.statedBy), key=str)
    else:
        subject, target = graph.value(fact, RDF.subject), graph.value(fact, RDF.object)
        facts = [fact]
    if isinstance(target, Literal):
        target = next((end for it in facts for end in graph.objects(it, KG.market)), None)
    return {end for end in (subject, target) if end is not None}


def copy_facts(graph: Graph, part: Graph, facts: Iterable[Node]) -> None:
    """Copy facts with what proves them, the things they name and where articles name those.

    Of a claim, all facts that state it are copied, too.
    """
    things, spans = set[Node](), set[Node]()
    facts = {*facts}
    for fact in facts.union(*(graph.objects(fact, KG.statedBy) for fact in facts)):
        said = list(graph.predicate_objects(fact))
        for predicate, value in said:
            part.add((fact, predicate, value))
            if not isinstance(value, Literal) and predicate != KG.statedBy:
                (spans if predicate == PROV.wasDerivedFrom else things).add(value)
        copy_direct(graph, part, dict(said))
    copy_spans(graph, part, spans)
    copy_things(graph, part, things)


def copy_direct(graph: Graph, part: Graph, said: Mapping[Node, Node]) -> None:
    """Copy the direct triple of a fact, if the graph has it."""
    for parts in (
        (RDF.subject, RDF.predicate, RDF.object),
        (KG.claimSubject, KG.claimRelation, KG.claimObject),
    ):
        if said.keys() >= {*parts}:
            one, relation, other = (said[it] for it in parts)
            if (one, relation, other) in graph:
                part.add((one, relation, other))


def copy_spans(graph: Graph, part: Graph, spans: Iterable[Node]) -> None:
    """Copy stretches of articles, the sentences around them and what is known of the articles."""
    around = {o for span in spans for o in (span, *graph.objects(span, NIF.sentence))}
    articles = {o for span in around for o in graph.objects(span, NIF.referenceContext)}
    graphs = {o for article in articles for o in graph.subjects(FOAF.primaryTopic, article)}
    for node in around | articles | graphs:
        copy_node(graph, part, node)


def copy_things(graph: Graph, part: Graph, things: Iterable[Node]) -> None:
    """Copy what things are and are called, and where the articles of the part name them."""
    spans = set[Node]()
    articles = set(part.subjects(RDF.type, KG.Article))
    for thing in things:
        copy_node(graph, part, thing)
        for article in articles.intersection(graph.subjects(SCHEMA.mentions, thing)):
            part.add((article, SCHEMA.mentions, thing))
        for span in graph.subjects(ITSRDF.taIdentRef, thing):
            if graph.value(span, NIF.referenceContext) in articles:
                spans.add(span)
    copy_spans(graph, part, spans)


def copy_node(graph: Graph, part: Graph, node: Node) -> None:
    """Copy what describes a node: not what facts say of it, nor all that an article names."""
    for predicate, value in graph.predicate_objects(node):
        if not states((node, predicate, value)) and predicate != SCHEMA.mentions:
            part.add((node, predicate, value))
    for former in graph.subjects(DCTERMS.isReplacedBy, node):
        part.add((former, DCTERMS.isReplacedBy, node))
