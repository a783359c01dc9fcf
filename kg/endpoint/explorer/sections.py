"""What is said of a thing, by what it is about: people, deals, partners and so on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg import ontology
from kg.endpoint.explorer.articles import PARTS
from kg.who.said.brief import Brief, Lead, read_briefs

#: Sections of a page in their order, each with its relations; what has none of these is the rest.
SECTIONS = {
    "owners": ("subsidiaryOf", "holdsStakeIn"),
    "people": ("holdsPosition",),
    "deals": ("acquired", "mergedWith", "investedIn", "founded"),
    "partners": ("partnerOf", "cooperatesIn", "party", "concernsUnit", "hasArea"),
    "suppliers": ("supplierOf",),
    "competitors": ("competesWith",),
    "markets": ("marketShare",),
    "places": ("basedIn", "operatesIn"),
    "products": ("offers",),
    "rest": (),
}
#: Relations that, told of what is no deal or agreement, repeat what another one says.
TOLD = PARTS - {ontology.KG + name for name in ("party", "concernsUnit", "hasArea")}
#: Claims of a section that a thing's page shows; on a page of their own, so many at once.
SHOWN, PAGE = 12, 50
#: Claims of a section that are read to tell what is so now from what was.
SORTED = 2_000


@dataclass(frozen=True, slots=True)
class Section:
    """Hold claims of one kind about a thing: those shown, and how many there are in all.

    `before` are posts and stakes that are over, which a newer one has followed, or denied.
    """

    name: str
    claims: tuple[Brief, ...]
    before: tuple[Brief, ...] = ()
    count: int = 0


def section_of(relation: str) -> str:
    """Return the section of a relation.

    >>> section_of(ontology.KG + "holdsPosition"), section_of("urn:x")
    ('people', 'rest')
    """
    name = relation.removeprefix(ontology.KG)
    return next((key for key, those in SECTIONS.items() if name in those), "rest")


def group_leads(leads: Iterable[Lead], kind: str) -> dict[str, list[Lead]]:
    """Return what is said of a thing by section; parts in deals are told on these alone."""
    local = kind and any(ontology.is_a(kind, it) for it in ("Deal", "Agreement"))
    found: dict[str, list[Lead]] = {name: [] for name in SECTIONS}
    for lead in leads:
        if local or lead.relation not in TOLD:
            found["rest" if local else section_of(lead.relation)].append(lead)
    return {name: those for name, those in found.items() if those}


def read_section(store: ox.Store, name: str, leads: Sequence[Lead]) -> Section:
    """Read the claims of a section that a page shows: what is so now first, then what was."""
    if name not in ("people", "owners"):
        return Section(name, tuple(read_briefs(store, leads[:SHOWN])), (), len(leads))
    briefs = read_briefs(store, leads[:SORTED])
    now = [it for it in briefs if is_open(it)]
    before = [it for it in briefs if not is_open(it)]
    return Section(name, tuple(now[:SHOWN]), tuple(before[:SHOWN]), len(leads))


def is_open(claim: Brief) -> bool:
    """Tell whether a post or a stake is so, or may come to be; what is over or denied is not."""
    return not (claim.over or claim.followed or claim.modality == "Denied")
