"""Cells of an answer as people read them: terms in their language, names that lead to things."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.ask.answers import is_number, plain
from kg.endpoint.explorer.articles import Article, is_article, read_article
from kg.endpoint.explorer.drawing import Pen
from kg.endpoint.explorer.names import WHOLE, Names, find_one
from kg.graph.terms import ADDRESS
from kg.store.union import DEFAULT, LABEL

#: What stands together in the last column: the words, and which article they are of.
PROOF = ("quote", "article", "date")
#: Columns of terms of the ontology, of modalities, and of what is no name of a thing.
TERMS, MODALITIES = ("relation",), ("modality", "became", "other_modality")
TEXTS = ("sentence", "other_quote", "other_article", "currency", "role", "other_role", "source")
#: Columns of words that questions answer with in English.
WORDS = {"direct": "direct", "through others": "throughOthers"}
#: A sum of money as questions tell it in words.
SUM = re.compile(r"([0-9]{4,}) ([A-Z]{3})", re.ASCII)
#: What an answer has in a cell.
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
#: A piece of a cell, with where it leads to or ''.
Piece = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """Hold a cell: its pieces, and whether it is a number."""

    pieces: tuple[Piece, ...] = ()
    number: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Hold a row: its cells, and the words that prove it with their article."""

    cells: tuple[Cell, ...]
    quote: str = ""
    article: Article | None = None


class Table:
    """Write the rows of an answer for one page."""

    def __init__(self, store: ox.Store, names: Names, pen: Pen, columns: Sequence[str]) -> None:
        self.store = store
        self.names = names
        self.pen = pen
        proven = "quote" in columns
        self.columns = [it for it in columns if not (proven and it in PROOF)]
        self.proven = proven
        self.places = {name: place for place, name in enumerate(columns)}

    def row(self, told: Sequence[Term | None]) -> Row:
        """Return a row of an answer."""
        cells = tuple(self.cell(name, told[self.places[name]]) for name in self.columns)
        if not self.proven:
            return Row(cells)
        quote, title, date = (
            plain(term) if (term := told[self.places[name]]) else "" for name in PROOF
        )
        return Row(cells, quote, self.find_article(title, date) if title else None)

    def cell(self, name: str, term: Term | None) -> Cell:
        """Return a cell of a column."""
        if term is None:
            return Cell()
        told = plain(term)
        if name in MODALITIES:
            return Cell(((tell_modality(told, self.pen), ""),))
        if name in TERMS:
            return Cell(((self.pen.term(told), ""),))
        if is_number(term):
            return Cell(((self.number(name, told), ""),), number=True)
        if found := SUM.fullmatch(told):
            return Cell(((self.pen.money(*found.groups()), ""),))
        if (day := self.pen.day(told)) != told:
            return Cell(((day, ""),))
        if told in WORDS:
            return Cell(((self.pen.words[WORDS[told]], ""),))
        return Cell(tuple(self.pieces(name, told)))

    def number(self, name: str, told: str) -> str:
        """Write a number of a column."""
        if name == "confidence":
            return self.pen.percent(float(told))
        whole, point, rest = told.partition(".")
        rest = rest.rstrip("0")
        mark = self.pen.words["point"] if point and rest else ""
        shown = f"{self.pen.number(int(whole))}{mark}{rest}" if whole.isdecimal() else told
        return shown + self.pen.words["percent"] if name == "share" else shown

    def pieces(self, name: str, told: str) -> Iterator[Piece]:
        """Yield a text in pieces: names of things lead to them, addresses to what is there."""
        if name in TEXTS:
            yield told, ""
        elif name == "address" and ADDRESS.fullmatch(told):
            yield told, told
        elif address := self.find_thing(told):
            yield told, address
        else:
            parts = told.split(", ")
            for place, part in enumerate(parts):
                yield part, self.find_thing(part) if len(parts) > 1 else ""
                if place < len(parts) - 1:
                    yield ", ", ""

    def find_thing(self, name: str) -> str:
        """Return the address of what is called so, of a search where several are, else ''."""
        hits = [hit for hit in self.names.search(name) if hit.fit == WHOLE]
        if one := find_one(hits):
            return self.pen.link("thing", of=one.entry.iri)
        return self.pen.link("search", q=name) if hits else ""

    def find_article(self, title: str, date: str) -> Article:
        """Return the article of a title and a date."""
        for lang in ("fr", "en", None):
            label = ox.Literal(title, language=lang)
            for quad in self.store.quads_for_pattern(None, LABEL, label, DEFAULT):
                node = quad.subject
                if isinstance(node, ox.NamedNode) and is_article(self.store, node.value):
                    found = read_article(self.store, node.value)
                    if found.date == date[:10]:
                        return found
        return Article("", title, date=date[:10])


def tell_modality(told: str, pen: Pen) -> str:
    """Write how something is put forward, as questions answer it.

    >>> from kg.endpoint.explorer.drawing import Asked
    >>> tell_modality("actual, over", Pen(Asked("fr")))
    'avéré, terminé'
    """
    said: Mapping[str, Callable[[], str]] = {"over": lambda: pen.words["over"]}
    parts = [part.strip() for part in told.split(",")]
    return ", ".join(said[it]() if it in said else pen.term(it.capitalize()) for it in parts)
