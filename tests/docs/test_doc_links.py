"""Links and anchors of the Markdown beside the site lead somewhere in the source.

Those of the site are checked as pages (`test_doc_site`); what lies on other machines is asked by
`make long` (Sphinx's linkcheck), since tests ask nobody.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT

LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s#]*)(?:#([^)\s]+))?\)")
FENCED = re.compile(r"^(`{3,}).*?^\1$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def list_pages() -> list[str]:
    """Return the Markdown files of the source that are no pages of the site."""
    done = subprocess.run(["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True)
    found = done.stdout.split() if done.returncode == 0 else []
    return sorted(name for name in found if not name.startswith(("docs/", "tests/sources/")))


def name_anchor(heading: str) -> str:
    """Return a heading's anchor as forges make it.

    >>> name_anchor("Ce qu'il vaut"), name_anchor("What `kg` does: a list")
    ('ce-quil-vaut', 'what-kg-does-a-list')
    """
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def list_anchors(path: Path) -> set[str]:
    """Return the anchors of a page."""
    text = re.sub(r"^(`{3,}).*?^\1$", "", path.read_text(encoding="utf-8"), flags=16 | 8)
    return {name_anchor(it) for it in HEADING.findall(text)}


@pytest.mark.parametrize("page", list_pages())
def test_links_lead_to_files_and_headings(page: str) -> None:
    path = ROOT / page
    for goal, anchor in LINK.findall(FENCED.sub("", path.read_text(encoding="utf-8"))):
        target = (path.parent / goal).resolve() if goal else path
        assert target.exists(), f"{page}: {goal}"
        if anchor:
            assert anchor in list_anchors(target), f"{page}: {goal}#{anchor}"


def test_pages_are_found() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("no checkout")
    assert {"README.md", "README.fr.md", "examples/teach/README.md"} <= {*list_pages()}
    assert "how-good-it-is" in list_anchors(ROOT / "README.md")
