"""Two deals, stakes or posts of the same two that lie years apart are two claims; one is one."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import GOLDEN
from test_resolve import direct, make, told

from kg.files.writing import write_text
from kg.graph.rdf import build_graph
from kg.model import Article, Entity, Fact, Modality, Reading
from kg.store.engine import engine_of, on_oxigraph
from kg.who.decisions import read_decision
from kg.who.named import read_called, read_things
from kg.who.view.memory import Memory
from kg.who.view.nudge import nudge
from kg.who.view.told import list_claims

AVA, BOR, LEA = Entity("Ava", "Company"), Entity("Bor", "Company"), Entity("Léa Roy", "Person")


def say(
    name: str,
    relation: str,
    published: str,
    modality: Modality = "Actual",
    /,
    *,
    ended: bool = False,
    deal: dict[str, str] | None = None,
    **qualifiers: object,
) -> Reading:
    """Return what an article says of one claim, with its dates: on the fact, or on its deal."""
    subject = LEA if relation == "holdsPosition" else AVA
    text = f"{name} : {subject.name}, Bor. " + " ".join(f"mot{name}{n}" for n in range(20))
    things = [subject, BOR]
    if deal:
        things.append(Entity("acquisition de Bor", "Acquisition", values=tuple(deal.items())))
        qualifiers = {**qualifiers, "deal": things[-1]}
    fact = Fact(subject, relation, BOR, modality, ended, qualifiers, confidence=0.8,
                evidence=((0, len(name)),))  # fmt: skip
    return Reading(Article(name, text, published=published), tuple(things), (fact,))


def share(number: int) -> Decimal:
    return Decimal(number)


STAKES = (
    say("a", "acquired", "2012-05-02", deal={"date": "2012-05"}, share=share(30)),
    say("b", "acquired", "2012-03-01", "Planned", share=share(30)),
    say("c", "acquired", "2019-06-11", deal={"date": "2019"}, share=share(30)),
    say("d", "acquired", "2019-09-01", "Denied", date="2019-06-11"),
    say("e", "acquired", "2016-01-01", share=share(60)),
    say("f", "acquired", ""),
)
POSTS = (
    say("g", "holdsPosition", "2009-01-12", role="PDG", date="2009-01-12"),
    say("h", "holdsPosition", "2010-02-01", role="pdg"),
    say("i", "holdsPosition", "2021-04-01", role="PDG", dateMin="2021"),
    say("j", "holdsPosition", "2021-03-01", "Planned", role="PDG", date="2021-04"),
)


def lines(store: ox.Store) -> list[str]:
    """Return claims as lines: how they stand, and which article says what and when."""
    found = []
    for one in list_claims(store):
        said = ", ".join(f"{it.article} {it.date or '?'} {it.modality}" for it in one.said)
        head = f"{one.subject} {one.relation} {one.object} {one.role}".strip()
        found.append(f"{head}: {one.modality}, {one.standing}, {one.voices} voices: {said}")
    return found


def test_deals_and_posts_years_apart_are_told_apart(write: bool) -> None:
    now = "".join(f"{line}\n" for line in lines(make([*STAKES, *POSTS])))
    path = Path(GOLDEN) / "episodes.txt"
    if write:
        write_text(path, now)
    assert now == path.read_text(encoding="utf-8"), "if this change is meant, run: make golden"


def test_no_order_matters_and_a_file_says_the_same() -> None:
    readings = [*STAKES, *POSTS]
    first = told(make(readings))
    random.Random(1).shuffle(readings)
    assert told(make(readings)) == first
    file = engine_of(on_oxigraph(build_graph(readings)))
    assert lines(file) == lines(make(readings))


def test_a_nudge_tells_them_apart_as_well() -> None:
    store = make([*STAKES, *POSTS])
    line = read_decision({"left": "Ava", "is": "same", "right": "siren:552120222"})
    memory = Memory(read_things(store), read_called(store))
    assert nudge(store, memory, [line], check=lambda outcome: None, force=False)
    assert told(store) == told(make([*STAKES, *POSTS], [line]))


def test_a_post_that_was_taken_up_again_and_left_is_over() -> None:
    assert direct(make(POSTS), "holdsPosition") == {("person/lea-roy", "org/bor")}
    left = say("k", "holdsPosition", "2024-01-01", ended=True, role="PDG", date="2024")
    assert direct(make([*POSTS, left]), "holdsPosition") == set()


def test_the_iri_of_the_first_stays_when_a_second_comes() -> None:
    one, two = ({it.claim for it in list_claims(make(those))} for those in (STAKES[:2], STAKES[:3]))
    assert one < two


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ({"date": "2012"}, {"date": "2013-12"}, 1),
        ({"date": "2012"}, {"date": "2014-08"}, 2),
        ({"dateMin": "2012"}, {"date": "2019"}, 1),
        ({"asOf": "2012"}, {"dateMax": "2019"}, 1),
        ({"date": "2012"}, {}, 1),
        ({}, {}, 1),
    ],
)
@pytest.mark.parametrize("relation", ["holdsStakeIn", "partnerOf"])
def test_only_dates_that_cannot_be_one_part(
    one: dict[str, object], other: dict[str, object], count: int, relation: str
) -> None:
    readings = [say("a", relation, "2012-06-01", **one), say("b", relation, "2020-06-01", **other)]
    found = list_claims(make(readings))
    assert len(found) == (1 if relation == "partnerOf" else count)
