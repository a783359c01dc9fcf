"""The doctor tells what ails, mends what nobody uses, and tells nobody's names."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import read_nordil
from servers import fill_store

from kg.files.locks import NAME, lock_folder, lock_run
from kg.store import journal
from kg.store.engine import READERS, load_graph
from kg.verbs.health import installation
from kg.verbs.health.finding import Finding
from kg.verbs.health.stores import find_store
from kg.who.view.resolve import resolve_store

Run = Callable[..., tuple[int, str, str]]
#: A number of no process.
NOBODY = 4_194_304


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = fill_store(tmp_path / "secret-news", read_nordil())
    resolve_store(folder, [])
    return folder


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the reader alone, which takes some seconds."""
    well = Finding("reading", "1 fact of a sentence in 0.1 s")
    monkeypatch.setattr(installation, "find_reading", lambda: well)


def look(folder: Path) -> list[Finding]:
    return list(find_store(folder, None))


def age(path: Path) -> Path:
    os.utime(path, (0, 0))
    return path


def test_store_that_is_sound_is_told(store: Path) -> None:
    quads, decided = look(store)
    assert quads.told.startswith("1 article, 17 facts, 17 claims, ")
    assert quads.told.endswith("; can be read whole")
    assert decided.told == "0 decisions, followed"
    assert quads.well
    assert decided.well
    assert not list((store / READERS).iterdir())


def test_what_killed_runs_leave_is_mended(store: Path, run: Run, unread: None) -> None:
    dead = store / READERS / "dead"
    dead.mkdir(parents=True)
    (dead / NAME).write_bytes(b"")
    (dead / "1.sst").write_bytes(b"x" * 2000)
    age(dead)
    part = age_file(store.with_name(f".{store.name}.who.tsv.{NOBODY}.part"))
    ours = age_file(store.with_name(f".{store.name}.who.tsv.{os.getpid()}.part"))
    told = [one.told for one in look(store) if not one.well]
    assert told == [
        "1 snapshots of readers that are no more (2 kB)",
        "1 file not written to the end",
    ]
    code, out, err = run("doctor", store)
    assert (code, out.count("FAULT"), err.count("\n")) == (1, 2, 1)
    assert dead.exists()
    code, out, err = run("doctor", store, "--mend")
    assert (code, err) == (0, "")
    assert out.count(": mended") == 2
    assert not dead.exists()
    assert not part.exists()
    assert ours.exists()


def age_file(path: Path) -> Path:
    path.write_bytes(b"half")
    return age(path)


def test_snapshot_in_use_stays(store: Path, run: Run, unread: None) -> None:
    held = load_graph(store)
    (own,) = (store / READERS).iterdir()
    age(own)
    assert run("doctor", store, "--mend")[0] == 0
    assert own.exists()
    assert len(held)


@pytest.mark.parametrize("name", ["MANIFEST-*", "*.sst", "CURRENT"])
def test_damage_is_told_with_what_rebuilds_the_store(store: Path, name: str) -> None:
    (store.parent / f"{store.name}.who.tsv").write_text("left\tis\tright\n", encoding="utf-8")
    for path in store.glob(name):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    *_, last = look(store)
    assert "damaged" in last.told
    assert last.remedy == (
        "build it anew from its articles: kg build ARTICLE… --store NEW --decisions STORE.who.tsv"
    )


def test_store_that_is_in_use_or_unfinished_is_told(store: Path) -> None:
    (store / journal.NAME).write_text("x\n", encoding="utf-8")
    assert look(store)[0].told == "a run that filled it broke off"
    with lock_run(store, print):
        assert look(store)[0].told.startswith("a run fills it now")
    with lock_folder(store, write=True):
        pass


def test_decisions_that_are_wrong_or_not_followed_are_told(store: Path) -> None:
    book = store.parent / f"{store.name}.who.tsv"
    book.write_text("left\tis\tright\nNordil\tsame\tVasco\n", encoding="utf-8")
    assert look(store)[-1].remedy == "kg resolve STORE"
    book.write_text("left\tis\tright\nNordil\tlike\tVasco\n", encoding="utf-8")
    last = look(store)[-1]
    assert "line 2" in last.told
    assert last.remedy


def test_folder_that_is_no_store_is_told(tmp_path: Path, run: Run, unread: None) -> None:
    (one,) = look(tmp_path)
    assert one.remedy == "fill it with: kg build ARTICLE --store STORE"
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    (one,) = look(tmp_path)
    assert one.told.startswith("a folder of other files")
    code, _, err = run("doctor", tmp_path / "a.txt")
    assert code == 1
    assert err.endswith("a graph's file is checked by: kg check\n")


def test_report_holds_nothing_private(
    store: Path, run: Run, unread: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(store.parent))
    monkeypatch.setenv("KG_BY", "ann.secret@press.example")
    monkeypatch.chdir(store.parent)
    for path in store.glob("MANIFEST-*"):
        path.write_bytes(b"")
    for name in (store, store.name):
        code, out, _ = run("doctor", name)
        assert code == 1
        assert "FAULT store: its files are damaged (STORE: " in out
        assert "set: " in out
        assert "KG_BY" in out
        for private in ("secret", os.uname().nodename, str(store.parent), "Nordil"):
            assert private not in out


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        (
            "find_version",
            lambda name: "" if name == "rdflib" else "99",
            "rdflib is missing, needed",
        ),
        ("ROOM", 10**18, "make room, or set TMPDIR elsewhere"),
    ],
)
def test_fault_of_the_installation_is_told(
    name: str, value: object, told: str, run: Run, unread: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installation, name, value)
    code, out, err = run("doctor")
    assert (code, err.count("\n")) == (1, 1)
    assert told in out


def test_model_that_is_not_whole_is_told(
    tmp_path: Path, run: Run, unread: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_MODEL", str(tmp_path / "none"))
    code, out, _ = run("doctor")
    assert code == 1
    assert "FAULT weights: TMPDIR" in out or "FAULT weights: " in out
    assert "give a folder that `kg train` wrote, or reinstall pressgraph" in out


@pytest.mark.model
def test_installation_here_is_well(run: Run) -> None:
    code, out, err = run("doctor")
    assert (code, err) == (0, ""), out
    assert "reading: " in out
