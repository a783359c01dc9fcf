"""The ontology as others find it: versions, changes, context, examples, and logic that holds."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import MARKED, ROOT, read_nordil
from promises import GOOD, VARIANTS
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from shown import CONSOLE, Place, going_to, run_page

import kg
from kg import ontology
from kg.exports.entail import entail_graph
from kg.exports.jsonld import write_context, write_jsonld
from kg.files.writing import write_text
from kg.graph.rdf import build_graph
from kg.graph.terms import FOLDERS
from kg.graph.vocabularies import KG, new_graph

FOLDER = ontology.ontology_folder()
README, CHANGELOG, CONTEXT = (FOLDER / it for it in ("README.md", "CHANGELOG.md", "context.jsonld"))
HEAD = URIRef(ontology.KG.rstrip("#"))
SH = Namespace("http://www.w3.org/ns/shacl#")
#: What owlrl writes of a contradiction.
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
#: Line of the changelog: what of, came or went, and the terms.
CHANGE = re.compile(r"^- (Classes|Properties|Individuals) (added|removed): (.+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def written() -> Graph:
    return Graph().parse(FOLDER / "pressgraph.ttl")


@pytest.fixture(scope="module")
def versions() -> dict[str, str]:
    """Return what the changelog tells of each version, the newest first."""
    parts = re.split(r"^## (\S+).*$", CHANGELOG.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_one_number_is_everywhere(written: Graph, versions: dict[str, str]) -> None:
    version, before = [*versions][:2]
    assert str(written.value(HEAD, OWL.versionInfo)) == version
    assert written.value(HEAD, OWL.versionIRI) == URIRef(f"{HEAD}/{version}")
    assert written.value(HEAD, OWL.priorVersion) == URIRef(f"{HEAD}/{before}")
    for name in ("shapes", "areas"):
        about = Graph().parse(FOLDER / f"{name}.ttl")
        node = URIRef(f"{ontology.KG.rpartition('/')[0]}/{name}")
        assert str(about.value(node, OWL.versionInfo)) == version, name
        titles = {
            it.language for it in about.objects(node, DCTERMS.title) if isinstance(it, Literal)
        }
        assert titles == {"en", "fr"}, name


def test_what_the_changelog_lists_is_what_there_is(versions: dict[str, str]) -> None:
    known: dict[str, str] = {}
    for text in reversed(versions.values()):
        for of, how, listed in CHANGE.findall(text):
            terms = re.findall(r"`(\w+)`", listed)
            assert terms == sorted(terms), "in the order of the alphabet"
            for term in terms:
                assert (term in known) is (how == "removed"), term
                if how == "added":
                    known[term] = of
                else:
                    del known[term]
    assert known == {name: kind_of(term) for name, term in ontology.terms().items()}


def kind_of(term: ontology.Term) -> str:
    if term.name in ontology.classes():
        return "Classes"
    return "Properties" if term.name in {*ontology.properties(), "wording"} else "Individuals"


def test_a_term_that_went_makes_a_version_that_fits_no_more(
    written: Graph, versions: dict[str, str]
) -> None:
    version, before = [*versions][:2]
    removed = any(how == "removed" for _, how, _ in CHANGE.findall(versions[version]))
    unfit = (HEAD, OWL.incompatibleWith, URIRef(f"{HEAD}/{before}")) in written
    assert removed <= unfit
    assert not unfit or version.split(".")[:2] != before.split(".")[:2]


def test_definitions_are_sentences_that_say_more_than_the_label(written: Graph) -> None:
    said = Counter(str(text) for text in written.objects(None, SKOS.definition))
    assert max(said.values()) == 1
    for term, text in written.subject_objects(SKOS.definition):
        assert re.match(r"[A-ZÀ-Ý0-9].*\.$", text), text
        assert len(text.split()) > 2, text
        labels = {str(it).lower() for it in written.objects(term, RDFS.label)}
        assert text.lower().rstrip(".") not in labels


def test_no_two_classes_and_no_two_relations_are_called_the_same() -> None:
    for group in (ontology.classes().values(), map(ontology.terms().get, ontology.relations())):
        labels = Counter((lang, text) for it in group if it for lang, text in it.labels.items())
        assert {pair: n for pair, n in labels.items() if n > 1} == {}


def test_every_term_is_written_or_asked_for_or_holds_others_together() -> None:
    """No term is there for nothing: a graph has it, code or a shape names it, or it is above."""
    text = " ".join(
        path.read_text(encoding="utf-8")
        for ending in ("*.py", "*.rq")
        for path in Path(kg.__file__).parent.rglob(ending)
    )
    named = {*re.findall(r"\b(?:KG\.|kg:)(\w+)", text)}
    graphs = [GOOD, *(GOOD.replace(right, other) for right, other in VARIANTS)]
    graphs += [path.read_text(encoding="utf-8") for path in MARKED.glob("*.ttl")]
    for turtle in graphs:
        named |= {*re.findall(r"\bkg:(\w+)", turtle)}
    shapes = (FOLDER / "shapes.ttl").read_text(encoding="utf-8")
    named |= {*re.findall(r"\bkg:(\w+)", shapes)}
    named |= FOLDERS.keys()  # classes that things are of
    for name in [*named]:  # and what it stands below
        named |= ontology.climb(name, ontology.terms())
        named |= ontology.terms()[name].types if name in ontology.terms() else set()
    assert {*ontology.terms()} - named == set()


def test_a_domain_or_range_is_no_wider_than_that_of_what_is_above(written: Graph) -> None:
    for name, above in written.subject_objects(RDFS.subPropertyOf):
        if not isinstance(above, URIRef) or not above.startswith(KG):
            continue
        for end in ("domain", "range"):
            own, broad = (getattr(ontology.properties()[it.removeprefix(KG)], end)  # type: ignore[attr-defined]
                          for it in (name, above))  # fmt: skip
            assert own == broad or ontology.is_a(own, broad), name


def test_nothing_is_of_two_kinds_or_above_itself(written: Graph) -> None:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.NamedIndividual)
    own = [{it for it in written.subjects(RDF.type, kind) if it.startswith(KG)} for kind in kinds]  # type: ignore[attr-defined]
    for at, group in enumerate(own):
        for other in own[at + 1 :]:
            assert not group & other
    for verb in (RDFS.subClassOf, RDFS.subPropertyOf):
        for node in {*written.subjects(verb)}:
            above = {*written.transitive_objects(node, verb)} - {node}
            assert all(node not in written.objects(it, verb) for it in above), node


def test_data_goes_to_literals_and_objects_to_things() -> None:
    for name, term in ontology.properties().items():
        is_class = term.range in ontology.classes() or term.range.startswith(
            ("http://www.w3.org/ns/", "http://www.w3.org/2004/02/skos")
        )
        if ontology.OWL + "DatatypeProperty" in term.types:
            assert not is_class, name
        elif ontology.OWL + "ObjectProperty" in term.types:
            assert "XMLSchema" not in term.range, name
            assert "Literal" not in term.range, name


def contradictions(graph: Graph) -> list[str]:
    """Return what OWL 2 RL finds wrong with a graph under the ontology."""
    import owlrl

    closed = Graph() + graph
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closed)
    nothing = {*closed.subjects(RDF.type, OWL.Nothing)} - {OWL.Nothing}
    return [str(it) for it in (*closed.objects(None, ERROR), *sorted(nothing))]


def test_reasoning_finds_no_contradiction_and_finds_one_that_is_made(written: Graph) -> None:
    good = Graph().parse(data=GOOD)
    assert contradictions(written + good) == []
    made = Graph().add((KG.a, RDF.type, KG.Person)).add((KG.a, RDF.type, KG.Place))
    assert contradictions(written + made) != []


def test_classes_that_share_no_member_are_told_apart(written: Graph) -> None:
    groups = [
        {str(it).removeprefix(KG) for it in Collection(written, members)}
        for node in written.subjects(RDF.type, OWL.AllDisjointClasses)
        for members in written.objects(node, OWL.members)
    ]
    assert any({"Person", "Place", "Organization"} <= group for group in groups)
    for group in groups:
        assert all(not ontology.is_a(a, b) for a in group for b in group - {a})


def test_a_shape_has_a_target_a_message_and_says_how_grave_it_is() -> None:
    shapes = Graph().parse(FOLDER / "shapes.ttl")
    targets = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.target, SH.targetNode)
    nodes = {*shapes.subjects(RDF.type, SH.PropertyShape), *shapes.subjects(RDF.type, SH.NodeShape)}
    assert len(nodes) > 50
    for node in nodes:
        assert any((node, it, None) in shapes for it in targets), node
        said = [*shapes.objects(node, SH.message)]
        said += [
            text
            for it in shapes.objects(node, SH.sparql)
            for text in shapes.objects(it, SH.message)
        ]
        assert said, node


def test_the_context_is_made_of_the_ontology(write: bool) -> None:
    if write:
        write_text(CONTEXT, write_context())
    assert CONTEXT.read_text(encoding="utf-8") == write_context(), "run: make golden"
    assert {*ontology.terms()} <= {*read_context()}


def read_context() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(CONTEXT.read_text(encoding="utf-8"))["@context"]
    return found


def list_graphs() -> list[Graph]:
    marked = [Graph().parse(path) for path in sorted(MARKED.glob("*.ttl"))]
    return [Graph().parse(data=GOOD), build_graph([read_nordil()]), *marked]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib about itself
@pytest.mark.parametrize("at", range(6))
def test_an_exports_context_is_a_part_of_it_and_goes_round_with_all_of_it(at: int) -> None:
    graph, whole = list_graphs()[at], read_context()
    written = json.loads(write_jsonld(graph))
    own = {name: it for name, it in written["@context"].items() if whole.get(name) != it}
    assert all(str(space).startswith("http") for space in own.values()), "a term has two meanings"
    assert not own.keys() & whole.keys()
    document = written | {"@context": [whole, own]}
    assert isomorphic(Graph().parse(data=json.dumps(document), format="json-ld"), graph)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """Go to a folder with what the README's commands need."""
    folder = tmp_path / "place"
    shutil.copytree(MARKED, folder / "tests" / "marked")
    shutil.copytree(FOLDER, folder / "ontologies")
    with going_to(folder, tmp_path / "tools", monkeypatch) as place:
        yield place


def test_mappings_answer_as_shown(place: Place, write: bool) -> None:
    text = README.read_text(encoding="utf-8")
    assert len(CONSOLE.findall(text)) == 5
    now = run_page(text, place)
    if write:
        write_text(README, now)
    else:
        assert now.splitlines() == text.splitlines(), "if this change is meant, run: make golden"


def test_what_is_shown_to_follow_follows_and_is_all() -> None:
    (shown,) = re.findall(r"```turtle\n(.*?)# so\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    head = new_graph().serialize(format="turtle")
    head += "".join(f"@prefix {p}: <{n}> .\n" for p, n in new_graph().namespaces())
    given, follows = (Graph().parse(data=head + part) for part in shown)
    assert isomorphic(entail_graph(given) - given, follows)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_a_document_with_the_shipped_context_is_read_as_told() -> None:
    (document,) = re.findall(r"```json\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    base = CONTEXT.parent.as_uri() + "/"
    found = Graph().parse(data=document, format="json-ld", base=base)
    (stated,) = found.subject_objects(KG.subsidiaryOf)
    assert [str(it).rpartition("/")[2] for it in stated] == ["quenevrac-benelux", "quenevrac"]
    assert (stated[0], RDF.type, KG.Organization) in found


def test_every_file_of_the_folder_is_told() -> None:
    told = re.findall(r"^\| `([\w.-]+)` \|", README.read_text("utf-8"), re.MULTILINE)
    assert {*told} | {"README.md"} == {path.name for path in FOLDER.iterdir()}
    assert (ROOT / "ontologies").resolve() == FOLDER.resolve()
