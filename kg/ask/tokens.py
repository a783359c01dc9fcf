"""The tokens of a query, each at its place, so that a part can be put otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

TOKEN = re.compile(
    r"""
    (?P<gap>\s+|\#[^\n]*)
    | (?P<text>'''(?:[^\\]|\\.)*?'''|\"{3}(?:[^\\]|\\.)*?\"{3}
        |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<variable>[?$]\w+)
    | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>(?:[^\W\d_][\w.-]*)?:(?:[\w.%-]|\\.)*)
    | (?P<word>[^\W\d]\w*)
    | (?P<sign>\^\^|<=|>=|!=|&&|\|\||.)
    """,
    re.VERBOSE | re.DOTALL,
)
#: What a backslash stands for in a quotation.
ESCAPES = {
    "t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\",
}  # fmt: skip


class Token(NamedTuple):
    """Hold a token: its kind, as it stands, and where it begins and ends."""

    kind: str
    text: str
    begin: int
    end: int


@lru_cache(64)
def read_tokens(query: str) -> tuple[Token, ...]:
    """Return the tokens of a query but for gaps and comments.

    >>> [token.kind for token in read_tokens("ASK { ?x kg:a 'b'@fr } # c")]
    ['word', 'sign', 'variable', 'name', 'text', 'tag', 'sign']
    """
    found = TOKEN.finditer(query)
    return tuple(
        Token(it.lastgroup or "", it[0], *it.span()) for it in found if it.lastgroup != "gap"
    )


def put(query: str, changes: Iterable[tuple[int, int, str]]) -> str:
    """Return a query with parts, by where they begin and end, put otherwise.

    >>> put("ASK { ?x ?y 1 }", [(6, 8, "?z"), (9, 11, "a")])
    'ASK { ?z a 1 }'
    """
    for begin, end, text in sorted(changes, reverse=True):
        query = query[:begin] + text + query[end:]
    return query


def value_of(text: str) -> str:
    r"""Return what a quotation says.

    >>> value_of("'''l\\'\\u00e9t\\u00e9'''")
    "l'été"
    """
    marks = 3 if text[:3] in ('"""', "'''") else 1
    inner = text[marks:-marks]

    def unescape(found: re.Match[str]) -> str:
        return chr(int(found[1] or found[2], 16)) if found[1] or found[2] else ESCAPES[found[3]]

    return re.sub(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", unescape, inner)
