"""Other people's RDF is read by what it is; what is not by the book is named or refused."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import sys
import zipfile
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kg.errors import GraphError
from kg.store.engine import load_graph, read_file
from kg.store.given.hextuples import to_quads
from kg.store.given.read import Given, read_quads

NAME = "http://www.w3.org/2000/01/rdf-schema#label"
TURTLE = f'<http://a.example/lum> <{NAME}> "Luméo"@fr .\n'
QUADS = f'<http://a.example/lum> <{NAME}> "Luméo"@fr <http://a.example/g> .\n'
XML = (
    '<?xml version="1.0"{}?>\n<!-- <x> --><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#">'
    '<rdf:Description rdf:about="http://a.example/lum">'
    '<rdfs:label xml:lang="fr">Luméo</rdfs:label></rdf:Description></rdf:RDF>\n<!-- end -->\n'
)
LATIN = XML.format(' encoding="ISO-8859-1"').encode("latin-1")
JSON = json.dumps({"@id": "http://a.example/lum", NAME: {"@value": "Luméo", "@language": "fr"}})
TRIX = (
    '<TriX xmlns="http://www.w3.org/2004/03/trix/trix-1/"><graph><triple>'
    f"<uri>http://a.example/lum</uri><uri>{NAME}</uri>"
    '<plainLiteral xml:lang="fr">Luméo</plainLiteral></triple></graph></TriX>'
)
STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
HEXT = json.dumps(["http://a.example/lum", NAME, "Luméo", STRING, "fr", ""]) + "\n"
WAYS = {
    "turtle.ttl": TURTLE, "triples.nt": TURTLE, "quads.nquads": QUADS, "turtle.txt": TURTLE,
    "quads.txt": QUADS, "graphs.ttl": f"<urn:g> {{ {TURTLE} }}", "a": TURTLE, "owl.owl": TURTLE,
    "xml.owl": XML.format(""), "xml.xml": XML.format(""), "xml.rdf": XML.format(""),
    "xml": XML.format(""), "turtle.rdf": TURTLE, "latin.rdf": LATIN,
    "utf16.xml": XML.format(' encoding="UTF-16"').encode("utf-16"),
    "json.json": JSON, "json.json-ld": JSON, "json.ttl": JSON, "list.json": f"[{JSON}]",
    "trix.xml": TRIX, "trix.trix": TRIX, "hex.hext": HEXT, "hex.json": HEXT, "n3.n3": TURTLE,
    "mark.ttl": TURTLE.encode("utf-8-sig"), "wide.ttl": TURTLE.encode("utf-16"),
    "mark.json": JSON.encode("utf-8-sig"), "blank.txt": f'[ <{NAME}> "Luméo"@fr ] .',
    "packed.ttl.gz": gzip.compress(TURTLE.encode()), "packed.nq.bz2": bz2.compress(QUADS.encode()),
    "packed.xz": lzma.compress(JSON.encode()), "twice.gz": gzip.compress(gzip.compress(LATIN)),
}  # fmt: skip


def told(path: Path, **options: object) -> tuple[list[str], list[str]]:
    """Return the labels that a file gives, and what is said of it."""
    lines: list[str] = []
    graph = load_graph(path, given=Given(tell=lines.append, **options))  # type: ignore[arg-type]
    return sorted(str(o) for o in graph.objects()), lines


def put(path: Path, content: str | bytes) -> Path:
    """Write a file."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("name", WAYS)
def test_syntax_is_told_by_name_and_content(tmp_path: Path, name: str) -> None:
    assert told(put(tmp_path / name, WAYS[name])) == (["Luméo"], [])


@pytest.mark.parametrize("name", WAYS)
def test_stdin_is_told_by_its_content(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    content = WAYS[name]
    data = io.BytesIO(content.encode() if isinstance(content, str) else content)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(data))
    assert told(Path("-")) == (["Luméo"], [])


def test_archive_of_one_file_is_read_and_one_of_two_refused(tmp_path: Path) -> None:
    path = tmp_path / "g.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.ttl", TURTLE)
    assert told(path) == (["Luméo"], [])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("b.ttl", TURTLE)
    with pytest.raises(GraphError, match="an archive of 2 files; unpack it"):
        load_graph(path)


def test_relative_iris_count_from_the_file_or_the_base_given(tmp_path: Path) -> None:
    path = put(tmp_path / "page été.ttl", "<> <urn:about> <#who> .")
    (quad,) = read_file(path)
    assert str(quad.object) == f"<{path.as_uri()}#who>"
    (quad,) = read_file(path, Given(base="http://a.example/b/"))
    assert str(quad.object) == "<http://a.example/b/#who>"


def test_relative_iri_on_stdin_asks_for_a_base(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"<> <urn:p> 1 .")))
    with pytest.raises(GraphError, match="--base-in IRI"):
        load_graph("-")


DUMP = TURTLE + (
    f'<http://a.example/lum> <{NAME}> "two"@zh-classical, "three"@fr_CA, "é four" .\n'
    "<http://a.example/lum> <urn:see> <http://a.example/x[1]>, <http://a.example/a b> .\n"
    "<http://a.example/100%> <urn:see> 1 .\n"
)


@pytest.mark.parametrize("ending", ["ttl", "txt", "trig"])
def test_dump_is_read_without_terms_that_are_none(tmp_path: Path, ending: str) -> None:
    labels, lines = told(put(tmp_path / f"dump.{ending}", DUMP))
    assert labels == ["Luméo", "three", "two", "é four"]
    assert len(lines) == 1
    for term in ("@zh-classical", "@fr_CA", "<http://a.example/x[1]>", "/a b>", "/100%>"):
        assert term in lines[0]
    with pytest.raises(GraphError, match=r"dump\.\w+:2:"):
        told(tmp_path / f"dump.{ending}", strict=True)


def test_mended_tag_is_that_of_the_language(tmp_path: Path) -> None:
    path = put(tmp_path / "g.ttl", '<urn:a> <urn:b> "mail@ab_cd"@fr_CA .')
    assert told(path)[0] == ["mail@ab_cd"]
    (quad,) = read_file(path, Given(tell=lambda line: None))
    assert isinstance(quad.object, ox.Literal)
    assert quad.object.language == "fr-ca"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cut.ttl", TURTLE + f"<http://a.example/x> <{NAME}> ", "cut.ttl:2:"),
        ("cut.ttl", f"<http://a.example/[]> <{NAME}> 1 .\n<urn:a> oh", "cut.ttl:2:"),
        ("cut.rdf", XML.format("").partition("</rdf:RDF")[0], "cut short: <rdf:RDF> is not closed"),
        ("cut.json", JSON[:-1], "cut.json:1:"),
        ("cut.ttl.gz", gzip.compress(TURTLE.encode(), mtime=0)[:-5], "cut short or broken"),
        ("page.html", "<!DOCTYPE html><html><p>Luméo", "web page, not RDF"),
        (
            "page.rdf",
            '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">',
            "web page",
        ),
        ("model.owl", '<Ontology xmlns="http://www.w3.org/2002/07/owl#"/>', "OWL/XML, not RDF"),
        ("model.ofn", "Prefix(:=<urn:a>)", "functional style, not RDF; save it as Turtle"),
        (
            "far.json",
            '{"@context": "https://c.example/c.json", "a": 1}',
            "https://c.example/c.json",
        ),
        ("far.json", '{"@context": {"@import": "c.json"}, "a": 1}', "nothing is fetched"),
        ("latin.ttl", TURTLE.encode("latin-1"), "save it as UTF-8"),
        ("none.ttl", " \n", "empty"),
    ],
)
def test_what_neither_reader_takes_is_refused_in_one_line(
    tmp_path: Path, name: str, content: str | bytes, said: str
) -> None:
    with pytest.raises(GraphError) as caught:
        told(put(tmp_path / name, content))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "LoadDocumentCallback" not in str(caught.value)


@pytest.mark.parametrize("name", ["none.ttl", "none.trig", "none.nt", "none.nq", "none.ttl.gz"])
def test_file_of_nothing_is_a_graph_by_the_book_alone(tmp_path: Path, name: str) -> None:
    path = put(tmp_path / name, gzip.compress(b"\n") if name.endswith("gz") else b"")
    assert len(read_quads(str(path), Given(strict=True))) == 0
    with pytest.raises(GraphError, match=r"empty; make a graph with: kg build, or .* --strict"):
        read_quads(str(path))
    with pytest.raises(GraphError, match="empty"):
        read_quads(str(put(tmp_path / "none.rdf", b"")), Given(strict=True))


def test_text_with_markup_is_the_same_whatever_its_document_declares(tmp_path: Path) -> None:
    markup = '<p rdf:parseType="Literal">l\'<b z="1" y="é">été</b> &amp; <x:c/></p>'
    bare = XML.format("").replace("</rdf:Desc", f"{markup}</rdf:Desc")
    spaces = 'xmlns="urn:v:" xmlns:x="urn:x"'
    texts = [
        bare.replace("<rdf:RDF", f"<rdf:RDF {spaces} {more}", 1)
        for more in ("", 'xmlns:unused="urn:u"')
    ]
    found = []
    for text in texts:
        read = read_quads(str(put(tmp_path / "g.rdf", text)), Given(strict=True))
        found.append(
            [q.object.value for q in read if q.predicate == ox.NamedNode("urn:v:p")]  # type: ignore[union-attr]
        )
    assert found[0] == found[1]
    assert '<b xmlns="urn:v:" y="é" z="1">été</b> &amp; <x:c xmlns:x="urn:x"></x:c>' in found[0][0]


def test_schema_org_is_known_without_being_fetched(tmp_path: Path) -> None:
    path = put(
        tmp_path / "page.jsonld",
        '{"@context": "https://schema.org", "@type": "Organization", "@id": "urn:a",'
        ' "name": "Luméo", "url": "http://a.example/"}',
    )
    lines: list[str] = []
    read = read_quads(str(path), Given(tell=lines.append))
    space = "https://schema.org/"
    assert {(q.predicate.value.removeprefix(space), type(q.object)) for q in read} == {
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", ox.NamedNode),
        ("name", ox.Literal),
        ("url", ox.NamedNode),
    }
    assert "https://schema.org is not fetched" in lines[0]
    with pytest.raises(GraphError, match="is not fetched"):
        read_quads(str(path), Given(strict=True))


def test_what_rdflib_alone_reads_is_read_and_said(tmp_path: Path) -> None:
    path = put(tmp_path / "g.rdf", XML.format("").replace("<rdf:Desc", "text <rdf:Desc"))
    with pytest.raises(GraphError):
        told(path, strict=True)
    try:
        labels, lines = told(path)
    except GraphError:
        return  # both refuse
    assert labels == ["Luméo"]
    assert "not by the book" in lines[0]


def test_formulas_of_n3_are_not_stated(tmp_path: Path) -> None:
    path = put(
        tmp_path / "g.n3", "<urn:a> <urn:b> 1 . { <urn:a> <urn:c> 2 } => { <urn:a> <urn:d> 3 } ."
    )
    predicates = {quad.predicate.value for quad in read_file(path)}
    assert "urn:b" in predicates
    assert not {"urn:c", "urn:d"} & predicates


def test_blank_nodes_of_two_files_stay_two(tmp_path: Path) -> None:
    one, other = (put(tmp_path / name, f'_:x <{NAME}> "{name}" .') for name in ("a.ttl", "b.ttl"))
    store = read_file(one, Given(more=(str(other),)))
    assert len({quad.subject for quad in store}) == 2


def test_syntax_that_is_given_is_the_one_taken(tmp_path: Path) -> None:
    path = put(tmp_path / "g.ttl", QUADS)
    with pytest.raises(GraphError, match=r"g\.ttl:1:"):
        told(path, syntax="ttl")
    with pytest.raises(GraphError, match="unknown; give one of ttl"):
        told(path, syntax="turtle")


TERMS = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=12)


@for_all(TERMS, TERMS, st.sampled_from(["ttl", "nt", "trig", "nq", "rdf", "json", "txt", "hext"]))
def test_any_file_is_read_or_refused_in_one_line(
    tmp_path_factory: pytest.TempPathFactory, one: str, other: str, ending: str
) -> None:
    path = tmp_path_factory.mktemp("any") / f"g.{ending}"
    put(path, f'<urn:a{one}> <urn:b> "{other}"@{one} .\n' + TURTLE)
    try:
        read_file(path, Given(tell=lambda line: None))
    except GraphError as error:
        assert "\n" not in str(error)


#: Lines of which each is wrong in another way, and what is left of them.
WRONG = {
    '"x"@fr_CA': ("x", "@fr_CA"),
    '"x"@zh-classical': ("x", "@zh-classical"),
    '"x"@1fr': ("", "2"),
    '"x"@': ("", "2"),
    "<http://a.example/x[1]>": ("", "<http://a.example/x[1]>"),
    "<http://a.example/a b>": ("", "<http://a.example/a b>"),
    "<http://a.example/a\\b>": ("", "2"),
    '"x"^^<http://a.example/a b>': ("", "<http://a.example/a b>"),
}


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("ending", ["nt", "nq", "ttl", "trig"])
@pytest.mark.parametrize("term", WRONG)
def test_wrong_term_costs_its_statement_alone(
    tmp_path: Path, term: str, ending: str, packed: bool
) -> None:
    graph = " <http://a.example/g>" if ending == "nq" else ""
    terms = ('"Luméo"', term, '"last"')
    text = "".join(f"<http://a.example/lum> <{NAME}> {it}{graph} .\n" for it in terms).encode()
    path = tmp_path / (f"dump.{ending}.gz" if packed else f"dump.{ending}")
    labels, lines = told(put(path, gzip.compress(text) if packed else text))
    left, said = WRONG[term]
    assert labels == sorted({"Luméo", "last", left} - {""})
    assert len(lines) == 1
    assert f"not by the book: {said}; read without, --strict refuses" in lines[0]
    with pytest.raises(GraphError, match=r"dump\.[\w.]+:2:\d+: "):
        told(path, strict=True)


DASHED = 'xml:lang="zh-classical">two</rdfs:label><rdfs:label xml:lang="fr"'


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("dump.rdf", XML.format("").replace('xml:lang="fr"', DASHED), "@zh-classical"),
        ("dump.json", JSON.replace("}}", '}, "urn:see": {"@id": "urn:a b"}}'), "<urn:a b>"),
        ("dump.json", JSON.replace("}}", '}, "urn:p": {"@value": 1, "@type": "a b"}}'), "/a b>"),
        ("dump.json", JSON.replace("}}", '}, "partners": "Orvel"}'), "<partners>"),
        ("dump.hext", HEXT * 2 + '["urn:a"]\n', "1 line is not by the book: 3;"),
        ("dump.hext", HEXT + '["urn:a b", "urn:p", "1", "urn:c", "", ""]\n', "<urn:a b>"),
        ("dump.hext", '["urn:a", 1]\n' + HEXT * 2, "1 line is not by the book: 1;"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_wrong_term_of_a_document_is_told(
    tmp_path: Path, name: str, content: str, said: str, packed: bool
) -> None:
    path = tmp_path / (f"{name}.gz" if packed else name)
    labels, lines = told(put(path, gzip.compress(content.encode()) if packed else content))
    assert "Luméo" in labels
    assert len(lines) == 1
    assert said in lines[0]
    with pytest.raises(GraphError, match=r"dump\."):
        told(path, strict=True)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('<urn:a> <urn:b> "c" .\n' * 2 + '<urn:a> <urn:b> "d', "g.nt:3:"),  # cut short
        ('<urn:a> <urn:b> "c" .\n' + "oh no\n" * 2, "g.nt:2:"),  # no dump
        ("@prefix x: <urn:> .\nx:a x:b x:c .\nx:a x:b oh .\n", "g.nt:1:"),  # Turtle
        ("<urn:a> <urn:b>\n  <urn:c> .\n<urn:a> <urn:b> <urn:d> .\n<urn:a> oh .\n", "g.nt:2:"),
    ],
)
def test_lines_that_are_no_statements_are_refused(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(GraphError) as caught:
        told(put(tmp_path / "g.nt", content))
    assert said in str(caught.value)


def test_wrong_lines_of_a_long_dump_cost_no_other(tmp_path: Path) -> None:
    lines = [f'<urn:a> <urn:b> "{at}" <urn:g> .' for at in range(2500)]
    for at in (0, 999, 1000, 2000):
        lines[at] = f'<urn:a> <urn:b> "{at} <urn:g> .'
    labels, said = told(put(tmp_path / "g.nq.gz", gzip.compress("\n".join(lines).encode())))
    assert len(labels) == 2496
    assert "4 lines are not by the book: 1, 1000, 1001, 2001;" in said[0]


def test_relative_iri_of_quads_is_one_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    data = QUADS + "<http://a.example/lum> <urn:see> <here> <urn:g> .\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
    labels, lines = told(Path("-"))
    assert labels == ["Luméo"]
    assert "not by the book: <here>" in lines[0]


@for_all(st.lists(st.text(st.characters(codec="utf-8"), max_size=8), min_size=3, max_size=3))
def test_hextuples_are_the_quads_that_they_say(terms: list[str]) -> None:
    text, iri, tag = terms
    line = json.dumps([f"urn:a{iri}", "urn:b", text, STRING, tag, ""]).encode()
    try:
        expected = ox.Quad(
            ox.NamedNode(f"urn:a{iri}"), ox.NamedNode("urn:b"), ox.Literal(text, language=tag)
        )
    except ValueError:
        return
    assert [*ox.parse(to_quads(line), format=ox.RdfFormat.N_QUADS)] == [expected]
