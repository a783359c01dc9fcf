"""Values of FollowTheMoney: what an article says of an entity, one property at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.graph.terms import digest, slug
from kg.who.said.voiced import Source

#: Property → its type, of all that are written.
TYPES = {
    "address": "address", "alias": "name", "asset": "entity", "author": "string",
    "bodyText": "text", "country": "country", "date": "date", "description": "text",
    "director": "entity", "employee": "entity", "employer": "entity", "fileName": "string",
    "language": "language", "leiCode": "identifier", "member": "entity", "name": "name",
    "object": "entity", "organization": "entity", "owner": "entity", "ownershipType": "string",
    "percentage": "string", "proof": "entity", "publishedAt": "date", "publisher": "string",
    "recordId": "string", "registrationNumber": "identifier", "role": "string",
    "sharesCurrency": "string", "sharesValue": "string", "sourceUrl": "url", "status": "string",
    "subject": "entity", "summary": "text", "title": "string", "wikidataId": "identifier",
}  # fmt: skip
#: Codes of languages, as they are written.
LANGUAGES = {"fr": "fra", "en": "eng"}
#: Dates that a partial date of ISO 8601 is.
DATE = re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)
#: The data set of what no article says.
UNTOLD = "pressgraph"


@dataclass(frozen=True, slots=True, order=True)
class Value:
    """Hold a value of an entity: who it is (`canonical`), who the article has it for (`local`).

    `dataset` is the article, `seen` its date. Ids and `dataset` are such as FollowTheMoney takes.
    """

    canonical: str
    local: str
    schema: str
    prop: str
    value: str
    dataset: str = UNTOLD
    seen: str = ""
    lang: str = ""


def entity_id(iri: str) -> str:
    """Return an entity's id, made of its IRI.

    >>> entity_id("https://pressgraph.example/id/org/bollore")
    'kg-f3631e4e9c998ae7fea2e044'
    """
    return f"kg-{digest(iri, 24)}"


def name_dataset(source: Source) -> str:
    """Return what an article's data set is called.

    >>> name_dataset(Source("https://x.example/a", "L'accord Nordil – Vasco"))
    'l_accord_nordil_vasco_5189a0d6'
    """
    words = re.sub(r"[^a-z0-9]+", "_", slug(source.name))[:40].strip("_")
    return "_".join(filter(None, (words, digest(source.iri, 8))))
