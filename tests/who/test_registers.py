"""Official files become indexes: what is in them is found, what is not to be is left out."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from registers import (
    GONE,
    HIDDEN,
    HOMONYM,
    LEI_FUND,
    LEI_GERMAN,
    LEI_VALMONTANE,
    ORVANE,
    PERSON,
    SIRENE,
    VALMONTANE,
    make_siren,
    sirene_text,
    unit,
    write_registers,
    write_table,
)

from kg.errors import DataError
from kg.who.registers.index import Register, build_index
from kg.who.registers.record import Record, Use


@pytest.fixture
def siren(tmp_path: Path) -> Iterator[Register]:
    build_index(write_registers(tmp_path)["siren"], "siren", tmp_path / "siren.sqlite")
    register = Register(tmp_path / "siren.sqlite")
    yield register
    register.close()


def numbers(register: Register, name: str) -> list[tuple[str, Use]]:
    return [(hit.record.numbers[0], hit.use) for hit in register.find_name(name, 9)]


def test_sirene_is_looked_up_by_key_and_number(siren: Register) -> None:
    assert numbers(siren, "Valmontane S.A.") == [
        (f"siren:{VALMONTANE}", Use.legal), (f"siren:{HOMONYM}", Use.legal),
    ]  # fmt: skip
    assert numbers(siren, "VLM") == [(f"siren:{VALMONTANE}", Use.short)]
    assert numbers(siren, "Groupe Orvane") == [(f"siren:{ORVANE}", Use.usual)]
    (record,) = siren.find_number(f"siren:{VALMONTANE}")
    assert record == Record(
        (("VALMONTANE", Use.legal), ("VLM", Use.short)),
        siren=VALMONTANE, countries=("FR",), size="GE", sector="NAFRev2:27.20Z",
    )  # fmt: skip
    assert siren.find_name("Valmontane", 1)[0].record == record
    assert siren.find_number("article:x") == siren.find_number("siren:") == []


def test_persons_and_what_is_gone_or_hidden_are_left_out(siren: Register) -> None:
    assert siren.about.records == 3
    assert not any(siren.find_number(f"siren:{it}") for it in (GONE, PERSON, HIDDEN))
    assert "DURAND" not in siren.path.read_bytes().decode("latin-1")


def test_gleif_tells_siren_and_leaves_funds_out(tmp_path: Path) -> None:
    build_index(write_registers(tmp_path)["lei"], "lei", tmp_path / "lei.sqlite")
    register = Register(tmp_path / "lei.sqlite")
    found = {hit.record.lei: hit.record for hit in register.find_name("Valmontane", 9)}
    assert found.keys() == {LEI_VALMONTANE, LEI_GERMAN}
    assert (found[LEI_VALMONTANE].siren, found[LEI_VALMONTANE].countries) == (VALMONTANE, ("FR",))
    assert not register.find_number(f"lei:{LEI_FUND}")
    register.close()


def test_rows_of_one_item_are_one_record(tmp_path: Path) -> None:
    build_index(write_registers(tmp_path)["wikidata"], "wikidata", tmp_path / "w.sqlite")
    register = Register(tmp_path / "w.sqlite")
    assert register.about.records == 1
    (record,) = register.find_number("wikidata:Q900001")
    assert (record.siren, record.lei, record.countries) == (VALMONTANE, LEI_VALMONTANE, ("FR",))
    assert [name for name, _ in record.names] == ["Valmontane", "Valmontane SA"]
    register.close()


def test_an_item_of_two_numbers_has_none(tmp_path: Path) -> None:
    rows = [{"item": "Q1", "itemLabel": "Orvane", "siren": it} for it in (ORVANE, VALMONTANE)]
    (tmp_path / "q.json").write_text(json.dumps(rows), encoding="utf-8")
    build_index(tmp_path / "q.json", "wikidata", tmp_path / "q.sqlite")
    register = Register(tmp_path / "q.sqlite")
    assert register.find_number("wikidata:Q1")[0].numbers == ("wikidata:Q1",)
    register.close()


def test_json_of_the_query_service_is_read(tmp_path: Path) -> None:
    row = {"item": "http://www.wikidata.org/entity/Q7", "itemLabel": "Orvane", "country": "France"}
    told = {name: {"type": "literal", "value": value} for name, value in row.items()}
    text = json.dumps({"head": {"vars": [*row]}, "results": {"bindings": [told]}})
    (tmp_path / "q.json").write_text(text, encoding="utf-8")
    assert build_index(tmp_path / "q.json", "wikidata", tmp_path / "q.sqlite").records == 1


def test_packed_files_give_the_same_bytes(tmp_path: Path) -> None:
    text = sirene_text().encode()
    plain, zipped, gzipped = (tmp_path / f"u{end}" for end in (".csv", ".zip", ".csv.gz"))
    plain.write_bytes(text)
    gzipped.write_bytes(gzip.compress(text))
    with zipfile.ZipFile(zipped, "w") as packed:
        packed.writestr("StockUniteLegale_utf8.csv", text)
        packed.writestr("LISEZMOI.txt", "")
    found = set()
    for source in (plain, zipped, gzipped):
        build_index(source, "siren", tmp_path / "index")
        register = Register(tmp_path / "index")
        found.add((register.about.records, *numbers(register, "Valmontane")))
        register.close()
    assert len(found) == 1


FAULTS = (
    ("siren,x\n1,2\n", "siren", "no column 'denominationUniteLegale'; give the official file"),
    ("", "lei", "no rows; give the official file of GLEIF"),
    (sirene_text()[:-9], "siren", "cells, 34 columns; fetch the file again"),
    (write_table(["item", "itemLabel"], [{"item": "Q1", "itemLabel": "Q1"}]), "wikidata",
     "no organization in it"),
    ('{"head": {}}', "wikidata", "no result of a query"),
    ("[1", "wikidata", "no JSON"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "scheme", "told"), FAULTS)
def test_a_wrong_file_is_told_and_leaves_what_was_there(
    tmp_path: Path, text: str, scheme: str, told: str
) -> None:
    source, target = tmp_path / "file.csv", tmp_path / "index"
    target.write_text("as it was", encoding="utf-8")
    source.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=told):
        build_index(source, scheme, target)
    assert target.read_text(encoding="utf-8") == "as it was"
    assert {path.name for path in tmp_path.iterdir()} == {"file.csv", "index"}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\0")), max_size=5))
def test_whatever_a_firm_is_called_it_is_found_by_it(tmp_path: Path, names: list[str]) -> None:
    rows = [unit(make_siren(f"9{at:07}"), name) for at, name in enumerate(names)]
    rows.append(unit(VALMONTANE, "VALMONTANE"))
    (tmp_path / "u.csv").write_text(write_table(SIRENE, rows), encoding="utf-8", newline="")
    build_index(tmp_path / "u.csv", "siren", tmp_path / "u.sqlite")
    register = Register(tmp_path / "u.sqlite")
    for row in rows:
        name, siren = row["denominationUniteLegale"], row["siren"]
        if name.split() and name != "[ND]":
            assert siren in {hit.record.siren for hit in register.find_name(name, 99)}
    register.close()


def test_what_is_broken_is_told(tmp_path: Path) -> None:
    source = tmp_path / "file"
    for data, told in (
        (gzip.compress(sirene_text().encode())[:-20], "cut short"),
        (b"PK\x03\x04 and no zip", "broken"),
        (sirene_text().encode().replace(b"ORVANE", b"ORVAN\xc9"), "not UTF-8"),
    ):
        source.write_bytes(data)
        with pytest.raises(DataError, match=told):
            build_index(source, "siren", tmp_path / "index")
    with pytest.raises(DataError, match="cannot be read"):
        build_index(tmp_path / "none", "siren", tmp_path / "index")
    with pytest.raises(DataError, match="no register"):
        Register(source)
