"""HTML as a tree: its paragraphs, its tables row by row, without signs of notes and menus."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.errors import ArticleError
from kg.sources.encodings import decode, decode_as, nearly_utf8
from kg.sources.paragraphs import name_each
from kg.sources.source import Source

if TYPE_CHECKING:
    from lxml.html import HtmlElement

CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I
)
DECLARED = re.compile(r"\A\s*<\?xml[^>]*\?>", re.IGNORECASE)
#: Characters that XML has not, and references that may name one.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
REFERENCE = re.compile(r"&#(?:x([0-9a-f]{1,8})|(\d{1,9}));?", re.IGNORECASE)
MARKUP = re.compile(
    r"</?(?:p|br|div|h[1-6]|ul|li|a|strong|em|b|i|span|img|blockquote)\b[^<>]*>", re.I
)
PARAGRAPH = re.compile(r"<(?:p|br|div|li|tr)\b[^<>]*>", re.IGNORECASE)
NOTE = re.compile(r"\W*(?:\d{1,3}|[*†‡§]+|[a-z])\W*")
#: Words that a raised number belongs to ('m²', 'CO₂', '1ᵉʳ').
RAISED = re.compile(r"(?:\b[a-zA-Z]{1,2}|\d|\bCO)$")
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset "
    "figcaption figure footer h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section "
    "summary table tbody td tfoot th thead tr ul".split()
)
#: Elements whose text is none of the article's.
SILENT = frozenset(
    "script style noscript template nav footer form button select textarea svg math iframe "
    "object figcaption head audio video canvas dialog menu".split()
)
#: Marks an entry of a menu; no page has it.
MENU = "\ufdd0"
HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden|mso-hide:\s*all|font-size:\s*0", re.I)
#: What a browser does not show, but for frames of the whole, which scripts show.
UNSEEN = (
    "//template|//amp-consent|//amp-sidebar"
    "|//body//*[@hidden][not(descendant-or-self::article or descendant-or-self::main)]"
)
#: Tags above which a tree is refused, and levels that lxml is let to go down.
MOST_TAGS = 200_000


def decode_page(data: bytes, source: Source) -> str:
    """Decode a page as the user, its mark, its server, its bytes or its own word say.

    Raises ArticleError.
    """
    said = CHARSET.search(data[:4096])
    name = source.charset or (said[1].decode("ascii", "replace").lower() if said else "")
    try:
        return decode(data, source.label, source.options.encoding)
    except ArticleError:
        if source.options.encoding or b"\0" in data:
            raise
        # Pages are pasted together: a few bytes that are wrong cost no more than themselves.
        if nearly_utf8(data):
            return data.decode("utf-8", "replace")
    # Browsers read Latin-1 as Windows-1252.
    western = name in ("", "utf-8", "utf8") or name.startswith(("iso-8859-1", "latin", "us-"))
    return decode_as(data, source.label, "cp1252" if western else name)


def parse_page(text: str, label: str) -> HtmlElement:
    """Return a page's tree, with note signs gone and tables as rows; raise ArticleError."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    if text.count("<") > MOST_TAGS:
        raise ArticleError(f"{label}: over {MOST_TAGS:,} tags; save the article's text as .txt")
    text = CONTROL.sub("", REFERENCE.sub(mend_reference, DECLARED.sub("", text)))
    try:
        parser = HTMLParser(remove_comments=True, remove_pis=True, huge_tree=False)
        tree = document_fromstring(text or "<html/>", parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise ArticleError(f"{label}: no page that can be read; save its text as .txt") from error
    for unseen in tree.xpath(UNSEEN):
        if unseen.getparent() is not None:
            unseen.drop_tree()
    drop_notes(tree)
    write_rows(tree)
    return tree


def mend_reference(found: re.Match[str]) -> str:
    """Return a character's reference, or nothing for one that XML has not.

    >>> REFERENCE.sub(mend_reference, "&#233;&#0;&#x1F;&#x110000;")
    '&#233;'
    """
    code = int(found[1], 16) if found[1] else int(found[2])
    fine = code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE
    return found[0] if fine or 0x10000 <= code < 0x110000 else ""


def drop_notes(tree: HtmlElement) -> None:
    """Drop raised signs of notes, but no raised part of a word ('1er', 'm2')."""
    for sup in list(tree.iter("sup")):
        words = sup.text_content() or ""
        linked = sup.find(".//a[@href]") is not None
        if not NOTE.fullmatch(words) or (not linked and RAISED.search(text_before(sup))):
            continue
        sup.drop_tree()  # keeps the text that follows


def text_before(element: HtmlElement) -> str:
    """Return the text right before an element."""
    before = element.getprevious()
    if before is not None:
        return str(before.tail or before.text_content() or "")
    parent = element.getparent()
    return str(parent.text or "") if parent is not None else ""


def write_rows(tree: HtmlElement) -> None:
    """Write tables of data as paragraphs, a row each: 'cell | cell'."""
    from lxml.html import builder

    for table in list(tree.iter("table")):
        if not is_data(table):
            continue
        title = table.find("caption")
        lines = [] if title is None else [plain_words(title)]
        for row in table.iter("tr"):
            cells = [plain_words(cell) for cell in row if cell.tag in ("td", "th")]
            lines.append(" | ".join(filter(None, cells)))
        block = builder.DIV(*(builder.P(line) for line in lines if line))
        block.tail = table.tail
        table.getparent().replace(table, block)


def is_data(table: HtmlElement) -> bool:
    """Tell whether a table holds data: rows of short cells, no table and no paragraphs in it."""
    if table.getparent() is None or table.find(".//table") is not None:
        return False
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    wide = sum(len(row) > 1 for row in rows)
    longest = max((len(plain_words(cell)) for row in rows for cell in row), default=0)
    return wide >= 2 and 2 * wide >= len(rows) and longest <= 300


def plain_words(element: HtmlElement) -> str:
    """Return an element's words on one line."""
    return " ".join(str(element.text_content()).split())


def list_paragraphs(tree: HtmlElement, *, headlines: bool = False) -> list[str]:
    """Return the paragraphs of a tree in their order: no menus, buttons, captions, hidden parts.

    With `headlines`, a link that stands above a text is one, as in letters.
    """
    from lxml.etree import iterwalk

    found: list[str] = []
    words: list[str] = []
    linked, depth = [0], 0
    walk: Any = iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in BLOCKS:
                end_paragraph(found, words, linked)
            depth += tag == "a"
            if tag in SILENT or HIDDEN.search(element.get("style") or ""):
                walk.skip_subtree()
            else:
                add_words(words, linked, element.text, depth)
            if tag == "br":
                words.append("\n")
        else:
            depth -= tag == "a"
            if tag in BLOCKS:
                end_paragraph(found, words, linked)
            if element is not tree:
                add_words(words, linked, element.tail, depth)
    end_paragraph(found, words, linked)
    kept = keep_headlines(found) if headlines else found
    return [one for one in kept if not one.startswith(MENU)]


def keep_headlines(found: list[str]) -> list[str]:
    """Return paragraphs, with links above texts as headlines; one short link may stand between."""
    kept = list(found)
    for at, one in enumerate(found):
        below = [it for it in found[at + 1 : at + 3] if len(it.split()) > 3]
        if one.startswith(MENU) and below and not below[0].startswith(MENU):
            if len(one.split()) > 2 and len(below[0].split()) > 7:
                kept[at] = one.removeprefix(MENU)
    return kept


def add_words(words: list[str], linked: list[int], text: str | None, depth: int) -> None:
    """Add a stretch of text to a paragraph, and count what of it is in links."""
    if text:
        words.append(re.sub(r"\s+", " ", text))
        if depth:
            linked[0] += len(text.strip())


def end_paragraph(found: list[str], words: list[str], linked: list[int]) -> None:
    """Add what has been gathered to the paragraphs, unless it is a menu's entry."""
    lines = [" ".join(line.split()) for line in "".join(words).split("\n")]
    links = linked[0]
    words.clear()
    linked[0] = 0
    for text in filter(None, lines):
        menu = links > 0.8 * len(text) and not re.search(r"[.!?…»]$", text) and len(text) < 160
        found.append(f"{MENU}{text}" if menu else text)


def drop_furniture(paragraphs: list[str]) -> Iterator[str]:
    """Yield the paragraphs that may be news, each once in a row."""
    before = ""
    for text, reason in zip(paragraphs, name_each(paragraphs), strict=True):
        if not reason and text != before:
            yield text
        before = text


def plain_fragment(text: str) -> str:
    r"""Return the text of a piece of HTML, a paragraph a line; of a text without tags, itself.

    >>> plain_fragment("<p>Un accord&nbsp;<b>signé</b>.</p><p>Fin.</p>"), plain_fragment("3 < 4")
    ('Un accord signé.\nFin.', '3 < 4')
    """
    if not MARKUP.search(text):
        return html.unescape(text) if re.search(r"&(?:#x?\w+|[a-zA-Z]+);", text) else text
    blanks = re.split(r"\n[ \t\r]*\n\s*", text.strip())
    if len(PARAGRAPH.findall(text)) >= len(blanks):
        return "\n".join(fragment_paragraphs(text))
    # Tags stand only inside paragraphs: what parts these are its lines.
    parts = (fragment_paragraphs(re.sub(r"\r?\n", "<br>", part)) for part in blanks)
    return "\n\n".join(filter(None, map("\n".join, parts)))


def fragment_paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a piece of HTML that may be news."""
    tree = parse_page(f"<div>{text}</div>", "a piece of HTML")
    return drop_furniture(list_paragraphs(tree))


def plain_title(text: str) -> str:
    """Return a headline without tags and without entities, even where they are written twice.

    >>> plain_title("Solvéra s&amp;#8217;offre <i>Hydréol</i>")
    'Solvéra s’offre Hydréol'
    """
    for _ in range(2):
        text = html.unescape(text)
    return " ".join(re.sub(r"<[^<>]{1,200}>", "", text).split())
