"""The score follows the gold standard's rules, and equals its own script where that is at hand."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

from kg.errors import ScoreError
from kg.graph.rdf import build_graph, write_turtle
from kg.model import Article, Entity, Fact, Reading
from kg.score.gold import overlap
from kg.score.scores import Counts, check_floors, score_graphs

SHARED = ROOT.parent / "shared" / "gold"
NORDIL = Entity("Groupe Nordil", "Company")
VASCO = Entity("Vasco", "Company", aliases=("Vasco SA",))
JEANNE = Entity("Jeanne Ferrand", "Person")
AREA = Entity("stockages d'énergies", "CooperationArea")
GOLD = {
    "lang": "fr",
    "entities": [
        {"id": "n", "type": "Organization", "name": "Nordil"},
        {"id": "v", "type": "Organization", "also": ["Product"], "name": "Vasco SA"},
        {"id": "j", "type": "Person", "name": "Jeanne Ferrand"},
        {"id": "m", "type": "Place", "name": "Maroc"},
        {"id": "o", "type": "Product", "name": "Orvane", "optional": True},
    ],
    "relations": [
        {"type": "partnerOf", "subject": "v", "object": "n", "modality": "planned"},
        {"type": "holdsPosition", "subject": "j", "object": "n", "role": "directrice générale"},
        {"type": "cooperatesIn", "subject": "n", "object": ["le stockage d'énergie", "piles"]},
        {"type": "marketShare", "subject": "n", "value": 12.5},
        {"type": "operatesIn", "subject": "n", "object": "m"},
        {"type": "offers", "subject": "n", "object": "o", "optional": True},
    ],
}


def role(title: str) -> dict[str, str]:
    return {"role": title}


FACTS = {
    "partner": Fact(NORDIL, "partnerOf", VASCO, "Planned"),
    "partner again": Fact(VASCO, "partnerOf", NORDIL),
    "position": Fact(JEANNE, "holdsPosition", NORDIL, qualifiers=role("Directrice générale")),
    "area": Fact(NORDIL, "cooperatesIn", AREA),
    "share": Fact(NORDIL, "marketShare", Decimal("12.46")),
    "wrong share": Fact(NORDIL, "marketShare", Decimal("13")),
    "optional": Fact(NORDIL, "offers", Entity("Orvane", "Product")),
    "wrong": Fact(NORDIL, "acquired", VASCO),
}


def write_case(folder: Path, *names: str) -> tuple[Path, Path]:
    """Write the gold and the graph of some facts, in two folders."""
    for name in ("gold", "graphs"):
        (folder / name).mkdir(exist_ok=True)
    (folder / "gold" / "a.json").write_text(json.dumps(GOLD), encoding="utf-8")
    facts = tuple(FACTS[name] for name in names)
    things = dict.fromkeys(
        thing for fact in facts for thing in (fact.subject, fact.object)
        if isinstance(thing, Entity)
    )  # fmt: skip
    graph = build_graph([Reading(Article("a", "Texte."), tuple(things), facts)])
    (folder / "graphs" / "a.ttl").write_text(write_turtle(graph), encoding="utf-8")
    return folder / "gold", folder / "graphs"


@pytest.mark.parametrize(
    ("names", "right", "wrong", "missed"),
    [
        ([], 0, 0, 5),
        (["partner"], 1, 0, 4),
        (["partner", "partner again"], 1, 0, 4),
        (["area", "share", "position"], 3, 0, 2),
        (["wrong share"], 0, 1, 5),
        (["optional"], 0, 0, 5),
        (["wrong", "partner"], 1, 1, 4),
    ],
)
def test_facts_are_counted(
    tmp_path: Path, names: list[str], right: int, wrong: int, missed: int
) -> None:
    assert score_graphs(*write_case(tmp_path, *names)).relations == Counts(right, wrong, missed)


def test_entities_modality_roles_and_errors_are_counted(tmp_path: Path) -> None:
    score = score_graphs(*write_case(tmp_path, "partner", "position", "optional", "wrong"))
    assert score.entities == Counts(right=3, wrong=0, missed=1)
    assert score.matched == {"facts": 2, "modality": 2, "roles": 1, "right_roles": 1}
    assert score.errors["a"] == [
        "- entity Maroc (Place)",
        "+ Groupe Nordil acquired Vasco",
        "- Nordil cooperatesIn le stockage d'énergie, piles",
        "- Nordil marketShare 12.5",
        "- Nordil operatesIn Maroc",
    ]


def test_wrong_modality_and_role_are_told(tmp_path: Path) -> None:
    gold, graphs = write_case(tmp_path, "partner again", "position")
    path = graphs / "a.ttl"
    turtle = path.read_text(encoding="utf-8").replace("Directrice générale", "trésorière")
    path.write_text(turtle, encoding="utf-8")
    measures = score_graphs(gold, graphs).measures()
    assert (measures["modality"], measures["roles"]) == (0.5, 0.0)


def test_missing_and_unreadable_graphs_count_as_empty(tmp_path: Path) -> None:
    gold, graphs = write_case(tmp_path, "partner")
    (graphs / "a.ttl").write_text("n'importe quoi", encoding="utf-8")
    score = score_graphs(gold, graphs)
    assert score.relations == Counts(0, 0, 5)
    assert score.errors["a"][0].startswith("! unreadable graph")
    (graphs / "a.ttl").unlink()
    assert score_graphs(gold, graphs).relations == Counts(0, 0, 5)


def test_two_files_are_scored(tmp_path: Path) -> None:
    gold, graphs = write_case(tmp_path, "partner")
    assert score_graphs(gold / "a.json", graphs / "a.ttl").relations.right == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "malformed gold file"),
        ("[]", "malformed gold file"),
        ('{"entities": []}', "'relations'"),
        ('{"entities": [], "relations": [{"type": "acquired", "subject": "x"}]}', "'x'"),
    ],
)
def test_malformed_gold_is_refused(tmp_path: Path, content: str, said: str) -> None:
    gold, graphs = write_case(tmp_path)
    (gold / "a.json").write_text(content, encoding="utf-8")
    with pytest.raises(ScoreError) as caught:
        score_graphs(gold, graphs)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_nothing_to_score_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ScoreError, match="no gold file"):
        score_graphs(tmp_path, tmp_path)
    gold, _ = write_case(tmp_path)
    with pytest.raises(ScoreError, match="no such file or folder"):
        score_graphs(gold, tmp_path / "nowhere")


def test_floors_are_held_or_told(tmp_path: Path) -> None:
    score = score_graphs(*write_case(tmp_path, "partner", "wrong"))
    floors = tmp_path / "floors.toml"
    floors.write_text("precision = 0.5\n[by_relation]\npartnerOf = 1.0\n", encoding="utf-8")
    check_floors(score, floors)
    floors.write_text(
        "relations_f1 = 0.9\nmodality = 1\n[by_relation]\npartnerOf = 1.0\nacquired = 0.1\n",
        encoding="utf-8",
    )
    with pytest.raises(ScoreError) as caught:
        check_floors(score, floors)
    assert str(caught.value).endswith(": relations_f1 0.286 < 0.900; acquired 0.000 < 0.100")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("recal = 0.5", "unknown 'recal'"),
        ("[by_relation]\nprecision = 0.5", "unknown 'precision'"),
        ("precision = 'haut'", "must be a number"),
        ("precision = ", "malformed floors"),
    ],
)
def test_wrong_floors_are_refused(tmp_path: Path, content: str, said: str) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text(content, encoding="utf-8")
    with pytest.raises(ScoreError, match=said):
        check_floors(score_graphs(*write_case(tmp_path)), floors)


def test_words_meet_whatever_their_ending() -> None:
    assert overlap("le stockage de l'énergie", "stockages d'énergies") == 1.0
    assert overlap("cloud", "le la les") == 0.0


@pytest.mark.skipif(not (SHARED / "score.py").exists(), reason="the gold standard is elsewhere")
@pytest.mark.parametrize(
    "names", [[], list(FACTS), ["partner again", "partner", "share"], ["wrong", "area", "optional"]]
)
def test_score_equals_that_of_the_gold_standard(tmp_path: Path, names: list[str]) -> None:
    gold, graphs = write_case(tmp_path, *names)
    command = [sys.executable, str(SHARED / "score.py"), str(gold), str(graphs), "--json"]
    subprocess.run([*command, str(tmp_path / "theirs")], check=True, capture_output=True)
    theirs: dict[str, Any] = json.loads((tmp_path / "theirs").read_text(encoding="utf-8"))
    score = score_graphs(gold, graphs)
    ours = {
        "relations": {
            "p": score.relations.precision, "r": score.relations.recall, "f1": score.relations.f1,
        },
        "mean_f1": score.measures()["mean_f1"],
        "entities": {
            "p": score.entities.precision, "r": score.entities.recall, "f1": score.entities.f1,
        },
        "modality": score.measures()["modality"],
        "by_relation": {name: counts.f1 for name, counts in score.by_relation.items()},
    }  # fmt: skip
    # Theirs tells of qualifiers, too.
    mine = flat(ours)
    assert mine == pytest.approx({name: flat(theirs)[name] for name in mine})


def flat(measures: dict[str, Any], prefix: str = "") -> dict[str, float]:
    """Return nested measures as one level."""
    found: dict[str, float] = {}
    for name, value in measures.items():
        part = flat(value, f"{name}.") if isinstance(value, dict) else {name: value}
        found.update({prefix + key: figure for key, figure in part.items()})
    return found
