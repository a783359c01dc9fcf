"""What axe finds wrong with a page against WCAG 2.2 AA, and what of it is too small or too wide."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from typing import Any

import pytest

#: What axe looks for: all that WCAG 2.2 asks at A and AA, and what is good practice besides.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def read_axe() -> str:
    """Return the script of axe, which the extra `dev` brings; CI has it."""
    found = importlib.util.find_spec("axe_playwright_python")
    if not found and not os.environ.get("CI"):
        pytest.skip("no axe; install the extra `dev`, which brings axe-playwright-python")
    assert found
    assert found.origin
    return Path(found.origin).with_name("axe.min.js").read_text(encoding="utf-8")


def find_faults(tab: Any, axe: str) -> list[str]:
    """Return what axe finds wrong, each with the first element that is so."""
    tab.evaluate(axe)
    faults: list[str] = tab.evaluate(
        """async rules => (await axe.run(document, { runOnly: rules })).violations
             .map(it => `${it.id}: ${it.nodes[0].html.slice(0, 120)}`)""",
        RULES,
    )
    return faults
