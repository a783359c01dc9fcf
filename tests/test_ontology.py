"""The ontology and the areas are complete, and their reader says what is wrong with them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from promises import FAULTS, GOOD, VARIANTS
from pyshacl import validate
from rdflib import DCTERMS, FOAF, OWL, PROV, RDF, RDFS, SDO, SKOS, Graph, Literal, URIRef
from rdflib.namespace import ORG
from rdflib.term import Node

import kg
from kg import ontology
from kg.errors import DataError
from kg.graph import rdf, terms
from kg.graph.check import check_graph
from kg.graph.vocabularies import KG
from kg.names.areas import find_area, fold_words
from kg.wordings import fill_wording, find_gaps

FIFTEEN = {
    "subsidiaryOf", "partnerOf", "acquired", "holdsStakeIn", "investedIn", "founded", "mergedWith",
    "competesWith", "supplierOf", "holdsPosition", "basedIn", "operatesIn", "offers",
    "cooperatesIn", "marketShare",
}  # fmt: skip
#: Relations of agreements and of deals.
ROLES = {"party", "concernsUnit", "hasArea", "buyer", "target", "seller"}
OWNING = {"acquired", "holdsStakeIn", "investedIn", "founded"}
#: Properties that say how a term goes with those of others.
ALIGNING = (
    RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentProperty, SKOS.closeMatch, SKOS.broadMatch,
    SKOS.narrowMatch, SKOS.relatedMatch,
)  # fmt: skip
#: Vocabularies whose terms rdflib knows.
CLOSED = {
    "org": ORG, "schema": SDO, "prov": PROV, "foaf": FOAF, "skos": SKOS, "dcterms": DCTERMS,
    "rdf": RDF, "owl": OWL,
}  # fmt: skip
#: Every term of others that ours are aligned with, so that a typing error is seen.
ALIGNED = {
    "dcterms": "subject",
    "fibo-agr": "Agreement",
    "fibo-cae": "CorporateAction MergerAcquisition",
    "fibo-cctl": "isSubsidiaryOf",
    "fibo-ctr": "Contract hasContractParty",
    "foaf": "Agent Person",
    "nif": "Context",
    "org": """ChangeEvent Organization OrganizationalCollaboration classification hasPrimarySite
        headOf holds identifier linkedTo memberOf originalOrganization role subOrganizationOf""",
    "owl": "differentFrom sameAs",
    "pq": "P1107 P1114 P1319 P1326 P1352 P585",
    "prov": """Activity Agent Entity Location Organization Person SoftwareAgent hadMember
        wasAssociatedWith wasAttributedTo wasDerivedFrom""",
    "rdf": "Property Statement",
    "schema": """BuyAction City Claim Corporation Country GovernmentOrganization NewsArticle
        Organization Person Place Product SoftwareApplication TradeAction about affiliation
        appearance areaServed buyer founder funder knowsAbout leiCode location makesOffer
        manufacturer object observationDate owns parentOrganization participant price
        priceCurrency roleName seller startDate worksFor""",
    "skos": "Concept",
    "wd": "Q2221906 Q2424752 Q321839 Q327333 Q43229 Q489209 Q5 Q515 Q5707594 Q6256 Q783794 Q93288",
    "wdt": """P1037 P1056 P108 P112 P127 P1278 P159 P1616 P169 P17 P176 P1830 P1951 P2541 P2652
        P355 P39 P452 P710 P749 P7888""",
    "wikibase": "Statement",
}
#: Our relation → the property of others that says the same from object to subject.
TURNED = {
    "subsidiaryOf": {"P355"}, "holdsStakeIn": {"P127"}, "investedIn": {"P1951", "funder"},
    "founded": {"P112", "founder"}, "offers": {"P176", "manufacturer"}, "voice": {"hadMember"},
}  # fmt: skip


@pytest.fixture(scope="module")
def written() -> Graph:
    return Graph().parse(ontology.ontology_folder() / "pressgraph.ttl")


@pytest.fixture(scope="module")
def areas() -> Graph:
    return Graph().parse(ontology.ontology_folder() / "areas.ttl")


def languages(graph: Graph, node: URIRef, predicate: URIRef) -> list[str | None]:
    return sorted(o.language for o in graph.objects(node, predicate) if isinstance(o, Literal))


def test_rdflib_and_oxigraph_read_the_same_terms(written: Graph) -> None:
    properties = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property)
    kinds = (OWL.Class, *properties, OWL.NamedIndividual)
    declared = {s for kind in kinds for s in written.subjects(RDF.type, kind) if s.startswith(KG)}
    assert {KG[name] for name in ontology.terms()} == declared
    assert len(ontology.classes()) == 32
    assert len(ontology.properties()) == 74


def test_every_term_has_one_label_and_one_definition_a_language(written: Graph) -> None:
    for name in ontology.terms():
        assert languages(written, KG[name], RDFS.label) == ["en", "fr"], name
        assert languages(written, KG[name], SKOS.definition) == ["en", "fr"], name


def test_every_property_has_one_domain_and_one_range(written: Graph) -> None:
    for name in ontology.properties():
        for end in (RDFS.domain, RDFS.range):
            assert len(list(written.objects(KG[name], end))) == 1, name


def test_relations_are_the_fifteen_and_the_roles() -> None:
    assert set(ontology.relations()) == FIFTEEN | ROLES


def test_who_owns_invests_or_founds_may_be_a_person() -> None:
    by_domain = {n for n in ontology.relations() if ontology.properties()[n].domain == "Agent"}
    assert by_domain == OWNING
    assert ontology.is_a("Person", "Agent")
    assert ontology.is_a("Company", "Agent")
    assert not ontology.is_a("Place", "Agent")


def test_a_qualifier_is_of_a_fact_or_of_all_that_has_qualifiers() -> None:
    properties = ontology.properties().items()
    of_all = {name for name, term in properties if term.domain == "Qualified"}
    of_facts = {name for name, term in properties if term.domain == "Fact"}
    assert {"share", "amountMin", "currency", "date", "announced", "kind", "counted"} <= of_all
    assert of_facts == {
        "modality", "ended", "attributedTo", "confidence", "role", "asOf", "asOfMin", "asOfMax",
        "market", "rank", "agreement", "deal",
    }  # fmt: skip
    for kind in ("Fact", "Deal", "FundingRound", "Agreement", "Contract"):
        assert ontology.is_a(kind, "Qualified")
    assert not ontology.is_a("Claim", "Qualified")


def test_a_claim_shares_nothing_with_a_fact() -> None:
    claim, fact = (ontology.climb(kind, ontology.terms()) for kind in ("Claim", "Fact"))
    assert claim & fact == {str(PROV.Entity)}
    assert str(RDF.Statement) in fact


def test_wordings_are_filled_with_all_that_they_ask_for() -> None:
    for name in ontology.relations():
        for wordings in ontology.properties()[name].wordings.values():
            for wording in wordings:
                values = {gap: f"<{gap}>" for gap in find_gaps(wording)}
                filled = fill_wording([wording], values)
                assert "{" not in filled, name
                assert all(value in filled for value in values.values()), name


def test_no_term_is_an_orphan(written: Graph) -> None:
    """A class is an end of a property, or below one that is; all else is of a class."""
    ends = {end for term in ontology.properties().values() for end in (term.domain, term.range)}
    for name, term in ontology.terms().items():
        if name in ontology.classes():
            above = ontology.climb(name, ontology.terms())
            assert above & ends or (None, RDF.type, KG[name]) in written or name == "Reading", name
        elif name in ontology.properties():
            assert {term.domain, term.range} & ontology.classes().keys(), name
        elif name != "wording":
            assert term.types & ontology.classes().keys(), name


def test_individuals_are_those_of_their_class(written: Graph) -> None:
    for kind, count in (("Modality", 4), ("Standing", 3), ("Verdict", 8)):
        named = set(written.subjects(RDF.type, KG[kind]))
        (one_of,) = written.objects(KG[kind], OWL.equivalentClass)
        listed = written.value(one_of, OWL.oneOf)
        assert listed is not None
        assert set(written.items(listed)) == named
        assert len(named) == count


def test_the_version_is_one_after_another(written: Graph) -> None:
    head = URIRef(ontology.KG.rstrip("#"))
    version = written.value(head, OWL.versionInfo)
    assert str(written.value(head, OWL.versionIRI)) == f"{head}/{version}"
    assert written.value(head, OWL.priorVersion) == URIRef(f"{head}/0.1.0")


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


def aligned(graph: Graph) -> set[tuple[Node, Node, bool]]:
    """Return each of our terms with one of others, and whether that goes the other way round."""
    found = set()
    for verb in ALIGNING:
        for one, other in graph.subject_objects(verb):
            for turned in graph.objects(other, OWL.inverseOf):
                found.add((one, turned, True))
            if isinstance(other, URIRef) and not other.startswith(KG):
                found.add((one, other, False))
    return found


def test_alignments_are_with_terms_that_there_are(written: Graph) -> None:
    spaces = {prefix: str(space) for prefix, space in written.namespaces()}
    table = {spaces[prefix] + name for prefix, names in ALIGNED.items() for name in names.split()}
    assert {str(other) for _, other, _ in aligned(written)} == table
    for prefix, namespace in CLOSED.items():
        for name in ALIGNED[prefix].split():
            assert name in namespace, (prefix, name)
            assert str(namespace[name]) == spaces[prefix] + name


def test_alignments_go_the_right_way(written: Graph) -> None:
    turned = defaultdict(set)
    for one, other, is_turned in aligned(written):
        if is_turned:
            turned[one.removeprefix(KG)].add(re.split("[/#]", other)[-1])  # type: ignore[attr-defined]
    assert turned == TURNED


def test_what_only_organizations_have_follows_of_no_person(written: Graph) -> None:
    for name in OWNING:
        assert (KG[name], RDFS.subPropertyOf, ORG.linkedTo) not in written
    assert (KG.partnerOf, RDFS.subPropertyOf, ORG.linkedTo) in written


def test_every_relation_but_the_share_of_a_market_is_aligned(written: Graph) -> None:
    known = {one for one, _, _ in aligned(written)}
    assert {n for n in ontology.relations() if KG[n] not in known} == {"marketShare"}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib, in pySHACL
def test_shapes_are_shapes() -> None:
    shapes = ontology.ontology_folder() / "shapes.ttl"
    assert validate(Graph(), shacl_graph=str(shapes), meta_shacl=True)[0] is True


def test_what_shapes_name_is_declared() -> None:
    text = (ontology.ontology_folder() / "shapes.ttl").read_text(encoding="utf-8")
    named = set(re.findall(r"\bkg:(\w+)", text))
    assert len(named) > 60
    assert named <= set(ontology.terms())


def test_every_property_is_checked_by_a_shape_or_by_its_ends() -> None:
    text = (ontology.ontology_folder() / "shapes.ttl").read_text(encoding="utf-8")
    named = set(re.findall(r"\bkg:(\w+)", text)) | set(ontology.relations())
    assert set(ontology.properties()) <= named


def test_a_graph_with_all_that_there_is_keeps_its_promises() -> None:
    assert check_graph(Graph().parse(data=GOOD)) == []


@pytest.mark.parametrize(("right", "other"), VARIANTS)
def test_what_may_stand_there_as_well(right: str, other: str) -> None:
    assert GOOD.count(right) == 1
    assert check_graph(Graph().parse(data=GOOD.replace(right, other))) == []


@pytest.mark.parametrize(("right", "wrong", "said"), FAULTS)
def test_one_fault_breaks_one_promise(right: str, wrong: str, said: str) -> None:
    assert GOOD.count(right) == 1
    found = check_graph(Graph().parse(data=GOOD.replace(right, wrong)))
    assert found != []
    assert {v.message[: len(said)] for v in found} == {said}


def test_every_term_that_code_names_is_declared() -> None:
    folder = Path(kg.__file__).parent
    named = set()
    for path in (*folder.rglob("*.py"), *folder.rglob("*.rq")):
        text = path.read_text(encoding="utf-8")
        named |= set(re.findall(r"\bKG\.([a-zA-Z]\w*)", text)) - {"rstrip", "a", "x"}
        if path.suffix == ".rq":
            named |= set(re.findall(r"\bkg:(\w+)", text))
    assert {"Fact", "modality", "standing", "basedIn"} <= named
    assert named <= set(ontology.terms())


def test_every_term_of_a_graph_is_declared(graph: Graph) -> None:
    used = {t.removeprefix(KG) for triple in graph for t in triple if t.startswith(str(KG))}
    assert len(used) > 30
    assert used <= set(ontology.terms())


def test_every_term_that_rdf_names_is_declared() -> None:
    named = set(re.findall(r"\bKG\.(\w+)", Path(rdf.__file__).read_text(encoding="utf-8")))
    assert {"Fact", "modality", "confidence"} <= named
    assert named <= set(ontology.terms())
    assert set(terms.FOLDERS) <= set(ontology.classes())
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
kg:Fact a owl:Class ; rdfs:subClassOf kg:Told ; rdfs:label "fact"@en, "fait"@fr .
kg:Told a owl:Class ; rdfs:label "told"@en, "dit"@fr .
kg:date a owl:DatatypeProperty ; rdfs:label "date"@en, "date"@fr ;
    rdfs:domain kg:Told ; rdfs:range rdfs:Literal .
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
    assert list(ontology.read_terms(path)) == ["Company", "buys", "Fact", "Told", "date", "sells"]
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
