"""XML as a tree: nothing is fetched for it, and no entity of its own is resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.errors import ArticleError

if TYPE_CHECKING:
    from lxml.etree import _Element


def parse_xml(data: bytes, label: str) -> _Element:
    """Return the root of an XML text; raise ArticleError for what is none.

    >>> local_name(parse_xml(b"<a:b xmlns:a='urn:x'/>", "x.xml"))
    'b'
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(data, parser=parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        told = " ".join(str(error).split())[:100]
        raise ArticleError(f"{label}: broken XML ({told}); save it again") from error


def local_name(element: Any) -> str:
    """Return an element's name without its namespace, '' for a remark."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
