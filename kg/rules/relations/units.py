"""Who belongs to whom by name: 'X Logistics' to 'X', and lists of units of two parents."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.model import Entity, Fact
from kg.names.key import fold, name_key
from kg.names.known import known_name
from kg.rules.relations.nouns import possessor
from kg.rules.relations.scene import Scene, is_employer
from kg.rules.resolve.cast import ORGANIZATIONS, Reference
from kg.rules.resolve.forms import is_unit
from kg.rules.resolve.lists import broad
from kg.rules.syntax import has, is_finite, sentence_end, sentence_start

if TYPE_CHECKING:
    from spacy.tokens import Span as Stretch

#: Weights that sort kinds of evidence by how often they were right on 117 articles.
BY_NAME, BY_LIST, ON_RECORD, OFFERED = 0.45, 0.7, 0.45, 0.75
#: How many tokens a group may stand before the person that it is of.
APART = 12
#: How many tokens may introduce a list in brackets, and how many may follow it in them.
INTRODUCED, CLOSING = 7, 4


def find_units(scene: Scene) -> Iterator[Fact]:
    """Yield the subsidiaries and products that names, lists and the record tell."""
    parents = named_parents(scene)
    for unit, (parent, rule) in parents.items():
        reference = first_reference(unit, scene)
        evidence = span_of(reference, scene)
        if unit.kind == "Product":
            yield Fact(parent, "offers", unit, confidence=OFFERED, rule=rule, evidence=(evidence,))
        else:
            confidence = BY_NAME if rule == "name" else ON_RECORD
            yield Fact(
                unit, "subsidiaryOf", parent, confidence=confidence, rule=rule, evidence=(evidence,)
            )
    yield from bracketed_units(scene)
    yield from bracketed_owners(scene)
    yield from owned_products(scene)
    yield from listed_units(scene, {u: p for u, (p, _) in parents.items()})


def named_parents(scene: Scene) -> dict[Entity, tuple[Entity, str]]:
    """Return for each unit the parent that its name or the record tells, and which of them did."""
    found: dict[Entity, tuple[Entity, str]] = {}
    organizations = scene.cast.of_kind(*ORGANIZATIONS)
    forms = {fold(n): e for e in organizations for n in (e.name, *e.aliases)}
    forms |= {f.removeprefix("groupe "): e for f, e in forms.items()}
    keys = {name_key(n): e for e in organizations for n in (e.name, *e.aliases)}
    for entity in (*organizations, *scene.cast.of_kind("Product")):
        for name in (entity.name, *entity.aliases):
            words = fold(name).split()
            known = known_name(name)
            for size in range(len(words) - 1, 0, -1):
                parent = forms.get(" ".join(words[:size]))
                if parent not in (None, entity) and tells(words[size:], entity, scene):
                    found.setdefault(entity, (parent, "name"))
            if known and (parent := keys.get(name_key(known.parent))) and parent is not entity:
                found.setdefault(entity, (parent, "record"))
    return found


def tells(extra: list[str], entity: Entity, scene: Scene) -> bool:
    """Tell whether the words after a parent's name make a unit or a product of it."""
    return entity.kind == "Product" or is_unit(extra, scene.lang)


def first_reference(entity: Entity, scene: Scene) -> Reference:
    """Return where a text first names an entity."""
    return next(r for r in scene.cast.references if entity in r.entities)


def span_of(reference: Reference, scene: Scene) -> tuple[int, int]:
    """Return the characters of a reference."""
    doc = scene.cast.doc
    return doc[reference.start].idx, doc[reference.end - 1].idx + len(doc[reference.end - 1].text)


def listed_units(scene: Scene, parents: dict[Entity, Entity]) -> Iterator[Fact]:
    """Yield whose the units of a list are ('les filiales dont A Cloud, Cargo, B Bank et Sol').

    Between two units of one parent, and up to the next parent's, the others go with them.
    """
    for chain in dict.fromkeys(scene.chains.values()):
        if not announces_units(chain[0], scene):
            continue
        units = [r.entities[0] for r in chain]
        if len({parents[u] for u in units if u in parents}) < 1:
            continue
        current = next(parents[u] for u in units if u in parents)
        for reference, unit in zip(chain, units, strict=True):
            current = parents.get(unit, current)
            if unit not in parents and unit is not current:
                span = (span_of(chain[0], scene)[0], span_of(reference, scene)[1])
                yield Fact(
                    unit, "subsidiaryOf", current, confidence=BY_LIST, rule="list", evidence=(span,)
                )


def owned_products(scene: Scene) -> Iterator[Fact]:
    """Yield products named with who makes them: 'l'application X de Y', 'sa gamme X', 'Y X'."""
    doc, references = scene.cast.doc, scene.cast.references
    for index, reference in enumerate(references):
        if broad(reference) != "Product":
            continue
        following = references[index + 1] if index + 1 < len(references) else None
        owner: Reference | None = None
        if following and is_of(doc[reference.end : following.left], scene):
            owner = following
        elif is_single(reference, scene) and (mine := possessor(doc[reference.head], scene)):
            owner = mine[0]
        elif index and references[index - 1].end == reference.left:
            owner = references[index - 1]
        if owner is None or owner.entities[0].kind not in ORGANIZATIONS:
            continue
        spans = [span_of(owner, scene), span_of(reference, scene)]
        for other in scene.all_of(reference):
            yield Fact(
                owner.entities[0], "offers", other.entities[0], confidence=OFFERED,
                rule="product", evidence=((min(spans)[0], max(spans)[1]),),
            )  # fmt: skip


def is_of(gap: Stretch, scene: Scene) -> bool:
    """Tell whether all that stands between two names is 'de', but for quotation marks."""
    words = [t for t in gap if not t.is_quote]
    return len(words) == 1 and scene.lang.prepositions.get(words[0].lower_) == "de"


def is_single(reference: Reference, scene: Scene) -> bool:
    """Tell whether a common noun in the singular introduces a name ('sa gamme X')."""
    head = scene.cast.doc[reference.head]
    return reference.head >= 0 and has(head, "Number", "Sing")


def bracketed_units(scene: Scene) -> Iterator[Fact]:
    """Yield the units that stand in brackets after their parent: 'le groupe X (A, B et C)'."""
    doc = scene.cast.doc
    lists = (*bracketed(scene), *scene.chains.values(), *groups_with_one(scene))
    for chain in dict.fromkeys(lists):
        opening = bracket_before(chain[0], scene)
        parent = scene.cast.at.get(opening - 1) if opening > 0 else None
        closing = next((t.i for t in doc[chain[-1].end :][:CLOSING] if t.text == ")"), 0)
        if parent is None or not closing:
            continue
        parent = owned_by(parent, scene)
        if parent.entities[0].kind not in ORGANIZATIONS:
            continue
        for reference in chain:
            if reference.entities[0] not in parent.entities and is_employer(reference, scene):
                span = (span_of(parent, scene)[0], span_of(reference, scene)[1])
                yield Fact(
                    reference.entities[0], "subsidiaryOf", parent.entities[0],
                    confidence=BY_LIST, rule="brackets", evidence=(span,),
                )  # fmt: skip


def bracketed(scene: Scene) -> Iterator[tuple[Reference, ...]]:
    """Yield the names that stand in one pair of brackets, whatever stands between them."""
    for opening in scene.cast.where({"("}):
        words = scene.cast.tokens[opening.i : sentence_end(opening)]
        closing = next((t.i for t in words if t.text == ")"), 0)
        words = words[: closing - opening.i]
        inside = tuple(r for r in scene.cast.references if opening.i < r.start < closing)
        if len(inside) > 1 and not any(is_finite(t) or t.text in ";:%" for t in words):
            yield inside


def groups_with_one(scene: Scene) -> Iterator[tuple[Reference, ...]]:
    """Yield the single names in brackets after a group: 'le groupe X (Y)'."""
    doc, groups = scene.cast.doc, scene.lang.words("nouns.parent")
    for first, second in pairwise(scene.cast.references):
        beside = second.left - 1 == first.end and doc[first.end].text == "("
        if beside and first.head >= 0 and doc[first.head].lemma_ in groups:
            if second.end < len(doc) and doc[second.end].text == ")" and second.head < 0:
                yield (second,)


def bracket_before(reference: Reference, scene: Scene) -> int:
    """Return where the bracket opens that a list stands in: '(X', '(dont X', or -1."""
    doc, examples = scene.cast.doc, scene.lang.words("articles.examples")
    last = reference.left - 1
    if last < 0 or (doc[last].text != "(" and doc[last].lower_ not in examples):
        return -1
    window = range(last, max(last - INTRODUCED, 0), -1)
    return next((i for i in window if doc[i].text == "("), -1)


def owned_by(reference: Reference, scene: Scene) -> Reference:
    """Return the group of a person whom brackets follow: 'X, le groupe de P (A et B)'."""
    if broad(reference) == "Person":
        for index in range(reference.left - 1, max(reference.left - APART, 0), -1):
            before = scene.cast.at.get(index)
            if before is not None and broad(before) == "Organization":
                return before
    return reference


def bracketed_owners(scene: Scene) -> Iterator[Fact]:
    """Yield the groups that stand in brackets after what is theirs: 'X (groupe Y)'."""
    doc, groups = scene.cast.doc, scene.lang.words("nouns.parent")
    for first, second in pairwise(scene.cast.references):
        if first.end != second.left - 1 or doc[first.end].text != "(" or second.head < 0:
            continue
        both = (first.entities[0].kind in ORGANIZATIONS, second.entities[0].kind in ORGANIZATIONS)
        if all(both) and doc[second.head].lemma_ in groups:
            span = (span_of(first, scene)[0], span_of(second, scene)[1])
            yield Fact(
                first.entities[0], "subsidiaryOf", second.entities[0],
                confidence=BY_LIST, rule="brackets", evidence=(span,),
            )  # fmt: skip


def announces_units(reference: Reference, scene: Scene) -> bool:
    """Tell whether the words before a list say that it lists units."""
    doc = scene.cast.doc
    window = doc[sentence_start(doc[reference.start]) : reference.start]
    return any(t.lemma_ in scene.lang.words("nouns.unit") for t in window)
