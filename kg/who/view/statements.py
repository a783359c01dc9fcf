"""Statements: the facts of a store's articles, or of a file's, with their ends as articles do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import pyoxigraph as ox
from rdflib import RDF
from rdflib.namespace import PROV

from kg.graph.numbers import read_chance, read_modality
from kg.graph.vocabularies import KG, SCHEMA
from kg.who.named import list_graphs

Term = ox.NamedNode | ox.Literal
Where = ox.NamedNode | ox.DefaultGraph
DEFAULT = ox.DefaultGraph()
(
    TYPE, SUBJECT, PREDICATE, OBJECT, MODALITY, CONFIDENCE, ENDED, ROLE, MARKET, DERIVED, PUBLISHED,
    ARTICLE,
) = (
    ox.NamedNode(str(term))
    for term in (
        RDF.type, RDF.subject, RDF.predicate, RDF.object, KG.modality, KG.confidence, KG.ended,
        KG.role, KG.market, PROV.wasDerivedFrom, SCHEMA.datePublished, KG.Article,
    )
)  # fmt: skip


#: What tells when something was, on a fact or on its deal; and what leads to that.
WHEN = {
    ox.NamedNode(str(KG[name])): name
    for name in ("date", "dateMin", "dateMax", "asOf", "asOfMin", "asOfMax", "announced")
}
DEAL = ox.NamedNode(str(KG.deal))


@dataclass(frozen=True, slots=True)
class Statement:
    """Hold a fact: what one article says, of what and how, and when that was published.

    `article` is its graph's IRI in a store and its own in a file, `relation` an IRI, `modality` a
    name; `date` is '' where the article has none, `market` the IRI of that of a share. `when` is
    what the article says of when it was or is to be: first and last, each '' where that is open.
    """

    fact: str
    article: str
    subject: str
    relation: str
    object: Term
    modality: str = "Actual"
    ended: bool = False
    confidence: float = 1.0
    role: tuple[str, str] = ("", "")
    market: str = ""
    date: str = ""
    when: tuple[str, str] = ("", "")


def read_graphs(store: ox.Store) -> Iterator[tuple[str, str]]:
    """Yield each article of a store by its own IRI, with that of its graph."""
    for quad in store.quads_for_pattern(None, TYPE, ARTICLE, None):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.graph_name, ox.NamedNode):
            yield quad.subject.value, quad.graph_name.value


def has_articles(store: ox.Store) -> bool:
    """Tell whether a store has named graphs of articles: what a file of one graph has not.

    >>> has_articles(ox.Store())
    False
    """
    quads = store.quads_for_pattern(None, TYPE, ARTICLE, None)
    return any(isinstance(quad.graph_name, ox.NamedNode) for quad in quads)


def read_statements(store: ox.Store) -> list[Statement]:
    """Read what a store's articles say, in the order of the facts' IRIs.

    Where no graph has a name, articles are told apart by the evidence of the facts.
    """
    if has_articles(store):
        found = (one for graph in list_graphs(store) for one in read_facts(store, graph))
        return sorted(found, key=lambda one: one.fact)
    sources, dates = read_sources(store), read_dates(store)
    articles = ((one, sources.get(one.fact, "")) for one in read_facts(store, ""))
    found = (replace(one, article=at, date=dates.get(at, "")) for one, at in articles)
    return sorted(found, key=lambda one: one.fact)


def read_facts(store: ox.Store, graph: str) -> Iterator[Statement]:
    """Yield what the article of a graph says; '' is a file's own graph, of no article."""
    where = ox.NamedNode(graph) if graph else DEFAULT
    subjects = dict(read_terms(store, SUBJECT, where))
    if not subjects:
        return
    relations, objects, modalities, sure, ended, roles, markets = (
        dict(read_terms(store, predicate, where))
        for predicate in (PREDICATE, OBJECT, MODALITY, CONFIDENCE, ENDED, ROLE, MARKET)
    )
    date = read_date(store, where) if graph else ""
    whens, deals = read_whens(store, where), dict(read_terms(store, DEAL, where))
    for fact, subject in subjects.items():
        relation, target = relations.get(fact), objects.get(fact)
        if isinstance(subject, ox.NamedNode) and isinstance(relation, ox.NamedNode) and target:
            modality = modalities[fact].value if fact in modalities else ""
            yield Statement(
                fact,
                graph,
                subject.value,
                relation.value,
                target,
                modality=read_modality(modality),
                ended=fact in ended,
                confidence=read_number(sure.get(fact)),
                role=read_role(roles.get(fact)),
                market=markets[fact].value if fact in markets else "",
                date=date,
                when=make_when(whens.get(find_deal(deals, fact), {}) | whens.get(fact, {})),
            )


def read_date(store: ox.Store, where: Where) -> str:
    """Read when the article of a graph was published."""
    return max((text.value[:10] for _, text in read_terms(store, PUBLISHED, where)), default="")


def read_number(term: Term | None) -> float:
    """Return a confidence as a number; what is none leaves no doubt, as elsewhere.

    >>> read_number(ox.Literal("0.75")), read_number(None)
    (0.75, 1.0)
    """
    return read_chance(term.value) if isinstance(term, ox.Literal) else 1.0


def read_role(term: Term | None) -> tuple[str, str]:
    """Return a role and its language.

    >>> read_role(ox.Literal("PDG", language="fr")), read_role(None)
    (('PDG', 'fr'), ('', ''))
    """
    return (term.value, term.language or "") if isinstance(term, ox.Literal) else ("", "")


def read_terms(
    store: ox.Store, predicate: ox.NamedNode, where: Where | None = None
) -> Iterator[tuple[str, Term]]:
    """Yield the subjects of a predicate and its objects, of a graph or of whatever one (None)."""
    for quad in store.quads_for_pattern(None, predicate, None, where):
        if isinstance(quad.subject, ox.NamedNode):
            if isinstance(quad.object, ox.NamedNode | ox.Literal):
                yield quad.subject.value, quad.object


def read_names(store: ox.Store, predicate: ox.NamedNode) -> Iterator[tuple[str, str]]:
    """Yield the subjects of a predicate and the IRIs that it goes to, of whatever graph."""
    found = read_terms(store, predicate)
    return ((key, it.value) for key, it in found if isinstance(it, ox.NamedNode))


def read_sources(store: ox.Store) -> dict[str, str]:
    """Return the article of each fact, by its evidence."""
    found: dict[str, str] = {}
    for fact, span in read_names(store, DERIVED):
        article = span.rpartition("#")[0]
        found[fact] = min(article, found.get(fact, article))
    return found


def read_dates(store: ox.Store) -> dict[str, str]:
    """Return when a file's articles were published, by their IRIs."""
    return {article: told.value[:10] for article, told in read_terms(store, PUBLISHED, DEFAULT)}


def find_deal(deals: Mapping[str, Term], fact: str) -> str:
    """Return the IRI of a fact's deal, '' where it has none."""
    return deals[fact].value if fact in deals else ""


def read_whens(store: ox.Store, where: Where) -> dict[str, dict[str, str]]:
    """Return the dates that stand on a graph's facts and deals, the least where it has several."""
    found: dict[str, dict[str, str]] = {}
    for predicate, name in WHEN.items():
        for key, term in read_terms(store, predicate, where):
            told = found.setdefault(key, {})
            told[name] = min(told.get(name, term.value), term.value)
    return found


def make_when(told: Mapping[str, str]) -> tuple[str, str]:
    """Return when something was or is to be, by a fact's qualifiers: first and last, '' if open.

    >>> make_when({"dateMin": "2015"}), make_when({"announced": "2019-03"}), make_when({})
    (('2015', ''), ('2019-03', '2019-03'), ('', ''))
    """
    for name in ("date", "asOf"):
        if exact := told.get(name):
            return exact, exact
    for name in ("date", "asOf"):
        if f"{name}Min" in told or f"{name}Max" in told:
            return told.get(f"{name}Min", ""), told.get(f"{name}Max", "")
    announced = told.get("announced", "")
    return announced, announced
