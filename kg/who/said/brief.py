"""Claims about one thing as a store's own graph has them: found by index, whatever its size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import pyoxigraph as ox

from kg.graph.numbers import read_chance, read_count
from kg.graph.vocabularies import KG
from kg.names.key import fold
from kg.store.union import DEFAULT
from kg.who.said.episodes import STATES
from kg.who.said.some import read_claim
from kg.who.view.claims import follow_states
from kg.who.view.describe import (
    ARTICLES,
    CLAIM_OBJECT,
    CLAIM_RELATION,
    CLAIM_ROLE,
    CLAIM_SUBJECT,
    FIRST,
    LAST,
    NOW,
    OVER,
    STANDING,
    STATED,
    SUREST,
    VOICES,
)
from kg.who.view.statements import Term

MARKET = ox.NamedNode(str(KG.market))
#: What a claim is told without: its facts, which may be thousands.
PARTS = (
    CLAIM_SUBJECT, CLAIM_RELATION, CLAIM_OBJECT, CLAIM_ROLE, NOW, OVER, STANDING, VOICES, ARTICLES,
    FIRST, LAST, SUREST,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Brief:
    """Hold a claim without its facts: ends, relation, role, and how it stands by now.

    `followed` is true of a stake or a post that another one of the same has come after.
    """

    iri: str
    subject: str
    relation: str
    object: Term
    role: str = ""
    modality: str = "Actual"
    over: bool = False
    standing: str = "Reported"
    voices: int = 1
    articles: int = 1
    first: str = ""
    last: str = ""
    surest: float = 1.0
    followed: bool = False

    @property
    def holds(self) -> bool:
        """Tell whether it is so today."""
        actual = self.modality == "Actual" and not self.over
        return actual and self.standing != "Disputed" and not self.followed

    @property
    def target(self) -> str:
        """Return the IRI of the thing that it leads to, '' for a value."""
        return self.object.value if isinstance(self.object, ox.NamedNode) else ""


@dataclass(frozen=True, slots=True, order=True)
class Lead:
    """Hold that a claim is about a thing: when it was last told, its IRI, its relation, which end.

    `end` is 'subject', 'object', or 'market' where its facts lead to the thing as their market.
    """

    last: str
    claim: str
    relation: str
    end: str


def list_leads(store: ox.Store, thing: str) -> list[Lead]:
    """Return which claims are about a thing, the latest first."""
    return sorted(find_leads(store, thing), key=lambda it: (it.last, it.claim), reverse=True)


def find_leads(store: ox.Store, thing: str) -> Iterator[Lead]:
    """Yield which claims are about a thing, in no order."""
    node = ox.NamedNode(thing)
    for end, predicate in (("subject", CLAIM_SUBJECT), ("object", CLAIM_OBJECT)):
        for quad in store.quads_for_pattern(None, predicate, node, DEFAULT):
            if isinstance(quad.subject, ox.NamedNode):
                yield make_lead(store, quad.subject, end)
    told = {
        quad.subject
        for about in store.quads_for_pattern(None, MARKET, node, DEFAULT)
        for quad in store.quads_for_pattern(None, STATED, about.subject, DEFAULT)
    }
    for claim in told:
        if isinstance(claim, ox.NamedNode):
            yield make_lead(store, claim, "market")


def make_lead(store: ox.Store, claim: ox.NamedNode, end: str) -> Lead:
    """Return a claim's relation and last date, without reading the rest of it."""
    relation, last = (read_part(store, claim, it) for it in (CLAIM_RELATION, LAST))
    return Lead(last, claim.value, relation, end)


def read_part(store: ox.Store, claim: ox.NamedNode, predicate: ox.NamedNode) -> str:
    """Return what a claim leads to by a predicate, '' for nothing."""
    quad = next(iter(store.quads_for_pattern(claim, predicate, None, DEFAULT)), None)
    return quad.object.value if quad and isinstance(quad.object, Term) else ""


def read_brief(store: ox.Store, claim: str) -> Brief | None:
    """Read a claim of a store's own graph, None for what is none."""
    node = ox.NamedNode(claim)
    parts: dict[ox.NamedNode, Term] = {}
    for predicate in PARTS:
        quad = next(iter(store.quads_for_pattern(node, predicate, None, DEFAULT)), None)
        if quad and isinstance(quad.object, Term):
            parts[predicate] = quad.object
    if not {CLAIM_SUBJECT, CLAIM_RELATION, CLAIM_OBJECT} <= parts.keys():
        return None
    told = {predicate: term.value for predicate, term in parts.items()}
    return Brief(
        claim,
        told[CLAIM_SUBJECT],
        told[CLAIM_RELATION],
        parts[CLAIM_OBJECT],
        told.get(CLAIM_ROLE, ""),
        told.get(NOW, "Possible").rpartition("#")[2],
        OVER in told,
        told.get(STANDING, "Reported").rpartition("#")[2],
        read_count(told.get(VOICES), 1),
        read_count(told.get(ARTICLES), 1),
        told.get(FIRST, ""),
        told.get(LAST, ""),
        read_chance(told.get(SUREST)),
    )


def read_briefs(store: ox.Store, leads: Iterable[Lead]) -> list[Brief]:
    """Read claims in the order given, each once; of a state told several times, one is the last.

    That is right where all claims about one of its ends are given that have its relation.
    """
    claims = dict.fromkeys(lead.claim for lead in leads)
    found = [brief for claim in claims if (brief := read_brief(store, claim))]
    return mark_followed(store, found)


def mark_followed(store: ox.Store, briefs: Sequence[Brief]) -> list[Brief]:
    """Mark the states that another one of the same has come after."""
    states: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for one in briefs:
        if one.relation in STATES:
            key = (one.subject, one.relation, str(one.object), fold(one.role))
            states[key].append(one.iri)
    several = (those for those in states.values() if len(those) > 1)
    claims = (claim for those in several for it in those if (claim := read_claim(store, it)))
    followed = {claim.iri for claim in follow_states(claims) if claim.followed}
    return [replace(one, followed=True) if one.iri in followed else one for one in briefs]
