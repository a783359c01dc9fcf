"""The terms of RDF: every IRI that we choose, numbers and dates as literals."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from rdflib import XSD, Literal, URIRef

from kg.model import NAMELESS, Article, Entity, Reader, Span
from kg.names.key import name_key

BASE = "https://pressgraph.example/id/"
#: Class of the ontology → folder of its IRIs.
FOLDERS = {
    "Organization": "org", "Company": "org", "PublicBody": "org", "Person": "person",
    "Place": "place", "Country": "place", "City": "place", "Product": "product",
    "CooperationArea": "area", "Market": "market", "Agreement": "agreement",
    "Memorandum": "agreement", "JointVenture": "agreement", "Contract": "agreement",
    "Alliance": "agreement", "Deal": "deal", "Acquisition": "deal", "StakePurchase": "deal",
    "FundingRound": "deal", "Merger": "deal",
}  # fmt: skip
#: Folders of what each article has for itself.
LOCAL = ("agreement", "deal")
#: Folder → its prefix in Turtle and in queries: short, and none that means a vocabulary of others.
PREFIXES = {
    "org": "o", "person": "p", "place": "pl", "product": "pr", "area": "ar", "market": "mk",
    "agreement": "ag", "deal": "d", "article": "art", "fact": "f", "graph": "g", "reading": "rd",
    "reader": "r", "claim": "cl", "decision": "dc", "voice": "v",
}  # fmt: skip
#: An address that is an IRI as it stands, less `#`, which begins the address of a span.
ADDRESS = re.compile(
    r"https?://[\w.-]+(?::\d+)?(?:[/?](?:[\w.~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?", re.ASCII
)
#: An article's IRI that is made up, not an address that one can open.
MADE_UP = re.compile(r"/article/[^/]+-[0-9a-f]{8}$|^(?!https?://)")
#: What 0.1 left out of the IRI of an organization.
FORMER = re.compile(
    r"^(?:(?:the|le|la|les|l|groupe|group|societe|entreprise|compagnie)-)+(?=.)"
    r"|(?<=.)-(?:sa|sas|sarl|se|sca|ag|gmbh|plc|inc|ltd|llc|corp|nv|spa|group|groupe)$"
)

#: Length of an ISO date → its datatype.
DATE_TYPES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}


@lru_cache(maxsize=1 << 16)
def index_literal(index: int) -> Literal:
    """Return a number of characters as RDF; rdflib is slow to make one."""
    return Literal(str(index), datatype=XSD.nonNegativeInteger)


def decimal_literal(value: Decimal) -> Literal:
    """Return a number as the literal that Turtle writes without quotes.

    >>> str(decimal_literal(Decimal(3)))
    '3.0'
    """
    text = f"{value:f}"
    return Literal(text if "." in text else f"{text}.0", datatype=XSD.decimal)


def date_literal(text: str) -> Literal:
    """Return an ISO date of a year, a month or a day as a typed literal.

    >>> date_literal("2017-09").datatype
    rdflib.term.URIRef('http://www.w3.org/2001/XMLSchema#gYearMonth')
    """
    return Literal(text, datatype=DATE_TYPES.get(len(text), XSD.string), normalize=False)


def slug(name: str) -> str:
    """Fold a name to lower-case words without accents, joined by hyphens.

    >>> slug("L'Oréal & Cie")
    'l-oreal-cie'
    """
    text = name
    if not name.isascii():
        text = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "oe"))
        text = "".join(c for c in text if not unicodedata.combining(c))
    words = re.findall(r"\w+", text.casefold())
    return "-".join(words)[:80].strip("-") or "x-" + digest(name, 8)


def digest(text: str, length: int) -> str:
    """Return the first hexadecimal digits of a text's SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def entity_iri(entity: Entity, base: str = BASE, *, source: str = "") -> URIRef:
    """Return a thing's IRI, made from its class and name.

    That of a deal or an agreement tells the article (`source`), too, and what it says of it: two
    articles may differ in that, and which of them mean the same one is for others to say.

    >>> entity_iri(Entity("Groupe Bolloré", "Company"))
    rdflib.term.URIRef('https://pressgraph.example/id/org/bollore')
    """
    folder = FOLDERS[entity.kind]
    if folder not in LOCAL:
        return thing_iri(entity.name, folder, base)
    told = digest("|".join(map(str, (source, entity.name, entity.values))), 8)
    return URIRef(f"{base}{folder}/{slug(entity.name)[:60].strip('-')}-{told}")


@lru_cache(10_000)
def thing_iri(name: str, folder: str, base: str) -> URIRef:
    """Return the IRI of a name in a folder; that of an organization is made from its key.

    >>> thing_iri("Société Générale S.A.", "org", BASE)
    rdflib.term.URIRef('https://pressgraph.example/id/org/societe-generale')
    """
    return URIRef(f"{base}{folder}/{slug(name_key(name) if folder == 'org' else name)}")


def former_iri(entity: Entity, base: str = BASE) -> URIRef:
    """Return the IRI that 0.1 gave a thing.

    >>> former_iri(Entity("Compagnie des Alpes", "Company"))
    rdflib.term.URIRef('https://pressgraph.example/id/org/des-alpes')
    """
    folder, words = FOLDERS[entity.kind], slug(entity.name)
    return URIRef(f"{base}{folder}/{FORMER.sub('', words) if folder == 'org' else words}")


def article_iri(article: Article, base: str = BASE) -> URIRef:
    """Return an article's IRI: its address, or a name and the digest of its text."""
    if ADDRESS.fullmatch(article.url):
        return URIRef(article.url)
    return URIRef(f"{base}article/{slug(article.name)}-{digest(article.text, 8)}")


def graph_iri(article: Article, base: str = BASE) -> URIRef:
    """Return the IRI of an article's graph, made from its address or, without one, its name.

    A text that has changed keeps it, other than `article_iri`.

    >>> graph_iri(Article("fusion", "Deux groupes fusionnent."))
    rdflib.term.URIRef('https://pressgraph.example/id/graph/fusion')
    """
    if ADDRESS.fullmatch(article.url):
        words = slug(article.url.partition("://")[2])
        return URIRef(f"{base}graph/{words}-{digest(article.url, 8)}")
    words = slug(article.name)
    if article.name == NAMELESS:  # only its text tells it from others
        return URIRef(f"{base}graph/{words}-{digest(article.text, 8)}")
    told = words if words == article.name else f"{words}-{digest(article.name, 8)}"
    return URIRef(f"{base}graph/{told}")


def reader_iri(reader: Reader, base: str = BASE) -> URIRef:
    """Return the IRI of a reader: its name, its version and the beginning of its weights' digest.

    >>> reader_iri(Reader("learned", "0.2.0"))
    rdflib.term.URIRef('https://pressgraph.example/id/reader/learned-0.2.0')
    """
    parts = (slug(reader.name), reader.version, reader.weights[:12])
    return URIRef(f"{base}reader/{'-'.join(filter(None, parts))}")


def reading_iri(source: URIRef, reader: Reader, base: str = BASE) -> URIRef:
    """Return the IRI of a reader's reading of an article."""
    return URIRef(f"{base}reading/{digest(f'{source}|{reader_iri(reader, base)}', 16)}")


def span_iri(source: URIRef, span: Span) -> URIRef:
    """Return the IRI of a stretch of an article (RFC 5147)."""
    return URIRef(f"{source}#char={span[0]},{span[1]}")
