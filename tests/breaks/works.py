"""The works that are broken: builds, decisions, registers, exports, each from files of its own."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

from breaking import Work

#: Articles by name, as a first build puts them in, and as they stand when it is done again.
TEXTS = {
    "un": "Valcorne achète Brisol\n\nValcorne achète Brisol en mai 2019, dit le groupe.\n",
    "deux": "Brisol achète Valcorne\n\nLe groupe Brisol achète Valcorne pour 12 millions d'€.\n",
    "trois": "Le groupe Valcorne\n\nValcorne à Lyon en mai. Brisol achète le groupe en mai 2020.\n",
}
NEWER = {
    "un": TEXTS["un"] + "\nBrisol achète Valcorne en mai.\n",
    "quatre": "Valcorne à Lyon\n\nLe groupe Valcorne achète Brisol, à Lyon.\n",
}
ARTICLES = tuple(f"{name}.fr.txt" for name in (*TEXTS, "quatre"))
BOOK = "left\tis\tright\n# à la main\nNordil\tdifferent\tVasco\n"


def write_texts(folder: Path, texts: dict[str, str]) -> None:
    """Write articles."""
    for name, text in texts.items():
        (folder / f"{name}.fr.txt").write_text(text, encoding="utf-8")


def kg(folder: Path, *command: str) -> None:
    """Run a command in a folder, as part of what is there before."""
    from kg.cli import main

    os.chdir(folder)
    try:
        main(command)
    except SystemExit as done:
        assert not done.code, command


def write_news(folder: Path) -> None:
    """Write four articles, and what is there of them before: nothing."""
    write_texts(folder, TEXTS | NEWER)


def write_built(folder: Path) -> None:
    """Write articles that were built once as they stood then: as a graph, in a folder, a store."""
    write_texts(folder, TEXTS)
    names = sorted(path.name for path in folder.glob("*.txt"))
    kg(folder, "build", *names, "-o", "out.ttl")
    kg(folder, "build", *names, "--each", "graphs")
    kg(folder, "build", *names, "--store", "news")
    write_texts(folder, NEWER)


def write_press(folder: Path) -> None:
    """Write a store of three articles, with a file of decisions that it follows."""
    from press import press_readings

    from kg.store.store import put_readings

    for _ in put_readings(folder / "news", press_readings()):
        pass
    (folder / "news.who.tsv").write_text(BOOK, encoding="utf-8")
    kg(folder, "resolve", "news")


def write_edited(folder: Path) -> None:
    """Write that store, and a file of decisions that was edited since."""
    write_press(folder)
    edited = "Nordil\tsame\tBelmar\nOrvane\tdrop\t\nJeanne Ferrand\tcall\tJ. Ferrand\n"
    (folder / "news.who.tsv").write_text(BOOK + edited, encoding="utf-8")


def write_judged(folder: Path) -> None:
    """Write that store, with one more decision that may be taken back."""
    write_press(folder)
    kg(folder, "same", "Nordil", "Belmar", "--store", "news")


def write_graph(folder: Path) -> None:
    """Write a graph, and what exports of another one have left there."""
    from conftest import read_nordil
    from press import press_graph

    from kg.graph.rdf import build_graph, write_turtle

    (folder / "old.ttl").write_text(write_turtle(press_graph()), encoding="utf-8")
    (folder / "graph.ttl").write_text(write_turtle(build_graph([read_nordil()])), "utf-8")
    for form in ("graphml", "jsonld", "claims"):
        kg(folder, "export", "old.ttl", "--to", form, "-o", f"out.{form}")
    kg(folder, "export", "old.ttl", "--to", "csv", "-o", "tables")
    kg(folder, "draw", "old.ttl", "-o", "page.html")


def write_register(folder: Path) -> None:
    """Write an official file, and a register that was made of an older one."""
    from registers import SIRENE, make_siren, unit, write_table

    def write(*names: str) -> None:
        rows = [unit(make_siren(f"{90000001 + at}"), name) for at, name in enumerate(names)]
        (folder / "siren.csv").write_text(write_table(SIRENE, rows), encoding="utf-8")

    write("Valmontane")
    kg(folder, "register", "add", "siren.csv", "--as", "siren", "-o", "firms")
    write("Valmontane", "Orvane", "Nordil")


def write_known(folder: Path) -> None:
    """Write that store, and a register that knows one of its organizations."""
    from registers import WIKIDATA, write_table

    write_press(folder)
    known = {"item": "http://www.wikidata.org/entity/Q900009", "itemLabel": "Vasco"}
    rows = [known | {"country": "CN"}]
    (folder / "wikidata.csv").write_text(write_table(WIKIDATA, rows), encoding="utf-8")
    kg(folder, "register", "add", "wikidata.csv", "--as", "wikidata", "-o", "firms")


RESOLVE, RACHATS = ("resolve", "news"), "news:https://pressgraph.example/id/graph/rachats"
BUILD = ("build", *ARTICLES)
WORKS = {
    "build to a file": Work(write_built, (*BUILD, "-o", "out.ttl")),
    "build to a folder": Work(write_built, (*BUILD, "--each", "graphs")),
    "build a store": Work(write_news, (*BUILD, "--store", "news")),
    "build into a store": Work(write_built, (*BUILD, "--store", "news")),
    "same": Work(write_press, ("same", "Nordil", "Belmar", "--store", "news")),
    "wrong": Work(write_press, ("wrong", "Nordil", "acquired", "Orvane", "--store", "news")),
    "undo": Work(write_judged, ("undo", "--store", "news"), "news.who.tsv", RESOLVE),
    "identify": Work(write_known, ("identify", "--store", "news", "--register", "firms")),
    "resolve": Work(write_edited, RESOLVE),
    "forget": Work(write_press, ("forget", "rachats", "--store", "news"), RACHATS, RESOLVE),
    "export": Work(write_graph, ("export", "graph.ttl", "-o", "out.graphml")),
    "export of tables": Work(write_graph, ("export", "graph.ttl", "--to", "csv", "-o", "tables")),
    "draw": Work(write_graph, ("draw", "graph.ttl", "-o", "page.html")),
    "register": Work(
        write_register, ("register", "add", "siren.csv", "--as", "siren", "-o", "firms")
    ),
}  # fmt: skip


def ready(stack: ExitStack, place: Path) -> None:
    """Import what the works need, and let a network made by hand read, at a time that stands."""
    from campaign import import_all
    from trying import stand_in

    import kg.who.judging

    import_all()
    stack.enter_context(stand_in())
    kg.who.judging.now = lambda: "2026-11-30T12:00:00Z"
    os.environ["XDG_DATA_HOME"] = str(place / "home")
