"""Parts of the explorer: trees, sides of decisions, and what a button means."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from press import press_readings
from servers import fill_store

from kg.endpoint.explorer.cards import list_judged, read_card
from kg.endpoint.explorer.names import Names, read_names
from kg.endpoint.explorer.picture import draw_picture
from kg.endpoint.explorer.sides import cells_of, side_of
from kg.endpoint.explorer.tree import MOST, WIDEST, Branch, Grower
from kg.endpoint.explorer.words import word_claim
from kg.graph.terms import BASE
from kg.model import Article, Entity, Fact, Reading
from kg.store.engine import open_folder
from kg.who.judging import decide, take_back
from kg.who.said.brief import Brief, read_brief
from kg.who.view.beside import follow_book
from kg.who.view.told import read_claims

FIRM, OTHER, THIRD = (Entity(it, "Company") for it in ("Ormelune", "Tirvane", "Quessart"))
MAN, NAMESAKE = Entity("Paul Ormelune", "Person"), Entity("Ormelune", "Person")


@contextmanager
def opened(folder: Path) -> Iterator[ox.Store]:
    store, close = open_folder(folder)
    try:
        yield store
    finally:
        del store
        close()


def say(name: str, *facts: Fact, date: str = "2020-01-01") -> Reading:
    """Return an article that states some facts."""
    text = ". ".join(f"{it.subject.name} {it.property} {it.object}" for it in facts)
    told = [Fact(it.subject, it.property, it.object, it.modality, qualifiers=it.qualifiers,
                 evidence=((0, len(text)),)) for it in facts]  # fmt: skip
    ends = [end for it in facts for end in (it.subject, it.object) if isinstance(end, Entity)]
    return Reading(Article(name, text, published=date), tuple(dict.fromkeys(ends)), tuple(told))


def make(folder: Path, *readings: Reading) -> Path:
    fill_store(folder, *readings)
    follow_book(folder)
    return folder


def iri(name: str, folder: str = "org") -> str:
    return f"{BASE}{folder}/{name}"


def outline(branches: tuple[Branch, ...]) -> list[object]:
    """Return a tree as names, shares and what is below."""
    return [[it.name, *it.shares, *outline(it.branches)] for it in branches]


# Trees


def test_trees_go_both_ways_round_cycles_with_shares(tmp_path: Path) -> None:
    share = {"share": Decimal(51)}
    path = make(
        tmp_path / "news",
        say("a", Fact(FIRM, "subsidiaryOf", OTHER), Fact(OTHER, "subsidiaryOf", FIRM)),
        say("b", Fact(THIRD, "holdsStakeIn", OTHER, qualifiers=share)),
        say("c", Fact(THIRD, "holdsStakeIn", OTHER, qualifiers={"share": Decimal("60.5")})),
        say("d", Fact(FIRM, "acquired", THIRD, "Planned")),
    )
    with opened(path) as store:
        up = Grower(store, up=True).grow(iri("ormelune"))
        assert outline(up.branches) == [["Tirvane", ["Quessart", "51", "60.5"]]]
        down = Grower(store, up=False).grow(iri("quessart"))
        assert outline(down.branches) == [["Tirvane", "51", "60.5", ["Ormelune"]]]
        (branch,) = down.branches
        claim = read_brief(store, branch.claim)
        assert claim
        assert (claim.subject, claim.target) == (iri("quessart"), iri("tirvane"))
        assert (up.left, down.left) == (0, 0)


def test_a_stake_below_a_majority_is_no_subsidiary(tmp_path: Path) -> None:
    small = Fact(THIRD, "holdsStakeIn", OTHER, qualifiers={"share": Decimal(30)})
    path = make(
        tmp_path / "news",
        say("a", Fact(OTHER, "subsidiaryOf", THIRD), small, Fact(FIRM, "subsidiaryOf", OTHER)),
    )
    with opened(path) as store:
        (branch,) = Grower(store, up=False).grow(iri("quessart")).branches
        claim = read_brief(store, branch.claim)
    assert (branch.name, branch.relation, branch.shares) == ("Tirvane", "holdsStakeIn", ("30",))
    assert claim
    assert claim.relation.endswith("holdsStakeIn")
    assert (branch.branches, branch.cut) == ((), True)


def test_wide_trees_end_and_say_so(tmp_path: Path) -> None:
    owned = [Entity(f"Tirvane {n:03}", "Company") for n in range(WIDEST * 2)]
    below = [Entity(f"Quessart {n:03}", "Company") for n in range(WIDEST * WIDEST)]
    facts = [Fact(it, "subsidiaryOf", FIRM) for it in owned]
    facts += [Fact(it, "subsidiaryOf", owned[n // WIDEST]) for n, it in enumerate(below)]
    with opened(make(tmp_path / "news", say("a", *facts))) as store:
        tree = Grower(store, up=False).grow(iri("ormelune"))
    count = sum(1 + len(it.branches) for it in tree.branches)
    assert len(tree.branches) == WIDEST
    assert count == MOST
    assert any(it.cut for it in tree.branches)
    assert tree.left >= WIDEST


def test_picture_has_each_thing_once_and_no_two_on_one_place(tmp_path: Path) -> None:
    owned = [Entity(f"Tirvane {n:02}", "Company") for n in range(20)]
    facts = [Fact(it, "subsidiaryOf", FIRM) for it in owned]
    facts += [Fact(FIRM, "partnerOf", OTHER), Fact(OTHER, "competesWith", FIRM),
              Fact(FIRM, "marketShare", Decimal(12)), Fact(MAN, "holdsPosition", FIRM)]  # fmt: skip
    with opened(make(tmp_path / "news", say("a", *facts))) as store:
        card = read_card(store, read_names(store).entries[iri("ormelune")])
        told = [[word_claim(store, it, "fr") for it in one.claims] for one in card.sections]
        picture = draw_picture(iri("ormelune"), "Ormelune", told, card.near)
    assert picture.more == 20 + 2 - len(picture.arms)  # the market share leads to no thing
    assert len({arm.iri for arm in picture.arms}) == len(picture.arms) == 9
    assert len({(arm.x, arm.y) for arm in picture.arms}) == 9
    assert all(0 < arm.y < picture.height for arm in picture.arms)
    assert [(arm.name, arm.left) for arm in picture.arms if not arm.left] == [("Tirvane", False)]
    assert ("Paul Ormelune", True) in {(arm.name, arm.left) for arm in picture.arms}


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("directrice des risques", "Paul Ormelune est directrice des risques chez Tirvane"),
        ("directrice des risques de", "Paul Ormelune : directrice des risques de — Tirvane"),
        ("patrons", "Paul Ormelune : patrons — Tirvane"),
        ("direction générale", "Paul Ormelune : direction générale — Tirvane"),
    ],
)
def test_posts_are_told_in_sentences_only_where_they_fit(
    tmp_path: Path, role: str, said: str
) -> None:
    fact = Fact(MAN, "holdsPosition", OTHER, qualifiers={"role": role})
    with opened(make(tmp_path / "news", say("a", fact))) as store:
        (claim,) = [it for it in read_claims(store) if it.relation.endswith("holdsPosition")]
        brief = read_brief(store, claim.iri)
        assert brief
        assert str(word_claim(store, brief, "fr")).replace("\xa0", " ") == said


# Decisions


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("judged") / "news", *press_readings())


def read_all(folder: Path) -> tuple[Names, dict[str, Brief]]:
    with opened(folder) as store:
        briefs = {it.iri: read_brief(store, it.iri) for it in read_claims(store)}
        return read_names(store), {iri: it for iri, it in briefs.items() if it}


def test_each_button_calls_just_its_claim_wrong(press: Path) -> None:
    names, before = read_all(press)
    assert len(before) == 12
    for claim in before.values():
        with opened(press) as store:
            cells = cells_of(store, names, claim)
        assert not cells["left"].startswith("http")
        decide(press, cells | {"is": "wrong"})
        assert read_all(press)[1] == {key: it for key, it in before.items() if key != claim.iri}
        take_back(press, cells["left"], "")
        assert read_all(press)[1] == before


def test_sides_are_names_that_mean_one_thing_alone(tmp_path: Path) -> None:
    path = make(
        tmp_path / "news",
        say("a", Fact(NAMESAKE, "holdsPosition", FIRM), Fact(MAN, "holdsPosition", OTHER)),
        say("b", Fact(MAN, "holdsPosition", THIRD)),
    )

    def sides(*iris: str) -> list[str]:
        with opened(path) as store:
            names = read_names(store)
            return [side_of(store, names, names.entries[it]) for it in iris]

    man = iri("paul-ormelune", "person")
    ends = (iri("ormelune"), iri("ormelune", "person"), man)
    assert sides(*ends) == ["org:Ormelune", "person:Ormelune", "person:Paul Ormelune"]
    decide(path, {"left": "Ormelune", "is": "call", "right": "Groupe Lune"})
    assert sides(iri("ormelune")) == ["org:Ormelune"]
    apart = {"left": "Paul Ormelune", "is": "different", "right": "Paul Ormelune", "in": "b"}
    decide(path, apart)
    with opened(path) as store:
        names = read_names(store)
        two = [it for it, entry in names.entries.items() if "Paul Ormelune" in entry.names]
    assert len(two) == 2
    assert sides(*two) == two


def test_what_is_judged_is_told_on_a_card(tmp_path: Path) -> None:
    path = make(tmp_path / "news", say("a", Fact(FIRM, "partnerOf", OTHER)))
    decide(path, {"left": "Ormelune", "is": "different", "right": "Tirvane", "why": "deux noms"})
    decide(path, {"left": "Ormelune", "is": "same", "right": "siren:552120222", "why": "Sirene",
                  "by": "ana", "on": "2026-11-30"})  # fmt: skip
    with opened(path) as store:
        names = read_names(store)
        assert list_judged(store, iri("ormelune")) == {iri("tirvane")}
        card = read_card(store, names.entries[iri("ormelune")])
    assert [it.kind for it in card.decisions] == ["same", "different"]
    (number,) = card.numbers
    assert (number.scheme, number.value) == ("siren", "552120222")
    assert number.sources == ("Sirene, ana, 2026-11-30",)
