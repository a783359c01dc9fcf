"""Addresses that a user names, fetched: those, what they redirect to, and nothing else."""

from __future__ import annotations

import gzip
import http.client
import io
import ipaddress
import re
import ssl
import time
import zlib
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urljoin, urlsplit

from kg.errors import ArticleError
from kg.sources.filenames import clean_name, split_name
from kg.sources.source import LARGEST, Options, Source, make_source

#: Seconds to wait for a server's next word, and for all of an answer.
PATIENCE, WHOLE = 20, 60
#: Addresses that one may redirect to, one after the other.
REDIRECTS = 5
#: Endings of the files that servers name by these types.
ENDINGS = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt",
    "application/pdf": ".pdf", "application/rss+xml": ".rss", "application/atom+xml": ".atom",
    "application/json": ".json", "text/csv": ".csv", "text/markdown": ".md",
    "message/rfc822": ".eml", "application/x-ndjson": ".jsonl",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}  # fmt: skip
ACCEPT = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold what a server has sent: from which address, of which type, in which encoding."""

    address: str
    kind: str
    charset: str
    data: bytes


def fetch_page(address: str, options: Options) -> Source:
    """Fetch what an address names, over http(s) only; raise ArticleError.

    It has a minute and 64 MB; no redirect may lead into a private network.
    """
    answer = fetch(address)
    name, lang, ending = split_name(PurePosixPath(unquote(urlsplit(answer.address).path)).name)
    ending = ENDINGS.get(answer.kind, "" if ending in (".php", ".asp", ".aspx") else ending)
    named = (name if name != "article" else clean_name(urlsplit(address).hostname or name), lang)
    source = make_source(address, (*named, ending), io.BytesIO(answer.data), options)
    source.address = answer.address
    source.charset = answer.charset
    return source


def fetch(address: str) -> Answer:
    """Fetch an address and what it redirects to; raise ArticleError."""
    until, asked = time.monotonic() + WHOLE, address
    for _ in range(REDIRECTS + 1):
        try:
            parts = urlsplit(asked)
            if parts.scheme not in ("http", "https") or not parts.hostname:
                raise ArticleError(f"{address}: leads to {asked[:100]}; only http(s) is fetched")
            found = ask(asked, until, trusted=parts.netloc == urlsplit(address).netloc)
            asked = asked if isinstance(found, Answer) else urljoin(asked, found)
        except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
            told = getattr(error, "strerror", None) or " ".join(str(error).split()) or "no answer"
            advice = "check the address, or save the page and name its file"
            raise ArticleError(f"{address}: cannot be fetched: {told[:100]}; {advice}") from error
        if isinstance(found, Answer):
            return found
    raise ArticleError(f"{address}: redirects over {REDIRECTS} times; name the page itself")


def ask(address: str, until: float, *, trusted: bool) -> Answer | str:
    """Ask a server for an address; return its answer, or where it redirects to.

    Only the server that the user has named, a `trusted` one, may be in a private network: what
    the socket is connected to counts, whatever its name stands for. Raises OSError.
    """
    with closing(connect(address)) as connection:
        connection.connect()
        peer = str(connection.sock.getpeername()[0])
        if not trusted and not is_public(peer):
            raise OSError(f"redirected into a private network ({peer})")
        connection.request("GET", path_of(address), headers=headers())
        with connection.getresponse() as response:
            if response.status in (301, 302, 303, 307, 308):
                return response.headers.get("location") or ""
            return read_answer(response, address, until)


def read_answer(response: http.client.HTTPResponse, address: str, until: float) -> Answer:
    """Read a server's answer, for so long and so much as is allowed; raise OSError."""
    if response.status != 200:
        raise OSError(f"the server says {response.status} {response.reason}")
    parts, size = [], 0
    while chunk := response.read1(1 << 16):
        parts.append(chunk)
        size += len(chunk)
        if size > LARGEST:
            raise OSError(f"over {LARGEST >> 20} MB")
        if time.monotonic() > until:
            raise OSError(f"not done after {WHOLE} seconds")
    if response.length:  # what the server has promised and not sent
        raise OSError(f"the answer breaks off after {size:,} bytes")
    data = b"".join(parts)
    if response.headers.get("content-encoding", "").lower() == "gzip":
        data = gzip.GzipFile(fileobj=io.BytesIO(data)).read(LARGEST + 1)
    charset = response.headers.get_content_charset() or ""
    return Answer(address, response.headers.get_content_type(), charset, data)


def is_public(peer: str) -> bool:
    """Tell whether an address of a socket is one of the open network.

    >>> is_public("93.184.216.34"), is_public("::ffff:127.0.0.1"), is_public("10.0.0.1")
    (True, False, False)
    """
    found = ipaddress.ip_address(peer.partition("%")[0])
    return (getattr(found, "ipv4_mapped", None) or found).is_global


def connect(address: str) -> http.client.HTTPConnection:
    """Return a connection to an address's server, not made yet."""
    parts = urlsplit(address)
    if parts.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(
            str(parts.hostname), parts.port, timeout=PATIENCE, context=context
        )
    return http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=PATIENCE)


def path_of(address: str) -> str:
    """Return what a server is asked for, in ASCII.

    >>> path_of("https://x.test/é?q=1#n")
    '/%C3%A9?q=1'
    """
    parts = urlsplit(address)
    asked = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return re.sub(r"\s", "%20", quote(asked, safe="/%?&=:@!$'()*+,;~-._"))


def headers() -> dict[str, str]:
    """Return what a server is told of who asks."""
    agent = f"pressgraph/{version('pressgraph')} (fetches what its user names; no crawler)"
    return {"User-Agent": agent, "Accept": ACCEPT, "Accept-Encoding": "identity"}
