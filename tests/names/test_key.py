"""The key of a name: its laws, and what meets and what does not."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg.errors import DataError
from kg.names import key as keys
from kg.names.key import ARTICLES, GROUP, JOINTS, fold, legal_forms, name_key

TABLE = list(csv.DictReader(keys.PATH.read_text(encoding="utf-8").splitlines()))
FORMS = [row[column] for row in TABLE for column in ("form", "spelled_out") if row[column]]
OPENING = [
    row[column]
    for row in TABLE
    for column in ("form", "spelled_out")
    if row[column] and row["ends"] == "both"
]
SPECIAL = {*ARTICLES, *GROUP, *JOINTS, "l", "and"} | {w for f in legal_forms()[1] for w in f}
words = st.text("abcdeéèçilnorstuvœÀÉLMPS", min_size=2, max_size=9).filter(
    lambda word: fold(word) not in SPECIAL
)
plain_names = st.lists(words, min_size=1, max_size=4).map(" ".join)
pieces = st.sampled_from(
    [
        *FORMS,
        "Groupe",
        "group",
        "Le",
        "L'",
        "l’",
        "The",
        "&",
        "et",
        "and",
        "de",
        "S.",
        "A.",
        "+",
        ".",
        ",",
        "-",
        "/",
        "(",
        ")",
        "Société",
        "Compagnie",
        "Cie",
        "Orvane",
        "Æther",
        "ß",
        "№",
    ]
)
made_names = st.lists(pieces, min_size=1, max_size=6).flatmap(
    lambda parts: st.sampled_from(["", " "]).map(lambda gap: gap.join(parts))
)
any_names = st.one_of(st.text(max_size=30), made_names, plain_names)


@given(any_names)
def test_key_of_a_key_is_itself(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


@given(any_names)
def test_key_is_empty_only_for_a_blank_name(name: str) -> None:
    assert bool(name_key(name)) == bool(name.strip())


@given(plain_names)
def test_case_and_accents_are_no_matter(name: str) -> None:
    apart = unicodedata.normalize("NFD", name)
    bare = "".join(c for c in apart if not unicodedata.combining(c))
    assert {name_key(form) for form in (name, name.upper(), name.lower(), apart, bare)} == {
        name_key(name)
    }


@given(plain_names, st.sampled_from(FORMS), st.sampled_from([" ", ", ", " - ", " ("]))
def test_legal_form_at_the_end_is_no_matter(name: str, form: str, gap: str) -> None:
    assert name_key(f"{name}{gap}{form}") == name_key(name)


@given(plain_names, st.sampled_from(OPENING))
def test_legal_form_at_the_beginning_is_no_matter(name: str, form: str) -> None:
    assert name_key(f"{form} {name}") == name_key(name)


@given(plain_names, st.sampled_from([form for form in FORMS if form.isalpha() and len(form) < 6]))
def test_dots_in_a_legal_form_are_no_matter(name: str, form: str) -> None:
    for dotted in (".".join(form) + ".", ". ".join(form) + ".", ".".join(form)):
        assert name_key(f"{name} {dotted}") == name_key(name)


@given(
    plain_names,
    st.sampled_from(["Le ", "la ", "Les ", "L'", "l’", "The ", "Groupe ", "le groupe "]),
)
def test_article_and_group_are_no_matter(name: str, before: str) -> None:
    assert name_key(before + name) == name_key(name) == name_key(f"{name} Group")


@given(plain_names, st.sampled_from(["Société", "Compagnie", "Banque"]))
def test_a_noun_of_companies_stays(name: str, noun: str) -> None:
    assert name_key(f"{noun} {name}") == f"{fold(noun)} {name_key(name)}"
    assume(len(name) > 3)
    assert name_key(f"{name} et Cie").endswith(" et cie")


MEET = [
    ("Crédit Agricole S.A.", "Crédit Agricole"),
    ("Crédit Agricole", "CREDIT AGRICOLE SA"),
    ("Ostrelec S.A.", "Ostrelec SA"),
    ("Ostrelec S. A.", "Ostrelec"),
    ("Ostrelec S.A", "Ostrelec"),
    ("SA Ostrelec", "Ostrelec"),
    ("S.A. Ostrelec", "Ostrelec"),
    ("SARL Vaucourt", "Vaucourt"),
    ("S.A.R.L. Vaucourt", "Vaucourt SARL"),
    ("Vaucourt S.à r.l.", "Vaucourt"),
    ("Vaucourt S. à r. l.", "Vaucourt"),
    ("Vaucourt Sàrl", "Vaucourt"),
    ("Sasu Vaucourt", "Vaucourt"),
    ("Ostrelec Société Anonyme", "Ostrelec"),
    ("Société anonyme Ostrelec", "Ostrelec"),
    ("Ostrelec, société par actions simplifiée", "Ostrelec SAS"),
    ("Ostrelec société à responsabilité limitée", "Ostrelec"),
    ("Ostrelec SA à conseil d’administration", "Ostrelec"),
    ("Hermès Société en commandite par actions", "Hermès SCA"),
    ("Valnor SE", "Valnor Société Européenne"),
    ("Ostrelec Aktiengesellschaft", "Ostrelec AG"),
    ("Ostrelec G.m.b.H.", "Ostrelec GmbH"),
    ("Ostrelec GmbH & Co. KG", "Ostrelec"),
    ("Ostrelec Ges.m.b.H.", "Ostrelec"),
    ("Ostrelec KGaA", "Ostrelec"),
    ("Ostrelec N.V.", "Ostrelec"),
    ("Ostrelec S.A./N.V.", "Ostrelec"),
    ("Ostrelec B.V.", "Ostrelec BV"),
    ("Ostrelec S.p.A.", "Ostrelec SpA"),
    ("Ostrelec A/S", "Ostrelec"),
    ("Ostrelec Incorporated", "Ostrelec Inc."),
    ("Ostrelec, Inc.", "Ostrelec"),
    ("Ostrelec Corp.", "Ostrelec Corporation"),
    ("Ostrelec Limited", "Ostrelec Ltd."),
    ("Ostrelec plc", "Ostrelec PLC"),
    ("Ostrelec Co., Ltd.", "Ostrelec"),
    ("Ostrelec Pty Ltd", "Ostrelec"),
    ("Ostrelec AB (publ)", "Ostrelec"),
    ("Ostrelec Oyj", "Ostrelec"),
    ("Ostrelec S.A. de C.V.", "Ostrelec"),
    ("Groupe Bolloré", "Bolloré SE"),
    ("Le Groupe Bolloré", "BOLLORE"),
    ("Bolloré Groupe", "Bolloré"),
    ("Valnor Group S.A.", "groupe Valnor"),
    ("The Valnor Group plc", "Valnor"),
    ("L’Oréal", "L'Oréal S.A."),
    ("L'Oréal", "Oréal"),
    ("Le groupe L’Opinion", "L'Opinion"),
    ("Les Échos", "Échos"),
    ("La Poste", "Groupe La Poste"),
    ("Cœur d'Évry", "Coeur d’Evry"),
    ("Pierre & Vacances", "Pierre et Vacances"),
    ("Marks and Spencer", "Marks & Spencer"),
    ("Vaucourt et Cie", "Vaucourt & Cie"),
    ("Vaucourt & Cie S.A.", "Vaucourt et Cie"),
    ("Canal+", "Canal +"),
    ("Canal Plus", "Canal+"),
    ("Air France-KLM", "Air France KLM"),
    ("S.T. Dupont", "ST Dupont"),
    ("J.P. Morgan", "JP Morgan"),
    ("L.D.C.", "LDC"),
    ("S.N.C.F.", "SNCF"),
    ("Ørsted A/S", "Orsted"),
    ("Saint-Gobain", "SAINT GOBAIN"),
]
APART = [
    ("Société Générale", "Générale"),
    ("Compagnie des Alpes", "Alpes"),
    ("Compagnie des Alpes", "des Alpes"),
    ("Vaucourt et Cie", "Cie"),
    ("Vaucourt et Cie", "Vaucourt"),
    ("Vaucourt & Co. Ltd", "Vaucourt"),
    ("Canal+", "Canal"),
    ("Crédit Agricole", "Crédit Mutuel"),
    ("AS Monaco", "Monaco"),
    ("AB Science", "Science"),
    ("SC Bastia", "Bastia"),
    ("SNC-Lavalin", "Lavalin"),
    ("SAS Institute", "Institute"),
    ("SE Ranking", "Ranking"),
    ("Groupe des Dix", "des Dix"),
    ("Group of Seven", "Seven"),
    ("Comité de groupe", "Comité de"),
    ("Société anonyme des Bains de Mer", "Bains de Mer"),
    ("Entreprise Vaucourt", "Vaucourt"),
    ("Ford Motor Company", "Ford Motor"),
    ("Valnor Holding", "Valnor"),
    ("Valnor France", "Valnor"),
    ("L Oréal", "Oréal"),
    ("Cap Solar 64", "Cap Solar 69"),
    ("SAFT", "SAF"),
]
KEEP = [
    "SA",
    "S.A.",
    "SE",
    "Groupe",
    "Le Groupe",
    "The Group",
    "Groupe SA",
    "SAS",
    "Limited",
    "L'",
    "Société",
    "Société anonyme",
    "&",
    "+",
    "!!!",
    "…",
    "٣",
    "日本",
    "SA SA",
    "Les",
    "S.A. & Co",
]


def test_there_are_cases_enough() -> None:
    assert len(MEET) + len(APART) + len(KEEP) > 100


@pytest.mark.parametrize("names", MEET, ids=" = ".join)
def test_names_of_one_organization_meet(names: tuple[str, str]) -> None:
    assert len({name_key(name) for name in names}) == 1


@pytest.mark.parametrize("names", APART, ids=" - ".join)
def test_names_of_two_organizations_stay_apart(names: tuple[str, str]) -> None:
    assert len({name_key(name) for name in names}) == 2


@pytest.mark.parametrize("name", KEEP)
def test_a_name_of_nothing_else_keeps_a_key(name: str) -> None:
    assert name_key(name)


@given(st.text(max_size=30))
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "spellings",
    [
        ("L’Éclair", "l'eclair", "L ÉCLAIR"),
        ("A&B", "a&b"),
        ("Orvia-Sol", "orvia sol"),
        ("Cœur", "coeur"),
    ],
)
def test_spellings_of_a_person_place_or_product_meet(spellings: tuple[str, ...]) -> None:
    assert len({fold(spelling) for spelling in spellings}) == 1


def test_a_product_keeps_what_looks_like_a_legal_form() -> None:
    assert fold("Orvia SE") == "orvia se"


def test_table_of_legal_forms_has_no_doubles() -> None:
    assert len(TABLE) == 168
    rows = [(row["form"], row["spelled_out"]) for row in TABLE]
    assert len(set(rows)) == len(rows)
    assert {row["source"] for row in TABLE} == {"GLEIF ELF (CC0)", "own"}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("form,spelled_out,ends\n", r"no column 'source'"),
        ("form,spelled_out,ends,source\nSA,,both,\n", r"line 2: a row is a form"),
        ("form,spelled_out,ends,source\n,,both,own\n", r"line 2: a row is a form"),
        ("form,spelled_out,ends,source\nSA,,first,own\n", r"line 2: a row is a form"),
    ],
)
def test_fault_in_the_table_is_told(
    text: str, fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "legal_forms.csv"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(keys, "PATH", path)
    with pytest.raises(DataError, match=rf"^legal_forms\.csv.*{fault}"):
        legal_forms.__wrapped__()
