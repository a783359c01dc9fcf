"""SIREN and LEI of a text stand on the organization whose they are, or nowhere."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from registers import LEI_ORVANE, LEI_VALMONTANE, ORVANE, VALMONTANE

from kg.graph.check import check_graph
from kg.graph.rdf import build_graph
from kg.graph.readings import read_readings
from kg.graph.vocabularies import KG
from kg.model import Article, Entity, Fact, Reading
from kg.names.identifiers import is_lei, is_siren
from kg.reader.nodes.registrations import add_registrations, find_told
from kg.sources.folding import fold_text, unfold_reading

SPACED = f"{VALMONTANE[:3]} {VALMONTANE[3:6]} {VALMONTANE[6:]}"
FALSE = f"{VALMONTANE[:-1]}{(int(VALMONTANE[-1]) + 1) % 10}"
NAMES = {
    "Valmontane": "Company", "Orvane": "Company", "Hexo": "Organization",
    "Insee": "Organization", "Sénat": "PublicBody", "Nanterre": "City", "Paul Durand": "Person",
}  # fmt: skip


def read(text: str) -> Reading:
    """Read a text as if all of some names, and no others, were found in it."""
    entities = [
        Entity(name, kind, mentions=tuple(it.span() for it in re.finditer(name, text)))
        for name, kind in NAMES.items()
        if name in text
    ]
    return Reading(Article("a", text), tuple(entities), (), ((0, len(text)),))


def owners(text: str) -> dict[str, set[str]]:
    reading = add_registrations(read(text))
    return {it.name: {str(v) for _, v in it.values} for it in reading.entities if it.values}


WAYS = (
    f"{SPACED} RCS Paris", f"{SPACED} R.C.S. Paris", f"{VALMONTANE} RCS", f"RCS Paris {SPACED}",
    f"RCS de Nanterre sous le numéro {SPACED}", f"RCS Paris B {SPACED}", f"SIREN : {SPACED}",
    f"n° SIREN {SPACED}", f"numéro SIREN : {VALMONTANE}", f"SIREN n° {SPACED}",
    f"n°\xa0SIREN\xa0: {SPACED}".replace(" ", "\xa0"), f"Siren {SPACED.replace(' ', '.')}",
    f"SIRET : {SPACED} 00012", f"SIRET {VALMONTANE}00012",
    f"registre du commerce et des sociétés de Nanterre sous le numéro {SPACED}",
)  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_numbers_are_read_as_texts_tell_them(way: str) -> None:
    text = f"Valmontane ({way}) recrute."
    (told,) = find_told(text)
    assert (told.scheme, told.value) == ("siren", VALMONTANE)
    assert re.sub(r"\D", "", text[slice(*told.span)]) == VALMONTANE
    assert owners(text) == {"Valmontane": {VALMONTANE}}


@pytest.mark.parametrize(
    "way",
    [f"LEI : {LEI_VALMONTANE}", f"code LEI {LEI_VALMONTANE}", f"LEI code: {LEI_VALMONTANE}",
     f"Legal Entity Identifier (LEI): {LEI_VALMONTANE}",
     f"identifiant d’entité juridique : {LEI_VALMONTANE}"],
)  # fmt: skip
def test_lei_is_read_as_texts_tell_it(way: str) -> None:
    assert owners(f"Valmontane ({way}) recrute.") == {"Valmontane": {LEI_VALMONTANE}}


@pytest.mark.parametrize(
    "text",
    [
        f"Valmontane (SIREN {FALSE})", f"Valmontane ({VALMONTANE})", f"Valmontane, {SPACED} euros",
        f"Valmontane (SIREN 1{VALMONTANE})", f"Valmontane (SIREN {VALMONTANE}9)",
        f"Valmontane ({LEI_VALMONTANE})", f"Valmontane (LEI {LEI_VALMONTANE[:-1]}x)",
        f"Valmontane a 1,{SPACED} RCS", f"Valmontane (SIREN {VALMONTANE},5)",
    ],
)  # fmt: skip
def test_what_is_no_number_of_a_register_is_none(text: str) -> None:
    assert find_told(text) == []
    assert owners(text) == {}


NUMBER = f"SIREN {VALMONTANE}"
CASES = (
    # In brackets behind it, with a legal form or quotes between, whoever else is named.
    (f"Orvane a cédé Valmontane ({NUMBER}) à Hexo.", "Valmontane"),
    (f"Orvane a cédé Valmontane S.A. ({NUMBER}) à Hexo.", "Valmontane"),
    (f"Orvane a cédé « Valmontane » ({NUMBER}) à Hexo.", "Valmontane"),
    (f"Orvane a cédé sa filiale (Valmontane, {NUMBER}) à Hexo.", "Valmontane"),
    # Alone in the sentence.
    (f"Valmontane, société anonyme au capital de 12 000 000 euros, immatriculée au RCS de Nanterre "
     f"sous le numéro {SPACED}, recrute.", "Valmontane"),
    (f"Valmontane, dont le siège est 3 rue Victor Hugo, Nanterre, {NUMBER}.", "Valmontane"),
    (f"Valmontane, que dirige Paul Durand, {NUMBER}, recrute.", "Valmontane"),
    (f"Orvane perd. Valmontane, fabricant de piles, {NUMBER}, recrute.", "Valmontane"),
    (f"Orvane recule ; Valmontane : {NUMBER}", "Valmontane"),
    (f"Valmontane est au RCS de Nanterre, tenu par le greffe et l'Insee, {NUMBER}.", "Valmontane"),
    # Whose it is is not clear.
    (f"Valmontane, filiale d'Orvane, {NUMBER}, recrute.", None),
    (f"Valmontane et Orvane ({NUMBER} et SIREN {ORVANE})", "Orvane?"),
    (f"La filiale de Valmontane et d'Orvane, {NUMBER}, recrute.", None),
    (f"Sa filiale (de Valmontane et d'Orvane, {NUMBER}) recrute.", None),
    (f"Valmontane a racheté Brindeleau, {NUMBER}.", None),
    (f"Valmontane recrute. Sa filiale, {NUMBER}, aussi.", None),
    (f"{NUMBER} : Valmontane recrute.", None),
    (f"Valmontane\n{NUMBER}", None),
    (f"Le Sénat ({NUMBER}) siège.", None),
    (f"L'Insee ({NUMBER}) compte.", None),
)  # fmt: skip


@pytest.mark.parametrize(("text", "owner"), CASES)
def test_a_number_is_the_nearest_organization_s_or_nobody_s(text: str, owner: str | None) -> None:
    found = owners(text)
    if owner == "Orvane?":  # two numbers behind one name: none
        assert found == {}
    else:
        assert found == ({owner: {VALMONTANE}} if owner else {})


def test_two_numbers_of_one_and_one_number_of_two_are_nobody_s() -> None:
    assert owners(f"Valmontane ({NUMBER}). Plus loin, Valmontane (SIREN {ORVANE}).") == {}
    assert owners(f"Valmontane ({NUMBER}). Plus loin, Orvane ({NUMBER}).") == {}
    both = f"Valmontane ({NUMBER}, LEI {LEI_VALMONTANE}). Orvane (LEI {LEI_ORVANE})."
    assert owners(both) == {"Valmontane": {VALMONTANE, LEI_VALMONTANE}, "Orvane": {LEI_ORVANE}}


def test_its_characters_are_in_the_graph_and_come_back() -> None:
    text = f"Valmontane ({SPACED} RCS Paris) a racheté Orvane."
    reading = read(text)
    firm, other = reading.entities
    fact = Fact(firm, "acquired", other, evidence=((0, len(text) - 1),))
    reading = add_registrations(Reading(reading.article, (firm, other), (fact,), ((0, len(text)),)))
    assert reading.facts[0].subject in reading.entities
    graph = build_graph([reading])
    assert [str(it) for it in graph.objects(None, KG.siren)] == [VALMONTANE]
    anchors = {str(it) for it in graph.objects() if str(it) == SPACED}
    assert anchors == {SPACED}
    assert check_graph(graph) == []
    assert {*read_readings(graph)[0].entities} == {*reading.entities}


def test_in_a_wrapped_text_they_are_where_they_stand() -> None:
    text = (
        "Le fabricant de piles et de batteries au lithium Valmontane (immatriculé au RCS\n"
        f"de Nanterre sous le numéro {SPACED}) recrute trois cents personnes pour\n"
        "son usine de Nanterre, où il compte produire davantage de piles.\n"
    )
    article = Article("a", text)
    folded = fold_text(text, lang="fr")
    reading = unfold_reading(add_registrations(read(folded.text)), folded, article)
    ((name, number),) = (it.mentions for it in reading.entities if it.values)
    assert text[slice(*name)] == "Valmontane"
    assert "".join(text[slice(*number)].split()) == VALMONTANE


@given(st.text(alphabet=f"SIREN LEI:RCS.() \n{VALMONTANE}A", max_size=60))
def test_whatever_is_read_passes_its_check_and_stands_there(text: str) -> None:
    for told in find_told(text):
        assert (is_lei if told.scheme == "lei" else is_siren)(told.value)
        assert re.sub(r"[\s.]", "", text[slice(*told.span)]) == told.value
        assert told.whole[0] <= told.span[0] < told.span[1] <= told.whole[1]
