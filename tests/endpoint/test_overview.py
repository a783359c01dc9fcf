"""A large store at a glance: its best-known things, its communities, its newest claims."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from servers import fill_store
from test_explorer_pages import body, plain

import kg.endpoint.drawn.page
from kg.endpoint.drawn.page import draw_task
from kg.endpoint.drawn.survey import SHOWN, communities_task, survey_task
from kg.endpoint.explorer.drawing import Asked
from kg.endpoint.explorer.sections import PAGE
from kg.endpoint.protocol import Reply
from kg.graph.terms import BASE
from kg.model import Article, Entity, Fact, Reading
from kg.network.communities import OTHERS, find_communities
from kg.network.measures import rank_central
from kg.network.network import build_network
from kg.network.sketch import sketch_network
from kg.store.engine import load_graph
from kg.who.view.beside import follow_book

#: Rings of companies, and how many are in each: more of both than a page shows.
RINGS, MEMBERS = SHOWN + 2, 6
CROWD = PAGE + 10


def ring(number: int) -> Reading:
    """Return an article whose companies are partners in a ring, all of them in one country."""
    count = CROWD if number == 0 else MEMBERS
    firms = [Entity(f"Firme {number:02}-{place:02}", "Company") for place in range(count)]
    country = Entity("Valmarie", "Country")
    pairs = [(one, "partnerOf", firms[(at + 1) % count]) for at, one in enumerate(firms)]
    pairs += [(firms[0], "supplierOf", it) for it in firms[2:-1]]
    pairs += [(it, "basedIn", country) for it in firms]
    lines = [f"{one.name} / {other.name}" for one, _, other in pairs]
    text = "\n".join(lines)
    starts = [sum(len(it) + 1 for it in lines[:at]) for at in range(len(lines))]
    facts = tuple(
        Fact(one, relation, other, confidence=0.8, evidence=((start, start + len(line)),))
        for (one, relation, other), start, line in zip(pairs, starts, lines, strict=True)
    )
    article = Article(f"anneau-{number}", text, title=f"Anneau {number}", published="2024-01-02")
    return Reading(article, (*firms, country), facts)


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = fill_store(tmp_path_factory.mktemp("large") / "news", *map(ring, range(RINGS)))
    follow_book(path)
    return str(path)


@pytest.fixture(scope="module")
def survey(news: str) -> bytes:
    reply = survey_task(news)
    assert reply.status == 200
    return reply.body


def listed(reply: Reply) -> list[str]:
    """Return what the names of a page's lists lead to."""
    return re.findall(r'<li><a href="([^"]*)"><bdi>', body(reply))


def firm(name: str) -> str:
    return f"{BASE}org/{name.lower().replace(' ', '-')}"


def test_overview_ranks_by_claims_and_no_place_links(
    news: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kg.endpoint.drawn.page, "DRAWN", 100)
    page = draw_task(news, "", 1, "fr")
    first = listed(page)[0]
    assert first == f"thing?of={quote(firm('Firme 00-00'), safe='')}&amp;lang=fr"
    assert f"entreprise · {CROWD - 1} affirmations" in plain(page)  # one for each of the others
    assert "Valmarie pays" not in plain(page)
    assert 'data-from="communities?lang=fr"' in body(page)
    assert "Dernières affirmations" in plain(page)


@pytest.mark.parametrize("of", ["", "Firme 00-00"])
def test_a_part_is_drawn_as_ever(news: str, of: str) -> None:
    assert b'"page"' in draw_task(news, of, 1, "fr").body


def test_communities_are_those_of_the_network(news: str, survey: bytes) -> None:
    network = build_network(load_graph(news))
    rows = [row for row in find_communities(network).rows if row[1] != OTHERS]
    found = json.loads(survey)
    assert len(rows) == RINGS
    assert [[iri for iri, _ in it["things"]] for it in found] == [list(row[-1]) for row in rows]
    links = {row[-1]: row[2] for row in rank_central(network).rows}
    told = {iri: count for it in found for iri, count in it["things"]}
    assert told == links  # each of two is linked by one claim here


def test_a_sketch_links_as_the_network_does(news: str) -> None:
    graph = load_graph(news)
    whole, sketch = build_network(graph), sketch_network(graph)
    assert [*sketch] == [*whole]
    parts = ("relation", "modality", "ended", "confidence", "voices")

    def tell(network: object) -> list[object]:
        edges = network.edges(keys=True, data=True)  # type: ignore[attr-defined]
        return sorted((*ends, claim, *(it[name] for name in parts)) for *ends, claim, it in edges)

    assert tell(sketch) == tell(whole)


def test_communities_are_paged_and_so_are_their_members(news: str, survey: bytes) -> None:
    asked = Asked("fr")
    page = communities_task(news, asked, survey, "")
    assert f"{RINGS} communautés" in plain(page)
    assert len(listed(page)) == SHOWN
    assert 'href="communities?skip=20"' in body(page)
    rest = communities_task(news, Asked("fr", skip=SHOWN), survey, "")
    assert len(listed(rest)) == RINGS - SHOWN
    best = firm("Firme 00-00")
    one = communities_task(news, asked, survey, best)
    assert "Communauté : Firme 00-00, " in plain(one)
    assert len(listed(one)) == PAGE
    more = communities_task(news, Asked("fr", skip=PAGE), survey, best)
    assert len(listed(more)) == CROWD - PAGE


def test_what_is_in_no_community_is_looked_for(news: str, survey: bytes) -> None:
    reply = communities_task(news, Asked("fr"), survey, f"{BASE}place/valmarie")
    assert reply.status == 303
    assert communities_task(news, Asked("fr"), survey, "zzz").status == 404


def test_a_store_without_links_has_no_community(tmp_path: Path) -> None:
    alone = Entity("Seule", "Company")
    path = fill_store(tmp_path / "news", Reading(Article("a", "Seule.", title="A"), (alone,), ()))
    follow_book(path)
    page = communities_task(str(path), Asked("fr"), survey_task(str(path)).body, "")
    assert "Aucune communauté" in plain(page)
