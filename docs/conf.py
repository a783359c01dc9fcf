"""The site's settings: everything on it is made here, and nothing on it asks the network."""

import sys
from pathlib import Path

DOCS = Path(__file__).parent
sys.path[:0] = [str(DOCS / "_ext"), str(DOCS.parent)]

import kg  # noqa: E402

project = "PressGraph"
author = "PressGraph contributors"
version = release = kg.__version__
html_title = f"PressGraph {release}"

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "reference",
    "model",
    "figures",
    "parcels",
    "worked",
    "terminal",
]
exclude_patterns = ["_*", "articles", "feeds", "pdfs", "registers", "scripts", "sheets"]
# What a page refers to and does not exist is a warning, and `make docs` takes no warning.
nitpicky = False
myst_enable_extensions = ["colon_fence", "deflist", "attrs_block"]
myst_heading_anchors = 3
suppress_warnings: list[str] = []

# Docstrings are written as Markdown is: a word in single backticks is code.
default_role = "code"
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
add_module_names = False

# Quotes and hyphens stay as they are typed: options begin with two.
smartquotes = False

language = "en"
html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_show_sphinx = False
# Summaries of results are fetched, which no page that was opened from a disk may do.
html_show_search_summary = False
pygments_style = "tango"
pygments_dark_style = "github-dark"


def name_language(app, pagename, templatename, context, doctree):  # noqa: D103 - Sphinx's own order
    if pagename.startswith("fr/"):
        context["language"] = "fr"


def setup(app):  # noqa: D103
    app.connect("html-page-context", name_language)
