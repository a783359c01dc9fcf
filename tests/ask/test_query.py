"""Questions have the right answers; what writes or goes elsewhere is refused; names are bound."""

from __future__ import annotations

import contextlib
import gc
import re
import socket
import threading
import weakref
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import MARKED, read_nordil
from press import (
    CHINA,
    CLOUD,
    HEXO,
    JEANNE,
    NORDIL,
    ORVANE,
    VASCO,
    make_reading,
    press_graph,
    press_readings,
)
from rdflib import RDFS, Graph, URIRef

from kg.ask.query import (
    ask_store,
    find_nodes,
    known_prefixes,
    list_queries,
    prepare_query,
    read_query,
    run_query,
)
from kg.ask.sparql import check_query
from kg.errors import QueryError
from kg.graph.rdf import build_graph, write_turtle
from kg.graph.terms import BASE
from kg.graph.vocabularies import NIF, SCHEMA
from kg.model import Entity, Fact, Modality

SIGNED = "a signé avec le chinois Vasco un protocole d'accord"
AREAS = "un protocole d'accord sur le stockage d'énergie et le cloud"
RANKED = "Nordil détient 12,5 % du marché des batteries, devant Orvane"
LEADS = "Jeanne Ferrand, directrice générale de Nordil"
BID = "Vasco étudie le rachat d'Orvane pour 40 millions d'euros"
#: What each row ends with, but for those of the question about articles.
LAST = ["modality", "confidence", "voices", "article", "date", "quote"]
#: question, names → its rows, all columns but confidence, voices, article and date; None is open.
ANSWERS: list[tuple[str, dict[str, str], list[tuple[str | None, ...]]]] = [
    ("partners-of", {"of": "Nordil"}, [("Nordil", "Vasco", "actual", SIGNED)]),
    ("partners-of", {"of": "Vasco"}, [("Vasco", "Nordil", "actual", SIGNED)]),
    ("partners-of", {"of": "Orvane"}, []),
    (
        "partners-of",
        {},
        [("Nordil", "Vasco", "actual", SIGNED), ("Vasco", "Nordil", "actual", SIGNED)],
    ),
    ("competitors-of", {"of": "Orvane"}, [("Orvane", "Nordil", "actual", RANKED)]),
    (
        "subsidiaries-of",
        {"of": "Hexo"},
        [("Hexo", "Nordil", "actual", "Nordil, filiale de Hexo")],
    ),
    ("subsidiaries-of", {"of": "Nordil"}, []),
    ("suppliers-of", {"of": "Hexo"}, [("Hexo", "Vasco", "denied", "Vasco ne fournit pas Hexo")]),
    ("areas-of", {"of": "Vasco"}, [("Vasco", "cloud", "actual", AREAS)]),
    (
        "areas-of",
        {},
        [("Nordil", "stockage d'énergie", "actual", AREAS), ("Vasco", "cloud", "actual", AREAS)],
    ),
    (
        "positions",
        {"of": "Nordil"},
        [("Jeanne Ferrand", "directrice générale", "Nordil", "actual", LEADS)],
    ),
    (
        "positions",
        {"of": "Jeanne Ferrand"},
        [
            ("Jeanne Ferrand", "directrice générale", "Nordil", "actual", LEADS),
            ("Jeanne Ferrand", None, "Orvane", "actual, over", LEADS),
        ],
    ),
    (
        "market-shares",
        {"of": "Nordil"},
        [("Nordil", "12.5", "1", "batteries", "2018", "actual", RANKED)],
    ),
    (
        "plans",
        {},
        [
            ("Nordil", "operatesIn", "Maroc", "planned", "promet une usine au Maroc"),
            ("Vasco", "acquired", "Orvane", "possible", BID),
        ],
    ),
    ("plans", {"of": "Orvane"}, [("Vasco", "acquired", "Orvane", "possible", BID)]),
    (
        "denials",
        {},
        [("Vasco", "supplierOf", "Hexo", "denied", "Vasco ne fournit pas Hexo")],
    ),
    (
        "said-by",
        {"of": "Jeanne Ferrand"},
        [
            ("Jeanne Ferrand", "Nordil", "operatesIn", "Maroc", "planned",
             "promet une usine au Maroc"),
        ],
    ),
    (
        "about",
        {"of": "Orvane"},
        [
            ("Jeanne Ferrand", "holdsPosition", "Orvane", None, "actual, over", LEADS),
            ("Nordil", "competesWith", "Orvane", None, "actual", RANKED),
            ("Vasco", "acquired", "Orvane", "40000000 EUR", "possible", BID),
        ],
    ),
    ("about", {"of": "batteries"}, [
        ("Nordil", "marketShare", "12.5", "batteries", "actual", RANKED),
    ]),
    (
        "companies-by-country",
        {"of": "Chine"},
        [("Chine", "Vasco", "actual", "le chinois Vasco")],
    ),
    (
        "deals",
        {"of": "Vasco"},
        [("Vasco", "acquired", "Orvane", None, "40000000", "EUR", None, "possible", BID)],
    ),
    (
        "agreements",
        {"of": "Vasco"},
        [
            ("accord Nordil – Vasco", "protocole d'accord", "Nordil, Vasco", "Hexo",
             "cloud, stockage d'énergie", None, "actual", SIGNED),
        ],
    ),
    (
        "sources", {"of": "Hexo"},
        [("Nordil et Vasco signent un accord", "nordil", None, None, "17", None, None)],
    ),
    (
        "sources", {},
        [("Nordil et Vasco signent un accord", "nordil", None, None, "17", None, None)],
    ),
]  # fmt: skip


WON = "Nordil a racheté Orvane"
WANTED = "Nordil veut racheter Orvane"
BOUGHT = "Hexo a racheté Belmar"
ALLIED = "Nordil et Vasco sont alliés"
#: The same about the articles of press.py.
PRESS_ANSWERS: list[tuple[str, dict[str, str], list[tuple[str | None, ...]]]] = [
    ("partners-through", {"of": "Nordil"}, [("Nordil", "Vasco", "Belmar", "actual", ALLIED)]),
    ("partners-through", {"of": "Vasco"}, []),
    (
        "ownership-chains", {"of": "Orvane"},
        [("Orvane", "Nordil", "direct", "actual", WON),
         ("Orvane", "Hexo", "through others", "actual", None)],
    ),
    (
        "ownership-chains", {"and_": "Hexo"},
        [("Belmar", "Hexo", "direct", "actual", BOUGHT),
         ("Nordil", "Hexo", "direct", "actual", "Nordil est une filiale de Hexo"),
         ("Orvane", "Hexo", "through others", "actual", None)],
    ),
    (
        "board-links", {"of": "Nordil"},
        [("Nordil", "présidente", "Jeanne Ferrand", None, "Belmar", "actual",
          "Jeanne Ferrand préside Nordil")],
    ),
    (
        "deals-by-amount", {},
        [("900000000", "EUR", "Hexo", "acquired", "Belmar", None, "actual", BOUGHT),
         ("45000000", "EUR", "Nordil", "acquired", "Orvane", None, "actual", WON),
         ("40000000", "EUR", "Nordil", "acquired", "Orvane", None, "planned", WANTED)],
    ),
    (
        "plans-that-became-facts", {},
        [("Nordil", "acquired", "Orvane", WON, "2019-06-11", "planned", WANTED)],
    ),
    (
        "disagreements", {},
        [("Hexo", "acquired", "Belmar", "Belmar", "denied", "Hexo n'a pas racheté Belmar",
          "Rachats", "actual", BOUGHT),
         ("Nordil", "marketShare", "12", "14", "actual", "Nordil a 14 % des batteries",
          "Rachats", "actual", "Nordil a 12 % des batteries")],
    ),
    (
        "news", {"since": "2019-07", "of": "Hexo"},
        [("2019-07-02", "Hexo", "acquired", "Belmar", "actual", BOUGHT),
         ("2019-07-02", "Nordil", "subsidiaryOf", "Hexo", "actual",
          "Nordil est une filiale de Hexo")],
    ),
    (
        "companies-by-area", {"of": "cloud"},
        [("cloud", "Nordil", None, "actual", "Nordil travaille sur le cloud"),
         ("cloud", "Vasco", "Chine", "actual", "Vasco travaille sur le cloud")],
    ),
    (
        "companies-by-area", {"of": "cloud", "in_": "Chine"},
        [("cloud", "Vasco", "Chine", "actual", "Vasco travaille sur le cloud")],
    ),
    (
        "companies-by-area", {"in_": "Chine"},
        [("cloud", "Vasco", "Chine", "actual", "Vasco travaille sur le cloud")],
    ),
    (
        "partners-and-areas", {"of": "Nordil"},
        [("Nordil", "Vasco", "cloud", "actual", ALLIED)],
    ),
    ("partners-of", {"of": "Nordil", "in_": "Chine"}, [("Nordil", "Vasco", "actual", ALLIED)]),
    ("partners-of", {"of": "Vasco", "in_": "Chine"}, []),
    ("sources", {"since": "2019-07"}, [("Postes", "postes", None, "2019-07-02", "4", None, None)]),
]  # fmt: skip


def rows(graph: Graph, query: str, **names: str) -> list[tuple[str | None, ...]]:
    result = run_query(graph, query, **names)
    return [tuple(None if cell is None else str(cell) for cell in row) for row in result]


@pytest.mark.parametrize(("question", "names", "answer"), ANSWERS)
def test_question_has_its_answer(
    graph: Graph, question: str, names: dict[str, str], answer: list[tuple[str | None, ...]]
) -> None:
    assert short_rows(graph, question, **names) == answer


def short_rows(graph: Graph, question: str, **names: str) -> list[tuple[str | None, ...]]:
    """Return a ready question's rows without confidence, voices, article and date."""
    found = rows(graph, question, **names)
    return found if question == "sources" else [(*row[:-5], row[-1]) for row in found]


@pytest.mark.parametrize("question", [one.name for one in list_queries()])
def test_every_row_ends_with_how_sure_it_is_and_who_says_so_where(question: str) -> None:
    graph = build_graph([*press_readings(), read_nordil()])
    answer = run_query(graph, question)
    columns = list(map(str, answer.vars or []))
    if question == "sources":
        return
    assert columns[-6:] == LAST
    assert len(answer.bindings) > 0
    told = {
        (str(title), str(graph.value(article, SCHEMA.datePublished) or "")): str(text)
        for article, text in graph.subject_objects(NIF.isString)
        for title in graph.objects(article, RDFS.label)
    }
    for row in answer:
        modality, confidence, voices, article, date, quote = list(row)[-6:]
        assert str(modality).partition(",")[0] in {"actual", "planned", "possible", "denied"}
        if quote is None:  # of what holds through others
            assert question == "ownership-chains"
            continue
        assert 0 < float(confidence) <= 1
        assert int(voices) == 1
        assert str(quote) in told[str(article), str(date)]


def test_evidence_is_the_words_their_sentence_and_their_place(graph: Graph) -> None:
    from conftest import TEXT

    answer = run_query(graph, "evidence", of="Vasco", and_="le groupe Nordil")
    (row,) = answer.bindings
    found = {str(name): str(value) for name, value in row.items()}
    assert found["quote"] == SIGNED
    assert TEXT[int(found["begin"]) : int(found["end"])] == SIGNED
    assert found["sentence"].startswith("Le groupe Nordil, filiale de Hexo, a signé")
    assert found["article"] == "Nordil et Vasco signent un accord"
    assert rows(graph, "evidence", of="Nordil", and_="Vasco") == rows(
        graph, "evidence", of="Vasco", and_="Nordil"
    )


def test_every_question_is_tested_and_told() -> None:
    questions = list_queries()
    assert len(questions) == 25
    tested = {name for name, _, _ in (*ANSWERS, *PRESS_ANSWERS)} | {"evidence"}
    assert tested == {one.name for one in questions}
    for one in questions:
        assert re.match(r"[A-Z].*\. `--(of|since) ", one.answers), one.name
        assert re.match(rf"kg query graph\.ttl {one.name} --(of|since) ", one.example), one.name
        assert "of" in one.parameters


@pytest.mark.parametrize(("question", "parameters", "answer"), PRESS_ANSWERS)
def test_question_to_several_articles_has_its_answer(
    question: str, parameters: dict[str, str], answer: list[tuple[str | None, ...]]
) -> None:
    assert short_rows(press_graph(), question, **parameters) == answer


#: What rdflib would cross all facts with all for, as it joins subselects.
CROSSED = "disagreements"


@pytest.mark.parametrize("question", sorted({one.name for one in list_queries()} - {CROSSED}))
def test_question_is_answered_alike_by_rdflib(
    question: str, examples: tuple[ox.Store, Graph]
) -> None:
    store, graph = examples
    ours = ask_store(store, question, {})
    assert isinstance(ours, ox.QuerySolutions)
    theirs = graph.query(prepare_query(store, question, {}), initNs=known_prefixes())
    answer = [[value_of(cell) for cell in row] for row in theirs]
    assert answer
    assert [[value_of(cell) for cell in row] for row in ours] == answer


@pytest.fixture(scope="module")
def examples() -> tuple[ox.Store, Graph]:
    """Return the graph of the examples and of the press in both engines."""
    store, graph = ox.Store(), Graph()
    for path in sorted(MARKED.glob("*.ttl")):
        store.load(path=str(path), format=ox.RdfFormat.TURTLE)
        graph.parse(path)
    for turtle in map(write_turtle, (press_graph(), build_graph([read_nordil()]))):
        store.load(turtle.encode(), format=ox.RdfFormat.TURTLE)
        graph.parse(data=turtle)
    return store, graph


def value_of(term: object) -> str | float | None:
    """Return a term's text, or a decimal's value: Oxigraph writes it in its short form."""
    if term is None:
        return None
    text = term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
    kind = getattr(term.datatype, "value", term.datatype) if hasattr(term, "datatype") else ""
    return float(text) if str(kind).endswith("#decimal") else text


@pytest.mark.parametrize(
    ("question", "parameters", "count"),
    [
        ("deals", {"since": "2019-06-11"}, 3),
        ("deals", {"since": "2019-06-12"}, 1),
        ("deals", {"since": "2020"}, 0),
        ("deals", {"min_confidence": 0.7}, 4),
        ("deals", {"min_confidence": "0.71"}, 3),
        ("deals", {"modality": "planned"}, 1),
        ("deals", {"modality": "Planned, denied"}, 2),
        ("deals", {"of": "Hexo", "modality": "actual", "since": "2019", "min_confidence": 1}, 1),
        ("partners-of", {"in_": "Chine"}, 2),
        ("news", {}, 14),
    ],
)
def test_parameters_narrow_an_answer(question: str, parameters: dict[str, str], count: int) -> None:
    assert len(rows(press_graph(), question, **parameters)) == count


def say_all(*articles: tuple[str, tuple[tuple[str, Fact], ...]]) -> Graph:
    """Return the graph of some articles, each with its date and what it says."""
    return build_graph([make_reading(f"a{n}", *one) for n, one in enumerate(articles)])


def test_since_is_what_happened_or_was_told() -> None:
    old = Fact(NORDIL, "acquired", ORVANE, qualifiers={"date": "2019"})
    new = Fact(VASCO, "acquired", HEXO, qualifiers={"date": "2024"})
    graph = say_all(("2024-06-04", (("Nordil a pris Orvane", old),)),
                    ("2023-01-01", (("Vasco prendra Hexo", new),)))  # fmt: skip
    assert len(rows(graph, "news", since="2024-06")) == 2
    assert [row[1] for row in rows(graph, "news", since="2024-07")] == ["Vasco"]
    assert rows(graph, "news", since="2025") == []


def test_symmetric_relations_are_compared_both_ways() -> None:
    plan, done = Fact(VASCO, "mergedWith", NORDIL, "Planned"), Fact(NORDIL, "mergedWith", VASCO)
    denied, allied = Fact(HEXO, "partnerOf", ORVANE, "Denied"), Fact(ORVANE, "partnerOf", HEXO)
    graph = say_all(
        ("2023-02-03", (("Vasco veut fusionner", plan), ("Hexo dément", denied))),
        ("2024-02-03", (("Nordil a fusionné", done), ("Orvane et Hexo", allied))),
    )
    (row,) = rows(graph, "plans-that-became-facts")
    assert row[3:5] == ("Nordil a fusionné", "2024-02-03")
    assert row[-2:] == ("2023-02-03", "Vasco veut fusionner")
    (row,) = rows(graph, "disagreements")
    assert (row[0], row[2], row[7], row[4]) == ("Orvane", "Hexo", "actual", "denied")


def test_another_role_does_not_fulfil_a_plan() -> None:
    def takes(role: str, modality: Modality) -> Fact:
        return Fact(JEANNE, "holdsPosition", HEXO, modality, qualifiers={"role": role})

    plan = ("2024-01-02", (("Jeanne dirigera Hexo", takes("directrice générale", "Planned")),))
    for role, count in (("directrice financière", 0), ("Directrice générale", 1)):
        graph = say_all(plan, ("2024-05-06", (("Jeanne a été nommée", takes(role, "Actual")),)))
        assert len(rows(graph, "plans-that-became-facts")) == count
    graph = say_all(plan, ("", (("Jeanne a été nommée", takes("directrice générale", "Actual")),)))
    assert rows(graph, "plans-that-became-facts") == []


def test_every_article_is_a_source() -> None:
    said = ("2024-01-02", (("Nordil a pris Orvane", Fact(NORDIL, "acquired", ORVANE)),))
    readings = [make_reading(name, *said) for name in ("un", "deux")]
    same = [replace(one, article=replace(one.article, title="Le jour")) for one in readings]
    answer = rows(build_graph(same), "sources")
    assert [row[:2] for row in answer] == [("Le jour", "deux"), ("Le jour", "un")]


def test_place_that_is_asked_for_is_the_one_shown() -> None:
    france = Entity("France", "Country")
    graph = say_all(("2024-01-02", (
        ("Vasco, chinois", Fact(VASCO, "basedIn", CHINA)),
        ("Vasco, français", Fact(VASCO, "basedIn", france)),
        ("Vasco, cloud", Fact(VASCO, "cooperatesIn", CLOUD)),
    )))  # fmt: skip
    answer = rows(graph, "companies-by-area", in_="Chine")
    assert [row[:3] for row in answer] == [("cloud", "Vasco", "Chine")]


def test_denied_partners_link_nobody() -> None:
    graph = say_all(("2024-01-02", (
        ("Nordil n'est pas allié à Vasco", Fact(NORDIL, "partnerOf", VASCO, "Denied")),
        ("Vasco n'est pas allié à Hexo", Fact(VASCO, "partnerOf", HEXO, "Denied")),
    )))  # fmt: skip
    assert rows(graph, "partners-through") == []
    with pytest.raises(QueryError, match="about what is actual and planned and possible"):
        run_query(graph, "partners-through", modality="denied")


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"since": "٢٠٢٤"}, "no date"),
        ({"since": "hier"}, "'hier' is no date; write 2019"),
        ({"since": "2019-13"}, "no date"),
        ({"since": '2019" } #'}, "no date"),
        ({"min_confidence": "2"}, "'2' is no confidence; give a number from 0 to 1"),
        ({"min_confidence": "NaN"}, "no confidence"),
        ({"min_confidence": "0.5) } #"}, "no confidence"),
        ({"modality": "actual> }"}, "no modality; give one or more of actual, planned"),
        ({"of": "Nordill"}, "names no 'Nordill'; nearest: Nordil"),
        ({"and_": "Nordil"}, "'deals' takes no --and; it takes --of, --in, --since"),
        ({"colour": "red"}, "takes no --colour"),
    ],
)
def test_wrong_parameter_is_refused(parameters: dict[str, str], said: str) -> None:
    with pytest.raises(QueryError, match=re.escape(said)):
        run_query(press_graph(), "deals", **parameters)


def test_a_query_of_ones_own_has_parameters_too() -> None:
    text = """
    SELECT ?name ?c {
      VALUES ?of { UNDEF }
      VALUES ?min_confidence { 0 }  # a note
      ?fact rdf:subject ?of ; kg:confidence ?c FILTER(?c >= ?min_confidence)
      ?of rdfs:label ?name
    }"""
    assert len(rows(press_graph(), text, of="nordil")) == 7
    assert len(rows(press_graph(), text)) == 14
    assert len(rows(press_graph(), text, of="nordil", min_confidence=0.9)) == 6
    with pytest.raises(QueryError, match="fills nothing; write 'VALUES \\?since"):
        run_query(press_graph(), text, since="2019")


def test_no_cell_is_an_iri(graph: Graph) -> None:
    for question in list_queries():
        both = graph + press_graph()
        answer = rows(both, question.name)
        assert answer, question.name
        assert not [cell for row in answer for cell in row if cell and "://" in cell]


def test_question_over_two_labels_has_one_row(say: Callable[..., Graph]) -> None:
    graph = say("Hexo", "acquired", "Orvane")
    graph += say("Groupe Hexo", "acquired", "Orvane SA", "Planned")
    assert [row[0] for row in rows(graph, "deals", of="hexo")] == ["Groupe Hexo"] * 2


@pytest.mark.parametrize(
    "name", ["Nordil", "NORDIL", "le groupe Nordil", "Groupe nordil", "nördil"]
)
def test_name_is_found_whatever_its_form(graph: Graph, name: str) -> None:
    assert find_nodes(graph, name) == [URIRef(f"{BASE}org/nordil")]


def test_iri_is_a_name_too(graph: Graph) -> None:
    assert len(rows(graph, "partners-of", of=f"{BASE}org/nordil")) == 1


def test_name_of_an_area_means_what_belongs_to_it(examples: tuple[ox.Store, Graph]) -> None:
    store, _ = examples
    area = "https://w3id.org/pressgraph/areas#mobility"
    assert find_nodes(store, "Mobilité") == find_nodes(store, "mobility")
    assert URIRef(area) in find_nodes(store, "mobility")
    found = ask_store(store, "companies-by-area", {"of": "mobilité"})
    assert isinstance(found, ox.QuerySolutions)
    names = [row["area"].value for row in found]
    assert {*names} == {
        "L’autopartage sur le marché chinois", "mobilité intelligente",
        "conception de voitures et d’autobus électriques",
    }  # fmt: skip
    with pytest.raises(QueryError, match="names no 'hydrogène'"):
        find_nodes(store, "hydrogène")


def test_unknown_name_is_told_with_the_nearest(graph: Graph) -> None:
    with pytest.raises(QueryError, match=r"names no 'Nordill'; nearest: Nordil"):
        run_query(graph, "partners-of", of="Nordill")


HOSTILE = [
    'Vasco" } ; DROP ALL ; #',
    "Vasco> . ?s ?p ?o } #",
    "} UNION { ?of ?p ?o } #",
    "https://pressgraph.example/id/org/vasco> <x",
    '\\u003E \\" \n \x1b[31m',
    "https://a.example/b c",
    "{}%s$1?of",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_name_is_only_a_name(say: Callable[..., Graph], name: str) -> None:
    graph = say(name, "partnerOf", "Nordil")
    graph += say("Orvane", "partnerOf", "Hexo")
    before = set(graph)
    assert [row[:2] for row in rows(graph, "partners-of", of=name)] == [(name, "Nordil")]
    assert [row[:2] for row in rows(graph, "evidence", of="Nordil", and_=name)] == [
        (name, "partnerOf")
    ]
    assert rows(graph, "partners-of", of="Nordil", in_=name) == []
    assert set(graph) == before


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_name_that_nobody_has_is_refused(graph: Graph, name: str) -> None:
    with pytest.raises(QueryError, match="names no"):
        run_query(graph, "partners-of", of=name)


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <http://a> <http://b> <http://c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "DROP ALL",
        "LOAD <http://127.0.0.1:9/x>",
        "PREFIX a: <http://a/> INSERT { ?s a:b 1 } WHERE { ?s ?p ?o }",
    ],
)
def test_update_is_refused(graph: Graph, update: str) -> None:
    before = set(graph)
    with pytest.raises(QueryError, match="an update"):
        run_query(graph, update)
    assert set(graph) == before


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "ASK { ?a ?b ?c FILTER EXISTS { SERVICE SILENT ?a { ?s ?p ?o } } }",
        "SELECT * { { SELECT ?s { OPTIONAL { SERVICE <http://127.0.0.1:9/> { ?s ?p 1 } } } } }",
        "SELECT * { ?s ?p ?o . # \r SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ],
)
def test_other_servers_are_not_asked(graph: Graph, query: str) -> None:
    with pytest.raises(QueryError, match="SERVICE asks another server"):
        run_query(graph, query)


#: Ways to hide SERVICE from one parser or the other: escapes that only rdflib reads, words that
#: only Oxigraph ends, lines that parameters replace.
HIDDEN = [
    "SELECT * {\nVALUES ?y { UNDEF } BIND('''\nSERVICE <URL> { ?a ?b \"x\" }\n#''' AS ?z)\n}",
    "SELECT * {\nVALUES ?of { UNDEF } # BIND('''\nSERVICE <URL> { ?a ?b \"x\" }\n#''' AS ?z)\n}",
    'SELECT * { FILTER("\\u0022\\u0023" != "") SERVICE <URL> { ?a ?b ?c } #\\u000A != "")\n}',
    'SELECT * { BIND("x\\u005C" AS ?q) SERVICE <URL> { ?a ?b ?c } #" AS ?q)\n}',
    'SELECT * { #\\u000A BIND("""\nSERVICE <URL> { ?a ?b ?c } #""" AS ?t)\n}',
    "PREFIX o: <URL>\nSELECT * { SERVICEo: { ?a ?b ?c } }",
    "PREFIX o: <URL>\nSELECT * { SERVICE#x{\n SILENT # {\r o: #}\n { ?a ?b ?c } }",
    "PREFIX o: <URL>\nSELECT * { ?a ?b 1SERVICE o:{ ?c ?d ?e } }",
    "SELECT * { VALUES ?u { <URL> } service?u{ ?a ?b ?c } }",
    "SELECT * { ?a ?b ?c FILTER(1<'a>') SERVICE<URL>{ ?a ?b ?c } #'\n }",
]


@pytest.mark.parametrize("query", HIDDEN)
def test_nothing_hidden_leaves_the_machine(graph: Graph, query: str) -> None:
    called = []

    def listen() -> None:
        with contextlib.suppress(OSError):
            connection, client = server.accept()
            called.append(client)
            connection.close()

    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)
        listener = threading.Thread(target=listen)
        listener.start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/s"
        with pytest.raises(QueryError):
            list(run_query(graph, query.replace("URL", address)))
        listener.join()
    assert called == []


def test_what_only_looks_like_service_is_asked(graph: Graph) -> None:
    query = """
    PREFIX service: <http://a.example/>
    SELECT ?service { # SERVICE is what they sell {
      ?service a kg:Company ; rdfs:label ?name
      FILTER(CONTAINS(?name, "o") && ?name != "le service" && "service client" != "")
      OPTIONAL { ?service service:service ?x }
    }"""
    assert len(rows(graph, query)) > 2


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT ?x\nWHERE { ?x ?y", "line 2, column"),
        (
            "SELECT * {\n VALUES ?of { UNDEF }\n ?a unknown:b ?c }",
            "line 3, column 14: unknown",
        ),
        ("DESCRIBE<urn:a", "line 1, column 15: malformed"),
        ("hello", "no question 'hello'; 'kg query GRAPH' lists all"),
        ("PARTNERS-OF", "nearest: partners-of"),
        ("SELECT ?x\nWHERE { ?x foo:bar ?y }", "line 2, column 19: unknown prefix"),
        ("SELECT ?x WHERE { ?x } {", "line 1, column"),
        ("bonjour le monde", "no question 'bonjour le monde'; 'kg query GRAPH' lists all"),
        ("partner-of", "no question 'partner-of'; nearest: partners-of"),
        ("SELECT " + "{" * 5000, "SPARQL"),
        ("", "no question ''"),
    ],
)
def test_malformed_query_is_told_in_one_line(graph: Graph, query: str, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        run_query(graph, query)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 200


def test_name_without_its_variable_is_refused(graph: Graph) -> None:
    with pytest.raises(QueryError, match="takes no --and"):
        run_query(graph, "partners-of", and_="Vasco")


def test_each_kind_of_query_is_answered(graph: Graph) -> None:
    select = "SELECT ?name { ?of rdfs:label ?name } ORDER BY ?name # fin"
    assert rows(graph, select, of="vasco") == [("Vasco",)]
    assert run_query(graph, "ASK { ?of kg:partnerOf ?x }", of="Nordil").askAnswer is True
    assert run_query(graph, "ASK { ?of kg:partnerOf ?x }", of="Orvane").askAnswer is False
    made = run_query(graph, "CONSTRUCT { ?a kg:knows ?b } WHERE { ?a kg:partnerOf ?b }").graph
    assert made is not None
    assert len(made) == 1
    described = run_query(graph, f"DESCRIBE <{BASE}org/vasco>").graph
    assert described is not None
    assert len(described) > 1


def test_plans_give_no_direct_triple(graph: Graph) -> None:
    assert run_query(graph, "ASK { ?a kg:acquired|kg:operatesIn|kg:supplierOf ?b }").askAnswer is (
        False
    )


def test_query_is_read_from_a_file_or_is_the_text(tmp_path: Path) -> None:
    path = tmp_path / "une question.rq"
    path.write_text("\ufeffDESCRIBE <urn:é>", encoding="utf-8")
    assert read_query(str(path)) == "DESCRIBE <urn:é>"
    for text in ("DESCRIBE o:nordil", "CONSTRUCT WHERE { ?a ?b ?c } #" + "x" * 5000):
        assert read_query(text) == text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("missing.rq", None, "cannot be read: No such file or directory"),
        ("deux mots.rq", None, "cannot be read: No such file or directory"),
        ("", None, "cannot be read: Is a directory"),
        ("latin.rq", "DESCRIBE <urn:é>".encode("latin-1"), "not UTF-8"),
        ("empty.rq", b" \n", "empty"),
    ],
)
def test_query_that_cannot_be_read_is_told(
    tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(QueryError, match=said):
        read_query(str(path))


def test_a_byte_order_mark_is_no_part_of_a_query() -> None:
    assert run_query(Graph(), "\ufeffASK {}").askAnswer


def test_a_question_read_keeps_nothing_of_who_asked() -> None:
    class Answer:
        """Stands for Oxigraph's, which may end in no other thread, and so in no collection."""

    def ask(answer: Answer) -> weakref.ref[Answer]:
        check_query("PREFIX kg: <urn:kg#> SELECT ?kept { ?kept a kg:Company }")
        return weakref.ref(answer)

    gc.disable()
    try:
        kept = ask(Answer())
    finally:
        gc.enable()
    assert kept() is None
