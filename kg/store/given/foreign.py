"""Graphs that rdflib alone reads: other syntaxes, and what Oxigraph is too strict for."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.store.given.syntaxes import IN_RDFLIB
from kg.store.given.terms import Faults, to_oxigraph

if TYPE_CHECKING:
    from rdflib import Dataset

#: What rdflib calls the graph that has no name.
OWN = "urn:x-rdflib:default"
PLACE = re.compile(r"line (\d+)|at (\d+):(\d+)|<[^>]*>:(\d+):(\d+)")


def read_by_rdflib(data: bytes, syntax: str, base: str | None, faults: Faults) -> list[ox.Quad]:
    """Return the quads that rdflib reads, without terms that are none; raise SyntaxError."""
    from rdflib import Dataset

    dataset = Dataset()
    # rdflib logs what it thinks of terms, which `faults` tells, and fetches nothing: documents
    # whose contexts lie elsewhere come here with them, or not at all.
    loggers = [logging.getLogger(name) for name in ("rdflib", "rdflib.term")]
    levels = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.CRITICAL)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            dataset.parse(data=data, format=IN_RDFLIB[syntax], publicID=base or "urn:kg:stdin")
            return list(convert(dataset, base or "urn:kg:stdin", faults))
    except Exception as error:  # its parsers raise anything
        raise fault_of(error) from error
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def convert(dataset: Dataset, base: str, faults: Faults) -> Iterator[ox.Quad]:
    """Yield a dataset's quads as Oxigraph has them."""
    for s, p, o, name in dataset.quads():
        one, verb, other = (to_oxigraph(term, faults) for term in (s, p, o))
        graph = to_oxigraph(name, faults) if name is not None else None
        kept = isinstance(graph, ox.NamedNode | ox.BlankNode) and str(name) not in (base, OWN)
        if isinstance(one, ox.NamedNode | ox.BlankNode) and isinstance(verb, ox.NamedNode):
            if other:
                yield ox.Quad(one, verb, other, graph if kept else ox.DefaultGraph())  # type: ignore[arg-type]


def fault_of(error: Exception) -> SyntaxError:
    """Return what rdflib says is wrong as a syntax error, with its line if it tells one.

    >>> fault_of(ValueError("at line 3 of <>: expected '.'")).lineno
    3
    """
    said = " ".join(str(error).split()) or type(error).__name__
    fault = SyntaxError(said[:200])
    if isinstance(error, SyntaxError) and error.lineno:
        fault.lineno, fault.offset = error.lineno, error.offset
    elif callable(getattr(error, "getLineNumber", None)):
        fault.lineno, fault.offset = error.getLineNumber(), error.getColumnNumber() + 1  # type: ignore[attr-defined]
    elif found := PLACE.search(said):
        line, *pairs = found.groups()
        fault.lineno = int(line or pairs[0] or pairs[2])
        fault.offset = int(pairs[1] or pairs[3] or 1) if not line else 1
    return fault
