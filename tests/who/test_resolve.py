"""The default graph is a function of articles' graphs and decisions, whatever the way there."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.exports.syntaxes import write_nq
from kg.graph.check import check_graph
from kg.graph.rdf import BASE
from kg.graph.terms import graph_iri
from kg.graph.vocabularies import KG
from kg.model import Article, Entity, Fact, Modality, Reading
from kg.store.engine import hold
from kg.store.held import Held
from kg.store.store import read_triples, replace_graph
from kg.store.union import DEFAULT, LABEL, OTHER
from kg.who.decisions import Decision, read_decision
from kg.who.view.describe import CLAIM, read_applied
from kg.who.view.memory import read_memory_of
from kg.who.view.nudge import is_wide, nudge
from kg.who.view.resolve import Outcome, resolve
from kg.who.view.statements import TYPE
from kg.who.view.things import REPLACED

NAMES = ("Ava", "Ava SA", "Groupe Ava", "Bor", "Cid")
DECISIONS = (
    "Ava|same|Bor", "Bor|same|Cid", "Ava|different|Cid", "Ava|different|Ava SA|p-1",
    "Bor|call|Borax", "Cid|class|PublicBody", "Cid|drop", "Ava|same|siren:552120222",
    "Bor|wrong|Cid||partnerOf", "Ava|same|Cid|p-2", "article:p-1|same|article:p-2",
)  # fmt: skip


def decision(line: str) -> Decision:
    """Read a decision: left, is, right, in, relation."""
    cells = dict(zip(("left", "is", "right", "in", "relation"), line.split("|"), strict=False))
    return read_decision({**cells, "by": "mb", "on": "2026-11-29"})


def say(
    name: str, *facts: tuple[str, str, str], date: str = "", modality: Modality = "Actual"
) -> Reading:
    """Return what an article says."""
    ends = sorted({end for one, _, two in facts for end in (one, two)})
    text = f"{name} : {', '.join(ends)}. " + " ".join(f"mot{name}{n}" for n in range(20))
    things = {
        end: Entity(end, "Company", mentions=((text.index(end), text.index(end) + len(end)),))
        for end in ends
    }
    told = tuple(
        Fact(
            things[one], relation, things[two], modality, confidence=0.8, evidence=((0, len(name)),)
        )
        for one, relation, two in facts
    )
    return Reading(Article(name, text, published=date), tuple(things.values()), told)


def put(store: ox.Store, reading: Reading) -> None:
    name = ox.NamedNode(str(graph_iri(reading.article)))
    replace_graph(store, name, read_triples(reading, BASE, True))


def make(readings: Iterable[Reading], decisions: Iterable[Decision] = ()) -> ox.Store:
    store = ox.Store()
    for reading in readings:
        put(store, reading)
    resolve(Held(store), decisions)
    return store


def told(store: ox.Store) -> str:
    return write_nq(hold(store))


READINGS = st.lists(
    st.builds(
        lambda name, facts, date, modality: say(name, *facts, date=date, modality=modality),
        st.sampled_from(["p-1", "p-2", "q-1"]),
        st.lists(
            st.tuples(
                st.sampled_from(NAMES),
                st.sampled_from(["partnerOf", "acquired"]),
                st.sampled_from(NAMES),
            ).filter(lambda it: it[0] != it[2]),
            min_size=1,
            max_size=3,
            unique=True,
        ),
        st.sampled_from(["", "2024-01-02", "2024-03"]),
        st.sampled_from(["Actual", "Planned", "Denied"]),
    ),
    max_size=3,
    unique_by=lambda reading: reading.article.name,
)
LINES = st.lists(st.sampled_from(DECISIONS).map(decision), max_size=4, unique=True)


@settings(deadline=None)
@given(READINGS, LINES, READINGS, LINES)
def test_the_way_there_does_not_matter(
    readings: list[Reading], lines: list[Decision], others: list[Reading], before: list[Decision]
) -> None:
    store = make(others, before)
    for reading in reversed(readings):
        put(store, reading)
    names = {reading.article.name for reading in readings}
    for other in others:
        if other.article.name not in names:
            graph = ox.NamedNode(str(graph_iri(other.article)))
            replace_graph(store, graph, set())
            store.remove_graph(graph)
    resolve(Held(store), reversed(lines))
    fresh = make(readings, lines)
    assert told(store).split("\n") == told(fresh).split("\n")
    assert not resolve(Held(store), lines).changed


@settings(deadline=None)
@given(READINGS, LINES, LINES)
def test_a_nudge_is_as_good_as_all_anew(
    readings: list[Reading], before: list[Decision], lines: list[Decision]
) -> None:
    store = make(readings, before)
    memory = read_memory_of(Held(store))
    outcome = nudge(Held(store), memory, lines, check=lambda outcome: None, force=False)
    wide = any(map(is_wide, [*before, *lines]))
    assert outcome is None or not wide
    if outcome:
        assert told(store).split("\n") == told(make(readings, lines)).split("\n")


THREE = (
    say("p-1", ("Ava", "partnerOf", "Ava SA"), ("Ava", "acquired", "Cid"), date="2024-03"),
    say("p-2", ("Groupe Ava", "acquired", "Cid"), date="2024-04-02", modality="Denied"),
    say(
        "q-1", ("Ava", "partnerOf", "Bor"), ("Bor", "acquired", "Cid"), ("Ava", "partnerOf", "Dee")
    ),
)


@pytest.mark.parametrize("line", ["Ava|same|Cid", *DECISIONS])
def test_what_is_resolved_keeps_its_promises(line: str) -> None:
    assert not check_graph(hold(make(THREE, [decision("Bor|same|Cid"), decision(line)])))


def claims(store: ox.Store) -> dict[str, dict[str, list[str]]]:
    """Return what the default graph has of each claim, by its ends and relation."""
    found = {}
    for quad in store.quads_for_pattern(None, TYPE, CLAIM, DEFAULT):
        about: dict[str, list[str]] = {}
        for it in store.quads_for_pattern(quad.subject, None, None, DEFAULT):
            value = it.object.value.removeprefix(BASE).removeprefix(str(KG))
            about.setdefault(it.predicate.value.removeprefix(str(KG)), []).append(value)
        ends = (about[f"claim{part}"][0] for part in ("Subject", "Relation", "Object"))
        found[" ".join(ends)] = about
    return found


def direct(store: ox.Store, relation: str) -> set[tuple[str, str]]:
    quads = store.quads_for_pattern(None, ox.NamedNode(str(KG[relation])), None, DEFAULT)
    return {(q.subject.value.removeprefix(BASE), q.object.value.removeprefix(BASE)) for q in quads}


def test_articles_stay_as_read_and_claims_have_canonical_ends() -> None:
    store = make(THREE, [decision("Bor|same|Cid")])
    found = claims(store)
    assert set(found) == {
        "org/ava acquired org/bor", "org/ava partnerOf org/bor", "org/ava partnerOf org/dee",
    }  # fmt: skip
    about = found["org/ava acquired org/bor"]
    assert about["articles"] == about["voices"] == ["2"]
    assert about["modalityNow"] == ["Denied"]
    assert about["standing"] == ["Agreed"]
    assert (about["firstDate"], about["lastDate"]) == (["2024-03"], ["2024-04-02"])
    assert direct(store, "acquired") == set()
    assert direct(store, "partnerOf") == {("org/ava", "org/bor"), ("org/ava", "org/dee")}
    fresh = ox.Store()
    for reading in THREE:
        put(fresh, reading)
    for reading in THREE:
        graph = ox.NamedNode(str(graph_iri(reading.article)))
        parts = (
            {quad.triple for quad in it.quads_for_pattern(None, None, None, graph)}
            for it in (store, fresh)
        )
        assert next(parts) == next(parts)
    gone = ox.NamedNode(f"{BASE}org/cid")
    (quad,) = store.quads_for_pattern(gone, None, None, DEFAULT)
    assert (quad.predicate, quad.object.value) == (REPLACED, f"{BASE}org/bor")


def test_five_copies_make_as_many_claims_as_one_and_one_voice() -> None:
    one = say("p-1", ("Ava", "acquired", "Bor"))
    words = " ".join(f"mot{n}" for n in range(80))
    text = f"{one.article.text} {words}"
    copies = [
        Reading(Article(f"p-{n}", text), one.entities, one.facts) for n in range(5)
    ]  # fmt: skip
    (about,) = claims(make(copies)).values()
    assert about["articles"] == ["5"]
    assert about["voices"] == ["1"]
    assert about["standing"] == ["Reported"]
    assert len(claims(make(copies[:1]))) == 1


@pytest.mark.parametrize(
    ("told", "now", "standing", "holds"),
    [
        ([("", "Actual"), ("2024-03-01", "Possible")], "Possible", "Agreed", False),
        ([("2024-03-01", "Planned"), ("2024-04", "Actual")], "Actual", "Agreed", True),
        ([("2024-03-01", "Denied"), ("2024-03-01", "Actual")], "Denied", "Disputed", False),
        ([("2024-03-01", "Denied"), ("2024-03-02", "Actual")], "Actual", "Agreed", True),
        ([("", "Actual")], "Actual", "Reported", True),
    ],
)
def test_the_latest_date_decides(
    told: list[tuple[str, Modality]], now: str, standing: str, holds: bool
) -> None:
    readings = [
        say(f"p-{n}", ("Ava", "acquired", "Bor"), date=date, modality=modality)
        for n, (date, modality) in enumerate(told)
    ]
    store = make(readings)
    (about,) = claims(store).values()
    assert (about["modalityNow"], about["standing"]) == ([now], [standing])
    assert bool(direct(store, "acquired")) == holds


def test_what_is_decided_shows_and_can_be_undone() -> None:
    before = told(make(THREE))
    store = make(THREE, map(decision, ["Ava|call|Avalon", "Bor|class|PublicBody", "Cid|drop"]))
    ava, bor, cid = (ox.NamedNode(f"{BASE}org/{name}") for name in ("ava", "bor", "cid"))
    names = [q.object.value for q in store.quads_for_pattern(ava, LABEL, None, DEFAULT)]
    assert names == ["Avalon"]
    others = {q.object.value for q in store.quads_for_pattern(ava, OTHER, None, DEFAULT)}
    assert others == {"Ava", "Ava SA", "Groupe Ava"}
    assert [q.object.value for q in store.quads_for_pattern(bor, TYPE, None, DEFAULT)] == [
        str(KG.PublicBody)
    ]
    assert not list(store.quads_for_pattern(cid, None, None, DEFAULT))
    assert not direct(store, "acquired")
    assert resolve(Held(store), []).changed
    assert told(store) == before


def test_what_is_marked_wrong_counts_for_no_claim_where_it_is_said_so() -> None:
    everywhere, one = decision("Ava|wrong|Cid||acquired"), decision("Ava|wrong|Cid|p-2|acquired")
    assert "org/ava acquired org/cid" not in claims(make(THREE, [everywhere]))
    about = claims(make(THREE, [one]))["org/ava acquired org/cid"]
    assert (about["articles"], about["modalityNow"]) == (["1"], ["Actual"])
    nothing = resolve(Held(make(THREE)), [decision("Cid|wrong|Ava||acquired")])
    assert [str(line) for line in nothing.stale] == ["Cid wrong acquired Ava"]


def test_numbers_in_registers_stand_on_the_canonical_thing() -> None:
    line = read_decision({"left": "Ava", "is": "same", "right": "siren:552120222"})
    store = make(THREE, [line, decision("Bor|same|wikidata:Q42")])
    told = {
        quad.object.value.rpartition("/")[2]
        for name in ("ava", "bor")
        for quad in store.quads_for_pattern(ox.NamedNode(f"{BASE}org/{name}"), None, None, DEFAULT)
    }
    assert told >= {"552120222", "Q42"}


def test_contradictions_are_told_and_join_nothing() -> None:
    lines = [decision(it) for it in ("Ava|same|Bor", "Bor|same|Cid", "Ava|different|Cid")]
    store = make(THREE)
    outcome: Outcome = resolve(Held(store), lines)
    assert [one.chain for one in outcome.conflicts if one.by_hand] == [
        ("Ava same Bor", "Bor same Cid")
    ]
    assert "org/ava acquired org/cid" in claims(store)


def test_decisions_stand_in_a_graph_of_their_own_and_keep_their_promises() -> None:
    lines = [decision(it) for it in (*DECISIONS[:3], DECISIONS[8], "Dee|unsure|Bor")]
    store = make(THREE, [*lines, decision("Nobody|same|Ava")])
    graph = ox.NamedNode(f"{BASE}decision/graph")
    quads = list(store.quads_for_pattern(None, None, None, graph))
    kinds = [quad for quad in quads if quad.predicate == TYPE]
    assert len(kinds) == 6  # the last is about Ava, too
    whole = ox.Store()
    whole.extend(quad for quad in store if quad.graph_name == DEFAULT)
    whole.extend(ox.Quad(*quad.triple) for quad in quads)
    assert not check_graph(hold(whole))
    assert {str(one) for one in read_applied(store, graph)} == {
        *map(str, lines), "Nobody same Ava",
    }  # fmt: skip
