"""Claims as links of FollowTheMoney: only what is so today has a kind of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from kg import ontology
from kg.exports.ftm.countries import country_codes
from kg.exports.ftm.values import DATE, UNTOLD, Value, entity_id
from kg.exports.tables import find_surest, tell_moves
from kg.names.key import fold
from kg.who.said.voiced import Voiced
from kg.who.view.told import Told

#: A schema of links, and what the subject and the object of a claim are in it.
Kind = tuple[str, str, str]
UNKNOWN: Kind = ("UnknownLink", "subject", "object")
LINKS: dict[str, Kind] = {
    "acquired": ("Ownership", "owner", "asset"),
    "holdsStakeIn": ("Ownership", "owner", "asset"),
    "subsidiaryOf": ("Ownership", "asset", "owner"),
    "holdsPosition": UNKNOWN, "partnerOf": UNKNOWN, "competesWith": UNKNOWN,
    "supplierOf": UNKNOWN, "mergedWith": UNKNOWN, "investedIn": UNKNOWN, "founded": UNKNOWN,
}  # fmt: skip
#: Roles of those who direct, folded; of those who belong. All others are employed.
DIRECTS = re.compile(
    r"\b(?:p ?d ?g|d ?g|ceo|chair\w*|president\w*|administra(?:teur|trice)\w*|gerante?s?|directoire"
    r"|conseil d(?:e |.)?(?:administration|surveillance)|board|chief executive|managing director"
    r"|direct(?:eur|rice)s? general\w*)\b"
)
BELONGS = re.compile(r"\b(?:membre|member|adherente?|associee?)\b")
#: Qualifiers that are dates of a link, and those that an ownership has as properties.
DATES = ("date", "dateMin", "dateMax", "announced", "asOf", "asOfMin", "asOfMax")
FIGURES = {"share": "percentage", "amount": "sharesValue", "currency": "sharesCurrency"}


def find_assets(claims: Iterable[Told], schemata: Mapping[str, str]) -> set[str]:
    """Return the organizations that somebody owns: FollowTheMoney lets companies alone be owned."""
    found = set()
    for one in claims:
        schema, first, _ = LINKS.get(one.relation, UNKNOWN)
        asset = one.subject_iri if first == "asset" else one.object_iri
        if schema == "Ownership" and holds(one) and schemata.get(asset) == "Organization":
            found.add(asset)
    return found


def holds(one: Told) -> bool:
    """Tell whether a claim is so today, and nobody denies it."""
    return one.modality == "actual" and one.standing != "disputed"


def list_links(
    claims: Iterable[Told], schemata: Mapping[str, str], datasets: Mapping[str, str]
) -> Iterator[Value]:
    """Yield the values of links between entities, and where these are based.

    `schemata` are those of the entities by IRI, `datasets` those of articles. Of a claim those
    articles count that put it as it is put now.
    """
    for one in claims:
        if one.subject_iri not in schemata:
            continue
        putting = [it for it in one.said if it.modality == one.modality]
        if one.relation == "basedIn":
            for it in putting if holds(one) else ():
                yield place_value(one, it, schemata[one.subject_iri], datasets)
        elif one.relation in LINKS and one.object_iri in schemata:
            kind = choose_kind(one, schemata)
            for it in putting:
                yield from link_values(one, it, kind, datasets)


def place_value(one: Told, it: Voiced, schema: str, datasets: Mapping[str, str]) -> Value:
    """Return where an entity is based: a country's code, or the name of a place."""
    code = country_codes().get(fold(one.object))
    told = ("country", code) if code else ("address", one.object)
    node = entity_id(one.subject_iri)
    return Value(node, node, schema, *told, datasets.get(it.source, UNTOLD), it.date)


def choose_kind(one: Told, schemata: Mapping[str, str]) -> Kind:
    """Return the kind of link that a claim is: an unknown one, unless it is so today."""
    ends = schemata[one.subject_iri], schemata[one.object_iri]
    kind = LINKS[one.relation]
    if not holds(one):
        return UNKNOWN
    if one.relation == "holdsPosition":
        return choose_position(one.role, *ends)
    if kind[0] == "Ownership" and ends[kind.index("asset") - 1] != "Company":
        return UNKNOWN
    return kind


def choose_position(role: str, person: str, body: str) -> Kind:
    """Return the kind of link that a position is, by its title.

    >>> choose_position("PDG", "Person", "Company")[0]
    'Directorship'
    >>> choose_position("directrice des achats", "Person", "Company")[0]
    'Employment'
    """
    told = fold(role)
    if body == "Person":
        return UNKNOWN
    if DIRECTS.search(told):
        return "Directorship", "director", "organization"
    if BELONGS.search(told):
        return "Membership", "member", "organization"
    return ("Employment", "employee", "employer") if person == "Person" else UNKNOWN


def link_values(one: Told, it: Voiced, kind: Kind, datasets: Mapping[str, str]) -> Iterator[Value]:
    """Yield what an article says of a link."""
    schema, first, second = kind
    node = entity_id(one.claim)
    told = [
        (first, entity_id(one.subject_iri)),
        (second, entity_id(one.object_iri)),
        ("role", tell_role(one)),
        ("status", tell_status(one)),
        ("recordId", one.claim),
        ("proof", entity_id(it.source) if it.source in datasets else ""),
        ("publisher", it.publisher),
        ("sourceUrl", it.url),
        *(("date", it.qualifiers[name]) for name in DATES if name in it.qualifiers),
    ]
    if schema == "Ownership":
        told.append(("ownershipType", ontology.label(one.relation, "en")))
        told += [(FIGURES[name], value) for name, value in it.qualifiers.items() if name in FIGURES]
    if it.fact == find_surest(one).fact:
        told += [("summary", it.quote), ("description", tell_standing(one))]
    for prop, value in told:
        if value and (prop != "date" or DATE.fullmatch(value)):
            yield Value(node, node, schema, prop, value, datasets.get(it.source, UNTOLD), it.date)


def tell_role(one: Told) -> str:
    """Return what a link is called, with how it is put where it is not so today."""
    role = one.role or ontology.label(one.relation, "en")
    status = tell_status(one)
    return f"{role} ({status})" if status else role


def tell_status(one: Told) -> str:
    """Return how a link is put where it is not so today."""
    if one.standing == "disputed":
        return "disputed"
    return "" if holds(one) else one.modality


def tell_standing(one: Told) -> str:
    """Return how sure a claim is, who says it and how it moved, in words."""
    told = (
        f"{one.standing}: confidence {one.confidence:.2f}",
        f"{one.voices} voices" if one.voices > 1 else "1 voice",
        tell_moves(one),
    )
    return "; ".join(filter(None, told))
