"""Figures as the shipped reader's `meta.json` tells them: no page holds a copy of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from docutils import nodes
from reference import Made, make_table
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole

from kg.reader.package import SHIPPED, read_meta
from kg.reader.types import Limits

#: Name of a figure → how the reader's scores tell it.
FIGURES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "recall": lambda meta: hundredths(meta["scores"]["all"]["recall"]),
    "precision": lambda meta: hundredths(meta["scores"]["all"]["precision"]),
    "f1": lambda meta: f"{meta['scores']['all']['f1']:.3f}",
    "ece": lambda meta: f"{meta['scores']['calibration error']:.3f}",
    "scored": lambda meta: meta["scored on"].split()[0],
    "learned": lambda meta: f"{sum(it['articles'] for it in meta['corpora']):,}",
    "open": lambda meta: f"{meta['corpora'][0]['articles']:,}",
    "least": lambda meta: f"{min(list_chances(meta)):.1f}",
    "most": lambda meta: f"{max(list_chances(meta)):.1f}",
    "version": lambda meta: meta["version"],
}


def list_chances(meta: Mapping[str, Any]) -> list[float]:
    """Return the chance from which on each relation is told."""
    limits = Limits(**meta["limits"])
    return [limits.chance(name, line) for name, line in limits.thresholds.items()]


def hundredths(share: float) -> str:
    """Write a share as so many of a hundred.

    >>> hundredths(0.606)
    '61'
    """
    return f"{100 * share:.0f}"


def tell_figure(name: str) -> str:
    """Tell a figure by its name."""
    return FIGURES[name](read_meta(SHIPPED))


def tell_card() -> str:
    """Tell the scores by relation as a table in Markdown."""
    scores = read_meta(SHIPPED)["scores"]
    rows = [
        (
            f"`{name}`" if name != "all" else "**all**",
            str(row["support"]),
            *(f"{row[key]:.2f}" for key in ("precision", "recall", "f1")),
        )
        for name, row in {**scores["by relation"], "all": scores["all"]}.items()
    ]
    head = ("relation", "facts there", "precision", "recall", "F1")
    return "\n".join(make_table(head, rows))


class Figure(SphinxRole):
    """Put a figure into a sentence."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the figure as text; one that is not known is an error."""
        return [nodes.Text(tell_figure(self.text))], []


class Card(Made):
    """Tell the reader's scores by relation."""

    def text(self) -> str:
        """Return the table."""
        return tell_card()


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the role and the directive."""
    app.add_role("figure", Figure())
    app.add_directive("card", Card)
    return {"parallel_read_safe": True}
