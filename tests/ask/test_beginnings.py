"""A unique beginning of a name is enough; where several names begin so, they are told."""

from __future__ import annotations

import pytest
from rdflib import Graph, URIRef

from kg.ask.explain import explain_link
from kg.errors import KgError, QueryError
from kg.graph.rdf import BASE, build_graph
from kg.model import Article, Entity, Fact, Reading
from kg.store.engine import engine_of, on_oxigraph
from kg.store.labels import complete_name, find_nodes

ALIBABA = Entity("Alibaba", "Company", ("Ali Baba Group",))
CLOUD = Entity("Alibaba Cloud", "Company")
ELIE, ACCORD = Entity("Élie Dupré", "Person"), Entity("Élie – accord", "Memorandum")
CHINA = Entity("Chine", "Country")
HEXO = Entity("Hexo", "Company")


@pytest.fixture
def graph() -> Graph:
    facts = (
        Fact(ALIBABA, "partnerOf", CLOUD),
        Fact(ELIE, "holdsPosition", CLOUD),
        Fact(ALIBABA, "basedIn", CHINA),
        Fact(HEXO, "basedIn", CHINA),
    )
    article = Article("a", "Un texte.", title="Chinois ou non, Élie arrive")
    things = (ALIBABA, CLOUD, ELIE, ACCORD, CHINA, HEXO)
    return on_oxigraph(build_graph([Reading(article, things, facts, ((0, 9),))]))


@pytest.mark.parametrize(
    ("given", "meant", "whole"),
    [
        ("Alibaba", "org/alibaba", ""),
        ("ali ba", "org/alibaba", "Ali Baba Group"),
        ("alibaba c", "org/alibaba-cloud", "Alibaba Cloud"),
        ("eli", "person/elie-dupre", "Élie Dupré"),
        ("Chin", "place/chine", "Chine"),
        ("Élie – a", "agreement/", "Élie – accord"),
    ],
)
def test_a_beginning_of_one_thing_is_its_name(
    graph: Graph, given: str, meant: str, whole: str
) -> None:
    (found,) = find_nodes(graph, given)
    assert found.startswith(f"{BASE}{meant}")
    assert complete_name(engine_of(graph), given) == whole
    assert complete_name(engine_of(graph), str(found)) == ""


def test_several_that_begin_alike_are_told(graph: Graph) -> None:
    said = "several names begin with 'Alib': Alibaba, Alibaba Cloud; give more of one"
    with pytest.raises(QueryError, match=said):
        find_nodes(graph, "Alib")
    for nothing in ("Zz", "libaba", "", " "):
        with pytest.raises(QueryError, match=f"the graph names no '{nothing}'"):
            find_nodes(graph, nothing)


def test_a_whole_name_is_no_beginning_and_one_name_may_mean_two() -> None:
    twins = (Entity("Martin", "Person"), Entity("Martin", "Company"), Entity("Martinez", "Person"))
    reading = Reading(Article("a", "Un texte."), twins, ())
    graph = on_oxigraph(build_graph([reading]))
    both = [URIRef(f"{BASE}org/martin"), URIRef(f"{BASE}person/martin")]
    assert find_nodes(graph, "martin") == both
    with pytest.raises(QueryError, match="several names begin with 'Mart': Martin, Martinez"):
        find_nodes(graph, "Mart")


def test_many_that_begin_alike_are_cut_short() -> None:
    many = tuple(Entity(f"Nord {number}", "Company") for number in range(8))
    graph = on_oxigraph(build_graph([Reading(Article("a", "Un texte."), many, ())]))
    with pytest.raises(QueryError, match="Nord 3, Nord 4 and 3 more; give more of one"):
        find_nodes(graph, "Nord")


def test_no_explanation_leads_through_a_place_unless_it_may(graph: Graph) -> None:
    said = "'Hexo' and 'Alibaba' are not linked by any fact; allow ways through places"
    with pytest.raises(KgError, match=said):
        explain_link(graph, "Hexo", "Alibaba")
    way = explain_link(graph, "Hexo", "Alibaba", through=("Country",))
    assert [(it.step, it.subject, it.object) for it in way] == [
        (1, "Hexo", "Chine"), (2, "Alibaba", "Chine"),
    ]  # fmt: skip
    (home,) = explain_link(graph, "Hexo", "Chine")
    assert home.relation == "basedIn"
    assert explain_link(graph, "Élie", "Chine")[-1].object == "Chine"
