"""FollowTheMoney: what opens in OpenAleph says no more than articles do, and stays the same."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from press import press_readings
from rdflib import Graph

from kg.exports.forms import export_graph
from kg.exports.ftm.countries import country_codes
from kg.exports.ftm.entities import statement_row
from kg.exports.ftm.links import choose_position
from kg.exports.ftm.values import TYPES, Value, entity_id
from kg.graph.rdf import BASE, build_graph
from kg.graph.terms import graph_iri
from kg.model import Article, Entity, Fact, Modality, Reading
from kg.store.engine import hold
from kg.store.held import Held
from kg.store.store import read_triples, replace_graph
from kg.who.decisions import read_decision
from kg.who.view.resolve import resolve

#: The schemata that are written, as followthemoney 4.11.2 has them.
SCHEMA = json.loads((Path(__file__).parent / "ftm_schema.json").read_text(encoding="utf-8"))
ID = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?")
DATASET = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")
AVA, BOR = Entity("Ava", "Organization"), Entity("Bor", "Company")
LEA = Entity("Léa Roy", "Person")
FRANCE, LYON = Entity("France", "Place"), Entity("Lyon", "City")


def say(name: str, *facts: Fact, date: str = "2024-03-04") -> Reading:
    text = f"{name} le dit."
    ends = {end: None for fact in facts for end in (fact.subject, fact.object)}
    told = tuple(
        Fact(it.subject, it.property, it.object, it.modality, it.ended, it.qualifiers,
             confidence=0.8, evidence=((0, len(text)),))
        for it in facts
    )  # fmt: skip
    article = Article(
        name, text, title=f"Titre {name}", published=date, source="Le Soir",
        url=f"https://soir.example/{name}",
    )  # fmt: skip
    return Reading(article, tuple(it for it in ends if isinstance(it, Entity)), told)


def make(*readings: Reading, lines: tuple[dict[str, str], ...] = ()) -> Graph:
    store = ox.Store()
    for reading in readings:
        name = ox.NamedNode(str(graph_iri(reading.article)))
        replace_graph(store, name, read_triples(reading, BASE, True))
    resolve(Held(store), map(read_decision, lines))
    return hold(store)


def read(graph: Graph) -> dict[str, dict[str, Any]]:
    entities = map(json.loads, export_graph(graph, "ftm")[""].splitlines())
    return {it["id"]: it for it in entities}


def statements(graph: Graph) -> list[dict[str, str]]:
    return list(csv.DictReader(export_graph(graph, "ftm-statements")[""].splitlines()))


def check(entities: dict[str, dict[str, Any]]) -> None:
    """Hold entities against the schemata: what there is, what has to be, and what leads where."""
    for node, entity in entities.items():
        schema = SCHEMA[entity["schema"]]
        assert ID.fullmatch(node)
        assert {*schema["required"]} <= entity["properties"].keys()
        for prop, values in entity["properties"].items():
            kind, *ranges = schema["properties"][prop]
            assert TYPES[prop] == kind
            assert values == sorted({*values}) != []
            if kind == "country":
                assert {*values} <= {*country_codes().values()}
            for value in values if kind == "entity" else ():
                assert {*ranges} <= {*SCHEMA[entities[value]["schema"]]["is"]}


@pytest.fixture
def news() -> Graph:
    return make(
        say("a", Fact(AVA, "acquired", BOR, "Planned"), Fact(BOR, "basedIn", FRANCE)),
        say("b", Fact(AVA, "acquired", BOR, qualifiers={"share": 30, "date": "2024"}),
            Fact(BOR, "basedIn", LYON), Fact(LEA, "holdsPosition", BOR, qualifiers={"role": "PDG"}),
            date="2024-07-01"),
        say("c", Fact(Entity("Avva", "Organization"), "subsidiaryOf", BOR, "Denied"),
            Fact(LEA, "holdsPosition", AVA, ended=True, qualifiers={"role": "PDG"})),
        lines=({"left": "Ava", "is": "same", "right": "Avva"},
               {"left": "Ava", "is": "same", "right": "wikidata:Q42"}),
    )  # fmt: skip


def test_what_is_so_today_is_a_link_with_its_proof(news: Graph) -> None:
    entities = read(news)
    check(entities)
    ava, bor = (entities[entity_id(f"{BASE}org/{name}")] for name in ("ava", "bor"))
    assert ava["properties"] == {"alias": ["Avva"], "name": ["Ava"], "wikidataId": ["Q42"]}
    assert bor["properties"] == {"address": ["Lyon"], "country": ["fr"], "name": ["Bor"]}
    (deal,) = (it for it in entities.values() if it["schema"] == "Ownership")
    article = entity_id("https://soir.example/b")
    told = deal["properties"]
    assert (told["owner"], told["asset"]) == ([ava["id"]], [bor["id"]])
    assert (told["percentage"], told["date"], told["proof"]) == (["30"], ["2024"], [article])
    assert told["sourceUrl"] == ["https://soir.example/b"]
    assert told["summary"] == ["b le dit."]
    assert told["description"] == [
        "agreed: confidence 0.80; 2 voices; 2024-03-04 planned; 2024-07-01 actual"
    ]
    assert entities[article]["properties"]["title"] == ["Titre b"]
    assert "status" not in told
    (post,) = (it for it in entities.values() if it["schema"] == "Directorship")
    assert post["properties"]["role"] == ["PDG"]


def test_what_is_not_so_today_is_no_plain_link(news: Graph) -> None:
    links = [it["properties"] for it in read(news).values() if it["schema"] == "UnknownLink"]
    assert sorted((it["role"][0], it["status"][0]) for it in links) == [
        ("PDG (actual, over)", "actual, over"), ("subsidiary of (denied)", "denied"),
    ]  # fmt: skip


@pytest.mark.parametrize("modality", ["Planned", "Possible", "Denied"])
@pytest.mark.parametrize(
    "relation", ["acquired", "holdsStakeIn", "subsidiaryOf", "holdsPosition", "partnerOf"]
)
def test_no_modality_but_actual_makes_a_kind_of_its_own(modality: Modality, relation: str) -> None:
    subject = LEA if relation == "holdsPosition" else AVA
    entities = read(
        make(say("a", Fact(subject, relation, BOR, modality), Fact(BOR, "basedIn", LYON, modality)))
    )
    check(entities)
    kinds = [it["schema"] for it in entities.values() if "proof" in it["properties"]]
    assert kinds == ["UnknownLink"]
    assert "address" not in entities[entity_id(f"{BASE}org/bor")]["properties"]


def test_what_is_disputed_is_told_so() -> None:
    graph = make(
        say("a", Fact(AVA, "acquired", BOR)), say("b", Fact(AVA, "acquired", BOR, "Denied"))
    )
    (link,) = (it for it in read(graph).values() if "proof" in it["properties"])
    assert (link["schema"], link["properties"]["status"]) == ("UnknownLink", ["disputed"])


def test_statements_say_the_same_by_source(news: Graph) -> None:
    rows = statements(news)
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert DATASET.fullmatch(row["dataset"])
        assert row["prop_type"] == SCHEMA[row["schema"]]["properties"][row["prop"]][0]
    found: dict[str, dict[str, set[str]]] = {}
    for row in rows:
        found.setdefault(row["canonical_id"], {}).setdefault(row["prop"], set()).add(row["value"])
    assert found == {
        node: {prop: {*values} for prop, values in it["properties"].items()}
        for node, it in read(news).items()
    }
    (avva,) = (row for row in rows if row["value"] == "Avva")
    assert avva["canonical_id"] == entity_id(f"{BASE}org/ava")
    assert avva["entity_id"] == entity_id(f"{BASE}org/avva")
    assert (avva["dataset"][:8], avva["first_seen"], avva["lang"]) == (
        "titre_c_", "2024-03-04", "fra",
    )  # fmt: skip


def test_a_statement_has_the_id_that_the_package_gives_it() -> None:
    row = statement_row(Value("kg-a", "kg-b", "Company", "name", "Avva", "le_soir", lang="fra"))
    assert row[-1] == hashlib.sha1(b"le_soir.kg-b.name.Avva@fra").hexdigest()
    row = statement_row(Value("kg-a", "kg-b", "Company", "country", "fr", "le_soir"))
    assert row[-1] == hashlib.sha1(b"le_soir.kg-b.country.fr").hexdigest()


def test_ids_stay_when_articles_come(news: Graph) -> None:
    before = read(make(say("a", Fact(AVA, "acquired", BOR, "Planned"))))
    assert before.keys() <= read(news).keys()


def test_a_graph_of_a_file_is_exported_too() -> None:
    graph = build_graph(press_readings())
    entities = read(graph)
    check(entities)
    assert {it["schema"] for it in entities.values()} >= {"Article", "Company", "Ownership"}
    assert export_graph(graph, "ftm") == export_graph(build_graph(press_readings()), "ftm")


def test_words_of_articles_are_no_formulas() -> None:
    name = "=HYPERLINK(1)"
    rows = statements(make(say("a", Fact(Entity(name, "Company"), "acquired", BOR))))
    assert {row["value"] for row in rows if row["prop"] == "name"} == {f"'{name}", "Bor"}


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        ("président-directeur général", "Directorship"), ("P-DG", "Directorship"),
        ("administratrice indépendante", "Directorship"), ("CEO", "Directorship"),
        ("membre du conseil de surveillance", "Directorship"), ("membre", "Membership"),
        ("directrice des ventes", "Employment"), ("", "Employment"),
    ],
)  # fmt: skip
def test_positions_are_told_apart_by_their_titles(role: str, kind: str) -> None:
    assert choose_position(role, "Person", "Company")[0] == kind


def test_the_package_itself_takes_it(news: Graph, tmp_path: Path) -> None:
    ftm = pytest.importorskip("followthemoney")
    for entity in read(news).values():
        schema = ftm.model.get(entity["schema"])
        assert not schema.validate(entity)
        told = ftm.proxy.EntityProxy.from_dict(entity, cleaned=False).to_dict()["properties"]
        assert {prop: sorted(values) for prop, values in told.items()} == entity["properties"]


def test_the_package_itself_takes_the_statements(news: Graph) -> None:
    serialize = pytest.importorskip("followthemoney.statement.serialize")
    found = [
        *serialize.read_csv_statements(
            io.BytesIO(export_graph(news, "ftm-statements")[""].encode())
        )
    ]
    assert found and [it.id for it in found] == [it.generate_key() for it in found]
