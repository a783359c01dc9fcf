"""What gold files and graphs claim, and when two claims say the same."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any

from rdflib import RDF, RDFS, Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.namespace import SKOS
from rdflib.term import Node as Term

from kg.errors import ScoreError
from kg.files.faults import tell_fault
from kg.graph.vocabularies import KG

#: Relations in the order of the report.
RELATIONS = (
    "subsidiaryOf", "partnerOf", "acquired", "holdsStakeIn", "investedIn", "mergedWith",
    "competesWith", "supplierOf", "holdsPosition", "basedIn", "operatesIn", "offers",
    "cooperatesIn", "marketShare", "founded",
)  # fmt: skip
#: Relations that people may have too; only gold that says so ("owners": true) judges those.
OWNING = frozenset({"acquired", "holdsStakeIn", "investedIn", "founded"})
SYMMETRIC = frozenset({"partnerOf", "mergedWith", "competesWith"})
#: Class of a graph → the type that the gold standard knows.
TYPES = {
    "Organization": "Organization", "Company": "Organization", "PublicBody": "Organization",
    "Person": "Person", "Place": "Place", "Country": "Place", "City": "Place",
    "Product": "Product", "Offering": "Product", "Service": "Product", "Technology": "Product",
}  # fmt: skip
LEADING = re.compile(r"^(?:le|la|les|l|the|groupe|group|societe|entreprise|compagnie)\s+")
STOP = frozenset({
    "le", "la", "les", "l", "un", "une", "des", "de", "du", "d", "et", "en", "a", "au", "aux",
    "dans", "sur", "pour", "par", "avec", "via", "ses", "son", "sa", "leur", "leurs", "the",
    "of", "and", "in", "on", "for", "with", "to", "an", "its", "their",
})  # fmt: skip


@dataclass(eq=False)
class Thing:
    """Hold what a graph or a gold file names; two are the same if they share a form of a name."""

    types: frozenset[str]
    names: tuple[str, ...]
    optional: bool = False

    @cached_property
    def forms(self) -> frozenset[str]:
        """Return the folded names, with and without leading articles and 'groupe'."""
        return frozenset(form for name in self.names for form in name_forms(name))

    def same(self, other: Thing) -> bool:
        """Tell whether another thing has one of the names."""
        return not self.forms.isdisjoint(other.forms)

    def __str__(self) -> str:
        return self.names[0] if self.names else "(no name)"


@dataclass(eq=False)
class Claim:
    """Hold one fact of a graph or of a gold file; the object may be a thing or wordings."""

    relation: str
    subject: Thing
    object: Thing | tuple[str, ...]
    modality: str = "actual"
    role: str = ""
    optional: bool = False
    confidence: float = 1.0

    @property
    def wordings(self) -> tuple[str, ...]:
        """Return the object's names or its own words."""
        return self.object.names if isinstance(self.object, Thing) else self.object

    def __str__(self) -> str:
        target = self.object if isinstance(self.object, Thing) else ", ".join(self.object)
        return f"{self.subject} {self.relation} {target}"


def same_claim(gold: Claim, found: Claim) -> bool:
    """Tell whether two facts say the same; for symmetric relations, either way round."""
    if gold.relation != found.relation:
        return False
    if gold.subject.same(found.subject) and same_object(gold, found):
        return True
    ends = gold.object, found.object
    return (
        gold.relation in SYMMETRIC
        and isinstance(ends[0], Thing)
        and isinstance(ends[1], Thing)
        and gold.subject.same(ends[1])
        and ends[0].same(found.subject)
    )


def same_object(gold: Claim, found: Claim) -> bool:
    """Tell whether two facts' objects are the same number, topic or thing."""
    if gold.relation == "marketShare":
        try:
            return abs(float(gold.wordings[0]) - float(found.wordings[0])) < 0.051
        except (ValueError, IndexError):
            return False
    if gold.relation == "cooperatesIn":
        return any(overlap(a, b) >= 0.5 for a in gold.wordings for b in found.wordings)
    other = found.object
    if not isinstance(other, Thing):
        other = Thing(frozenset(), other)
    return isinstance(gold.object, Thing) and gold.object.same(other)


def judges(claim: Claim, *, owners: bool) -> bool:
    """Tell whether a gold file judges a fact; founders and people who own, only if it says so.

    >>> firm = Thing(frozenset({"Organization"}), ("Hexo",))
    >>> judges(Claim("founded", firm, firm), owners=False)
    False
    """
    personal = claim.relation == "founded" or claim.subject.types == {"Person"}
    return owners or claim.relation not in OWNING or not personal


def read_gold(path: Path) -> tuple[list[Thing], list[Claim], bool]:
    """Read a gold file: things, facts, and whether it judges owners; raise ScoreError."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        things = {
            item["id"]: Thing(
                frozenset([item["type"], *item.get("also", [])]),
                (item["name"], *item.get("aliases", [])),
                bool(item.get("optional")),
            )
            for item in data["entities"]
        }
        claims = [read_gold_claim(item, things) for item in data["relations"]]
    except OSError as error:
        raise ScoreError(f"{path}: cannot be read: {tell_fault(error)}") from error
    except KeyError as error:
        raise ScoreError(
            f"{path}: an entry lacks {error} or names a thing without one; mend it"
        ) from error
    except (ValueError, TypeError, AttributeError) as error:
        raise ScoreError(f"{path}: malformed gold file: {error}; mend it") from error
    return list(things.values()), claims, bool(data.get("owners"))


def read_gold_claim(item: dict[str, Any], things: dict[str, Thing]) -> Claim:
    """Read one fact of a gold file."""
    target = item.get("object", item.get("value"))
    wordings = tuple(map(str, target)) if isinstance(target, list) else (str(target),)
    return Claim(
        relation=item["type"],
        subject=things[item["subject"]],
        object=things.get(str(target), wordings),
        modality=item.get("modality", "actual"),
        role=item.get("role") or "",
        optional=bool(item.get("optional")),
    )


def read_thing(graph: Graph, node: Term) -> Thing:
    """Read the types and names of a graph's node."""
    types = (TYPES.get(local(kind)) for kind in graph.objects(node, RDF.type))
    labels = (SKOS.prefLabel, RDFS.label, SKOS.altLabel)
    names = (str(name) for label in labels for name in graph.objects(node, label))
    return Thing(frozenset(filter(None, types)), tuple(names))


def read_things(graph: Graph) -> list[Thing]:
    """Read what a graph names, sorted by IRI."""
    nodes = {node for node in graph.subjects(RDF.type, None) if isinstance(node, URIRef)}
    return [thing for node in sorted(nodes) if (thing := read_thing(graph, node)).types]


def read_claims(graph: Graph) -> list[Claim]:
    """Read a graph's facts, in the order of its file."""
    thing = cache(partial(read_thing, graph))
    claims = []
    for fact in graph.subjects(RDF.type, KG.Fact):
        parts = (RDF.subject, RDF.predicate, RDF.object, KG.modality, KG.role)
        subject, predicate, target, modality, role = (graph.value(fact, part) for part in parts)
        if subject is None or target is None or local(predicate) not in RELATIONS:
            continue
        claims.append(
            Claim(
                relation=local(predicate),
                subject=thing(subject),
                object=(str(target),) if isinstance(target, RdfLiteral) else thing(target),
                modality=local(modality).lower() if modality else "actual",
                role=str(role or ""),
                confidence=float(str(graph.value(fact, KG.confidence) or 1)),
            )
        )
    return claims


def local(term: object) -> str:
    """Return an IRI's last part.

    >>> local(KG.partnerOf)
    'partnerOf'
    """
    return re.split(r"[#/]", str(term))[-1]


def fold(text: str) -> str:
    """Fold case, accents and punctuation.

    >>> fold("L'Oréal S.A.")
    'l oreal s a'
    """
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    return re.sub(r"[^\w&+]+", " ", text).strip()


def name_forms(name: str) -> tuple[str, ...]:
    """Return a folded name and what is left of it without each leading article or 'groupe'.

    >>> name_forms("Le Groupe Bolloré")
    ('le groupe bollore', 'groupe bollore', 'bollore')
    """
    forms = []
    form = fold(name)
    while form and form not in forms:
        forms.append(form)
        form = LEADING.sub("", form)
    return tuple(forms)


def overlap(one: str, other: str) -> float:
    """Return the F1 of two texts' content words, cut to six letters so that inflections meet.

    >>> overlap("mobilité intelligente", "mobilités")
    0.6666666666666666
    """
    words = [
        {word[:6] for word in fold(text).split() if word not in STOP and len(word) > 1}
        for text in (one, other)
    ]
    both = len(words[0] & words[1])
    return 2 * both / (len(words[0]) + len(words[1])) if both else 0.0
