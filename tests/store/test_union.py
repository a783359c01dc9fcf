"""The default graph has one label a thing, whatever the articles are put in and taken out."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.exports.forms import export_graph
from kg.graph.rdf import build_graph
from kg.graph.terms import entity_iri
from kg.model import Article, Entity, Fact, Reading
from kg.store.engine import load_graph
from kg.store.store import forget_article, put_readings
from kg.store.union import DEFAULT, LABEL, OTHER, change_union

NAMES = ("Ostrelec", "OSTRELEC", "Ostrelec SA")
THING = ox.NamedNode(str(entity_iri(Entity("Ostrelec", "Company"))))


def say(name: str, called: str) -> Reading:
    """Return what an article says about a company that it calls so."""
    one, other = Entity(called, "Company"), Entity(f"Marvanel {name}", "Company")
    fact = Fact(one, "partnerOf", other, evidence=((0, 1),))
    return Reading(Article(name, "Texte."), (one, other), (fact,))


def named(store: ox.Store) -> tuple[list[str], list[str]]:
    """Return the labels and the other names of the company in the default graph."""
    return tuple(  # type: ignore[return-value]
        sorted(q.object.value for q in store.quads_for_pattern(THING, p, None, DEFAULT))
        for p in (LABEL, OTHER)
    )


def test_a_store_has_one_label_a_thing(tmp_path: Path) -> None:
    list(
        put_readings(
            tmp_path / "s", [say(n, called) for n, called in zip("abc", NAMES, strict=True)]
        )
    )
    assert named(load_graph(tmp_path / "s").store._inner) == (  # type: ignore[attr-defined]
        ["Ostrelec"], ["OSTRELEC", "Ostrelec SA"],
    )  # fmt: skip
    forget_article(tmp_path / "s", "a")
    assert named(load_graph(tmp_path / "s").store._inner) == (  # type: ignore[attr-defined]
        ["Ostrelec SA"], ["OSTRELEC"],
    )  # fmt: skip


def test_a_file_has_one_label_a_thing() -> None:
    graph = build_graph([say(name, called) for name, called in zip("abc", NAMES, strict=True)])
    held = ox.Store()
    held.load(graph.serialize(format="nt").encode(), format=ox.RdfFormat.N_TRIPLES)
    assert named(held) == (["Ostrelec"], ["OSTRELEC", "Ostrelec SA"])


def test_a_file_of_named_graphs_is_read_with_one_label(tmp_path: Path) -> None:
    told = [say(name, called) for name, called in zip("abc", NAMES, strict=True)]
    list(put_readings(tmp_path / "s", told))
    held = load_graph(tmp_path / "s")
    for form in ("nq", "trig"):
        path = tmp_path / f"g.{form}"
        path.write_text("".join(export_graph(held, form).values()), encoding="utf-8")
        read = load_graph(path).store._inner  # type: ignore[attr-defined]
        assert named(read) == (["Ostrelec"], ["OSTRELEC", "Ostrelec SA"])


STEPS = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from((*NAMES, ""))), max_size=8)


def apply(store: ox.Store, name: str, called: str) -> None:
    """Let an article call the company so, or say nothing of it any more."""
    graph = ox.NamedNode(f"urn:graph:{name}")
    old = {quad.triple for quad in store.quads_for_pattern(None, None, None, graph)}
    new = {ox.Triple(THING, LABEL, ox.Literal(called, language="fr"))} if called else set()
    lost, won = change_union(store, graph, old - new, new - old)
    for triple in old - new:
        store.remove(ox.Quad(*triple, graph))
    for triple in lost:
        store.remove(ox.Quad(*triple, DEFAULT))
    for triple in new - old:
        store.add(ox.Quad(*triple, graph))
    for triple in won:
        store.add(ox.Quad(*triple, DEFAULT))


@pytest.mark.parametrize("order", [1, -1])
@given(steps=STEPS)
@settings(suppress_health_check=[HealthCheck.differing_executors])
def test_names_do_not_depend_on_the_way_there(order: int, steps: list[tuple[str, str]]) -> None:
    store, fresh = ox.Store(), ox.Store()
    for step in steps:
        apply(store, *step)
    for step in sorted(dict(steps).items())[::order]:
        apply(fresh, *step)
    assert named(store) == named(fresh)
    assert len(named(store)[0]) == bool([called for called in dict(steps).values() if called])
