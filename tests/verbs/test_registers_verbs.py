"""Registers from the command line: made, listed, removed; what is sure of a store is decided."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from registers import (
    HOMONYM,
    LEI_GERMAN,
    LEI_ORVANE,
    LEI_VALMONTANE,
    ORVANE,
    VALMONTANE,
    write_registers,
)

from kg.graph.vocabularies import KG
from kg.model import Article, Entity, Fact, Reading
from kg.reader.nodes.registrations import add_registrations
from kg.store.engine import engine_of, load_graph
from kg.store.store import put_readings
from kg.verbs.world.asking import ask_candidates
from kg.who.registers.identify import identify
from kg.who.registers.known import read_organizations
from kg.who.registers.places import open_registers
from kg.who.view.beside import follow_book, name_book

Run = Callable[..., tuple[int, str, str]]
NONE = "no register yet; make one with: kg register add"
SIREN = ox.NamedNode(str(KG.siren))
FRANCE, GERMANY = Entity("France", "Country"), Entity("Allemagne", "Country")
FIRM, ORVANE_FIRM = Entity("Valmontane", "Company"), Entity("Orvane", "Company")


def based(name: str, *pairs: tuple[Entity, Entity]) -> Reading:
    text = " ".join(f"{one.name}, société de {two.name}." for one, two in pairs)
    facts = tuple(Fact(*(one, "basedIn", two), evidence=((0, len(text)),)) for one, two in pairs)
    things = dict.fromkeys(end for pair in pairs for end in pair)
    return Reading(Article(name, text), tuple(things), facts)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with official files, in which the user's data are kept, too."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "400")
    write_registers(tmp_path)
    return tmp_path


def make_store(home: Path, *readings: Reading) -> Path:
    folder = home / "news"
    list(put_readings(folder, readings))
    follow_book(folder)
    return folder


def add(run: Run, home: Path, *schemes: str) -> None:
    for scheme in schemes:
        assert run("register", "add", home / f"{scheme}.csv", "--as", scheme)[0] == 0


def contents(folder: Path) -> set[str]:
    return {str(quad) for quad in engine_of(load_graph(folder))}


def numbers(folder: Path) -> set[str]:
    return {
        f"{quad.predicate.value.rpartition('#')[2]} {getattr(quad.object, 'value', '')}"
        for quad in engine_of(load_graph(folder)).quads_for_pattern(None, None, None, None)
        if quad.predicate.value.endswith(("#siren", "#lei", "#exactMatch", "#sector"))
    }


def test_registers_are_made_listed_and_removed(run: Run, home: Path) -> None:
    assert run("register", "list")[1] == "no answer\n"
    code, out, err = run("register", "add", home / "siren.csv", "--as", "siren")
    assert (code, err) == (0, "")
    assert out.startswith("3 organizations of Sirene, siren.csv, ")
    _, out, _ = run("register", "list")
    assert "Licence Ouverte 2.0" in out
    assert str(home / "data" / "pressgraph" / "registers" / "siren.sqlite") in out
    assert run("register", "remove", "siren")[0] == 0
    assert run("register", "list")[1] == "no answer\n"
    code, _, err = run("register", "remove", "siren")
    assert (code, err) == (1, "kg: siren: no register there; see: kg register list\n")


@pytest.mark.parametrize("given", [("add", "x.csv"), ("remove",), ("list", "x"), ("add",)])
def test_a_wrong_use_is_told(run: Run, home: Path, given: tuple[str, ...]) -> None:
    assert run("register", *given)[0] == 2


def test_no_file_but_a_register_is_removed(run: Run, home: Path) -> None:
    code, _, err = run("register", "remove", home / "siren.csv")
    assert code == 1
    assert "no register" in err
    assert (home / "siren.csv").exists()


def test_what_name_and_country_leave_alone_is_decided_with_its_source(run: Run, home: Path) -> None:
    store = make_store(home, based("a", (FIRM, FRANCE)))
    add(run, home, "lei", "wikidata")
    code, out, err = run("identify", "--store", store)
    assert (code, err) == (0, "")
    assert numbers(store) == {
        f"siren {VALMONTANE}", f"lei {LEI_VALMONTANE}",
        "exactMatch http://www.wikidata.org/entity/Q900001",
    }  # fmt: skip
    lines = name_book(store).read_text(encoding="utf-8").splitlines()[1:]
    assert [line.split("\t")[:3] for line in lines] == [
        ["Valmontane", "same", it]
        for it in (f"siren:{VALMONTANE}", f"lei:{LEI_VALMONTANE}", "wikidata:Q900001")
    ]
    assert "the only one of the name in FR (GLEIF, lei.csv, " in lines[1]
    assert all("rule:register" in line for line in lines)
    assert LEI_GERMAN not in out


def test_again_it_decides_nothing_and_a_rebuild_is_the_same(run: Run, home: Path) -> None:
    store = make_store(home, based("a", (FIRM, FRANCE)))
    before = contents(store)
    add(run, home, "lei")
    assert run("identify", "--store", store)[0] == 0
    after = contents(store)
    _, out, _ = run("identify", "--store", store)
    assert out == f"0 decided: {name_book(store)}\n"
    assert run("resolve", store)[1] == "1 claim; nothing changed\n"
    assert contents(store) == after
    assert [run("undo", "--store", store)[0] for _ in range(2)] == [0, 0]
    assert contents(store) == before


def test_what_registers_tell_breaks_off_as_other_decisions(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = make_store(home, based("a", (FIRM, FRANCE)))
    before = contents(store)
    add(run, home, "lei")

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("kg.who.judging.write_book", die)
        assert run("identify", "--store", store)[0] == 130
    assert contents(store) != before
    assert "broke off; if it did" in run("claims", store)[2]
    assert run("resolve", store)[0] == 0
    assert contents(store) == before
    assert run("claims", store)[2] == ""


def test_dry_run_changes_nothing(run: Run, home: Path) -> None:
    store = make_store(home, based("a", (FIRM, FRANCE)))
    add(run, home, "lei")
    before = contents(store)
    _, out, _ = run("identify", "--store", store, "--dry-run")
    assert f"Valmontane same lei:{LEI_VALMONTANE}" in out
    assert "2 would be decided" in out
    assert contents(store) == before
    assert not name_book(store).exists()


def test_what_is_ambiguous_is_listed_the_largest_first(run: Run, home: Path) -> None:
    store = make_store(home, based("a", (FIRM, FRANCE)))
    add(run, home, "siren")
    code, out, _ = run("identify", "--store", store)
    assert code == 0
    assert "0 decided" in out
    assert out.index(VALMONTANE) < out.index(HOMONYM)
    assert "2 may be meant" in out
    assert not numbers(store)
    run("different", "Valmontane", f"siren:{HOMONYM}", "--store", store)
    _, out, _ = run("identify", "--store", store)
    assert numbers(store) == {f"siren {VALMONTANE}", "sector NAFRev2:27.20Z"}


def test_a_number_that_is_known_leads_to_the_others(run: Run, home: Path) -> None:
    store = make_store(home, based("a", (ORVANE_FIRM, GERMANY)))
    add(run, home, "siren", "lei")
    _, out, _ = run("identify", "--store", store)
    assert "0 decided" in out  # the one of the name is in another country
    run("same", "Orvane", f"siren:{ORVANE}", "--store", store)
    _, out, _ = run("identify", "--store", store)
    assert f"Orvane same lei:{LEI_ORVANE}: 'ORVANE PARTICIPATIONS': by siren:{ORVANE}" in out
    assert numbers(store) == {f"siren {ORVANE}", f"lei {LEI_ORVANE}", "sector NAFRev2:27.20Z"}
    assert "Orvane sector NAFRev2:27.20Z: 'ORVANE PARTICIPATIONS' (Sirene, siren.csv, " in out
    assert run("check", store)[0] == 0
    before = contents(store)
    assert run("resolve", store)[1] == "1 claim; nothing changed\n"
    _, out, _ = run("identify", "--store", store)
    assert "0 decided" in out
    assert contents(store) == before
    name_book(store).write_text("left\tis\tright\n", encoding="utf-8")
    assert run("resolve", store)[0] == 0
    assert numbers(store) == set()


def test_without_a_country_nothing_is_sure(run: Run, home: Path) -> None:
    store = make_store(home, Reading(Article("a", "Orvane."), (ORVANE_FIRM,)))
    add(run, home, "siren")
    _, out, _ = run("identify", "--store", store)
    assert "no article tells its country" in out
    assert "0 decided" in out


def test_a_number_of_another_name_is_told(run: Run, home: Path) -> None:
    store = make_store(home, based("a", (FIRM, FRANCE)))
    add(run, home, "siren", "lei")
    run("same", "Valmontane", f"siren:{ORVANE}", "--store", store)
    _, out, _ = run("identify", "--store", store)
    assert "registers have it under another name" in out
    assert "0 decided" in out


def test_one_number_never_makes_two_organizations_one(run: Run, home: Path) -> None:
    holding = Entity("Orvane Participations", "Company")
    store = make_store(home, based("a", (ORVANE_FIRM, FRANCE), (holding, FRANCE)))
    add(run, home, "siren")
    _, out, _ = run("identify", "--store", store)
    assert "fits another thing of the store, too" in out
    assert not numbers(store)


def test_without_a_register_it_says_how_to_make_one(run: Run, home: Path) -> None:
    store = make_store(home, based("a", (FIRM, FRANCE)))
    code, _, err = run("identify", "--store", store)
    assert (code, err.startswith("kg: no register yet; make one with: kg register add")) == (
        1,
        True,
    )


def told(name: str, firm: str, number: str, *others: str) -> Reading:
    """Return what an article says that tells a firm's SIREN."""
    text = f"{firm} (SIREN {number}) recrute. {'. '.join(others)}"
    things = [
        Entity(it, "Company", mentions=((text.index(it), text.index(it) + len(it)),))
        for it in (firm, *others)
    ]
    return add_registrations(Reading(Article(name, text), tuple(things), (), ((0, len(text)),)))


def test_numbers_of_articles_join_things_and_stand_once(run: Run, home: Path) -> None:
    first, second = told("a", "Valmontane", VALMONTANE), told("b", "Brindel", VALMONTANE)
    store = make_store(home, first, second)
    assert numbers(store) == {f"siren {VALMONTANE}"}
    _, out, _ = run("who", store, "Brindel")
    assert f"numbers: siren:{VALMONTANE}" in out
    assert "Valmontane (1)" in out
    assert run("check", store)[0] == 0
    add(run, home, "lei")
    _, out, _ = run("identify", "--store", store)
    assert f"lei:{LEI_VALMONTANE}: 'Valmontane SA': by siren:{VALMONTANE}" in out


def test_numbers_that_contradict_each_other_stand_in_their_articles_alone(
    run: Run, home: Path
) -> None:
    store = make_store(home, told("a", "Valmontane", VALMONTANE), told("b", "Valmontane", ORVANE))
    held = engine_of(load_graph(store))
    said = {(quad.object.value, str(quad.graph_name) == "DEFAULT")
            for quad in held.quads_for_pattern(None, SIREN, None, None)}  # fmt: skip
    assert said == {(VALMONTANE, False), (ORVANE, False)}
    assert run("check", store)[0] == 0


def test_candidates_are_chosen_by_keys(run: Run, home: Path) -> None:
    store = make_store(home, based("a", (FIRM, FRANCE)))
    add(run, home, "siren")
    with open_registers([]) as opened:
        (answer,) = identify(read_organizations(engine_of(load_graph(store)), []), opened)
    shown: list[str] = []

    def ask(keys: str) -> list[tuple[str, str, str]]:
        found = ask_candidates([answer], iter(keys).__next__, shown.append)
        return [(cell["left"], cell["is"], cell["right"]) for cell in found]

    assert ask("1") == [
        ("Valmontane", "same", f"siren:{VALMONTANE}"),
        ("Valmontane", "sector", "NAFRev2:27.20Z"),
    ]
    assert ask("92")[0] == ("Valmontane", "same", f"siren:{HOMONYM}")
    assert ask("n") == [("Valmontane", "different", f"siren:{it}") for it in (VALMONTANE, HOMONYM)]
    assert ask("s") == ask("q") == []
    assert "1/1 Valmontane (FR): 2 may be meant" in shown
    code, _, err = run("identify", "--store", store, "--ask")
    assert code == 1
    assert "no terminal to answer on" in err
