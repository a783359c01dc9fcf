"""A page's parts to one HTML file, under a policy that lets only our scripts run."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyvis.network

PAGE = Path(__file__).parent / "page"

#: Parts of the page's script, in order.
SCRIPTS = ("words.js", "panel.js", "drawing.js")


def render(drawing: pyvis.network.Network, page: dict[str, Any], *, title: str) -> str:
    """Render pyvis's network with our template, under a policy that lets only our scripts run."""
    import jinja2
    import pyvis
    from markupsafe import Markup

    library = Path(pyvis.__file__).parent / "templates" / "lib"
    bundle = max(library.glob("vis-*/vis-network.min.js")).read_text(encoding="utf-8")
    style = read("page.css")
    script = "\n".join(['"use strict"; (() => {', *map(read, SCRIPTS), "})();"])
    drawing.path = "page.html"
    drawing.templateEnv = jinja2.Environment(loader=jinja2.FileSystemLoader(PAGE), autoescape=True)
    drawing.templateEnv.globals |= {
        "bundle": Markup(bundle), "script": Markup(script), "style": Markup(style),
        "policy": write_policy(style, bundle, script), "page": page, "texts": page["texts"],
        "title": title, "lang": page["lang"],
    }  # fmt: skip
    return str(drawing.generate_html())


def read(name: str) -> str:
    """Read a file of the page."""
    return (PAGE / name).read_text(encoding="utf-8")


def write_policy(style: str, *scripts: str) -> str:
    """Write a Content-Security-Policy: this style and these scripts, and nothing else.

    >>> write_policy("", "")[:45]
    "default-src 'none'; base-uri 'none'; form-act"
    """
    allowed = " ".join(map(fingerprint, scripts))
    return (
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; "
        f"style-src {fingerprint(style)}; script-src {allowed}"
    )


def fingerprint(text: str) -> str:
    """Return the source expression of an in-line text: its SHA-256."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
