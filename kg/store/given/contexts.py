"""Contexts of JSON-LD that lie elsewhere: nothing is fetched, and one is known by heart."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from kg.errors import GraphError

#: The addresses of schema.org's context.
SCHEMA = re.compile(r"https?://(?:www\.)?schema\.org/?(?:docs/jsonldcontext\.json(?:ld)?)?", re.I)
#: What schema.org's context says, as far as articles, organizations and people need it.
ADDRESSES = (
    "url", "sameAs", "image", "logo", "mainEntityOfPage", "additionalType", "thumbnailUrl",
    "contentUrl", "embedUrl", "discussionUrl", "relatedLink", "significantLink", "license",
)  # fmt: skip
KNOWN = {
    "@vocab": "https://schema.org/", "id": "@id", "type": "@type",
    **{name: {"@type": "@id"} for name in ADDRESSES},
}  # fmt: skip


def find_remote(node: object) -> Iterator[str]:
    """Yield the addresses that a document takes its contexts from.

    >>> [*find_remote({"@context": ["https://schema.org", {"a": "urn:a"}], "b": "c"})]
    ['https://schema.org']
    """
    if isinstance(node, list):
        for one in node:
            yield from find_remote(one)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key in ("@context", "@import"):
                given = value if isinstance(value, list) else [value]
                yield from (one for one in given if isinstance(one, str))
                yield from find_remote([one for one in given if not isinstance(one, str)])
            else:
                yield from find_remote(value)


def put_known(node: Any) -> Any:
    """Return a document with the context that is known in the place of its address."""
    if isinstance(node, list):
        return [put_known(one) for one in node]
    if not isinstance(node, dict):
        return node
    return {k: put_context(v) if k == "@context" else put_known(v) for k, v in node.items()}


def put_context(given: Any) -> Any:
    """Return a context with the one that is known in the place of its address."""
    if isinstance(given, list):
        return [put_context(one) for one in given]
    return KNOWN if isinstance(given, str) and SCHEMA.fullmatch(given) else given


def settle_contexts(name: str, data: bytes) -> tuple[bytes, str]:
    """Return a document that needs nothing from elsewhere, and what is to be said of it.

    Raises GraphError for a context that would have to be fetched.
    """
    if b"@context" not in data:
        return data, ""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return data, ""  # whose fault its reader tells
    remote = dict.fromkeys(find_remote(document))
    if not remote:
        return data, ""
    if unknown := [address for address in remote if not SCHEMA.fullmatch(address)]:
        told = "nothing is fetched: write that context's content in its place"
        raise GraphError(f"{name}: its context lies elsewhere ({', '.join(unknown[:3])}); {told}")
    said = "is not fetched; its terms are read as https://schema.org/…"
    return json.dumps(put_known(document)).encode(), f"the context {next(iter(remote))} {said}"
