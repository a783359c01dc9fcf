"""Who is who and what is claimed, from the command line: decisions that last and can be undone."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from kg.files.locks import lock_beside
from kg.model import Article, Entity, Fact, Modality, Reading
from kg.store.engine import engine_of, load_graph
from kg.store.store import put_readings
from kg.who.book import read_book
from kg.who.view.beside import follow_book, name_book
from kg.who.view.resolve import follows

Run = Callable[..., tuple[int, str, str]]
GONE = "not in the file of decisions any more, and not followed"
#: Article, date, sentence, who acquires whom in it, and how that is put.
TOLD: tuple[tuple[str, str, str, str, str, Modality], ...] = (
    ("rumeur", "2024-03-04", "Nordil pourrait racheter Vasco.", "Nordil", "Vasco", "Possible"),
    (
        "annonce", "2024-04-11", "Nordil Group va racheter Vasco SA.", "Nordil Group", "Vasco SA",
        "Planned",
    ),
    ("dementi", "2024-05-02", "Vasco dément que Nordil l'achète.", "Nordil", "Vasco", "Denied"),
    ("clos", "2024-07-01", "Noreldil a racheté Vasco.", "Noreldil", "Vasco", "Actual"),
    ("autre", "", "Nordil Motors a racheté Orvane.", "Nordil Motors", "Orvane", "Actual"),
)  # fmt: skip


def say(name: str, date: str, text: str, one: str, two: str, modality: Modality) -> Reading:
    ends = [
        Entity(end, "Company", mentions=((text.index(end), text.index(end) + len(end)),))
        for end in (one, two)
    ]
    span = ((0, len(text)),)
    fact = Fact(ends[0], "acquired", ends[1], modality, confidence=0.9, evidence=span)
    return Reading(Article(name, text, published=date), tuple(ends), (fact,), span)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    list(put_readings(folder, [say(*row) for row in TOLD]))
    follow_book(folder)
    return folder


def contents(folder: Path) -> set[str]:
    return {str(quad) for quad in engine_of(load_graph(folder))}


def list_claims(run: Run, *arguments: object) -> list[dict[str, str]]:
    code, out, err = run("claims", *arguments, "--format", "csv")
    assert (code, err) == (0, "")
    return list(csv.DictReader(out.splitlines()))


def test_one_deal_told_over_months_is_one_claim_with_its_history(run: Run, store: Path) -> None:
    assert len(list_claims(run, store)) == 3
    assert run("same", "Nordil", "Noreldil", "--store", store, "--by", "mb")[0] == 0
    deal, _ = list_claims(run, store)
    proof = ("article", "date", "quote", "qualifiers")
    assert [deal[name] for name in proof] == ["clos", "2024-07-01", "Noreldil a racheté Vasco.", ""]
    assert deal["subject_iri"].endswith("/org/nordil")
    long = (*proof, "subject_iri", "object_iri", "claim", "publisher", "address")
    assert {name: cell for name, cell in deal.items() if name not in long} == {
        "subject": "Nordil", "relation": "acquired", "object": "Vasco", "role": "",
        "modality": "actual", "standing": "agreed", "voices": "4", "articles": "4",
        "first": "2024-03-04", "last": "2024-07-01", "confidence": "0.90",
        "history": "2024-03-04 possible; 2024-04-11 planned; 2024-05-02 denied; 2024-07-01 actual",
    }  # fmt: skip
    _, out, _ = run("claims", store, "--of", "Vasco SA", "--format", "json")
    (told,) = json.loads(out)
    assert [one["article"] for one in told["said"]] == ["rumeur", "annonce", "dementi", "clos"]
    assert told["said"][0]["quote"] == "Nordil pourrait racheter Vasco."


def test_same_then_undo_is_what_it_was(run: Run, store: Path) -> None:
    before = contents(store)
    code, out, _ = run("same", "Nordil", "Noreldil", "--store", store, "--why", "faute de frappe")
    assert code == 0
    assert out.startswith("Nordil same Noreldil: ")
    assert "faute de frappe" in name_book(store).read_text(encoding="utf-8")
    assert contents(store) != before
    code, out, _ = run("same", "Nordil", "Noreldil", "--store", store)
    assert (code, "already" in out) == (0, True)
    code, out, _ = run("undo", "Noreldil", "--store", store)
    assert (code, out.splitlines()[0]) == (0, "undone: Nordil same Noreldil")
    assert contents(store) == before
    assert run("undo", "--store", store)[0] == 1


def test_a_line_taken_out_by_hand_is_undone_by_resolve(run: Run, store: Path) -> None:
    before = contents(store)
    assert run("same", "Nordil", "Nordil Motors", "--store", store)[0] == 0
    name_book(store).unlink()
    code, _, err = run("resolve", store)
    assert (code, err) == (0, f"kg: {GONE}: Nordil same Nordil Motors\n")
    assert contents(store) == before
    assert run("resolve", store)[1] == "3 claims; nothing changed\n"


def test_a_store_that_is_moved_without_its_file_says_what_it_loses(
    run: Run, store: Path, tmp_path: Path
) -> None:
    for name in ("Orvane", "Noreldil", "Vasco", "Nordil Motors"):
        assert run("call", name, f"{name} 2", "--store", store)[0] == 0
    moved = store.rename(tmp_path / "moved")
    _, _, err = run("same", "Nordil", "Noreldil", "--store", moved)
    lost = "Nordil Motors call Nordil Motors 2; Noreldil call Noreldil 2; Orvane call Orvane 2"
    assert err == f"kg: {GONE}: {lost} and 1 more\n"
    code, out, err = run("undo", "--store", moved)
    assert (code, out.splitlines()[0], err) == (0, "undone: Nordil same Noreldil", "")
    name_book(store).rename(name_book(moved))
    assert not run("resolve", moved)[2].count(GONE)


def test_who_decides_while_articles_go_in_is_followed(store: Path) -> None:
    filling = Thread(target=follow_book, args=(store,))
    with lock_beside(name_book(store)):  # as kg same has it, until its line is written
        filling.start()
        filling.join(0.3)
        name_book(store).write_text("left\tis\tright\nNordil\tsame\tNoreldil\n", encoding="utf-8")
    filling.join()
    assert follows(store, read_book(name_book(store)).list_decisions())


def test_what_contradicts_is_refused_with_its_chain(run: Run, store: Path) -> None:
    for pair in (("Nordil", "Noreldil"), ("Noreldil", "Nordil Motors")):
        assert run("same", *pair, "--store", store)[0] == 0
    before, lines = contents(store), name_book(store).read_text(encoding="utf-8")
    code, out, err = run("different", "Nordil", "Nordil Motors", "--store", store)
    assert (code, out) == (1, "")
    assert err == (
        "kg: Nordil different Nordil Motors, but Nordil same Noreldil; Noreldil same Nordil Motors;"
        " nothing has changed\n"
    )
    assert contents(store) == before
    assert name_book(store).read_text(encoding="utf-8") == lines
    with name_book(store).open("a", encoding="utf-8") as file:
        file.write("Nordil\tdifferent\tNordil Motors\n")
    code, out, err = run("resolve", store)
    assert code == 1
    assert "contradiction: Nordil different Nordil Motors, but Nordil same Noreldil" in err
    assert len(list_claims(run, store)) == 3


def test_a_name_that_no_article_has_is_told(run: Run, store: Path) -> None:
    code, _, err = run("same", "Nordil", "Dunord", "--store", store)
    assert code == 1
    assert "matches nothing in the store" in err
    assert not name_book(store).exists()
    assert run("same", "Nordil", "Dunord", "--store", store, "--force")[0] == 0
    code, _, err = run("resolve", store)
    assert (code, err) == (0, "kg: matches nothing now: Nordil same Dunord\n")


def test_a_wrong_fact_counts_for_no_claim(run: Run, store: Path) -> None:
    code, _, _ = run(
        "wrong", "Nordil", "acquired", "Vasco", "--in", "dementi", "--store", store, "--by", "mb"
    )
    assert code == 0
    deal = list_claims(run, store, "--of", "Nordil")[0]
    assert (deal["modality"], deal["articles"]) == ("planned", "2")
    code, _, err = run("wrong", "Nordil", "bought", "Vasco", "--store", store)
    assert code == 1
    assert "'bought' is no property" in err


def test_a_table_of_openrefine_goes_in(run: Run, store: Path, tmp_path: Path) -> None:
    table = tmp_path / "matched.csv"
    table.write_text("name,match id,judgment\nVasco,Q42,matched\nOrvane,,none\n", encoding="utf-8")
    code, out, err = run("resolve", store, "--add", table, "--by", "mb")
    assert (code, err) == (0, "")
    assert "1 new decision" in out
    code, out, _ = run("who", store, "Vasco")
    assert code == 0
    assert "numbers: wikidata:Q42" in out
    assert "line: Vasco same wikidata:Q42 [mb, " in out
    assert "rule: 'Vasco SA' has the key 'vasco'" in out
    assert "names: Vasco (3), Vasco SA (1)" in out


def test_suspects_have_reasons_and_sentences_and_go_once_judged(run: Run, store: Path) -> None:
    code, out, _ = run("suspects", store)
    assert code == 0
    assert "Nordil Motors" in out
    assert "Orvane" in out
    assert run("different", "Nordil", "Nordil Motors", "--store", store)[0] == 0
    assert run("different", "Noreldil", "Nordil Motors", "--store", store)[0] == 0
    assert "Orvane" not in run("suspects", store)[1]
    code, _, err = run("suspects", store, "--ask")
    assert (code, err.count("\n")) == (1, 1)


def test_a_store_without_claims_is_no_store_to_decide_on(run: Run, tmp_path: Path) -> None:
    code, _, err = run("same", "a", "b", "--store", tmp_path / "none")
    assert (code, err.count("\n")) == (1, 1)
    assert "no store" in err
    assert run("resolve", tmp_path / "none")[0] == 1
    code, _, err = run("resolve", tmp_path / "none", "--decisions", tmp_path / "who.tsv")
    assert (code, "no such file of decisions" in err) == (1, True)


def test_claims_of_a_file_are_told(run: Run, tmp_path: Path) -> None:
    from kg.graph.rdf import write_readings

    path = tmp_path / "graph.ttl"
    path.write_text(write_readings([say(*row) for row in TOLD[:3]]), encoding="utf-8")
    (deal,) = list_claims(run, path)
    assert (deal["modality"], deal["voices"]) == ("denied", "3")


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        (("same", "norel", "org:Vasc"), "Noreldil same org:Vasco"),
        (("different", "Orv", "Norel"), "Orvane different Noreldil"),
        (("call", "Orv", "Orv"), "Orvane call Orv"),
        (("class", "Orv", "PublicBody"), "Orvane class PublicBody"),
        (("drop", "org: orv"), "org:Orvane drop"),
        (("wrong", "Nordil M", "acquired", "Orv"), "Nordil Motors wrong acquired Orvane"),
    ],
)
def test_a_unique_beginning_is_enough_for_what_decides(
    run: Run, store: Path, typed: tuple[str, ...], line: str
) -> None:
    before = contents(store)
    code, out, err = run(*typed, "--store", store, "--by", "mb")
    assert code == 0
    assert f"{line}: " in out
    assert "' is taken for '" in err
    assert [str(one) for one in read_book(name_book(store)).list_decisions()] == [line]
    code, out, _ = run("undo", typed[1].removeprefix("org: "), "--store", store)
    assert (code, f"undone: {line}" in out) == (0, True)
    assert contents(store) == before


def test_a_whole_name_is_taken_before_what_it_begins(run: Run, store: Path) -> None:
    code, _, err = run("same", "Nordil", "Vasco", "--store", store)
    assert code == 0
    assert "is taken for" not in err


def test_of_several_that_begin_so_the_names_are_told(run: Run, store: Path) -> None:
    code, _, err = run("call", "Nor", "N", "--store", store)
    assert code == 1
    assert "several names begin with 'Nor': " in err
    assert not name_book(store).exists()


@pytest.mark.parametrize("verb", ["same", "undo"])
def test_a_decision_that_breaks_off_is_told_and_then_followed(
    run: Run, store: Path, verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if verb == "undo":
        assert run("same", "Nordil", "Noreldil", "--store", store)[0] == 0
    before = contents(store)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    words = ("same", "Vasco", "Vasco SA") if verb == "same" else ("undo",)
    with monkeypatch.context() as patch:
        patch.setattr("kg.who.judging.write_book", die)
        assert run(*words, "--store", store)[0] == 130
    assert contents(store) != before
    code, _, err = run("claims", store)
    assert code == 0
    assert f"broke off; if it did, let the store follow its file: kg resolve {store}" in err
    assert run("resolve", store)[0] == 0
    assert contents(store) == before
    assert run("claims", store)[2] == ""


@pytest.mark.parametrize("where", ["write_book", "end_deciding"])
def test_pairs_that_are_judged_break_off_as_other_decisions(
    run: Run, store: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(store)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        patch.setattr("click.getchar", iter("yq").__next__)
        patch.setattr(f"kg.who.judging.{where}", die)
        assert run("suspects", store, "--ask")[0] == 130
    assert "broke off; if it did" in run("claims", store)[2]
    assert run("resolve", store)[0] == 0
    assert (contents(store) == before) == (where == "write_book")
    assert run("claims", store)[2] == ""


def test_an_article_whose_forgetting_breaks_off_is_told(
    run: Run, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("kg.who.view.beside.resolve_store", die)
        assert run("forget", "clos", "--store", store)[0] == 130
    assert "broke off; if it did" in run("claims", store)[2]
    assert run("resolve", store)[0] == 0
    code, out, err = run("claims", store)
    assert (code, err) == (0, "")
    assert "Noreldil" not in out


def test_an_article_that_is_not_there_breaks_nothing_off(run: Run, store: Path) -> None:
    assert run("forget", "personne", "--store", store)[0] == 1
    assert run("claims", store)[2] == ""
