"""The only reader of `ontologies/*.ttl`: what classes, properties and areas there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from kg.errors import DataError
from kg.wordings import ENDS, find_fault

#: Namespace of the ontology's classes and properties.
KG = "https://w3id.org/pressgraph/ontology#"
#: Namespace of the areas of cooperation.
AREAS = "https://w3id.org/pressgraph/areas#"
#: Languages that every label must have.
LANGUAGES = ("en", "fr")

OWL = "http://www.w3.org/2002/07/owl#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
TYPE = RDF + "type"
#: An rdf:Property goes to things as well as to literals.
PROPERTY_KINDS = {OWL + "ObjectProperty", OWL + "DatatypeProperty", RDF + "Property"}

#: Subject → predicate → objects, each an IRI or, for a literal with a language, (text, language).
Triples = dict[str, dict[str, list[str | tuple[str, str]]]]


@dataclass(frozen=True, slots=True)
class Term:
    """Hold a class, a property or an individual of the ontology.

    Domain, range and parents are names like 'Company' inside the ontology and IRIs outside it.
    Wordings are those of a relation by language, in the order of the file.
    """

    name: str
    types: frozenset[str]
    labels: Mapping[str, str]
    parents: tuple[str, ...]
    domain: str = ""
    range: str = ""
    wordings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def symmetric(self) -> bool:
        """Tell whether the property holds both ways.

        >>> properties()["partnerOf"].symmetric
        True
        """
        return OWL + "SymmetricProperty" in self.types


def ontology_folder() -> Path:
    """Return the folder of the ontology's files, in a wheel or in a checkout."""
    inside = Path(__file__).parent / "ontologies"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "ontologies"


@cache
def terms() -> Mapping[str, Term]:
    """Return all that the ontology declares, by name, in the order of its file."""
    return read_terms(ontology_folder() / "pressgraph.ttl")


@cache
def classes() -> Mapping[str, Term]:
    """Return the classes by name, in the order of their file.

    >>> classes()["Company"].labels["fr"]
    'entreprise'
    """
    return MappingProxyType({n: t for n, t in terms().items() if OWL + "Class" in t.types})


@cache
def properties() -> Mapping[str, Term]:
    """Return the properties by name, in the order of their file.

    >>> properties()["holdsPosition"].domain, properties()["holdsPosition"].range
    ('Person', 'Organization')
    """
    return MappingProxyType({n: t for n, t in terms().items() if t.types & PROPERTY_KINDS})


@cache
def relations() -> tuple[str, ...]:
    """Return the names of the properties that a fact can state.

    >>> relations()[:3]
    ('subsidiaryOf', 'partnerOf', 'acquired')
    """
    return tuple(name for name, term in properties().items() if "Relation" in term.types)


@cache
def is_a(kind: str, ancestor: str) -> bool:
    """Tell whether a class is another or below it; raise DataError for an unknown class.

    >>> is_a("Company", "Organization"), is_a("Person", "Organization")
    (True, False)
    """
    if kind not in classes():
        raise DataError(unknown("class", kind, classes()))
    if kind == ancestor:
        return True
    return any(
        p == ancestor or (p in classes() and is_a(p, ancestor)) for p in terms()[kind].parents
    )


@cache
def is_value(name: str) -> bool:
    """Tell whether a name is that of a qualifier that may stand on a deal or an agreement, too.

    >>> is_value("amount"), is_value("role")
    (True, False)
    """
    return name in properties() and properties()[name].domain == "Qualified"


def label(name: str, lang: str) -> str:
    """Return the label of a class, a property or a modality, in English if in no other way.

    >>> label("subsidiaryOf", "fr")
    'filiale de'
    """
    if name not in terms():
        raise DataError(unknown("term", name, terms()))
    labels = terms()[name].labels
    return labels.get(lang, labels["en"])


def check_property(name: str, *, where: str = "") -> None:
    """Raise DataError with the nearest right name for what is no property of the ontology.

    >>> check_property("partnrOf", where="lang/fr.toml")
    Traceback (most recent call last):
    kg.errors.DataError: lang/fr.toml: 'partnrOf' is no property of the ontology; write 'partnerOf'?
    """
    if name not in properties():
        raise DataError((f"{where}: " if where else "") + unknown("property", name, properties()))


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """Say that a name is not known, and which one is nearest."""
    from difflib import get_close_matches

    near = get_close_matches(name, list(known), n=1, cutoff=0.5)
    hint = f"; write '{near[0]}'?" if near else "; see ontologies/pressgraph.ttl"
    return f"'{name}' is no {what} of the ontology{hint}"


def read_terms(path: Path) -> Mapping[str, Term]:
    """Read and check an ontology's file; raise DataError with file, entry and fault."""
    own = {i.removeprefix(KG): it for i, it in read_turtle(path).items() if i.startswith(KG)}
    found = {name: make_term(name, about, path) for name, about in own.items()}
    facts = climb("Fact", found)
    gaps = {*ENDS, *(name for name, term in found.items() if term.domain in facts)}
    named = {name for name, term in found.items() if OWL + "Class" in term.types}
    for term in found.values():
        for other in (*term.parents, term.domain, term.range):
            if not (other in found or ":" in other or not other):
                raise DataError(f"{path.name}: kg:{term.name}: {unknown('class', other, named)}")
        if "Relation" in term.types and (fault := find_fault(term.wordings, gaps, LANGUAGES)):
            raise DataError(f"{path.name}: kg:{term.name}: {fault}")
    return MappingProxyType(found)


def climb(kind: str, known: Mapping[str, Term]) -> set[str]:
    """Return a class and all that are above it, as far as they are known."""
    above: set[str] = {kind}
    for parent in known[kind].parents if kind in known else ():
        above |= climb(parent, known)
    return above


def make_term(name: str, about: dict[str, list[str | tuple[str, str]]], path: Path) -> Term:
    """Return one term, checked for labels, and for domain and range if it is a property."""
    labels = {o[1]: o[0] for o in about.get(RDFS + "label", []) if isinstance(o, tuple)}
    said = [o for o in about.get(KG + "wording", []) if isinstance(o, tuple)]
    wordings = {lang: tuple(text for text, it in said if it == lang) for _, lang in said}
    iris = {
        predicate: tuple(o.removeprefix(KG) for o in objects if isinstance(o, str))
        for predicate, objects in about.items()
    }
    types = frozenset(iris.get(TYPE, ()))
    for lang in LANGUAGES:
        if not labels.get(lang):
            raise DataError(f"{path.name}: kg:{name}: no rdfs:label @{lang}; add one")
    ends = []
    for end in ("domain", "range"):
        given = iris.get(RDFS + end, ())
        if types & PROPERTY_KINDS and len(given) != 1:
            raise DataError(f"{path.name}: kg:{name}: {len(given)} rdfs:{end}; give exactly one")
        ends.append(given[0] if given else "")
    parents = iris.get(RDFS + "subClassOf", ())
    return Term(name, types, MappingProxyType(labels), parents, ends[0], ends[1], wordings)


def read_turtle(path: Path) -> Triples:
    """Read a Turtle file by subject and predicate, in its order; raise DataError."""
    import pyoxigraph as ox  # 30 times as fast as rdflib, and `kg build` waits for it

    found: Triples = {}
    try:
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            if not isinstance(quad.subject, ox.NamedNode):
                continue
            objects = found.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, [])
            if isinstance(quad.object, ox.NamedNode):
                objects.append(quad.object.value)
            elif isinstance(quad.object, ox.Literal) and quad.object.language:
                objects.append((quad.object.value, quad.object.language))
    except (OSError, SyntaxError) as error:
        said = error.strerror if isinstance(error, OSError) else error.msg
        raise DataError(f"{path.name}: cannot be read: {said}") from error
    return found
