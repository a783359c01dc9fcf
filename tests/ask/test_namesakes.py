"""Who is linked by a person's name alone is told so."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.ask.namesakes import find_namesakes
from kg.cli import main
from kg.files.writing import write_text
from kg.graph.rdf import write_readings
from kg.model import Article, Entity, Fact, Reading
from kg.store.engine import engine_of, load_graph

PAUL = Entity("Paul Vasselin", "Person")
FIRMS = tuple(Entity(name, "Company") for name in ("Ostrelec", "Solvéra"))


def posts(name: str, *firms: Entity) -> Reading:
    """Return that an article tells of posts at some companies."""
    facts = tuple(
        Fact(PAUL, "holdsPosition", firm, qualifiers={"role": "président"}, evidence=((n, n + 1),))
        for n, firm in enumerate(firms)
    )
    return Reading(Article(name, "Il y préside."), (PAUL, *firms), facts)


def write_graph(folder: Path, *readings: Reading) -> str:
    write_text(folder / "g.ttl", write_readings(readings))
    return str(folder / "g.ttl")


@pytest.mark.parametrize(
    ("readings", "found"),
    [
        ([posts("a", FIRMS[0]), posts("b", FIRMS[1])], [("Paul Vasselin", "Ostrelec", "Solvéra")]),
        ([posts("a", *FIRMS), posts("b", FIRMS[1])], []),
        ([posts("a", FIRMS[0])], []),
    ],
)
def test_only_what_no_article_says_whole_is_doubted(
    tmp_path: Path, readings: list[Reading], found: list[tuple[str, str, str]]
) -> None:
    store = engine_of(load_graph(write_graph(tmp_path, *readings)))
    assert find_namesakes(store, "board-links", {}) == found
    assert find_namesakes(store, "positions", {}) == []


def test_the_command_says_so_beside_its_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_graph(tmp_path, posts("a", FIRMS[0]), posts("b", FIRMS[1]))
    with pytest.raises(SystemExit) as done:
        main(["query", path, "board-links", "--of", "Solvéra", "--format", "csv"])
    said = capsys.readouterr()
    assert not done.value.code
    assert "Vasselin" in said.out
    assert said.err == (
        "kg: no article names Paul Vasselin, Solvéra and Ostrelec together: "
        "there may be two of that name\n"
    )
