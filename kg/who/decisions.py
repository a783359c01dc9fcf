"""Decisions of who is who: what people judge, one line each, and how a line is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from kg.errors import DataError
from kg.graph.terms import ADDRESS, FOLDERS
from kg.names.identifiers import SCHEMES, read_identifier

Kind = Literal["same", "different", "unsure", "call", "class", "sector", "drop", "wrong"]
#: The columns of a file that we make; one that people make may leave out all but the first three.
COLUMNS = ("left", "is", "right", "in", "relation", "value", "why", "by", "on")
#: What tells a name's class, where it is not clear: folders of things' IRIs, and articles.
CLASSES = ("org", "person", "place", "product", "article")
SIDE = re.compile(rf"({'|'.join((*CLASSES, *SCHEMES))}):\s*(?=\S)", re.IGNORECASE)
#: A sector: what its list is called, and its code there.
SECTOR = re.compile(r"[A-Za-z0-9]+:[0-9A-Z.]+", re.ASCII)
DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z?)?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Side:
    """Hold one end of a decision: a name (its class may be ''), an identifier or an IRI.

    >>> str(Side("siren", "552120222")), str(Side("", "Groupe ADP"))
    ('siren:552120222', 'Groupe ADP')
    """

    scheme: str
    value: str

    def __str__(self) -> str:
        """Write it as the file has it."""
        return self.value if self.scheme in ("", "iri") else f"{self.scheme}:{self.value}"


@dataclass(frozen=True, slots=True)
class Decision:
    """Hold one line: what is judged of whom, where (`scope`), why, by whom and when.

    A `wrong` one is about a fact: its relation, and its role or number (`value`) where it has one.
    """

    left: Side
    kind: Kind
    right: str = ""
    scope: str = ""
    relation: str = ""
    value: str = ""
    why: str = ""
    by: str = ""
    on: str = ""

    @property
    def other(self) -> Side:
        """Return the right side, where it is one."""
        return read_side(self.right)

    def to_row(self) -> dict[str, str]:
        """Return the line's cells by column."""
        cells = (self.left, self.kind, self.right, self.scope, self.relation, self.value)
        told = map(clean, (*map(str, cells), self.why, self.by, self.on))
        return dict(zip(COLUMNS, told, strict=True))

    def __str__(self) -> str:
        """Say it as a person would.

        >>> str(Decision(Side("", "Free"), "different", "Iliad", scope="a-*"))
        'Free different Iliad (in a-*)'
        """
        told = (str(self.left), self.kind, self.relation, self.value, self.right)
        return " ".join(filter(None, told)) + (f" (in {self.scope})" if self.scope else "")


def bare(decision: Decision) -> Decision:
    """Return what a line decides, without why, by whom and when."""
    return replace(decision, why="", by="", on="")


def clean(cell: str) -> str:
    """Return a cell on one line and without tabs.

    >>> clean(" Groupe  ADP ")
    'Groupe ADP'
    """
    return " ".join(cell.split())


def read_side(text: str) -> Side:
    """Read a side as people write it; raise DataError for none and for a false identifier.

    >>> read_side("person: Jean Martin"), read_side("Total")
    (Side(scheme='person', value='Jean Martin'), Side(scheme='', value='Total'))
    """
    text = clean(text)
    if not text:
        raise DataError("a side is empty; give a name, an identifier or an IRI")
    if ADDRESS.fullmatch(text):
        return Side("iri", text)
    if not (found := SIDE.match(text)):
        return Side("", text)
    scheme, value = found[1].lower(), text[found.end() :]
    return Side(scheme, read_identifier(scheme, value) if scheme in SCHEMES else value)


def read_decision(row: Mapping[str, str]) -> Decision:
    """Read a line's cells by column; raise DataError that says what is wrong with them.

    >>> str(read_decision({"left": "Le Groupe", "is": "drop", "why": "pas un nom"}))
    'Le Groupe drop'
    """
    cell = {name: clean(row.get(name, "")) for name in COLUMNS}
    kind = cell["is"]
    if kind not in get_args(Kind):
        raise DataError(f"'{kind}' is no judgement; take one of {', '.join(get_args(Kind))}")
    left, right = read_side(cell["left"]), cell["right"]
    if kind in ("same", "different", "unsure"):
        right = str(read_side(right))
        if read_side(right) == left and not (kind == "different" and cell["in"]):
            raise DataError(f"'{left}' {kind} itself; `different` may say so `in` an article")
    elif kind in ("call", "class", "sector") and (not right or cell["in"]):
        raise DataError(
            f"'{left}' {kind} lacks what; give it in the column 'right', and nothing in 'in'"
        )
    elif kind == "drop" and right:
        raise DataError(f"'{left}' drop '{right}'; leave the column 'right' empty")
    elif kind == "wrong" and not (cell["relation"] and (right or cell["value"])):
        raise DataError(f"'{left}' wrong; give its relation, and what it leads to or its value")
    if kind != "wrong" and (cell["relation"] or cell["value"]):
        raise DataError(
            f"'{left}' {kind}: a relation or value is told; leave both to `wrong` lines"
        )
    if kind == "class" and right not in FOLDERS:
        raise DataError(f"'{left}' class '{right}': no class of the ontology; see kg class --help")
    if kind == "sector" and not SECTOR.fullmatch(right):
        raise DataError(f"'{left}' sector '{right}'; give its list and code, as NAFRev2:27.20Z")
    if cell["on"] and not DATE.fullmatch(cell["on"]):
        raise DataError(f"'{cell['on']}' is no date; write it as 2026-11-29")
    told = (cell["in"], cell["relation"], cell["value"], cell["why"], cell["by"], cell["on"])
    return Decision(left, kind, right, *told)  # type: ignore[arg-type]
