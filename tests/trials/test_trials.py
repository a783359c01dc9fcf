"""Each trial of what people do with a tool of this kind has its test: the table says which.

A trial's name begins with the number of its report. Those that had no counterpart have one here, of
our own wording. Three are left out, for the reader is known to get them wrong.
"""

from __future__ import annotations

import io
import re
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import TESTS, read_nordil
from rdflib import Graph

from kg.files.writing import write_text
from kg.graph.rdf import build_graph, write_turtle
from kg.graph.vocabularies import KG
from kg.values.language import load_language
from kg.values.quantities import find_amounts

Run = Callable[..., tuple[int, str, str]]
FORMS, NOTHING, HERE = "sources/test_forms.py", "verbs/test_nothing.py", "trials/test_trials.py"
TWINS, GIVEN = f"{FORMS}::test_file_reads_as_its_twins", "store/test_given.py"
LACKS = f"{NOTHING}::test_a_graph_without_facts_is_told"
MEANT, ENDINGS = "ask/test_meant.py", "verbs/test_endings.py"
SYNTAX = f"{GIVEN}::test_syntax_is_told_by_name_and_content"
ABOVE = "store/test_superclasses.py::test_companies_are_organizations"
#: Trial → the test that asks the same.
TRIALS = {
    "01-divided-words": TWINS,
    "01-wrapped-lines": TWINS,
    "02-both-compositions": f"{HERE}::test_one_name_however_its_accents_are_composed",
    "02-decomposed-accents": TWINS,
    "03-utf-16": TWINS,
    "03-windows-1252": TWINS,
    "04-all-capitals": f"{HERE}::test_a_text_in_capitals_names_no_sentence",
    "04-capital-headline": (
        "sources/test_folding.py::test_a_headline_in_capitals_is_read_as_the_text_writes_its_words"
    ),
    "05-email": TWINS,
    "06-rss": TWINS,
    "07-json-lines": TWINS,
    "07-json-lines-escaped": TWINS,
    "08-address": "sources/test_web.py::test_what_cannot_be_fetched_is_told_in_one_line",
    "08-docx": TWINS,
    "08-folder": "sources/test_batch.py::test_a_folder_is_read_in_the_order_of_its_names",
    "08-gzip": TWINS,
    "08-markdown": TWINS,
    "08-no-language": TWINS,
    "08-pdf": TWINS,
    "09-page-on-stdin": f"{HERE}::test_a_page_on_stdin_is_read_as_its_file",
    "09-page-without-ending": TWINS,
    "09-page-xhtml": TWINS,
    "10-article-beside-consent": TWINS,
    "10-consent-wall": f"{FORMS}::test_what_is_no_article_is_told_in_one_line",
    "10-note-sign": TWINS,
    "10-read-also": TWINS,
    "11-sales-are-no-sale": f"{HERE}::test_what_somebody_sells_is_no_takeover",
    "12-table": f"{FORMS}::test_rows_are_in_the_text_and_the_reader_sees_none",
    "13-empty-file": "verbs/test_cli.py::test_wrong_article_is_skipped_and_the_others_are_read",
    "13-same-names": "verbs/test_cli.py::test_articles_of_one_name_are_told_apart_by_their_folders",
    "14-one-english": f"{HERE}::test_one_english_text_among_french_ones_is_read",
    "14-page-says-french": f"{HERE}::test_a_page_of_few_words_is_in_the_language_that_it_says",
    "14-short-french": f"{HERE}::test_a_line_of_names_is_french",
    "14-two-languages": f"{FORMS}::test_paragraphs_in_the_other_language_are_read_in_it",
    "15-sums": f"{HERE}::test_sums_as_papers_write_them_are_read",
    "17-and-company": (
        "reader/test_reader_names.py::test_and_company_goes_on_with_the_name_before_it"
    ),
    "17-legal-form": "names/test_key.py::test_dots_in_a_legal_form_are_no_matter",
    "18-namesakes": "ask/test_namesakes.py::test_the_command_says_so_beside_its_answer",
    "19-wire-copies": f"{HERE}::test_copies_of_a_wire_are_told_as_one_voice",
    "21-relative-iri": f"{GIVEN}::test_relative_iris_count_from_the_file_or_the_base_given",
    "22-byte-order-mark": SYNTAX,
    "23-gzip": SYNTAX,
    "23-hext": SYNTAX,
    "23-json": SYNTAX,
    "23-json-ld": SYNTAX,
    "23-nquads": SYNTAX,
    "23-owl": SYNTAX,
    "23-xml": SYNTAX,
    "24-stdin-jsonld": f"{HERE}::test_what_is_exported_is_read_from_stdin",
    "24-stdin-rdfxml": f"{HERE}::test_what_is_exported_is_read_from_stdin",
    "25-remote-context": f"{GIVEN}::test_schema_org_is_known_without_being_fetched",
    "26-bad-iris": f"{GIVEN}::test_dump_is_read_without_terms_that_are_none",
    "27-draw-concepts": (
        "page/test_schemes_browser.py::test_a_skos_scheme_says_what_it_is_and_draws_its_concepts"
    ),
    "28-check-of-nothing": LACKS,
    "28-csv-of-nothing": LACKS,
    "28-cypher-of-nothing": LACKS,
    "28-diff-of-nothing": LACKS,
    "28-draw-of-nothing": LACKS,
    "28-gexf-of-nothing": LACKS,
    "28-graphml-of-nothing": LACKS,
    "29-labels-multiply": f"{HERE}::test_a_count_is_of_things_and_not_of_their_labels",
    "30-organizations-of-w3c": ABOVE,
    "30-superclass": ABOVE,
    "31-columns": f"{MEANT}::test_columns_come_in_the_order_of_the_query",
    "32-years-and-days": f"{MEANT}::test_years_are_since_a_day_and_what_is_no_date_is_not",
    "33-name-without-language": f"{MEANT}::test_names_are_found_without_their_language",
    "35-interrupt": f"{ENDINGS}::test_query_ends_at_once_and_leaves_nothing",
    "40-compressed-answers": (
        "endpoint/test_serve.py::test_long_answers_are_packed_for_who_takes_them"
    ),
    "41-csv-accents-in-excel": "exports/test_cells.py::test_table_opens_by_a_double_click",
    "42-csv-columns-in-excel": "exports/test_cells.py::test_table_opens_by_a_double_click",
    "43-formula-in-csv": "exports/test_cells.py::test_no_cell_is_a_formula_and_each_is_read_back",
    "46-latin1-argument": f"{ENDINGS}::test_name_of_another_encoding_is_no_traceback",
    "46-latin1-file-name": f"{ENDINGS}::test_name_of_another_encoding_is_no_traceback",
    "47-cut-file": f"{ENDINGS}::test_file_that_is_cut_is_told",
    "47-full-disk": f"{ENDINGS}::test_full_disk_is_told",
    "48-read-only-folder": f"{ENDINGS}::test_read_only_disk_is_told",
    "N1-stopped-query": f"{ENDINGS}::test_query_out_of_time_leaves_nothing",
    "N3-prefix-of-the-file": f"{HERE}::test_a_prefix_of_the_file_is_known_or_named",
    "N4-misspelt-class": f"{HERE}::test_a_misspelt_class_is_told_with_the_nearest",
    "N6-build-into-closed-pipe": f"{ENDINGS}::test_work_goes_on_where_nobody_hears_of_it",
    "N7-export-by-ending": f"{NOTHING}::test_the_output_s_ending_tells_the_format",
}
#: Trials that the reader is known to get wrong.
LEFT_OUT = ("01-narrow-column", "11-live-page", "11-place-of-another")


def test_every_trial_has_a_test_that_is_there() -> None:
    assert len(TRIALS) + len(LEFT_OUT) == 84
    for trial, test in TRIALS.items():
        path, _, name = test.partition("::")
        text = (TESTS / path).read_text(encoding="utf-8")
        assert re.search(rf"^def {name}\b", text, re.MULTILINE), trial


def say(graph: Path) -> set[tuple[str, str, str]]:
    """Return the actual facts of a graph: subject, relation and object by name."""
    read = Graph().parse(graph)
    rows = read.query(
        "SELECT ?s ?p ?o { ?f a kg:Fact ; kg:modality kg:Actual ; rdf:predicate ?p ; "
        "rdf:subject/rdfs:label ?s ; rdf:object/rdfs:label ?o }",
        initNs={"kg": KG},
    )
    return {(str(s), str(p).rpartition("#")[2], str(o)) for s, p, o in rows}  # type: ignore[misc]


@pytest.fixture
def build(run: Run, tmp_path: Path) -> Callable[..., Path]:
    """Return a function that builds one graph of texts, by the names of their files."""

    def build(**texts: str) -> Path:
        paths = [tmp_path / name.replace("_", ".") for name in texts]
        for path, text in zip(paths, texts.values(), strict=True):
            path.write_text(text, encoding="utf-8")
        code, _, err = run("build", *paths, "-o", tmp_path / "out.ttl")
        assert code == 0, err
        return tmp_path / "out.ttl"

    return build


@pytest.mark.model
def test_one_name_however_its_accents_are_composed(run: Run, build: Callable[..., Path]) -> None:
    text = "Télarion a racheté Évrénor. Le siège de Télarion est à Lyon.\n"
    graph = build(a_fr_txt=text, b_fr_txt=unicodedata.normalize("NFD", text))
    asked = "SELECT DISTINCT ?name { ?x a kg:Company ; rdfs:label ?name } ORDER BY ?name"
    _, out, _ = run("query", graph, asked, "--format", "csv")
    assert out.split() == ["name", "Télarion", "Évrénor"]


@pytest.mark.model
def test_a_text_in_capitals_names_no_sentence(build: Callable[..., Path]) -> None:
    graph = build(
        a_fr_txt="CARVELOT ACHÈTE DRUMONTEL\n\nLE GROUPE CARVELOT A RACHETÉ LA SOCIÉTÉ DRUMONTEL "
        "POUR 45 MILLIONS D'EUROS, A ANNONCÉ SA DIRECTRICE GÉNÉRALE, LUCE HARDIVEL.\n"
    )
    facts = {tuple(part.casefold() for part in fact) for fact in say(graph)}
    assert ("carvelot", "acquired", "drumontel") in facts
    for fact in facts:
        assert not {"racheté", "annoncé", "millions", "achète"} & {
            word for part in fact for word in part.split()
        }


def test_a_page_on_stdin_is_read_as_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.sources.articles import read_article

    page = TESTS / "sources" / "files" / "page.html"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(page.read_bytes())))
    piped, filed = read_article("-"), read_article(page)
    assert (piped.text, piped.title, piped.lang) == (filed.text, filed.title, filed.lang)


@pytest.mark.model
def test_what_somebody_sells_is_no_takeover(build: Callable[..., Path]) -> None:
    graph = build(
        a_fr_txt="Le chimiste Carvelot rachète la jeune pousse Drumontel.\n\n"
        "Les ventes de Pelligrane ont augmenté en avril.\n"
    )
    facts = say(graph)
    assert ("Carvelot", "acquired", "Drumontel") in facts
    assert not [fact for fact in facts if "Pelligrane" in (fact[0], fact[2])]


@pytest.mark.model
def test_one_english_text_among_french_ones_is_read(build: Callable[..., Path]) -> None:
    facts = say(
        build(
            a_txt="Le groupe Carvelot a racheté la société Drumontel, qui est à Lyon.\n",
            b_txt="The company Pelligrane has acquired Osterwick, which is based in London.\n",
        )
    )
    assert {("Carvelot", "acquired", "Drumontel"), ("Pelligrane", "acquired", "Osterwick")} <= facts


def test_a_page_of_few_words_is_in_the_language_that_it_says(tmp_path: Path) -> None:
    from kg.sources.articles import read_article

    line = "Carvelot rachète Global Paper Trading"
    write_text(
        tmp_path / "page.html",
        f'<!doctype html><html lang="fr"><head><title>{line}</title></head><body><article>'
        f"<h1>{line}</h1><p>{line}.</p></article></body></html>",
    )
    assert read_article(tmp_path / "page.html").lang == "fr"


def test_a_line_of_names_is_french(tmp_path: Path) -> None:
    from kg.sources.articles import read_article

    write_text(tmp_path / "breve.txt", "Carvelot rachète Global Paper Trading\n")
    assert read_article(tmp_path / "breve.txt").lang == "fr"


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("3,5 mds d'euros", 3_500_000_000, "EUR"),
        ("90 MCHF", 90_000_000, "CHF"),
        ("60 milliards de francs CFA", 60_000_000_000, "XOF"),
    ],
)
def test_sums_as_papers_write_them_are_read(text: str, amount: int, currency: str) -> None:
    sentence = f"Carvelot a racheté Drumontel pour {text}."
    (found,) = find_amounts(sentence, load_language("fr"))
    assert found.typed("amount") == {"amount": amount, "currency": currency}
    assert sentence[slice(*found.span)] == text


def test_copies_of_a_wire_are_told_as_one_voice(run: Run, tmp_path: Path) -> None:
    from kg.store.store import put_readings
    from kg.who.view.beside import follow_book

    readings = [read_nordil(name) for name in ("gazette", "fil", "courrier", "matin")]
    list(put_readings(tmp_path / "news", readings))
    follow_book(tmp_path / "news")
    code, out, _ = run("explain", tmp_path / "news", "Nordil", "Vasco")
    assert code == 0
    assert re.search(r"4 articles.*\b1 voice|copies", out)


@pytest.mark.parametrize("form", ["jsonld", "rdfxml"])
def test_what_is_exported_is_read_from_stdin(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    write_text(tmp_path / "a.ttl", write_turtle(build_graph([read_nordil()])))
    _, out, _ = run("export", tmp_path / "a.ttl", "--to", form)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(out.encode())))
    assert run("query", "-", 'ASK { ?x rdfs:label "Nordil" }')[:2] == (0, "yes\n")


def test_a_count_is_of_things_and_not_of_their_labels(run: Run, tmp_path: Path) -> None:
    write_text(
        tmp_path / "a.ttl",
        "@prefix kg: <https://w3id.org/pressgraph/ontology#> . "
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . "
        '<urn:c> a kg:Company ; rdfs:label "Carvelot" ; skos:altLabel "CARVELOT", "Carvelot SA" ; '
        "kg:partnerOf <urn:d>, <urn:e>, <urn:f> .",
    )
    asked = (
        "SELECT ?name (COUNT(*) AS ?n) { ?x kg:partnerOf|^kg:partnerOf ?y ; rdfs:label ?name } "
        "GROUP BY ?name"
    )
    assert run("query", tmp_path / "a.ttl", asked, "--format", "csv")[1].split() == [
        "name,n", "Carvelot,3",
    ]  # fmt: skip


def test_a_prefix_of_the_file_is_known_or_named(run: Run, tmp_path: Path) -> None:
    write_text(
        tmp_path / "a.ttl", '@prefix zoo: <http://zoo.example/> . <urn:a> zoo:calls "Irma" .'
    )
    code, out, err = run("query", tmp_path / "a.ttl", "SELECT ?n { ?x zoo:calls ?n }")
    assert (code == 0 and "Irma" in out) or (code == 1 and "zoo" in err)


def test_a_misspelt_class_is_told_with_the_nearest(run: Run, tmp_path: Path) -> None:
    write_text(tmp_path / "a.ttl", write_turtle(build_graph([read_nordil()])))
    _, _, err = run("query", tmp_path / "a.ttl", "SELECT ?x { ?x a kg:Compnay }")
    assert "the ontology has no kg:Compnay; nearest: kg:Company" in err
