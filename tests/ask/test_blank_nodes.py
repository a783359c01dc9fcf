"""What others name without an IRI is found by its name, and answered as if it had one."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import read_nordil
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, BNode, Graph

from kg.ask.answers import answer_rows
from kg.ask.diff import diff_graphs
from kg.ask.explain import explain_link
from kg.ask.focus import focus_graph
from kg.ask.query import ask_store, run_query
from kg.ask.questions import list_queries
from kg.cli import main
from kg.errors import QueryError
from kg.graph.check import check_graph
from kg.graph.rdf import build_graph
from kg.graph.terms import FOLDERS
from kg.graph.vocabularies import KG
from kg.network.links import state_of
from kg.network.network import build_network
from kg.store.engine import engine_of, hold, on_oxigraph, read_file
from kg.store.labels import complete_name, find_nodes
from kg.who.said.files import claim_file, load_view
from kg.who.view.told import list_claims

OTHERS = """
PREFIX foaf: <http://xmlns.com/foaf/0.1/> PREFIX org: <http://www.w3.org/ns/org#>
PREFIX schema: <https://schema.org/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
_:ada a foaf:Person ; foaf:name "Ada Roy" ; foaf:knows _:bob , <urn:carl> .
_:bob a foaf:Person ; foaf:name "Bob Le Goff" .
<urn:carl> a foaf:Person ; foaf:name "Carl Un" ; org:memberOf _:firm .
_:firm a org:Organization ; rdfs:label "Hexo"@fr , "Hexo Ltd"@en ;
    schema:location [ a schema:Place ; schema:name "Lyon" ] .
"""
#: Two articles that say the same, one of them, and what may have no IRI there: facts and things.
NEWS = engine_of(on_oxigraph(build_graph([read_nordil(), read_nordil("vasco")])))
ONE = engine_of(on_oxigraph(build_graph([read_nordil()])))
NODES = sorted(
    str(node) for name in (*FOLDERS, "Fact") for node in hold(NEWS).subjects(RDF.type, KG[name])
)
NAMES = ("Nordil", "Vasco", "Hexo")


@pytest.fixture
def others(tmp_path: Path) -> Path:
    path = tmp_path / "others.ttl"
    path.write_text(OTHERS, encoding="utf-8")
    return path


def blank(store: ox.Store, iris: Collection[str]) -> ox.Store:
    """Copy a store; some of its nodes have no IRI any more."""
    told = {ox.NamedNode(iri): ox.BlankNode(f"b{at}") for at, iri in enumerate(sorted(iris))}
    copy = ox.Store()
    copy.extend(
        ox.Quad(told.get(quad.subject, quad.subject), quad.predicate,
                told.get(quad.object, quad.object), quad.graph_name)
        for quad in store
    )  # fmt: skip
    return copy


def answer(store: ox.Store, question: str, **names: str) -> list[list[str]] | str:
    """Return the rows of a ready question, or why there are none."""
    try:
        found = ask_store(store, question, names)
    except QueryError as error:
        return str(error)
    assert isinstance(found, ox.QuerySolutions)
    return list(answer_rows(found))


@given(st.sets(st.sampled_from(NODES), max_size=30), st.sampled_from(list_queries()))
@settings(max_examples=30)
def test_questions_are_answered_alike_without_iris(iris: set[str], question: object) -> None:
    name, taken = question.name, question.parameters  # type: ignore[attr-defined]
    bare = blank(ONE, iris)
    for thing in NAMES if "of" in taken else ():
        assert answer(bare, name, of=thing) == answer(ONE, name, of=thing)
    assert answer(bare, name) == answer(ONE, name)


@given(st.sets(st.sampled_from(NODES), max_size=30))
@settings(max_examples=10)
def test_articles_claim_alike_without_iris(iris: set[str]) -> None:
    bare, whole = blank(NEWS, iris), blank(NEWS, ())
    for store in (bare, whole):
        claim_file(store)

    def tell(store: ox.Store) -> list[tuple[object, ...]]:
        return sorted(
            (it.subject, it.relation, it.object, it.modality, it.voices, it.confidence)
            for it in list_claims(store)
        )

    def link(store: ox.Store) -> list[tuple[object, ...]]:
        network = build_network(hold(store), lang="fr")
        names = network.nodes(data="name")
        return sorted(
            (names[one], said["relation"], names[two], state_of(said), said["quote"])
            for one, two, said in network.edges(data=True)
        )

    assert tell(bare) == tell(whole)
    assert link(bare) == link(whole)


@pytest.mark.parametrize("name", ["Ada Roy", "ada", "Bob", "Hexo", "hexo l", "Lyon"])
def test_things_of_others_are_found_by_their_names(others: Path, name: str) -> None:
    store = read_file(others)
    (node,) = find_nodes(store, name)
    assert isinstance(node, BNode)
    assert find_nodes(store, node.n3()) == [node]  # as answers show it
    assert complete_name(store, node.n3()) == ""
    assert find_nodes(store, complete_name(store, name) or name) == [node]


@pytest.mark.parametrize(
    ("query", "names", "rows"),
    [
        ("SELECT ?name { ?x foaf:knows ?of ; foaf:name ?name }", {"of": "Bob"}, ["Ada Roy"]),
        ("SELECT ?name { ?x foaf:knows ?of ; foaf:name ?name }", {"of": "Carl"}, ["Ada Roy"]),
        ("SELECT ?name { VALUES ?of { UNDEF }\n ?of foaf:knows/foaf:name ?name }", {"of": "Ada"},
         ["Bob Le Goff", "Carl Un"]),
        ("SELECT ?name {\nVALUES ?of { UNDEF }\n ?of foaf:knows/foaf:name ?name }", {"of": "Ada"},
         ["Bob Le Goff", "Carl Un"]),
        ("SELECT ?name { SELECT * { ?x org:memberOf ?of ; foaf:name ?name } }", {"of": "Hexo"},
         ["Carl Un"]),
        ("SELECT ?n { ?of foaf:knows ?x . ?x org:memberOf ?and . ?x foaf:name ?n }",
         {"of": "Ada", "and": "Hexo"}, ["Carl Un"]),
        ("SELECT (COUNT(?x) AS ?n) { ?of foaf:knows ?x } GROUP BY ?of", {"of": "Ada"}, ["2"]),
    ],
)  # fmt: skip
def test_queries_of_ones_own_are_told_whom(
    others: Path, query: str, names: dict[str, str], rows: list[str]
) -> None:
    store = read_file(others)
    for entail in (True, False):
        found = ask_store(store, query, names, entail=entail)
        assert isinstance(found, ox.QuerySolutions)
        assert sorted(row[0] for row in answer_rows(found)) == rows
        told = run_query(hold(store), query, entail=entail, **names)
        assert sorted(str(row[0]) for row in told) == rows


def test_triples_and_yes_or_no_of_whom(others: Path) -> None:
    graph = hold(read_file(others))
    assert run_query(graph, "ASK { ?x foaf:knows ?of }", of="Bob").askAnswer is True
    assert run_query(graph, "ASK { ?x foaf:knows ?of }", of="Hexo").askAnswer is False
    found = run_query(graph, "CONSTRUCT { ?of ?p ?o } WHERE { ?of ?p ?o }", of="Lyon").graph
    assert found is not None
    assert len(found) == 2
    for query in ("CONSTRUCT WHERE { ?of ?p ?o }", "DESCRIBE ?of"):
        with pytest.raises(QueryError, match=r"--of means what has no IRI; write 'VALUES \?of"):
            run_query(graph, query, of="Lyon")


def test_facts_of_a_thing_without_an_iri_are_shown_and_explained() -> None:
    (nordil,) = find_nodes(ONE, "Nordil")
    bare = hold(blank(ONE, [str(nordil)]))
    assert [type(it) for it in find_nodes(bare, "Nordil")] == [BNode]
    shown = focus_graph(bare, "Nordil")
    assert count_facts(shown) == count_facts(focus_graph(hold(ONE), "Nordil"))
    told = [it.words for it in explain_link(bare, "Nordil")]
    assert sorted(told) == sorted(it.words for it in explain_link(hold(ONE), "Nordil"))


def test_things_without_iris_differ_by_their_names(tmp_path: Path) -> None:
    things = [str(it) for name in NAMES for it in find_nodes(ONE, name)]
    told = []
    for at, iris in enumerate((things, things[1:])):
        path = tmp_path / f"{at}.nq"
        blank(ONE, iris).dump(str(path), format=ox.RdfFormat.N_QUADS)
        again = [sorted(map(str, read_file(path))) for _ in range(2)]
        assert again[0] == again[1]  # the labels are those of what is said
        told.append(load_view(path))
    assert diff_graphs(told[0], load_view(tmp_path / "0.nq")) == []
    assert {it.words for it in diff_graphs(*told)} <= {
        it.words for it in explain_link(told[1], things[0])
    }


def test_a_graph_with_triples_as_terms_is_checked() -> None:
    store = ox.Store()
    store.load("<urn:q> <urn:says> <<( <urn:a> <urn:p> 'l' )>> .", ox.RdfFormat.TURTLE)
    assert check_graph(hold(store)) == []


def count_facts(graph: Graph) -> int:
    """Count the facts of a graph."""
    return len({*graph.subjects(RDF.type, KG.Fact)})


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    """Run the command; return its exit code, what it prints and what it says."""
    with pytest.raises(SystemExit) as done:
        main([*map(str, words)])
    printed = capsys.readouterr()
    return int(done.value.code or 0), printed.out, printed.err


def test_what_others_have_no_fact_of_is_told(
    others: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    held = "holds no fact (kg:Fact); it holds 15 triples: "
    code, out, err = run(capsys, "query", others, "about", "--of", "Ada")
    assert (code, "no answer" in out) == (0, True)
    assert err.startswith(f"kg: no answer: {others} {held}")
    for words in (["neighbours", "Ada"], ["path", "Ada", "Carl"]):
        code, _, err = run(capsys, "network", others, *words)
        assert (code, err.startswith(f"kg: no answer: {others} {held}")) == (0, True)
    code, _, err = run(capsys, "draw", others, "--focus", "Ada", "-o", others.with_suffix(".html"))
    assert (code, err.startswith(f"kg: {others}: {held}")) == (0, True)
