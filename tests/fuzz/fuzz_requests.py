"""Raw requests to a server, most of them nearly right."""

from __future__ import annotations

import random
from urllib.parse import quote

from fuzz_picks import NAMES, clean
from fuzzed import Fuzzed, mutate
from seeds import Seeds

PATHS = (
    "/", "/ask", "/sparql", "/questions", "/questions/plans", "/questions/about", "/explore",
    "/ontology", "/ontology.ttl", "/ontology.jsonld", "/shapes.ttl", "/areas.ttl", "/names",
    "/search", "/thing", "/claims", "/claim", "/news", "/alike", "/decide", "/reconcile",
    "/reconcile/", "/reconcile/preview", "/reconcile/properties", "/reconcile/suggest/entity",
    "/reconcile/suggest/type", "/reconcile/suggest/property", "/..%2f", "//x", "/%ff", "/x", "*",
)  # fmt: skip
KEYS = (
    "query", "q", "of", "iri", "id", "name", "focus", "depth", "format", "output", "queries",
    "extend", "type", "prefix", "cursor", "limit", "since", "page", "sort", "default-graph-uri",
    "named-graph-uri", "update", "key", "is", "left", "right", "in", "relation", "value", "lang",
    "voices", "modality", "area", "from", "to", "offset", "callback",
)  # fmt: skip
VALUES = (
    "SELECT ?s { ?s a kg:Company }", "ASK {}", "DESCRIBE o:vasco", "SELECT * { SERVICE <x> {} }",
    "plans", "json", "csv", "ttl", "xml", "x", "-1", "0", "99999999999999999999", "1e9", "NaN", "٣",
    "same", "wrong", "undo", "acquired", "fr", "en", "2019-06-11", "Company", "\x00", "%", "%ff",
    '{"q0": {"query": "Nordil"}}', '{"q0": {"query": 7, "limit": "x"}}', '{"q0": []}', "[]", "null",
    '{"ids": ["o:nordil"], "properties": [{"id": "acquired"}]}', '{"ids": 7}', "{", "\ud800"[:0],
    '{"q0": {"query": "a", "type": [], "properties": [{"pid": 1, "v": {"id": []}}]}}',
    '{"ids": [[]], "properties": [{"id": {}, "settings": {"limit": -1}}]}',
)  # fmt: skip
HEADERS = (
    "Accept: text/turtle", "Accept: text/html", "Accept: */*;q=x", "Accept: text/csv;q=0",
    "Accept: " + ",".join(["a/b"] * 500), "Accept-Encoding: gzip", "Accept-Language: fr",
    "Origin: https://a.example", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate",
    "Content-Type: application/x-www-form-urlencoded", "Content-Type: application/sparql-query",
    "Content-Type: application/json", "Content-Type: multipart/form-data; boundary=x",
    "Content-Type: \xff", "Cookie: kg-80=x; ;=; a", "Range: bytes=0-1", "Expect: 100-continue",
    "Transfer-Encoding: chunked", "Content-Length: 9999", "Content-Length: -1",
    "Host: evil.example",
    "Host: ", "Host: 127.0.0.1:x", "Host: [", "If-None-Match: *", "X-Forwarded-Host: a",
    "Upgrade: h2c",
    "Connection: upgrade", "X: " + "y" * 9000, ": x", "no colon",
)  # fmt: skip


def make_request(rng: random.Random, seeds: Seeds) -> Fuzzed:
    """Return some raw requests to a server of the store, most of them nearly right."""
    return Fuzzed("request", requests=[make_raw(rng, seeds) for _ in range(3)])


def make_raw(rng: random.Random, seeds: Seeds) -> bytes:
    """Return the bytes of a request."""
    values = (*VALUES, *NAMES, *(clean(text) for text in seeds.queries[:4]))
    given = "&".join(
        f"{rng.choice(KEYS)}={quote(rng.choice(values), errors='replace')}"
        for _ in range(rng.choice((0, 1, 1, 2, 3, 250)) if rng.random() < 0.9 else 1)
    )
    post = rng.random() < 0.35
    method = "POST" if post else rng.choice(("GET",) * 8 + ("HEAD", "OPTIONS", "PUT", "get", "X"))
    path = rng.choice(PATHS)
    target = path if post and rng.random() < 0.6 else f"{path}?{given}"
    body = given.encode() if post else b""
    lines = [f"{method} {target} HTTP/1.1", "Host: localhost"]
    lines += rng.choices(HEADERS, k=rng.choice((0, 1, 2)))
    if post:
        lines += ["Content-Type: application/x-www-form-urlencoded"] if rng.random() < 0.8 else []
        lines.append(f"Content-Length: {len(body)}")
        if rng.random() < 0.5:
            lines += ["Sec-Fetch-Site: same-origin", "Cookie: COOKIE"]
            body += b"&key=KEY" if rng.random() < 0.8 else b""
            lines[-3] = (
                f"Content-Length: {len(body) - 3 + 64 if body.endswith(b'KEY') else len(body)}"
            )
    raw = "\r\n".join([*lines, "", ""]).encode("utf-8", "replace") + body
    return mutate(rng, raw) if rng.random() < 0.25 else raw
