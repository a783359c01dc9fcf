"""What a large graph is made of: its best-known things, and its communities, found once for all."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.endpoint.explorer.articles import PARTS, list_claims
from kg.endpoint.explorer.drawing import Asked, draw
from kg.endpoint.explorer.names import Entry
from kg.endpoint.explorer.sections import PAGE
from kg.endpoint.explorer.work import NEWEST, View, on_view, search
from kg.endpoint.protocol import Reply
from kg.endpoint.reconcile.work import write_json
from kg.endpoint.workers import reply_to
from kg.graph.triples import read_texts
from kg.graph.vocabularies import KG
from kg.network.links import ASIDE, is_any
from kg.network.passages import local_name
from kg.store.engine import hold

if TYPE_CHECKING:
    from networkx import MultiDiGraph

#: The best known of all, communities of a page, and how many others a community's page leads to.
BEST, SHOWN, NEAR = 25, 20, 12
OF_DEALS = frozenset(map(local_name, PARTS))
#: A claim's subject, object, and the name of its relation.
Ends = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """Hold a community as a page leads to it: its name, its best member, and what there is of it.

    `links` is how many claims lead there, where it is told as near another one.
    """

    name: str
    of: str
    size: int
    links: int = 0


def draw_overview(view: View) -> Reply:
    """Draw what a large graph holds: its best-known things, its newest claims, its communities.

    These come later: the page asks for them when it is open.
    """
    entries = view.held.names.entries.items()
    things = {iri for iri, it in entries if not is_any(it.kind, ASIDE)}
    links = count_links(read_ends(view.store), things)
    best = sorted(links, key=lambda it: (-links[it], it))[:BEST]
    latest = (iri for _, iri in view.held.articles)
    newest, more = view.items(list_claims(view.store, latest), 0, NEWEST)
    told = tell_things(view, ((it, links[it]) for it in best))
    return draw("overview", view.asked, held=view.held, best=told, newest=newest, more=more)


def read_ends(store: ox.Store) -> Iterator[Ends]:
    """Yield of each claim the ends and the relation."""
    graph = hold(store)
    target, relation = (dict(read_texts(graph, it)) for it in (KG.claimObject, KG.claimRelation))
    for claim, subject in read_texts(graph, KG.claimSubject):
        yield subject, target[claim], local_name(relation[claim])


def count_links(claims: Iterable[Ends], things: Collection[str]) -> Counter[str]:
    """Count the claims that link each of some things to another of them.

    Parts in deals are none: the claims between those who have them say as much.

    >>> count_links([("urn:a", "urn:b", "partnerOf"), ("urn:d", "urn:a", "buyer")], {"urn:a"})
    Counter()
    """
    among = (
        (one, other)
        for one, other, relation in claims
        if one in things and other in things and relation not in OF_DEALS
    )
    return Counter(chain.from_iterable(among))


def tell_things(view: View, those: Iterable[tuple[str, int]]) -> list[tuple[Entry, int]]:
    """Return the entries of some things, with how many claims link each."""
    entries = view.held.names.entries
    return [(entries[iri], links) for iri, links in those if iri in entries]


def survey_task(folder: str) -> Reply:
    """Find a graph's communities, as JSON."""

    def work(store: ox.Store) -> Reply:
        from kg.network.sketch import sketch_network

        return write_json(survey_network(sketch_network(hold(store))))

    return reply_to(folder, work)


def survey_network(network: MultiDiGraph) -> list[dict[str, Any]]:
    """Find a network's communities, those of `kg network communities` in their order.

    Of each the `best` known, whom it is named after, its `things`, each with its number of `links`,
    and the numbers of those `near` it, with how many claims lead there.

    >>> import networkx
    >>> survey_network(networkx.MultiDiGraph())
    []
    """
    from kg.network.communities import OTHERS, find_best, group_things
    from kg.network.links import STATES, find_aside, list_links, project_network

    groups = [it for it in group_things(network, project_network(network)) if it.name != OTHERS]
    home = {thing: number for number, it in enumerate(groups) for thing in it.things}
    links = count_links(network.edges(data="relation"), {*network} - find_aside(network))
    near = defaultdict[int, Counter[int]](Counter)
    for link in list_links(network, STATES):
        one, other = home.get(link.subject, -1), home.get(link.target, -1)
        if one != other and min(one, other) >= 0:
            near[one][other] += 1
            near[other][one] += 1
    return [
        {
            "best": find_best(network, it.things),
            "things": [(thing, links[thing]) for thing in it.things],
            "near": sorted(near[number].items(), key=lambda pair: (-pair[1], pair[0]))[:NEAR],
        }
        for number, it in enumerate(groups)
    ]


def communities_task(folder: str, asked: Asked, survey: bytes, of: str) -> Reply:
    """Draw the communities of a survey, the largest first, or the one that a thing is in."""

    def work(view: View) -> Reply:
        found = json.loads(survey)
        if of:
            mine = next((it for it in found if any(iri == of for iri, _ in it["things"])), None)
            return draw_community(view, found, mine) if mine else search(view, of)
        groups = [make_group(view, it) for it in found[asked.skip : asked.skip + SHOWN]]
        more = asked.skip + SHOWN if len(found) > asked.skip + SHOWN else 0
        return draw("communities", asked, groups=groups, count=len(found), more=more, step=SHOWN)

    return on_view(folder, asked, work)


def draw_community(
    view: View, found: Sequence[Mapping[str, Any]], mine: Mapping[str, Any]
) -> Reply:
    """Draw one of the communities found: its members, the best known first, and what is near."""
    skip = view.asked.skip
    things = tell_things(view, mine["things"][skip : skip + PAGE])
    near = [make_group(view, found[number], links) for number, links in mine["near"]]
    more = skip + PAGE if len(mine["things"]) > skip + PAGE else 0
    group = make_group(view, mine)
    return draw(
        "community", view.asked, group=group, things=things, near=near, more=more, step=PAGE
    )


def make_group(view: View, told: Mapping[str, Any], links: int = 0) -> Group:
    """Return a community as pages lead to it."""
    best: list[str] = told["best"]
    names = (entry.names[0] for entry, _ in tell_things(view, ((it, 0) for it in best)))
    return Group(", ".join(names), best[0], len(told["things"]), links)
