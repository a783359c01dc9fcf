"""Clusters: a function of things and decisions, whatever their order; nothing vanishes."""

from __future__ import annotations

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph.terms import BASE
from kg.who.clusters import Clusters, find_clusters
from kg.who.decisions import Decision, read_decision
from kg.who.joins import Join, Level, find_roots, keep_apart
from kg.who.things import Thing, make_thing

NAMES = ("Ava", "Ava SA", "Groupe Ava", "AVA", "Bor", "Bor Ne", "BorNe", "Cid")
ARTICLES = ("p-1", "p-2", "q-1")


def decision(left: str, kind: str, right: str = "", scope: str = "", on: str = "") -> Decision:
    return read_decision({"left": left, "is": kind, "right": right, "in": scope, "on": on})


def thing(name: str, *articles: str, kind: str = "Company", aliases: tuple[str, ...] = ()) -> Thing:
    return make_thing(name, kind, articles=articles, aliases=aliases)


def short(iri: str) -> str:
    return iri.removeprefix(BASE)


def told(found: Clusters) -> dict[str, str]:
    return {short(iri): short(home) for iri, home in found.whole.items()}


THINGS = st.lists(
    st.builds(
        lambda name, kind, articles, alias: thing(
            name, *sorted(articles), kind=kind, aliases=alias
        ),
        st.sampled_from(NAMES),
        st.sampled_from(["Company", "Person"]),
        st.sets(st.sampled_from(ARTICLES), min_size=1),
        st.sampled_from([(), ("AV",), ("BN",)]),
    ),
    max_size=8,
)
SIDES = st.sampled_from([*NAMES, "org:Ava", "person:Bor", f"{BASE}org/ava", "siren:552120222",
                         "siren:732829320", "Dee"])  # fmt: skip
LINES = st.lists(
    st.builds(
        lambda left, kind, right, scope, on: (left, kind, right, scope, on),
        SIDES,
        st.sampled_from(["same", "different", "unsure", "call", "drop"]),
        SIDES,
        st.sampled_from(["", "", "p-*", "q-1"]),
        st.sampled_from(["", "2026-11-28", "2026-11-29"]),
    ),
    max_size=8,
).map(
    lambda rows: [
        decision(left, kind, right if kind != "drop" else "", scope if kind != "call" else "", on)
        for left, kind, right, scope, on in rows
        if left != right or kind in ("call", "drop") or (kind == "different" and scope)
    ]
)


@settings(deadline=None)
@given(THINGS, LINES, st.randoms(use_true_random=False))
def test_no_order_matters_and_twice_is_once(
    things: list[Thing], lines: list[Decision], random: st.DataObject
) -> None:
    found = find_clusters(things, lines)
    random.shuffle(things)  # type: ignore[attr-defined]
    random.shuffle(lines)  # type: ignore[attr-defined]
    assert find_clusters(things * 2, lines * 2) == found


@settings(deadline=None)
@given(THINGS, LINES)
def test_no_iri_vanishes_and_each_leads_to_one_that_stays(
    things: list[Thing], lines: list[Decision]
) -> None:
    found = find_clusters(things, lines)
    assert set(found.whole) == {one.iri for one in things}
    for one in things:
        for article in one.articles:
            home = found.canonical(one.iri, article)
            assert home.startswith("https://")
            assert found.canonical(home) == home


@settings(deadline=None)
@given(THINGS, LINES)
def test_no_cluster_holds_what_is_judged_different(
    things: list[Thing], lines: list[Decision]
) -> None:
    found = find_clusters(things, lines)
    homes = {}
    for one in things:
        iris = {found.canonical(one.iri, article) for article in one.articles}
        homes.setdefault((one.folder, one.name.lower()), set()).update(iris)
    for line in lines:
        if line.kind != "different" or line.scope or line.left.scheme or line.other.scheme:
            continue
        for folder in ("org", "person"):
            one = homes.get((folder, line.left.value.lower()))
            two = homes.get((folder, line.other.value.lower()))
            # One IRI that two names share in one article is one thing there, whoever says what.
            if one and two and len(one) == len(two) == 1 and not shares(things, line, folder):
                assert one != two, str(line)


def shares(things: list[Thing], line: Decision, folder: str) -> bool:
    sides = (line.left.value.lower(), line.other.value.lower())
    iris = [
        {(one.iri, article) for one in things if one.folder == folder and one.name.lower() == side
         for article in one.articles}
        for side in sides
    ]  # fmt: skip
    return bool(iris[0] & iris[1])


def test_sure_rules_join_spellings_and_what_is_on_record() -> None:
    things = [thing("NRJ12"), thing("NRJ 12"), thing("Fonds monétaire international"), thing("FMI")]
    assert told(find_clusters(things)) == {
        "org/nrj12": "org/nrj-12",
        "org/nrj-12": "org/nrj-12",
        "org/fonds-monetaire-international": "org/fonds-monetaire-international",
        "org/fmi": "org/fonds-monetaire-international",
    }


def test_a_country_is_one_in_both_languages_and_its_parts_are_not_it() -> None:
    names = ("Belgique", "Belgium", "États-Unis", "USA", "Royaume-Uni", "Angleterre", "Gand")
    found = find_clusters([thing(name, kind="Country") for name in names])
    homes = [found.whole[make_thing(name, "Country").iri] for name in names]
    assert homes[0] == homes[1]
    assert homes[2] == homes[3]
    assert len(set(homes)) == 5


def test_a_person_and_a_firm_of_one_name_are_two() -> None:
    found = find_clusters([thing("Louis Vuitton"), thing("Louis Vuitton", kind="Person")])
    assert found.whole[f"{BASE}org/louis-vuitton"] == f"{BASE}org/louis-vuitton"
    assert found.whole[f"{BASE}person/louis-vuitton"] == f"{BASE}person/louis-vuitton"


def test_the_first_decision_fixes_the_iri_and_later_ones_leave_it() -> None:
    things = [thing("Ava"), thing("Bor"), thing("Cid")]
    first = decision("Bor", "same", "Cid", on="2026-11-01")
    later = decision("Ava", "same", "Bor", on="2026-11-02")
    assert told(find_clusters(things, [first]))["org/cid"] == "org/bor"
    assert {*told(find_clusters(things, [first, later])).values()} == {"org/bor"}
    assert told(find_clusters(things, [later]))["org/bor"] == "org/ava"


def test_a_rule_gives_way_to_a_hand_and_the_shared_iri_stays_with_the_name_it_is_made_of() -> None:
    things = [thing("Ava", "p-1"), thing("Groupe Ava", "p-2"), thing("AVA", "q-1")]
    found = find_clusters(things, [decision("Ava", "different", "Groupe Ava")])
    assert found.canonical(f"{BASE}org/ava", "p-1") == f"{BASE}org/ava"
    assert found.canonical(f"{BASE}org/ava", "q-1") == f"{BASE}org/ava"
    assert found.canonical(f"{BASE}org/ava", "p-2") == f"{BASE}org/groupe-ava"
    (conflict,) = found.conflicts
    assert not conflict.by_hand
    assert conflict.chain == ("'AVA' has the key 'ava'", "'Groupe Ava' has the key 'ava'")


def test_an_iri_that_a_decision_gives_to_another_thing_stays_there() -> None:
    things = [thing("Ava", "p-1", kind="Person"), thing("Ava SA", "p-1")]
    found = find_clusters(things, [decision("org:Ava", "same", "Ava")])
    assert found.canonical(f"{BASE}person/ava") == f"{BASE}org/ava"
    assert found.canonical(f"{BASE}org/ava") == f"{BASE}org/ava"
    assert found.canonical(f"{BASE}org/ava", "p-1") == f"{BASE}org/ava-sa"


def test_lines_that_contradict_each_other_are_told_with_their_chain() -> None:
    lines = [
        decision("Ava", "same", "Bor"),
        decision("Bor", "same", "Cid"),
        decision("Cid", "different", "Ava"),
    ]
    things = [thing("Ava"), thing("Bor"), thing("Cid")]
    found = find_clusters(things, lines)
    (conflict,) = found.conflicts
    assert conflict.by_hand
    assert conflict.chain == ("Ava same Bor", "Bor same Cid")
    assert conflict.why == "Cid different Ava"
    assert len({*found.whole.values()}) == 3
    assert len({*find_clusters(things, lines, force=True).whole.values()}) == 1


def test_two_numbers_of_one_register_are_a_conflict() -> None:
    lines = [
        decision("Ava", "same", "siren:552120222"),
        decision("Bor", "same", "siren:732829320"),
        decision("Ava", "same", "Bor"),
    ]
    (conflict,) = find_clusters([thing("Ava"), thing("Bor")], lines).conflicts
    assert conflict.by_hand
    assert "two numbers of SIREN" in conflict.why


def test_one_number_joins_two_names() -> None:
    lines = [decision(name, "same", "siren:552120222") for name in ("Bor", "Ava")]
    assert {*told(find_clusters([thing("Ava"), thing("Bor")], lines)).values()} == {"org/ava"}


def test_namesakes_are_parted_by_the_article_that_has_them() -> None:
    things = [thing("Jean Martin", "p-1", "q-1", kind="Person")]
    line = decision("person:Jean Martin", "different", "person:Jean Martin", "q-*")
    found = find_clusters(things, [line])
    iri = f"{BASE}person/jean-martin"
    assert found.canonical(iri, "p-1") == found.whole[iri] == iri
    assert found.canonical(iri, "q-1").startswith(f"{iri}-")
    more = decision("person:Jean Martin", "same", "Jean-Luc Martin", "q-*")
    both = find_clusters([*things, thing("Jean-Luc Martin", "p-2", kind="Person")], [line, more])
    assert both.canonical(iri, "q-1") == f"{BASE}person/jean-luc-martin"


def test_a_scope_may_be_what_an_article_is_called_else() -> None:
    line = decision("person:Jean Martin", "different", "person:Jean Martin", "Les Échos")
    things = [thing("Jean Martin", "p-1", "q-1", kind="Person")]
    found = find_clusters(things, [line], called={"q-1": ("Les Échos",)})
    assert {article for _, article in found.parts} == {"p-1", "q-1"}
    assert not found.stale
    assert find_clusters(things, [line]).stale == (line,)


def test_labels_classes_and_what_is_dropped_are_told_by_canonical_iri() -> None:
    things = [thing("Bor SA"), thing("Bor"), thing("Le Groupe")]
    lines = [
        decision("Bor", "call", "Bor SE"),
        decision("Bor", "class", "PublicBody"),
        decision("Le Groupe", "drop"),
    ]
    found = find_clusters(things, lines)
    assert found.labels == {f"{BASE}org/bor": "Bor SE"}
    assert found.kinds == {f"{BASE}org/bor": "PublicBody"}
    assert found.dropped == {things[2].iri}
    unlike = find_clusters(things, [*lines, decision("Bor SA", "call", "Bor Corp")])
    assert not unlike.labels
    assert [one.by_hand for one in unlike.conflicts] == [True]


def test_lines_that_match_nothing_are_told() -> None:
    lines = [decision("Ava", "same", "Dee"), decision("Dee", "drop"), decision("Ava", "drop")]
    assert {*find_clusters([thing("Ava")], lines).stale} == {*lines[:2]}


def test_an_alias_that_an_article_states_joins_where_it_is_unique() -> None:
    paris = thing("Aéroports de Lune", "p-1", aliases=("ADL",))
    short_name = thing("ADL", "p-2")
    assert {*told(find_clusters([paris, short_name])).values()} == {"org/aeroports-de-lune"}
    other = thing("Amis de Lyon", "q-1", aliases=("ADL",))
    assert len({*find_clusters([paris, short_name, other]).whole.values()}) == 3
    both = thing("ADL", "p-1")
    assert len({*find_clusters([paris, both]).whole.values()}) == 2


def test_an_alias_of_the_same_words_is_stated_more_than_once() -> None:
    group, part = thing("Ava", "p-1"), thing("Ava Wind", "p-2", aliases=("Ava",))
    assert len({*find_clusters([group, part]).whole.values()}) == 2
    again = thing("Ava Wind", "p-2", "q-1", aliases=("Ava",))
    assert len({*find_clusters([group, again]).whole.values()}) == 1


def test_a_surname_is_that_of_whom_more_articles_name_in_full() -> None:
    vidal = thing("Vidal", "q-1", kind="Person")
    for articles, count in ((("p-1",), 2), (("p-1", "p-2"), 1)):
        marie = thing("Marie Vidal", *articles, kind="Person", aliases=("Vidal",))
        assert len({*find_clusters([vidal, marie]).whole.values()}) == count
    forename = thing("Marie Vidal", "p-1", "p-2", kind="Person", aliases=("Marie",))
    assert len({*find_clusters([forename, thing("Marie", kind="Person")]).whole.values()}) == 2


def test_deals_of_one_name_stay_two() -> None:
    deals = [Thing(f"{BASE}deal/rachat-{n}", "Rachat de Saft", "Deal") for n in "ab"]
    assert len({*find_clusters(deals).whole.values()}) == 2


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=15),
       st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=5))  # fmt: skip
def test_joins_agree_with_networkx(
    pairs: list[tuple[int, int]], apart: list[tuple[int, int]]
) -> None:
    joins = [Join(Level(1 + a % 3), str(a), str(b), "") for a, b in pairs if a != b]
    roots = find_roots(joins)
    graph = nx.Graph((join.one, join.two) for join in joins)
    assert {frozenset(group) for group in nx.connected_components(graph)} == {
        frozenset(node for node in roots if roots[node] == root) for root in roots.values()
    }
    different = {(str(min(p)), str(max(p))): "" for p in apart if p[0] != p[1]}
    kept, conflicts = keep_apart(joins, different)
    roots = find_roots(kept)
    assert not [p for p in different if p[0] in roots and roots[p[0]] == roots.get(p[1])]
    assert bool(conflicts) == ({*kept} != {*joins})
