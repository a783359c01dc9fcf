"""Tables of others become decisions: what OpenRefine matched, what a mapping set says."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.who.book import Book, add_decisions, parse_book
from kg.who.tables import read_table

REFINE = """name,match id,judgment,match score
Saft,Q1534560,matched,98.5
"Nordil, Vasco et fils",https://pressgraph.example/id/org/nordil-vasco,matched,
Hexo,,none,
Orvane,Q2,new,
"""
SSSOM = """#mapping_set_id: https://w3id.org/sssom/mapping/x
#license: https://creativecommons.org/publicdomain/zero/1.0/
subject_id\tsubject_label\tpredicate_id\tpredicate_modifier\tobject_id\tobject_label\tauthor_id\tmapping_date
a:1\tSaft\tskos:exactMatch\t\twd:Q1534560\tSaft Groupe\torcid:0\t2024-05-01
a:2\tFree\towl:sameAs\tNot\tb:2\tIliad\t\t
a:3\tHexo\tskos:closeMatch\t\tb:3\tHexa\t\t
"""


def table(folder: Path, text: str) -> Path:
    path = folder / "table"
    path.write_text(text, encoding="utf-8")
    return path


def test_openrefine_s_matches_go_in(tmp_path: Path) -> None:
    found = read_table(table(tmp_path, REFINE), by="mb", on="2026-11-29")
    assert [str(one) for one in found] == [
        "Saft same wikidata:Q1534560",
        "Nordil, Vasco et fils same https://pressgraph.example/id/org/nordil-vasco",
    ]
    assert (found[0].why, found[0].by, found[0].on) == ("score 98.5", "mb", "2026-11-29")
    book = add_decisions(Book(), found)
    assert parse_book("\n".join(book.lines)).list_decisions() == tuple(found)


def test_a_mapping_set_goes_in(tmp_path: Path) -> None:
    found = read_table(table(tmp_path, SSSOM), by="mb")
    assert [str(one) for one in found] == ["Saft same wikidata:Q1534560", "Free different Iliad"]
    assert [(one.by, one.on) for one in found] == [("orcid:0", "2024-05-01"), ("mb", "")]


def test_faults_are_told_with_their_line(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="line 2: 'x' is no LEI"):
        read_table(table(tmp_path, "name,id\nSaft,lei:x\n"))
    with pytest.raises(DataError, match="neither SSSOM"):
        read_table(table(tmp_path, "left,right\na,b\n"))
    with pytest.raises(DataError, match="neither SSSOM"):
        read_table(table(tmp_path, ""))
    with pytest.raises(DataError, match="cannot be read: No such file or directory"):
        read_table(tmp_path / "none")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('name,id\nSaft,Q42\n"Nordil,Q43\nVasco,Q44\n', "line 4: unexpected end of data"),
        (f"name,id\nSaft,Q42\n{'x' * 200_000},Q43\n", "line 3: field larger than"),
        ("# a\n" + "x" * 200_000 + ",name,id\n", "line 2: field larger than"),
    ],
)
def test_what_is_no_table_is_told(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=told):
        read_table(table(tmp_path, text))


def test_a_cell_of_two_lines_is_one_name(tmp_path: Path) -> None:
    text = 'name,id\r\n"Nordil\r\nMotors",wd:Q42\r\nA\u2028B,wd:Q43\r\nC,lei:x\r\n'
    with pytest.raises(DataError, match="line 5: 'x' is no LEI"):
        read_table(table(tmp_path, text))
    found = read_table(table(tmp_path, text.replace("lei:x", "")))
    assert [str(one.left) for one in found] == ["Nordil Motors", "A B"]
