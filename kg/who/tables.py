"""Decisions from tables of others: OpenRefine's results (CSV, TSV) and mapping sets (SSSOM)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.errors import DataError
from kg.files.faults import tell_fault
from kg.names.identifiers import is_lei, is_siren, is_wikidata
from kg.who.decisions import Decision, clean, read_decision

#: Characters a cell may have.
LONGEST = 1 << 17
#: SSSOM's predicates that say that two are one, and that two are not, whatever their prefix.
SAME, DIFFERENT = frozenset({"sameAs", "exactMatch"}), frozenset({"differentFrom"})
#: OpenRefine's judgements → ours; what is new there is no decision.
JUDGED = {"matched": "same", "match": "same", "true": "same", "": "same", "none": "", "new": ""}
#: What OpenRefine's columns are called: name, id that was matched, judgement, score.
NAME, IDENTIFIER = ("name", "query", "label"), ("match id", "matched id", "id")
JUDGEMENT, SCORE = ("judgment", "judgement", "match"), ("match score", "score")
#: Beginnings of identifiers' addresses and short forms → their scheme.
PREFIXES = {
    "http://www.wikidata.org/entity/": "wikidata", "https://www.wikidata.org/entity/": "wikidata",
    "https://www.wikidata.org/wiki/": "wikidata", "wd:": "wikidata", "wikidata:": "wikidata",
    "lei:": "lei", "siren:": "siren",
}  # fmt: skip


def read_table(path: str | Path, by: str = "", on: str = "") -> list[Decision]:
    """Read the decisions of a table; raise DataError: line and fault.

    A table with `subject_id` is SSSOM, one with a name and a matched id is OpenRefine's; its cells
    are parted by tabs or commas. `by` and `on` stand in lines of which the table tells neither.
    """
    found = []
    for number, cells in read_cells(path):
        try:
            cell = read_mapping(cells) if "subject_id" in cells else read_match(cells)
            if cell:
                given = {name: value for name, value in (("by", by), ("on", on)) if value}
                found.append(read_decision({**given, **cell}))
        except DataError as error:
            raise DataError(f"{path}, line {number}: {error}") from error
    return found


def read_cells(path: str | Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a table, each with its line, cells by small column; raise DataError."""
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {tell_fault(error)}") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: cannot be read as UTF-8: {error}; save it as UTF-8") from error
    stream = io.StringIO(text, newline="")
    lines = [(at, line) for at, line in enumerate(stream, 1) if not line.startswith("#")]
    sign = "\t" if lines and "\t" in lines[0][1] else ","
    # Strict: a quote that is never closed would swallow all that follows it; and no name is longer
    # than this, whatever else this process has read.
    csv.field_size_limit(LONGEST)
    rows = csv.reader((line for _, line in lines), delimiter=sign, strict=True)
    try:
        header = [clean(name).lower() for name in next(rows, ())]
        if "subject_id" not in header and (
            {*NAME}.isdisjoint(header) or {*IDENTIFIER}.isdisjoint(header)
        ):
            raise DataError(
                f"{path}: neither SSSOM ('subject_id') nor OpenRefine ('name', 'id'); export it so"
            )
        for row in rows:
            cells = dict(zip(header, [*map(clean, row), *[""] * len(header)], strict=False))
            yield lines[rows.line_num - 1][0], cells
    except csv.Error as error:
        number = lines[min(rows.line_num, len(lines)) - 1][0]
        raise DataError(f"{path}, line {number}: {error}; export the table again") from error


def read_match(cells: Mapping[str, str]) -> dict[str, str]:
    """Return a decision's cells from a row of OpenRefine; none for a row that was not matched.

    >>> read_match({"name": "Saft", "match id": "Q1534560", "judgment": "matched"})
    {'left': 'Saft', 'is': 'same', 'right': 'wikidata:Q1534560', 'why': ''}
    """
    name, told, judgement, score = (
        next((cells[key] for key in keys if cells.get(key)), "")
        for keys in (NAME, IDENTIFIER, JUDGEMENT, SCORE)
    )
    if not name or not told or not JUDGED.get(judgement.lower(), ""):
        return {}
    why = f"score {score}" if score else ""
    return {"left": name, "is": "same", "right": name_side(told), "why": why}


def read_mapping(cells: Mapping[str, str]) -> dict[str, str]:
    """Return a decision's cells from a row of SSSOM; none where it neither joins nor parts.

    >>> row = {"subject_id": "x:1", "subject_label": "Free", "object_id": "wd:Q167511"}
    >>> read_mapping({**row, "predicate_id": "owl:differentFrom"})["is"]
    'different'
    """
    predicate = cells.get("predicate_id", "").replace("#", ":").rpartition(":")[2]
    negated = cells.get("predicate_modifier", "").lower() == "not"
    if predicate not in SAME | DIFFERENT:
        return {}
    different = (predicate in DIFFERENT) != negated
    left, right = (
        cells.get(f"{end}_label") or cells.get(f"{end}_id", "") for end in ("subject", "object")
    )
    if is_known(cells.get("object_id", "")):
        right = cells["object_id"]
    why = cells.get("comment") or cells.get("mapping_justification", "")
    who = cells.get("author_label") or cells.get("author_id", "")
    found = {
        "left": name_side(left), "is": "different" if different else "same",
        "right": name_side(right), "why": why,
    }  # fmt: skip
    more = {"by": who, "on": cells.get("mapping_date", "")}
    return found | {name: value for name, value in more.items() if value}


def is_known(text: str) -> bool:
    """Tell whether an id is one of a register that we know.

    >>> is_known("wd:Q167511"), is_known("x:1")
    (True, False)
    """
    return name_side(text).partition(":")[0] in PREFIXES.values()


def name_side(text: str) -> str:
    """Return an id as a side of a decision; what is none that we know stays.

    >>> name_side("http://www.wikidata.org/entity/Q167511"), name_side("552120222")
    ('wikidata:Q167511', 'siren:552120222')
    """
    for prefix, scheme in PREFIXES.items():
        if text.startswith(prefix):
            return f"{scheme}:{text.removeprefix(prefix)}"
    for scheme, fits in (("wikidata", is_wikidata), ("lei", is_lei), ("siren", is_siren)):
        if fits(text):
            return f"{scheme}:{text}"
    return text
