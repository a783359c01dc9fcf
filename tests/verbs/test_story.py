"""One deal as five articles tell it over four months: one claim, which has that history."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from conftest import GOLDEN

from kg.files.writing import write_text
from kg.graph.rdf import write_readings
from kg.model import Article, Entity, Fact, Modality, Reading
from kg.store.store import put_readings
from kg.who.view.beside import follow_book

Run = Callable[..., tuple[int, str, str]]
SELLER = Entity("Kelbridge Foods", "Company")
#: Article, date, how the deal is put, and the words; who is quoted is the seller.
STORY: tuple[tuple[str, str, Modality, str], ...] = (
    ("rumeur", "2024-03-04", "Possible", "Ormenault étudierait le rachat de Pradeyrac."),
    ("annonce", "2024-04-11", "Planned", "Ormenault va racheter Pradeyrac pour 310 millions."),
    ("dementi", "2024-05-02", "Denied", "Non, Ormenault n'achète pas Pradeyrac, dit Kelbridge "
                                        "Foods."),
    ("accord", "2024-06-12", "Planned", "Le groupe Ormenault rachètera Pradeyrac SA cet été."),
    ("cloture", "2024-07-01", "Actual", "Ormenault a racheté Pradeyrac."),
)  # fmt: skip


def say(name: str, date: str, modality: Modality, text: str) -> Reading:
    """Return what an article says of the deal, by the names that it has for both."""
    buyer = "Groupe Ormenault" if "groupe Ormenault" in text else "Ormenault"
    target = "Pradeyrac SA" if "Pradeyrac SA" in text else "Pradeyrac"
    ends = []
    for end in (buyer, target, *(["Kelbridge Foods"] if "Kelbridge" in text else [])):
        begin = text.lower().index(end.lower())
        ends.append(Entity(end, "Company", mentions=((begin, begin + len(end)),)))
    figures = {"amount": 310_000_000, "currency": "EUR"} if "310" in text else {}
    fact = Fact(ends[0], "acquired", ends[1], modality, confidence=0.8, qualifiers=figures,
                attributed_to=ends[2] if len(ends) > 2 else None,
                evidence=((0, len(text)),))  # fmt: skip
    about = Article(name, text, title=text, published=date, source="Le Soir")
    return Reading(about, tuple(ends), (fact,), ((0, len(text)),))


def test_a_deal_over_four_months_is_one_claim(run: Run, tmp_path: Path, write: bool) -> None:
    readings = [say(*row) for row in STORY]
    list(put_readings(tmp_path / "news", readings))
    follow_book(tmp_path / "news")
    code, out, err = run("claims", tmp_path / "news", "--format", "json")
    assert (code, err) == (0, "")
    path = Path(GOLDEN) / "story.json"
    if write:
        write_text(path, out)
    assert out == path.read_text(encoding="utf-8"), "if this change is meant, run: make golden"
    (claim,) = json.loads(out)
    assert [step[1] for step in claim["history"]] == [
        "possible", "planned", "denied", "planned", "actual",
    ]  # fmt: skip
    assert [it["by"] for it in claim["said"]] == ["", "", "Kelbridge Foods", "", ""]
    graph = tmp_path / "graph.ttl"
    graph.write_text(write_readings(readings), encoding="utf-8")
    (told,) = json.loads(run("claims", graph, "--format", "json")[1])
    for same in ("claim", "history", "standing", "voices", "modality"):
        assert told[same] == claim[same]
