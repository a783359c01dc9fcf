"""A graph that is open in Python: asked, as tables, as a network, as a page, corrected."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from rdflib import RDF, Graph

from kg.ask.query import run_query
from kg.errors import DataError
from kg.graph.vocabularies import KG
from kg.notebook.answers import Answer, make_answer
from kg.notebook.drawing import draw_svg
from kg.notebook.frames import make_frame
from kg.notebook.rows import CLAIMS, FACTS, list_claim_rows, list_fact_rows
from kg.store.engine import copy_store, engine_of, hold
from kg.who.said.files import claim_file, load_view

if TYPE_CHECKING:
    from networkx import MultiDiGraph
    from pandas import DataFrame

    from kg.page.render import Page


class Knowledge:
    """Hold a graph that is open, and offer it as what one works with; in a notebook, a drawing.

    `graph` is rdflib's. Where several articles are in it, it has their claims, too: what they say
    alike, with how many voices say it.
    """

    def __init__(self, graph: Graph, store: Path | None = None, least: float = 0.0) -> None:
        self.graph = graph
        self._store, self._least = store, least

    @cached_property
    def network(self) -> MultiDiGraph:
        """Return networkx's graph: things are nodes, facts or claims are edges with attributes."""
        from kg.network.network import build_network

        return build_network(self.graph)

    def ask(self, question: str, **parameters: Any) -> Answer:
        """Answer a ready question or SPARQL; `of`, `and_`, `in_` are names, see `kg.run_query`.

        CONSTRUCT and DESCRIBE answer with a row a triple, ASK with one of a truth. Raises
        QueryError.
        """
        return make_answer(run_query(self.graph, question, **parameters))

    def to_pandas(self, rows: Literal["facts", "claims"] = "facts") -> DataFrame:
        """Return a DataFrame: a row for each fact of each article, or for each claim.

        Columns are named as in `kg export --to facts` and `--to claims`, and have types: `date` is
        the article's day, `when` what is told of the fact's, `value` the number that is stated,
        `begin` and `end` are where the quote stands in the article's text.
        """
        if rows == "claims":
            return make_frame(CLAIMS, list_claim_rows(self.graph))
        if rows == "facts":
            return make_frame(FACTS, list_fact_rows(self.graph))
        raise DataError(f"rows '{rows}': unknown; give 'facts' or 'claims'")

    def page(self, path: str | Path | None = None, *, title: str = "", lang: str = "") -> Page:
        """Draw the graph as one HTML page, and write it where a path is given."""
        from kg.files.writing import write_text
        from kg.page.view import draw_page

        page = draw_page(self.graph, title=title, lang=lang)
        if path is not None:
            write_text(path, page.html)
        return page

    def decide(
        self, left: str, judgement: str, right: str = "", *, relation: str = "", value: str = "",
        in_: str = "", why: str = "", by: str = "",
    ) -> None:  # fmt: skip
        """Add a decision to a store's file, which it follows at once.

        A judgement is called as on the command line: same, different, unsure, call, class, drop,
        wrong (which takes a relation). Raises DataError where it contradicts others or matches
        nothing.
        """
        from kg.who.judging import decide

        cells = {
            "left": left, "is": judgement, "right": right, "relation": relation, "value": value,
            "in": in_, "why": why, "by": by,
        }  # fmt: skip
        decide(self._own_store(), cells)
        self._reload()

    def undo(self, name: str = "", other: str = "") -> None:
        """Take back the last decision of a store, or the last one on some names."""
        from kg.who.judging import take_back

        take_back(self._own_store(), name, other)
        self._reload()

    def _own_store(self) -> Path:
        """Return the folder of the store; raise DataError for a graph that is none."""
        if self._store is None:
            told = "decisions are those of a store; make one with: readings.save('news')"
            raise DataError(told)
        return self._store

    def _reload(self) -> None:
        """Open the store as it is now."""
        self.graph = load_view(self._own_store(), least=self._least)
        self.__dict__.pop("network", None)

    def __repr__(self) -> str:
        return f"Knowledge({self.sum_up()})"

    def sum_up(self) -> str:
        """Return how many articles, facts and claims there are.

        >>> Knowledge(Graph()).sum_up()
        '0 articles, 0 facts'
        """
        counts = {name: count_members(self.graph, name) for name in ("Article", "Fact", "Claim")}
        told = [f"{n} {it.lower()}{'s' if n != 1 else ''}" for it, n in counts.items()]
        return ", ".join(told if counts["Claim"] else told[:2])

    def _repr_html_(self) -> str:
        return f"<p>{self.sum_up()}</p>{draw_svg(self.network)}"


def open(graph: str | Path | Graph, *, min_confidence: float = 0.0) -> Knowledge:
    """Open a graph's file, a store's folder or rdflib's graph; raise GraphError.

    Facts below `min_confidence` are left out. A graph of rdflib's is copied.

    >>> open(Graph())
    Knowledge(0 articles, 0 facts)
    """
    if isinstance(graph, Graph):
        return Knowledge(add_claims(graph))
    found = load_view(graph, least=min_confidence)
    return Knowledge(found, Path(graph) if Path(graph).is_dir() else None, min_confidence)


def add_claims(graph: Graph) -> Graph:
    """Return a copy of a graph with the claims of what several articles say alike."""
    held = hold(copy_store(engine_of(graph)))
    claim_file(engine_of(held))
    return held


def count_members(graph: Graph, name: str) -> int:
    """Return how many things of one of our classes a graph has."""
    return len({*graph.subjects(RDF.type, KG[name])})
