"""Somebody's ontology or SKOS scheme on a page: what it is, by labels, and no percentages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph
from windows import write_pages

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
WOODS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix ex: <http://exemple.test/bois/> .
ex:B07 rdfs:label "sert à"@fr .
ex:B08 rdfs:label "cote du catalogue"@fr .
ex:all a skos:ConceptScheme ; skos:prefLabel "Bois d'harmonie"@fr .
ex:C1 a skos:Concept ; skos:inScheme ex:all ; skos:prefLabel "bois résineux"@fr, "softwood"@en .
ex:C2 a skos:Concept ; skos:inScheme ex:all ; skos:prefLabel "épicéa"@fr ; skos:broader ex:C1 ;
  ex:B07 ex:C3 ; ex:B08 "cat-A" ; skos:notation "12" .
ex:C3 a skos:Concept ; skos:inScheme ex:all ; skos:prefLabel "table d'harmonie"@fr .
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    graphs = {
        "woods": Graph().parse(data=WOODS, format="turtle"),
        "ours": Graph().parse(ROOT / "ontologies/pressgraph.ttl"),
    }
    return write_pages(tmp_path_factory.mktemp("pages"), graphs)


def test_a_skos_scheme_says_what_it_is_and_draws_its_concepts(look: Any) -> None:
    tab = look("woods", viewport={"width": 1280, "height": 760})
    assert tab.locator("h1").inner_text() == "Bois d'harmonie"
    panel = tab.locator("#panel").inner_text()
    assert panel.split("\n\n")[:2] == ["Vocabulaire SKOS", "3 concepts"]
    lines = tab.evaluate(
        """pressgraph.facts.map(({ from, to, relation, value }) => [pressgraph.things[from].name, relation,
             to === undefined ? value : pressgraph.things[to].name])"""  # noqa: E501
    )
    assert sorted(lines) == [
        ["épicéa", "B07", "table d'harmonie"], ["épicéa", "B08", "cat-A"],
        ["épicéa", "broader", "bois résineux"], ["épicéa", "notation", "12"],
    ]  # fmt: skip
    for words in ("terme générique", "sert à"):
        assert words in tab.locator("#legend").inner_text().lower()


def test_nothing_of_a_vocabulary_is_a_percentage(look: Any) -> None:
    tab = look("woods", viewport={"width": 1280, "height": 760})
    seen = [tab.locator("body").inner_text()]
    for number in range(tab.evaluate("pressgraph.facts.length")):
        tab.evaluate(f"pressgraph.choose(pressgraph.facts[{number}])")
        seen.append(tab.locator("#panel").inner_text())
    tab.get_by_role("button", name="Tableau").click()
    seen.append(tab.locator("#table").inner_text())
    assert any("cote du catalogue cat-A" in words for words in seen)
    assert not any("NaN" in words or "%" in words for words in seen)


def test_an_ontology_draws_classes_and_properties(look: Any) -> None:
    tab = look("ours")
    kinds = tab.evaluate("pressgraph.things.map(it => it.kind)")
    assert f"{kinds.count('Class')} classes" in tab.locator("#panel").inner_text()
    assert tab.locator("#panel h2").inner_text() == "Ontologie"
    assert kinds.count("Class") > 20
    assert tab.evaluate(
        """pressgraph.facts.some(({ from, to, relation }) => relation === "subsidiaryOf"
             && pressgraph.things[from].name === "organisation" && pressgraph.things[to].name === "organisation")"""  # noqa: E501
    )
    tab.locator("#lang").click()
    assert tab.locator("#panel h2").inner_text() == "Ontology"
