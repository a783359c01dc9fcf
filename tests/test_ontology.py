"""The ontology and the areas are complete, and their reader says what is wrong with them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from kg import ontology
from kg.errors import DataError
from kg.graph import rdf
from kg.graph.vocabularies import KG
from kg.names.areas import find_area, fold_words

FOURTEEN = {
    "subsidiaryOf", "partnerOf", "acquired", "holdsStakeIn", "investedIn", "mergedWith",
    "competesWith", "supplierOf", "holdsPosition", "basedIn", "operatesIn", "offers",
    "cooperatesIn", "marketShare",
}  # fmt: skip
WIKIDATA = {"P355", "P749", "P127", "P169", "P1037", "P159", "P452", "P1616", "P1278"}


@pytest.fixture(scope="module")
def written() -> Graph:
    return Graph().parse(ontology.ontology_folder() / "pressgraph.ttl")


@pytest.fixture(scope="module")
def areas() -> Graph:
    return Graph().parse(ontology.ontology_folder() / "areas.ttl")


def languages(graph: Graph, node: URIRef, predicate: URIRef) -> list[str | None]:
    return sorted(o.language for o in graph.objects(node, predicate) if isinstance(o, Literal))


def test_rdflib_and_oxigraph_read_the_same_terms(written: Graph) -> None:
    properties = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    kinds = (OWL.Class, *properties, OWL.NamedIndividual)
    declared = {s for kind in kinds for s in written.subjects(RDF.type, kind) if s.startswith(KG)}
    assert {KG[name] for name in ontology.terms()} == declared
    assert len(ontology.classes()) == 19
    assert len(ontology.properties()) == 48


def test_every_term_has_one_label_and_one_definition_a_language(written: Graph) -> None:
    for name in ontology.terms():
        assert languages(written, KG[name], RDFS.label) == ["en", "fr"], name
        assert languages(written, KG[name], SKOS.definition) == ["en", "fr"], name


def test_every_property_has_one_domain_and_one_range(written: Graph) -> None:
    for name in ontology.properties():
        for end in (RDFS.domain, RDFS.range):
            assert len(list(written.objects(KG[name], end))) == 1, name


def test_relations_are_the_fourteen_and_those_of_agreements() -> None:
    assert set(ontology.relations()) == FOURTEEN | {"party", "concernsUnit", "hasArea"}


def test_every_relation_has_wordings_in_each_language_and_nothing_else_has(written: Graph) -> None:
    for name, term in ontology.terms().items():
        spoken = set(languages(written, KG[name], KG.wording))
        assert spoken == ({"en", "fr"} if name in ontology.relations() else set()), name
        assert set(term.wordings) == spoken
        assert sum(map(len, term.wordings.values())) == len(
            list(written.objects(KG[name], KG.wording))
        )


def test_only_what_holds_both_ways_is_symmetric() -> None:
    symmetric = {name for name, term in ontology.properties().items() if term.symmetric}
    assert symmetric == {"partnerOf", "mergedWith", "competesWith"}


def test_alignments_reach_each_vocabulary_and_name_no_other_wikidata_property(
    written: Graph,
) -> None:
    about = {str(term) for triple in written for term in triple}
    for vocabulary in (
        "www.w3.org/ns/org#",
        "schema.org/",
        "www.w3.org/ns/prov#",
        "edmcouncil.org",
    ):
        assert any(vocabulary in term for term in about), vocabulary
    assert {t.rpartition("/")[2] for t in about if "wikidata.org" in t} == WIKIDATA


def test_every_term_of_a_graph_is_declared(graph: Graph) -> None:
    used = {t.removeprefix(KG) for triple in graph for t in triple if t.startswith(str(KG))}
    assert len(used) > 30
    assert used <= set(ontology.terms())


def test_every_term_that_rdf_names_is_declared() -> None:
    named = set(re.findall(r"\bKG\.(\w+)", Path(rdf.__file__).read_text(encoding="utf-8")))
    assert {"Fact", "modality", "confidence"} <= named
    assert named <= set(ontology.terms())
    assert set(rdf.FOLDERS) <= set(ontology.classes())
    assert set(rdf.DATATYPES) <= set(ontology.properties())


def test_is_a_goes_up_to_foreign_classes_and_knows_no_other_way() -> None:
    assert ontology.is_a("PublicBody", "Organization")
    assert ontology.is_a("Company", "http://www.w3.org/ns/prov#Agent")
    assert ontology.is_a("Place", "Place")
    assert not ontology.is_a("Organization", "Company")
    with pytest.raises(DataError, match="'Compagny' is no class of the ontology; write 'Company'"):
        ontology.is_a("Compagny", "Organization")


def test_label_falls_back_to_english() -> None:
    assert ontology.label("Denied", "fr") == "démenti"
    assert ontology.label("Company", "de") == "company"
    with pytest.raises(DataError, match=r"'partnersOf' is no term .* write 'partnerOf'"):
        ontology.label("partnersOf", "fr")


def test_check_property_says_where_and_what_is_nearest() -> None:
    ontology.check_property("partnerOf")
    with pytest.raises(DataError, match=r"^lang/fr.toml: 'aquired' is no .* write 'acquired'\?$"):
        ontology.check_property("aquired", where="lang/fr.toml")
    with pytest.raises(DataError, match=r"see ontologies/pressgraph.ttl"):
        ontology.check_property("zzz")


BLOCK = """@prefix kg: <https://w3id.org/pressgraph/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
kg:Company a owl:Class ; rdfs:label "company"@en, "entreprise"@fr .
kg:buys a owl:ObjectProperty ; rdfs:label "buys"@en, "achète"@fr ;
    rdfs:domain kg:Company ; rdfs:range kg:Company .
kg:Fact a owl:Class ; rdfs:label "fact"@en, "fait"@fr .
kg:date a owl:DatatypeProperty ; rdfs:label "date"@en, "date"@fr ;
    rdfs:domain kg:Fact ; rdfs:range rdfs:Literal .
kg:sells a owl:ObjectProperty, kg:Relation ; rdfs:label "sells"@en, "vend"@fr ;
    kg:wording "{subject} sells {object}"@en, "{subject} sold {object} in {date}"@en,
        "{subject} vend {object}"@fr ;
    rdfs:domain kg:Fact ; rdfs:range kg:Fact .
"""


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        (', "achète"@fr', "", "o.ttl: kg:buys: no rdfs:label @fr; add one"),
        ("rdfs:domain kg:Company ;", "", "o.ttl: kg:buys: 0 rdfs:domain; give exactly one"),
        ("range kg:Company", "range kg:Company, owl:Thing", "o.ttl: kg:buys: 2 rdfs:range"),
        ("domain kg:Company", "domain kg:Compny", "o.ttl: kg:buys: 'Compny' .* 'Company'"),
        ("kg:buys a", "kg:buys", "o.ttl: cannot be read: "),
        (',\n        "{subject} vend {object}"@fr', "", "o.ttl: kg:sells: no kg:wording @fr with"),
        ('"{subject} sells {object}"@en, ', "", "kg:sells: no kg:wording @en with .* alone; add"),
        ("{date}", "{dates}", "@en: '{dates}' is no gap; write '{date}'"),
        ("{date}", "{0}", "kg:sells: kg:wording @en: .0. is no gap; write gaps as {subject}"),
        ("{date}", "{date!r}", "@en: {date} is no gap; write gaps as {subject}"),
        ("{date}", "{date", "@en: .*; write gaps as {subject}"),
    ],
)
def test_a_fault_in_the_file_is_told_with_its_entry(
    tmp_path: Path, right: str, wrong: str, said: str
) -> None:
    path = tmp_path / "o.ttl"
    path.write_text(BLOCK, encoding="utf-8")
    assert list(ontology.read_terms(path)) == ["Company", "buys", "Fact", "date", "sells"]
    assert BLOCK.count(right) == 1
    path.write_text(BLOCK.replace(right, wrong), encoding="utf-8")
    with pytest.raises(DataError, match=said) as caught:
        ontology.read_terms(path)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"none.ttl: cannot be read"):
        ontology.read_terms(tmp_path / "none.ttl")


def test_areas_are_about_fifty_concepts_with_both_languages(areas: Graph) -> None:
    concepts = set(areas.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) == 51
    for concept in concepts:
        assert concept.startswith(ontology.AREAS)
        assert languages(areas, concept, SKOS.prefLabel) == ["en", "fr"], concept
        assert languages(areas, concept, SKOS.definition) == ["en", "fr"], concept
        assert set(languages(areas, concept, SKOS.altLabel)) == {"en", "fr"}, concept
    assert set(areas.objects(None, SKOS.broader)) <= concepts


def test_no_two_areas_share_a_label(areas: Graph) -> None:
    owners = defaultdict(set)
    for kind in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel):
        for concept, label in areas.subject_objects(kind):
            assert isinstance(label, Literal)
            owners[label.language, fold_words(label)].add(concept)
    assert [words for words, concepts in owners.items() if len(concepts) > 1] == []


def test_every_label_finds_its_area(areas: Graph) -> None:
    for kind in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel):
        for concept, label in areas.subject_objects(kind):
            assert isinstance(label, Literal)
            assert find_area(label, label.language or "") == str(concept), label


@pytest.mark.parametrize(
    ("phrase", "area"),
    [
        ("voitures et bus électriques", "electric-vehicles"),
        ("développement de l'autopartage", "car-sharing"),
        ("cloud public", "cloud"),
        ("l’Intelligence Artificielle", "artificial-intelligence"),
        ("stockage de l'électricité", "energy-storage"),
        ("usine de batteries", "energy-storage"),
        ("réseaux de bornes de recharge", "electric-vehicles"),
        ("logiciels de cybersécurité", "cybersecurity"),
        ("projets de R&D", "research-development"),
        ("nouvelle usine", "manufacturing"),
    ],
)
def test_a_phrase_finds_its_area(phrase: str, area: str) -> None:
    assert find_area(phrase, "fr") == ontology.AREAS + area


@pytest.mark.parametrize("phrase", ["", "un projet commun", "cloudy", "développement de l'offre"])
def test_a_phrase_that_names_no_area_finds_none(phrase: str) -> None:
    assert find_area(phrase, "fr") is None


def test_areas_are_found_in_the_language_of_the_phrase() -> None:
    assert find_area("electric cars and buses", "en") == find_area("voitures électriques", "fr")
    assert find_area("voitures électriques", "de") is None


def test_reading_the_ontology_does_not_load_rdflib() -> None:
    code = (
        "import sys; from kg import ontology; ontology.relations(); print('rdflib' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
