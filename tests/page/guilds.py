"""A graph made by code: guilds of violin makers, in each a master whom all others supply."""

from __future__ import annotations

from rdflib import Graph

from kg.graph.rdf import build_graph
from kg.model import Article, Entity, Fact, Modality, Reading

CITY = Entity("Pérouse", "City")
WAYS: tuple[tuple[str, Modality], ...] = (
    ("supplierOf", "Actual"), ("partnerOf", "Planned"), ("acquired", "Denied"),
)  # fmt: skip


def master(guild: int) -> Entity:
    """Return the best-known member of a guild."""
    return Entity(f"Maître Archet {guild}", "Company", (f"Grand Luthier {guild}",))


def make_guilds(guilds: int, members: int, names: tuple[str, ...] = ()) -> Graph:
    """Return a graph of so many guilds, an article each; names, if given, are of some members.

    All are based in one city, which has more facts than any of them.
    """
    return build_graph([read_guild(guild, guilds, members, names) for guild in range(guilds)])


def read_guild(guild: int, guilds: int, members: int, names: tuple[str, ...]) -> Reading:
    """Return what one guild's article names and says."""
    head, text, facts = master(guild), "", []
    things = [
        Entity(names[n] if guild == 0 and n < len(names) else f"Atelier {guild}-{n}", "Company")
        for n in range(members - 1)
    ]
    spans = []
    said = [(head, "partnerOf", master((guild + 1) % guilds), "Actual")]
    for n, thing in enumerate(things):
        said.append((thing, *WAYS[0][:1], head, WAYS[0][1]))
        relation, modality = WAYS[n % 3]
        said.append((thing, relation, things[(n + 1) % len(things)], modality))
        said.append((thing, "basedIn", CITY, "Actual"))
    for one, relation, other, modality in said:
        begin = len(text)
        text += f"{one.name[:60]} et {other.name[:60]} : {relation}. "
        spans.append((begin, len(text) - 1))
        evidence = ((begin, len(text) - 2),)
        facts.append(Fact(one, relation, other, modality, evidence=evidence, confidence=0.8))
    article = Article(
        f"guilde-{guild}", text, title=f"Guilde {guild}", source="Le Fil",
        published=f"{2000 + guild}-05-04",
    )  # fmt: skip
    entities = (head, master((guild + 1) % guilds), CITY, *things)
    return Reading(article, entities, tuple(facts), tuple(spans))
