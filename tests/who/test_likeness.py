"""Likeness: what makes names alike, what tells them apart for good, and in which order."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.who.alike.candidates import find_candidates
from kg.who.alike.comparison import compare_names
from kg.who.things import Thing, make_thing

#: Pairs by kind, likeliest first: folder, name, name.
ALIKE = [
    ("org", "ArcelorMittal", "Arcelor Mittal"),
    ("org", "Siemens AG", "Siemens Aktiengeselschaft"),
    ("org", "Vasco Nordil", "Nordil Vasco"),
    ("org", "Corriere della Sera", "Corriere della Serra"),
    ("org", "Nordil Motors", "Nordil"),
    ("org", "UFO", "Union française des ouvriers"),
    ("org", "HuffPost", "Huffington Post"),
    ("org", "Brigade 44", "Brigade Forty-Four"),
    ("person", "Erik Meyer", "Eric Meyer"),
    ("person", "Doug Hurley", "Douglas Hurley"),
    ("person", "Ghosn", "Carlos Ghosn"),
    ("person", "Kim Kardashian", "Kim Kardashian West"),
]
UNLIKE = [
    ("org", "Cap Solar 64", "Cap Solar 69"),
    ("org", "Canal 2", "Canal"),
    ("org", "Nordil", "Nordil France"),
    ("org", "Nordil Italia", "Nordil"),
    ("org", "RTE", "RTL"),
    ("org", "Banque de Lune", "Banque de Mars"),
    ("person", "Andy Palmer", "Andy Parker"),
    ("person", "Marie Vidal", "Paul Vidal"),
    ("person", "couple Vidal", "Vidal"),
    ("person", "Carlos", "Carlos Ghosn"),
]
NAMES = st.lists(
    st.sampled_from(["nordil", "Vasco", "SA", "groupe", "12", "II", "de", "l'", "É", "Motors"]),
    min_size=1,
    max_size=4,
).map(" ".join)


@pytest.mark.parametrize(("folder", "one", "two"), ALIKE)
def test_what_is_alike_is_suggested_with_its_reason(folder: str, one: str, two: str) -> None:
    like = compare_names(one, two, folder)
    assert like.score >= 0.7, like
    assert like.reasons
    assert not like.veto


@pytest.mark.parametrize(("folder", "one", "two"), UNLIKE)
def test_what_differs_where_it_matters_is_unlike(folder: str, one: str, two: str) -> None:
    like = compare_names(one, two, folder)
    assert like.score <= 0.5, like
    assert like.reasons


def test_numbers_tell_apart_for_good() -> None:
    assert compare_names("Cap Solar 64", "Cap Solar 69", "org").veto
    assert compare_names("Vasco Fund II", "Vasco Fund", "org").veto


@settings(deadline=None)
@given(NAMES, NAMES, st.sampled_from(["org", "person", "product"]))
def test_likeness_is_between_nothing_and_one_and_goes_both_ways(
    one: str, two: str, folder: str
) -> None:
    like = compare_names(one, two, folder)
    assert 0 <= like.score <= 1
    assert like.score == pytest.approx(compare_names(two, one, folder).score)


def thing(name: str, kind: str = "Company", *articles: str) -> Thing:
    return make_thing(name, kind, articles=articles)


def names_of(things: list[Thing]) -> list[tuple[str, str]]:
    return [(it.one.name, it.two.name) for it in find_candidates(things)]


def test_candidates_come_likeliest_first_and_once() -> None:
    things = [
        thing(n) for n in ("Vasco Nordil", "Vasco Nordile", "VASCO NORDIL", "Hexo", "Hexo Air")
    ]
    assert names_of(things) == [("VASCO NORDIL", "Vasco Nordile"), ("Hexo", "Hexo Air")]


def test_candidates_are_no_order_s_matter() -> None:
    things = [thing(n) for n in ("Nordil Motors", "Nordil", "Nordil Wind", "Hexo", "Hexo SAS")]
    assert find_candidates(things) == find_candidates(reversed(things))


def test_what_is_one_or_judged_is_asked_no_more() -> None:
    things = [thing("Nordil Motors"), thing("Nordil")]
    assert find_candidates(things)
    assert not find_candidates(things, same=lambda it: "one")
    assert not find_candidates(things, judged=lambda one, two: True)


def test_a_surname_is_first_that_of_whom_most_articles_name() -> None:
    things = [
        thing("Paul Vidal", "Person", "a"),
        thing("Vidal", "Person", "b"),
        thing("Marie Vidal", "Person", "c", "d"),
    ]
    found = find_candidates(things)
    assert [(it.one.name, it.two.name) for it in found] == [
        ("Marie Vidal", "Vidal"),
        ("Paul Vidal", "Vidal"),
    ]
    assert found[0].score > found[1].score + 0.1


def test_what_an_article_has_as_two_things_is_not_asked_unless_it_is_all_but_equal() -> None:
    assert not names_of([thing("Nordil Motors", "Company", "a"), thing("Nordil", "Company", "a")])
    alike = [thing("Vasco Nordil", "Company", "a"), thing("Vasco Nordile", "Company", "a")]
    assert names_of(alike)
