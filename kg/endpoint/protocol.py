"""The SPARQL 1.1 Protocol: what a request asks for, and the media types that it is answered in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException

TEXT, HTML = "text/plain; charset=utf-8", "text/html; charset=utf-8"
#: Form of an answer → its media types: what it is called, then what else a client may call it.
Media = Mapping[str, tuple[str, ...]]
ROWS: Media = {
    "json": ("application/sparql-results+json", "application/json"),
    "xml": ("application/sparql-results+xml", "application/xml", "text/xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
}
TRIPLES: Media = {
    "ttl": ("text/turtle",),
    "jsonld": ("application/ld+json", "application/json"),
    "rdfxml": ("application/rdf+xml", "application/xml", "text/xml"),
    "nt": ("application/n-triples",),
}
#: What `format` may be → the forms of rows and of triples that it asks for.
FORMATS = {
    "json": ("json", "jsonld"), "xml": ("xml", "rdfxml"), "csv": ("csv", ""), "tsv": ("tsv", ""),
    "ttl": ("", "ttl"), "turtle": ("", "ttl"), "n3": ("", "ttl"), "jsonld": ("", "jsonld"),
    "json-ld": ("", "jsonld"), "rdf": ("", "rdfxml"), "rdfxml": ("", "rdfxml"),
    "rdf+xml": ("", "rdfxml"), "nt": ("", "nt"), "ntriples": ("", "nt"),
}  # fmt: skip
FORM, QUERY, UPDATE = (
    "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update",
)  # fmt: skip
#: What the W3C calls the formats of answers (https://www.w3.org/ns/formats/).
NAMED = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "JSON-LD", "RDF_XML", "N-Triples",
)  # fmt: skip
W3C = "http://www.w3.org/ns/formats/"
#: Parameters of a request that are not those of a query: more than these are refused.
MOST = 200


@dataclass(frozen=True, slots=True)
class Reply:
    """Hold what goes back to a client: status, media type and content, as it is or packed."""

    status: int
    kind: str
    body: bytes
    packed: bool = False


def refuse(status: int, line: object) -> Reply:
    r"""Return a fault as a reply of one line.

    >>> refuse(404, "no such page").body
    b'no such page\n'
    """
    return Reply(status, TEXT, f"{' '.join(str(line).split())}\n".encode("utf-8", "replace"))


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold a query, the graphs that a request restricts it to (default, named), and a format."""

    query: str
    graphs: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    form: str = ""


def read_request(address: str, body: bytes, content_type: str | None) -> Asked:
    """Read what a request asks for; raise HTTPException.

    `address` is what stands after `?`; the content type is None for GET.

    >>> read_request("query=ASK+%7B%7D&format=xml", b"", None)
    Asked(query='ASK {}', graphs=None, form='xml')
    """
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind == UPDATE:
        raise refuse_update()
    if content_type is not None and kind not in (FORM, QUERY):
        told = f"a query comes by POST as {QUERY} or {FORM}"
        raise HTTPException(415, told)
    given = read_parameters(address)
    text = decode(body)
    if kind == QUERY:
        given.append(("query", text))
    elif text:
        given += read_parameters(text)
    if any(name in ("update", "using-graph-uri", "using-named-graph-uri") for name, _ in given):
        raise refuse_update()
    queries = [value for name, value in given if name == "query"]
    if len(queries) != 1:
        raise HTTPException(400, f"{len(queries)} queries; give one, as the parameter 'query'")
    default, named = (
        tuple(value for name, value in given if name == f"{part}-graph-uri" and value)
        for part in ("default", "named")
    )
    forms = [value for name, value in given if name in ("format", "output") and value]
    graphs = (default, named) if default or named else None
    return Asked(queries[0], graphs, forms[0] if forms else "")


def refuse_update() -> HTTPException:
    """Return the refusal of an update."""
    return HTTPException(403, "an update; only reading is allowed (SELECT, ASK, CONSTRUCT…)")


def read_parameters(text: str) -> list[tuple[str, str]]:
    """Read names and values as forms and addresses write them; raise HTTPException.

    >>> read_parameters("of=L%27Or%C3%A9al&since=")
    [('of', "L'Oréal"), ('since', '')]
    """
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST)
    except UnicodeDecodeError as error:
        raise HTTPException(400, "the parameters are not UTF-8; write them so") from error
    except ValueError as error:
        raise HTTPException(400, f"more than {MOST} parameters; give fewer") from error


def decode(body: bytes) -> str:
    """Return a body as text; raise HTTPException unless it is UTF-8."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise HTTPException(400, "the request is not UTF-8; write it so") from error


def choose_media(form: str, accept: str) -> tuple[str, str]:
    """Choose media types for rows and for triples; an empty one: none that would do.

    A format, by its name or media type, goes before what the client accepts. Raises
    HTTPException for a format that there is not.

    >>> choose_media("json", "text/turtle")
    ('application/sparql-results+json', 'application/ld+json')
    >>> choose_media("", "text/csv, text/turtle;q=0.5, */*;q=0.1")
    ('text/csv', 'text/turtle')
    >>> choose_media("", "text/csv")
    ('text/csv', '')
    """
    if form.lower() in FORMATS:
        row, triple = FORMATS[form.lower()]
        return ROWS[row][0] if row else "", TRIPLES[triple][0] if triple else ""
    rows, triples = (find_media(form or accept, media) for media in (ROWS, TRIPLES))
    if form and not (rows or triples):
        raise HTTPException(406, f"no such format; give one of {', '.join(FORMATS)}")
    return rows, triples


def find_media(accept: str, media: Media) -> str:
    """Find the media type that a client likes best, or none; by its other names only if need be."""
    first = negotiate(accept, [names[0] for names in media.values()])
    return first or negotiate(accept, [name for names in media.values() for name in names])


def form_of(kind: str, media: Media) -> str:
    """Return the form of a media type.

    >>> form_of("application/json", TRIPLES)
    'jsonld'
    """
    return next(form for form, names in media.items() if kind in names)


def negotiate(accept: str, offered: Sequence[str]) -> str:
    """Return which of some media types a client likes best, the first of equals; none: empty.

    >>> negotiate("text/*;q=0.5, text/csv;q=0", ["text/csv", "text/turtle"])
    'text/turtle'
    >>> negotiate("", ["text/csv", "text/turtle"]), negotiate("image/png", ["text/csv"])
    ('text/csv', '')
    """
    ranges = dict(read_ranges(accept.lower()))
    liked = [rate_media(kind, ranges) for kind in offered]
    best = max(liked, default=0.0)
    return offered[liked.index(best)] if best > 0 else ""


def rate_media(kind: str, ranges: Mapping[str, float]) -> float:
    """Return how much a client likes a media type, from 0 to 1: the nearest range counts."""
    near = (kind, f"{kind.partition('/')[0]}/*", "*/*")
    return next((ranges[one] for one in near if one in ranges), 0.0)


def read_ranges(accept: str) -> Iterable[tuple[str, float]]:
    """Yield the ranges of an Accept header, each with its weight; no header accepts all.

    >>> list(read_ranges("text/csv;q=0.3, */*"))
    [('text/csv', 0.3), ('*/*', 1.0)]
    """
    for part in (accept.strip() or "*/*").split(","):
        kind, *options = (piece.strip() for piece in part.split(";"))
        weight = next((o.partition("=")[2].strip() for o in options if o.startswith("q=")), "1")
        try:
            yield kind, min(1.0, max(0.0, float(weight)))
        except ValueError:
            continue


def takes_gzip(accept: str) -> bool:
    """Tell whether a client takes what is packed, by its Accept-Encoding header.

    >>> [takes_gzip(it) for it in ("br, gzip;q=0.5", "*", "gzip;q=0, *", "")]
    [True, True, False, False]
    """
    ranges = dict(read_ranges(accept.lower())) if accept.strip() else {}
    return ranges.get("gzip", ranges.get("*", 0.0)) > 0


def list_media(media: Media) -> str:
    """Return the names of media types, for who asked for another.

    >>> list_media(ROWS)[:40]
    'application/sparql-results+json, applica'
    """
    return ", ".join(names[0] for names in media.values())


def describe_service(endpoint: str) -> str:
    """Describe an endpoint in Turtle (SPARQL 1.1 Service Description).

    >>> "sd:SPARQL11Query" in describe_service("http://127.0.0.1:7878/sparql")
    True
    """
    formats = ",\n        ".join(f"<{W3C}{name}>" for name in NAMED)
    return f"""\
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .

<{endpoint}> a sd:Service ;
    rdfs:label "PressGraph"@en ;
    sd:endpoint <{endpoint}> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:feature sd:UnionDefaultGraph ;
    sd:resultFormat {formats} .
"""
