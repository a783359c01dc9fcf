"""E-mail: the message's own words, without what it answers, its signature and its buttons."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from email.message import EmailMessage
from email.utils import parseaddr

from kg.errors import ArticleError
from kg.sources.datelines import read_date
from kg.sources.encodings import decode, nearly_utf8
from kg.sources.forms.form import Form
from kg.sources.forms.hypertext import drop_furniture, list_paragraphs, parse_page
from kg.sources.forms.page import read_html
from kg.sources.furniture.contacts import cut_signature
from kg.sources.source import LARGEST, Draft, Source

OPENING = re.compile(rb"\A(?:From .*\n)?(?:[A-Za-z][\w-]{1,60}:.*\n(?:[ \t].*\n)*){2}")
HEADER = re.compile(
    rb"^(?:from|subject|mime-version|message-id|received|return-path):", re.I | re.M
)
#: What stands above the message that one answers: its line surely, a rule with headers below it.
ANSWERED = re.compile(
    r"^(?:-{2,} ?(?:message d'origine|original message|message original) ?-{2,}"
    r"|(?:le|on) (?=[^\n]*(?:\d|@))[^\n]{4,100}(?:\n[^\n]{1,80})? (?:a écrit|wrote) ?:"
    r"|[^\n]{2,80}(?:a écrit|wrote) ?:(?=\s*\n>)"
    r"|_{20,}(?=\s*\n[*]?(?:from|de|von)[*]? ?: ?[^\n]*\n(?:[^\n]*\n){0,3}?[*]?"
    r"(?:sent|date|to|subject|envoyé|à|objet)\b[^\n:]{0,20}:))\s*$",
    re.I | re.M,
)
FORWARDED = re.compile(
    r"^(?:-{2,} ?(?:forwarded message|message transféré|message réexpédié).*"
    r"|(?:début du message réexpédié|begin forwarded message) ?:)[ \t]*$",
    re.I | re.M,
)
#: The head that mailers write above a message that is sent on, and what its lines tell.
HEADED = re.compile(
    r"(?:^[>* \t]*(?:de|from|von|date|envoyé|sent|à|to|pour|cc|copie|objet|sujet|subject"
    r"|répondre à|reply-to)\*? ?:"
    r"[^\n]*\n(?:[ \t]*\n(?=[* ]*(?:date|envoyé|sent|à|to|pour|objet|sujet|subject)\*? ?:))?){2,}",
    re.I | re.M,
)
HEAD = re.compile(r"^[>* \t]*(?P<name>[^\W\d_]+)\*? ?:[* \t]*(?P<value>[^\n]*)", re.M)
SENT_ON = re.compile(r"^(?:tr|fwd?|wg)\s*:", re.I)
#: What parts the messages of a mailbox, and fewest words of a letter around others.
BOX = re.compile(rb"(?:\A|\n\r?\n)From [^\n]*\d{4}[^\n]*\n(?=[A-Za-z][\w-]*:)")
FEW = 15
#: What mailers call Windows-1252.
WESTERN = frozenset("us-ascii ascii iso-8859-1 latin-1 latin1 iso8859-1 iso_8859-1".split())
#: Bytes of the longest header that is read.
LONG = 16_000
#: What a line of such a head tells.
HEADS = {
    "de": "from", "from": "from", "von": "from", "date": "date", "envoyé": "date", "sent": "date",
    "objet": "subject", "sujet": "subject", "subject": "subject",
}  # fmt: skip
PREFIX = re.compile(r"^(?:(?:re|fwd?|tr|rép|ref)\s*:\s*)+", re.I)


def is_mail(head: bytes) -> bool:
    """Tell whether bytes begin as an e-mail does: with headers, known ones among them."""
    return OPENING.match(head) is not None and len(set(HEADER.findall(head))) >= 2


def is_raw_mail(head: bytes) -> bool:
    """Tell whether bytes are an e-mail as it was sent, not one that was copied from a window."""
    told = {
        name.lower()
        for name in HEADER.findall(head.replace(b"\r\n\r\n", b"\n\n").split(b"\n\n")[0])
    }
    return is_mail(head) and bool(told - {b"from", b"subject"})


def read_mail(source: Source) -> Iterator[Draft | ArticleError]:
    """Yield the article of an e-mail, or those of a page that a browser saved as one."""
    data = source.read(LARGEST)
    parts = [part for part in BOX.split(data) if part.strip()]
    for at, part in enumerate(parts, 1):
        try:
            if longest_header(part) > LONG:
                raise ArticleError(f"{source.label}: a malformed e-mail; save its text as .txt")
            message = email.message_from_bytes(part, policy=email.policy.default)
            for draft in draft_mail(message, source):
                key = f"{source.name}-{at}" if len(parts) > 1 else ""
                yield replace(draft, key="-".join(filter(None, (key, draft.key))))
        except RecursionError:
            told = "parts in parts, too deeply; save its text as .txt"
            yield ArticleError(f"{source.label}: an e-mail of {told}")
        except ArticleError as error:
            yield error


def longest_header(data: bytes) -> int:
    """Return how many bytes the longest header of a message has, all its lines together."""
    head = data.split(b"\n\n", 1)[0].split(b"\r\n\r\n", 1)[0]
    return max(map(len, re.split(rb"\n(?![ \t])", head)), default=0)


def draft_mail(message: EmailMessage, source: Source) -> Iterator[Draft]:
    """Yield the articles of a message, and of those attached to it; raise ArticleError."""
    if message.get("snapshot-content-location") or source.ending in (".mht", ".mhtml"):
        address = header(message, "snapshot-content-location")
        source.address = source.address or (address if address.startswith("http") else "")
        yield from read_html(find_body(message, ("html",), source), source)
        return
    others = list(message.iter_attachments())
    letters = [one for one in others if one.get_content_type() == "message/rfc822"]
    if left := [one.get_filename() or "" for one in others if one not in letters]:
        source.options.note(f"{source.label}: attachments are not read: {', '.join(left)[:200]}")
    body, told = read_body(message, source)
    if not letters or len(body.split()) >= FEW:
        yield draft_letter(message, body, told)
    for at, letter in enumerate(letters, 1):
        inner = letter.get_payload(0)
        if isinstance(inner, EmailMessage):
            for draft in draft_mail(inner, source):
                key = "-".join(filter(None, (f"{source.name}-letter-{at}", draft.key)))
                yield replace(draft, key=key)


def draft_letter(message: EmailMessage, body: str, told: Mapping[str, str]) -> Draft:
    """Make a draft of a message's words; of one that is sent on, by what is told of that."""
    subject = PREFIX.sub("", header(message, "subject")) or told.get("subject", "")
    name, address = parseaddr(told.get("from") or header(message, "from"))
    return Draft(
        f"{subject}\n\n{body}" if subject and body else body,
        title=subject,
        published=told.get("date") or header(message, "date"),
        source=name or address.rpartition("@")[2],
        author=name,
        lang=header(message, "content-language"),
    )


def header(message: EmailMessage, name: str) -> str:
    """Return a header's words on one line; what is malformed in it is as good as empty."""
    try:
        return " ".join(str(message.get(name, "")).split())[:1000]
    except (ValueError, IndexError, AttributeError, TypeError, LookupError):
        return ""


def read_body(message: EmailMessage, source: Source) -> tuple[str, dict[str, str]]:
    """Return a message's own text, the plain part, or the page where that says more.

    Of a message that is sent on, its head's lines are returned as well.
    """
    sent_on = SENT_ON.match(header(message, "subject")) is not None
    plain, told = own_part(find_body(message, ("plain",), source), sent_on=sent_on)
    page = find_body(message, ("html",), source)
    if not page:
        return plain, told
    paragraphs = list_paragraphs(parse_page(page, source.label), headlines=True)
    rich, said = own_part("\n\n".join(drop_furniture(paragraphs)), sent_on=sent_on)
    rich = rich.replace("\n\n", "\n")
    return (plain, told) if 2 * len(plain) >= len(rich) else (rich, said)


def draft_saved(text: str) -> Draft | None:
    r"""Make a draft of a letter that was saved as text, with its head; None of any other text.

    >>> draft_saved("De : Irène Sablon\nEnvoyé : 12/03/2024\nObjet : Fusion\n\nUn accord.").author
    'Irène Sablon'
    """
    head = HEADED.match(text.lstrip())
    if head is None:
        return None
    body, told = own_part(text.lstrip(), sent_on=True)
    if not told.get("date") or not told.get("from"):
        return None
    title, said = PREFIX.sub("", told.get("subject", "")), told["from"]
    name = parseaddr(said)[0] if "@" in said else said
    whole = f"{title}\n\n{body}" if title else body
    return Draft(whole, title=title, published=told["date"], source=name, author=name)


def own_part(text: str, *, sent_on: bool) -> tuple[str, dict[str, str]]:
    """Return a message's own words, or those that it sends on with what is told of them."""
    text = text.replace("\r\n", "\n")
    marked = FORWARDED.search(text)
    head = HEADED.search(text, marked.end() if marked else 0)
    if marked and head and text[marked.end() : head.start()].strip():
        head = None
    told: dict[str, str] = {}
    if head and (marked or sent_on) and text[head.end() :].strip():
        for found in HEAD.finditer(head[0]):
            what = HEADS.get(found["name"].lower(), "")
            told.setdefault(what, re.sub(r"^\[mailto:|[*]", "", found["value"]).strip())
        told["date"] = read_date(told.get("date", ""))
        told = told if told["date"] else {}
        text = text[head.end() :]
    return own_words(text), told


def find_body(message: EmailMessage, kinds: tuple[str, ...], source: Source) -> str:
    """Return the text of a message's part of some kind, '' without one; raise ArticleError."""
    try:
        part = message.get_body(preferencelist=kinds)
        payload = part.get_payload(decode=True) if part is not None else None
    except (ValueError, KeyError, AttributeError, TypeError, LookupError, RecursionError) as error:
        raise ArticleError(f"{source.label}: a malformed e-mail; save its text as .txt") from error
    if part is None or not isinstance(payload, bytes):
        return ""
    return decode_part(payload, part.get_content_charset() or "", source)


def decode_part(payload: bytes, charset: str, source: Source) -> str:
    """Decode a part of a message: Latin-1 as Windows-1252, which mailers mean by it.

    Raises ArticleError.
    """
    try:
        if charset in WESTERN:
            with suppress(UnicodeDecodeError):
                return payload.decode("utf-8")
            return payload.decode("cp1252")
        return payload.decode(charset or "utf-8")
    except (ValueError, LookupError):  # no such encoding, or not in it
        if nearly_utf8(payload):
            return payload.decode("utf-8", "replace")
        return decode(payload, source.label, source.options.encoding)


def own_words(text: str) -> str:
    r"""Return a message's words without what it answers; of a forwarded one, what it forwards.

    >>> own_words("Bonjour.\n\nLe 3 mars 2025, X a écrit :\n> Un accord.\n")
    'Bonjour.'
    """
    text = text.replace("\r\n", "\n")
    if found := FORWARDED.search(text):
        text = re.sub(r"^(?:\w[\w -]{1,20}:.*\n)+", "", text[found.end() :].lstrip("\n"))
    elif found := ANSWERED.search(text):
        text = text[: found.start()] if text[: found.start()].strip() else text[found.end() :]
    text = re.split(r"^-- ?$", text, maxsplit=1, flags=re.M)[0]
    lines = text.split("\n")
    quoted = sum(line.startswith(">") for line in lines)
    if 2 * quoted > len(list(filter(None, lines))):
        lines = [re.sub(r"^(?:> ?)+", "", line) for line in lines]
    else:
        lines = [line for line in lines if not line.startswith(">")]
    return cut_signature("\n".join(line.rstrip() for line in lines).strip("\n"))


MAIL = Form("e-mail", (".eml", ".mbox", ".mht", ".mhtml"), is_mail, read_mail)
